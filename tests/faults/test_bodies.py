"""Many long bodies, whole and unfinished, and connections that stay silent: nobody else waits for them."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from kg.web.bodies import MEMORY
from tests.faults.servers import MIB, PROBLEM, Reply, Server, running, status_bytes
from tests.waiting import wait_until

# The bound of the issue for the end of a query.
END = 3.0
LONG = "ASK {} #" + "x" * 100_000
SPACES = b" " * (MIB - 6) + b"ASK {}"
SIGNS = b"CONSTRUCT {" + b"[]" * (MIB // 2 - 20) + b"} WHERE { ?s ?p ?o }"
SILENT = 1_500
UNFINISHED = 900


@pytest.fixture(scope="module", autouse=True)
def _many_files() -> None:
    """Let this process have the connections open that its tests need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2 * SILENT:
        pytest.skip(f"needs {2 * SILENT} open files (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * SILENT), hard))


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with running(data) as found:
        yield found


def connected(server: Server, sent: bytes = b"") -> socket.socket:
    """A connection over which so much has been sent, or as much of it as the server took."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    with suppress(OSError):
        connection.sendall(sent)
    return connection


def posted(body: bytes, length: int | None = None) -> bytes:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    return f"{head}Content-Length: {length or len(body)}\r\n\r\n".encode() + body


def reply(connection: socket.socket) -> bytes:
    """All that a server answers until it closes."""
    with connection.makefile("rb") as file:
        return file.read()


def assert_in_time(found: Reply, status: int = 200) -> None:
    assert (found.status, found.seconds < END) == (status, True), found


def test_long_texts_of_clients_that_have_left_keep_nobody_waiting(server: Server):
    for _ in range(120):
        connected(server, posted(SPACES)).close()
    assert_in_time(server.post(LONG))
    assert wait_until(server.is_at_rest)


def test_long_texts_keep_no_shorter_ones_waiting(server: Server):
    with ExitStack() as stack:
        clients = [stack.enter_context(connected(server, posted(SIGNS))) for _ in range(60)]
        assert_in_time(server.post(LONG))
        assert_in_time(server.post("ASK {} #" + "x" * 20_000))
        # What may wait no more is told so; the others are read, and are no SPARQL.
        answers = [client.recv(100) for client in clients]
        assert {answer.split(b" ")[1] for answer in answers} == {b"400", b"503"}


def test_unfinished_bodies_share_what_memory_there_is_for_them(server: Server):
    (web,) = server.web()
    before = status_bytes(web, "VmRSS")
    with ExitStack() as stack:
        for _ in range(UNFINISHED):
            stack.enter_context(connected(server, posted(SPACES, MIB + 1)))
        assert_in_time(server.post(LONG))
        # What a connection takes by itself, and buffers for its next piece.
        assert status_bytes(web, "VmHWM") - before < MEMORY + UNFINISHED * 96 * 1024
    assert wait_until(server.is_at_rest)
    # Bodies that were given up leave their room to others.
    assert wait_until(lambda: server.post("ASK {} #" + "x" * 1_000_000).status == 200)
    assert status_bytes(web, "VmRSS") - before < MEMORY + UNFINISHED * 64 * 1024


def test_body_that_finds_no_room_is_told_to_come_again(server: Server):
    with ExitStack() as stack:
        clients = [stack.enter_context(connected(server, posted(SPACES[:-1], MIB))) for _ in range(100)]
        refused = [client for client in clients if _is_answered(client)]
        assert refused
        answer = reply(refused[0])
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"\r\nRetry-After: 1\r\n" in answer
        assert PROBLEM.encode() in answer


def _is_answered(connection: socket.socket) -> bool:
    connection.settimeout(0.05)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except TimeoutError:
        return False
    finally:
        connection.settimeout(20)


def test_body_shorter_than_its_length_is_no_query(server: Server):
    with connected(server, posted(b"ASK {}", 1_000)) as connection:
        connection.shutdown(socket.SHUT_WR)
        answer = reply(connection)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"ends after 6 of its 1000 bytes" in answer


def test_upload_without_a_token_is_refused_before_its_body(server: Server):
    head = b"PUT /store?default HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\nContent-Length: 100000000\r\n\r\n"
    with connected(server, head) as connection:
        assert connection.recv(12) == b"HTTP/1.1 403"


def test_silent_connections_keep_nobody_waiting(server: Server):
    with ExitStack() as stack:
        for _ in range(SILENT):
            stack.enter_context(connected(server))
        assert_in_time(server.send("GET", "/health"))
        assert_in_time(server.send("GET", "/ready"))
        silent = stack.enter_context(connected(server, b"GET / HTTP/1.1\r\n"))
        start = time.monotonic()
        # One that sends no whole head is closed.
        assert silent.recv(1) == b""
        assert time.monotonic() - start < 2 * END
