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
        (b"GET /health HTTP/1.1\r\n\r\n", 400, "There is no Host"),
        (b"GET /health HTTP/2.0\r\nHost: x\r\n\r\n", 505, "HTTP/2.0 is not spoken here; HTTP/1.1"),
        (b"GET /health HTTP/0.9\r\nHost: x\r\n\r\n", 505, "HTTP/0.9"),
        (b"GET /health HTTP/10.1\r\nHost: x\r\n\r\n", 400, "HTTP/10.1"),
        (b"GET /health FTP/1.1\r\nHost: x\r\n\r\n", 400, "FTP/1.1"),
    ],
)
def test_refused_as_a_problem(server: Running, request_: bytes, status: int, detail: str):
    found, headers, problem = sent(server, request_)
    assert (found, problem["status"], headers["Content-Type"]) == (status, status, "application/problem+json")
    assert detail in problem["detail"]
    assert (headers["Access-Control-Allow-Origin"], headers["Cache-Control"]) == ("*", "no-store")


@pytest.mark.parametrize(
    "host",
    [b"", b"a<>b", b"a b", b"a/b", b"a@b", b"a?b", b"a#b", b"a,b", b'a"b', b"a\\b", b"a%41", b"\xff", b"[::1", b"::1",
     b"x:http", b"x:99999", b"x:1:2", b"a..b"],
)  # fmt: skip
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_odd_host_is_refused(server: Running, host: bytes, version: bytes):
    status, headers, problem = sent(server, b"GET /service HTTP/" + version + b"\r\nHost: " + host + b"\r\n\r\n")
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert "Host" in problem["detail"]


@pytest.mark.parametrize(
    ("version", "host"),
    [(b"1.1", b"cables.example.org"), (b"1.1", b"my_host:8000"), (b"1.1", b"[::1]:80"), (b"1.1", b"x:"),
     (b"1.0", None)],
)  # fmt: skip
def test_host_is_taken(server: Running, version: bytes, host: bytes | None):
    line = b"" if host is None else b"Host: " + host + b"\r\n"
    assert raw(server, b"GET /health HTTP/" + version + b"\r\n" + line + b"Connection: close\r\n\r\n")[0] == b"200"


def test_later_version_is_answered_as_this_one(server: Running):
    """RFC 9110, 2.5: a message of a higher minor version is read as one of the highest that is known."""
    status, line, _ = raw(server, b"GET /health HTTP/1.9\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert (status, line.partition(b" ")[0]) == (b"200", b"HTTP/1.1")


def test_options_of_the_server(server: Running):
    status, _, head = raw(server, b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status == b"204"
    assert b"\r\nAllow: GET, HEAD, POST, PUT, DELETE, OPTIONS\r\n" in head


def raw(server: Running, request: bytes) -> tuple[bytes, bytes, bytes]:
    """Status, first line and head of what a server answers to raw bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as file:
            head = file.read().partition(b"\r\n\r\n")[0]
    line = head.partition(b"\r\n")[0]
    return line.split()[1], line, head + b"\r\n"


def test_long_query_by_get(server: Running):
    query = "ASK {} #" + "x" * 100_000
    assert len(quote(query)) < REQUEST_LINE
    assert server.ask(query)[0] == 200
