"""One address whose clients never read their answers: those of other addresses are answered."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import pytest

from tests.faults.servers import Reply, Server, read, running
from tests.waiting import wait_until

# The bound of the issue for the end of a query.
END = 3.0
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
CROWD = 80
QUEUE = 64
ELSEWHERE = "127.0.0.2"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with running(data, KG_QUEUE=str(QUEUE)) as found:
        yield found


def crowding(server: Server, number: int) -> socket.socket:
    """A client that asks for an endless answer and reads nothing of it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(f"GET /sparql?query={quote(f'{STREAM} # {number}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


def asked_from(address: str, server: Server) -> Reply:
    start = monotonic()
    with closing(
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(address, 0))
    ) as connection:
        connection.request("GET", f"/sparql?query={quote(f'ASK {{}} # {start}')}")
        return read(connection.getresponse(), start)


def test_crowd_of_one_address_keeps_no_other_out(server: Server):
    with ExitStack() as stack:
        for number in range(CROWD):
            stack.enter_context(crowding(server, number))
        assert wait_until(lambda: server.counts()["waiting"] >= QUEUE - 2)
        assert server.counts()["waiting"] <= QUEUE
        replies = [asked_from(ELSEWHERE, server) for _ in range(5)]
        assert [(reply.status, reply.seconds < END) for reply in replies] == [(200, True)] * 5, replies
    assert wait_until(server.is_at_rest)
