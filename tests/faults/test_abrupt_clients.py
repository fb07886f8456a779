"""Clients that leave: before the first byte, in the midst of an answer, or so slowly that they might as well have."""

import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.servers import Server, running
from tests.waiting import wait_until

LIMIT = 4
WORKERS = 4
QUEUE = 128
# The bound of the issue for a worker whose client has left.
FREE = 0.5
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
GRAPH = "CONSTRUCT { ?a ?q ?f } { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
# Of 200 clients so many leave in each way.
EARLY, MIDWAY, SLOW = 100, 60, 40
# What gunicorn takes at once (its worker_connections).
CONNECTIONS = 1000
# l_onoff and l_linger: the connection is reset, as when a process dies or a network breaks.
RESET = struct.pack("ii", 1, 0)


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    settings = {"KG_TIMEOUT": str(LIMIT), "KG_WORKERS": str(WORKERS), "KG_QUEUE": str(QUEUE)}
    with running(data, **settings) as found:
        yield found
        assert wait_until(lambda: found.counts()["idle"] == WORKERS + 1), found.counts()


def client(server: Server, query: str, request: bytes | None = None) -> socket.socket:
    """A client that has sent its query, or another request."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    whole = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    connection.sendall(whole if request is None else request)
    return connection


def leave(clients: list[socket.socket]) -> None:
    """Half of them close their connection, half reset it."""
    for number, connection in enumerate(clients):
        if number % 2:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.close()


def is_free(server: Server) -> bool:
    counts = server.counts()
    return counts["busy"] == counts["waiting"] == 0


def assert_free_within(server: Server, seconds: float) -> None:
    start = time.monotonic()
    wait_until(lambda: is_free(server), seconds + 2, every=0.01)
    taken = time.monotonic() - start
    assert is_free(server), server.counts()
    assert taken < seconds


def test_clients_that_leave_before_the_first_byte(server: Server):
    assert wait_until(server.is_at_rest)
    clients = [client(server, f"{ENDLESS} # {number}") for number in range(EARLY)]
    assert wait_until(lambda: server.counts()["waiting"] == EARLY - WORKERS, LIMIT / 2)
    leave(clients)
    assert_free_within(server, FREE)
    assert wait_until(server.is_at_rest)


def test_clients_that_leave_in_the_midst(server: Server):
    for turn in range(MIDWAY // WORKERS):
        assert wait_until(server.is_at_rest)
        clients = [client(server, f"{STREAM} # {turn} {number}") for number in range(WORKERS)]
        assert all(connection.recv(12) == b"HTTP/1.1 200" for connection in clients)
        leave(clients)
        assert_free_within(server, FREE)


def test_clients_that_read_a_byte_a_second(server: Server):
    assert wait_until(server.is_at_rest)
    with ExitStack() as stack:
        clients = [stack.enter_context(client(server, f"{STREAM} # {number}")) for number in range(SLOW)]
        until = time.monotonic() + LIMIT
        while time.monotonic() < until - 1:
            time.sleep(1)
            for connection in clients:
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    connection.recv(1)
        # Those that waited have a worker for the same time at most.
        assert wait_until(lambda: is_free(server), 2 * LIMIT + FREE)
        assert server.ask("ASK {} # afterwards").status == 200


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (apt-get install curl)")
@pytest.mark.parametrize("version", ["--http1.0", "--http1.1"])
@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (STREAM, "application/sparql-results+json"),
        (STREAM, "text/csv"),
        (GRAPH, "application/n-triples"),
        (GRAPH, "application/ld+json"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--compressed",)], ids=["plain", "compressed"])
def test_curl_sees_an_answer_that_is_broken_off(
    server: Server, tmp_path: Path, query: str, accept: str, version: str, options: tuple[str, ...]
):
    out = tmp_path / "answer"
    command = ["curl", "-s", version, *options, "-G", "-H", f"Accept: {accept}", "-o", str(out), "-w", "%{http_code}"]
    # Less than the default, by the client's own wish, so that the test is short.
    command += ["--data-urlencode", f"query={query}", "-d", "timeout=1.5", f"http://127.0.0.1:{server.port}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0, f"status {done.stdout}, {out.stat().st_size} bytes that look whole"
    assert done.stdout == "200"
    assert out.stat().st_size > 0


def test_bodies_that_never_come_keep_nobody_out(server: Server):
    started = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK"
    )
    with ExitStack() as stack:
        clients = [stack.enter_context(client(server, "", started)) for _ in range(CONNECTIONS + 50)]
        # Those beyond what the server takes at once have to wait until the first are given up.
        assert server.ask("ASK {} # beside bodies that do not come").status == 200
        assert clients[0].recv(12) == b"HTTP/1.1 408"
    assert wait_until(server.is_at_rest)
