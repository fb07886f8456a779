"""Writes that are killed, run out of time or memory, or lose their client: each is whole or was never done."""

import http.client
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.faults.servers import Server, cpu_seconds, environment, running
from tests.waiting import wait_until

TOKEN = "a-token-of-the-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
LIMIT = 2
KILLS = 20
SIZE = 3_000
ENDLESS = "INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) = STR(?i)) }"
GREEDY = "INSERT { ?a ?b ?s } WHERE { ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?c), STR(?f), STR(?d)) AS ?s) }"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    make_empty(DataFolder(tmp_path / "data"))
    with running(tmp_path / "data", KG_UPDATE_TOKEN=TOKEN, KG_TIMEOUT=str(LIMIT), KG_MAX_UPLOAD="8") as found:
        yield found


def graph_of(version: int) -> bytes:
    """A graph whose every triple names its version."""
    return b"".join(b"<urn:s:%d> <urn:version> %d .\n" % (number, version) for number in range(SIZE))


def put(server: Server, version: int) -> int:
    return server.send("PUT", "/store?default", graph_of(version), Content_Type="text/turtle", **AUTHORIZED).status


def update(server: Server, text: str) -> int:
    return server.send("POST", "/sparql", text, Content_Type="application/sparql-update", **AUTHORIZED).status


def versions(server: Server) -> dict[int, int]:
    """How many triples of each version there are."""
    query = f"SELECT ?v (COUNT(*) AS ?n) {{ ?s <urn:version> ?v }} GROUP BY ?v # {time.monotonic_ns()}"
    reply = server.ask(query, Accept="text/csv")
    assert reply.status == 200, reply
    rows = (line.split(",") for line in reply.body.decode().split()[1:])
    return {int(version): int(count) for version, count in rows}


def writers(server: Server) -> list[int]:
    return [pid for pid in server.workers() if b"writer_process" in command(pid)]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


class Putting(threading.Thread):
    """A client that puts one version of the graph after the other."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.acknowledged = 0
        self.sent = 0
        self.wrong: list[int] = []
        self.is_over = threading.Event()
        self._server = server
        self.start()

    def run(self) -> None:
        while not self.is_over.is_set():
            self.sent += 1
            try:
                status = put(self._server, self.sent)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            if status in (201, 204):
                self.acknowledged = self.sent
            elif status != 503:
                self.wrong.append(status)


@pytest.mark.parametrize("victims", [writers, Server.web], ids=["writer", "web process"])
def test_graph_is_the_last_acknowledged_or_a_later_one_whole(server: Server, victims):
    chance = random.Random(4)
    put(server, 0)
    client = Putting(server)
    for _ in range(KILLS):
        before = client.acknowledged
        assert wait_until(lambda: client.acknowledged > before, 20), client.wrong  # noqa: B023
        time.sleep(chance.random() / 5)
        for pid in victims(server):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert wait_until(server.answers, 10)
        # Written by the time of the kill, or sent since: never a part of one, or of two.
        acknowledged = client.acknowledged
        ((version, count),) = versions(server).items()
        assert acknowledged <= version <= client.sent
        assert count == SIZE
    client.is_over.set()
    client.join(30)
    assert client.wrong == []
    ((version, count),) = versions(server).items()
    assert (client.acknowledged <= version <= client.sent, count) == (True, SIZE)
    assert len(list(DataFolder(Path(data_of(server))).snapshots.iterdir())) <= 4


def data_of(server: Server) -> str:
    (found,) = {
        line.removeprefix("KG_DATA=") for line in environment(server.arbiter).split("\0") if line.startswith("KG_DATA=")
    }
    return found


def test_every_client_sees_what_it_wrote_and_no_reader_fails(server: Server):
    failures: list[str] = []
    is_over = threading.Event()

    def write(name: str) -> None:
        for number in range(25):
            if update(server, f"INSERT DATA {{ <urn:{name}> <urn:n> {number} }}") != 204:
                failures.append(f"{name} {number} was not written")
            if b"true" not in server.ask(f"ASK {{ <urn:{name}> <urn:n> {number} }}").body:
                failures.append(f"{name} {number} is not seen")

    def read() -> None:
        while not is_over.is_set():
            reply = server.ask(f"SELECT * {{ ?s ?p ?o }} # {time.monotonic_ns()}")
            if reply.status != 200 or reply.broken:
                failures.append(f"{reply.status} {reply.body!r}")

    readers = [threading.Thread(target=read) for _ in range(4)]
    clients = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in (*readers, *clients):
        thread.start()
    for thread in clients:
        thread.join()
    is_over.set()
    for thread in readers:
        thread.join()
    assert failures == []


def test_write_over_its_time_is_stopped_and_undone(server: Server):
    put(server, 1)
    start = time.monotonic()
    assert update(server, f"DELETE WHERE {{ <urn:s:1> ?p ?o }} ; {ENDLESS}") == 504
    assert time.monotonic() - start < LIMIT + 1
    assert writers(server) == []
    assert versions(server) == {1: SIZE}
    assert put(server, 2) == 204
    assert versions(server) == {2: SIZE}
    busy = {pid: cpu_seconds(pid) for pid in server.processes()}
    time.sleep(1)
    assert sum(cpu_seconds(pid) - before for pid, before in busy.items()) < 0.3


def test_write_over_its_memory_is_undone(tmp_path: Path):
    make_empty(DataFolder(tmp_path / "data"))
    with running(tmp_path / "data", KG_UPDATE_TOKEN=TOKEN, KG_TIMEOUT="30", KG_MEMORY="150") as server:
        put(server, 1)
        assert update(server, GREEDY) == 503
        assert versions(server) == {1: SIZE}
        assert put(server, 2) == 204


def test_upload_of_a_client_that_leaves_changes_nothing(server: Server):
    put(server, 1)
    content = graph_of(2)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = (
            f"PUT /store?default HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\nAuthorization: Bearer {TOKEN}\r\n"
        )
        connection.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(content) + content[: len(content) // 2])
        # Others are served meanwhile, writes too.
        assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }") == 204
    time.sleep(0.3)
    assert versions(server) == {1: SIZE}


def test_upload_over_the_largest_size_is_refused(server: Server):
    content = b"<urn:s> <urn:version> 7 .\n" * (9 * 2**20 // 26)
    reply = server.send("PUT", "/store?default", content, Content_Type="text/turtle", **AUTHORIZED)
    assert reply.status == 413
    assert versions(server) == {}
