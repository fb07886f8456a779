"""Answers that are broken off: what the client sees, and the one line of the server's log."""

import socket
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.servers import running
from tests.waiting import wait_until

STREAM = "SELECT * { ?a <urn:number> ?b . ?c <urn:number> ?d }"
# One row of 10,000.
LATE = """SELECT ?a ?c (IF(?b = "77" && ?d = "77", "\\u0001", "x") AS ?x)
{ ?a <urn:number> ?b . ?c <urn:number> ?d FILTER(STRLEN(?b) < 3 && STRLEN(?d) < 3) }"""
XML = "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "limit", "reason", "outcome"),
    [
        (STREAM, "&timeout=0.5", "did not end within 0.5 seconds", "timeout"),
        (STREAM, "&max-rows=100000", "more rows than an answer may have", "cut"),
        (LATE, "", "cannot be had in this format", "refused"),
    ],
)
def test_answer_broken_off_is_one_line_in_the_log(data: Path, query: str, limit: str, reason: str, outcome: str):
    with running(data) as server:
        reply = server.send("GET", f"/sparql?query={quote(query)}{limit}", Accept=XML)
        assert (reply.status, reply.broken) == (200, True)
        log = data.parent / f"server-{server.port}.log"
        assert wait_until(lambda: f'"outcome":"{outcome}"' in log.read_text())
        text = log.read_text()
    assert sum("broken off" in line for line in text.splitlines()) == 1
    assert f"The answer to query {reply.headers['KG-Query-Id']} was broken off: " in text
    assert reason in text
    assert "Traceback" not in text


def test_client_that_leaves_is_told_without_a_traceback(data: Path):
    with running(data) as server:
        log = data.parent / f"server-{server.port}.log"
        with closing(server.connect()) as connection:
            connection.request("GET", f"/sparql?query={quote(STREAM)}")
            connection.getresponse().read(100_000)
        assert wait_until(lambda: '"outcome":"left"' in log.read_text())
        assert wait_until(server.is_at_rest)
    assert "Traceback" not in log.read_text()


def test_clients_that_never_read_are_told_without_a_traceback(data: Path):
    asked = f"GET /sparql?query={quote(STREAM)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with running(data, KG_WORKERS="1") as server, ExitStack() as stack:
        log = data.parent / f"server-{server.port}.log"
        for _ in range(4):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            client.sendall(asked)
        assert wait_until(lambda: log.read_text().count('"outcome":"left"') >= 3, 20)
        assert server.send("GET", "/sparql?query=ASK%20%7B%7D").status == 200
    assert "Traceback" not in log.read_text()
