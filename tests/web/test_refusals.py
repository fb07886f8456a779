"""What is no HTTP request, or too long a one: answered as problems, by a real server."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.web.heads import REQUEST_LINE
from tests.web.test_server import Running, running


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    with running(data) as found:
        found.ask("ASK {}")
        yield found


def sent(server: Running, request: bytes) -> tuple[int, dict[str, str], dict]:
    """Status, headers and problem that a server answers raw bytes with."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as file:
            status = int(file.readline().split()[1])
            headers = {}
            while line := file.readline().strip().decode():
                name, _, value = line.partition(": ")
                headers[name] = value
            return status, headers, json.loads(file.read(int(headers["Content-Length"])))


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@pytest.mark.parametrize(
    ("request_", "status", "detail"),
    [
        (b"GET /?q=" + b"a" * REQUEST_LINE * 2 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "POST"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 9_000 + b"\r\n\r\n", 431, "8190"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431, "100"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + (b"A: " + b"b" * 8_000 + b"\r\n") * 20 + b"\r\n", 431, "65536"),
        (b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "HTTP"),
        (b"garbage\r\n\r\n", 400, "garbage"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "HOST"),
        (POST + b"Content-Length: -1\r\n\r\n", 400, "CONTENT-LENGTH"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK{}\r\n0\r\n\r\n", 400, "chunk"),
        (POST + b"Transfer-Encoding: pigeon\r\n\r\n", 501, "pigeon"),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "gzip"),
        (POST + b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", 501, "gzip"),
        (b"GET /service?format=ttl HTTP/1.1\r\nHost: a<>b\r\n\r\n", 400, "Host"),
    ],
)
def test_refused_as_a_problem(server: Running, request_: bytes, status: int, detail: str):
    found, headers, problem = sent(server, request_)
    assert (found, problem["status"], headers["Content-Type"]) == (status, status, "application/problem+json")
    assert detail in problem["detail"]
    assert (headers["Access-Control-Allow-Origin"], headers["Cache-Control"]) == ("*", "no-store")


def test_long_query_by_get(server: Running):
    query = "ASK {} #" + "x" * 100_000
    assert len(quote(query)) < REQUEST_LINE
    assert server.ask(query)[0] == 200
