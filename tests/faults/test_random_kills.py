"""Processes of the server killed at random under load: it answers again by itself, and nothing is half-done."""

import http.client
import itertools
import os
import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.faults.servers import BASE, NODES, Server, running
from tests.waiting import wait_until

SEED = 20261124
KILLS = 100
WRITE_KILLS = 30
TOKEN = "a-token-of-the-tests"
# The bound of the issue for the server to answer again.
AGAIN = 2.0
NAMES = "SELECT ?x ?n { ?x <urn:name> ?n }"


class Load(threading.Thread):
    """A client that asks small and long queries by turns; it counts whole answers and keeps what was wrong with others."""

    def __init__(self, server: Server, number: int) -> None:
        super().__init__(daemon=True)
        self.whole = 0
        self.wrong: list[str] = []
        self._server = server
        self._number = number
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        for turn in itertools.count():
            if self._over.is_set():
                return
            long = turn % 2 == 0
            query = f"{NAMES if long else 'ASK { ?s ?p ?o }'} # {self._number} {turn}"
            try:
                reply = self._server.ask(query, Accept="text/csv" if long else "application/sparql-results+json")
            except (OSError, http.client.HTTPException):
                # Nobody there, or a connection that ends without a status: no answer, and seen to be none.
                time.sleep(0.05)
                continue
            if reply.broken:
                continue
            if reply.status == 200:
                self.whole += 1
                right = reply.body.count(b"\n") == NODES + 1 if long else reply.json()["boolean"] is True
                if not right:
                    self.wrong.append(f"{query}: {len(reply.body)} bytes that look whole")
            elif reply.status != 503:
                self.wrong.append(f"{query}: {reply.status} {reply.body!r}")

    def stop(self) -> None:
        self._over.set()
        self.join(30)


def digest(data: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file of the data folder, but the engine's own log of who has opened it."""
    files = (path for path in data.rglob("*") if path.is_file() and not path.name.startswith("LOG"))
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def test_server_answers_again(data: Path):
    chance = random.Random(SEED)
    before = digest(data)
    took: dict[str, list[float]] = {"web": [], "worker": []}
    with running(data, KG_TIMEOUT="5") as server:
        clients = [Load(server, number) for number in range(3)]
        for _ in range(KILLS):
            time.sleep(chance.random() / 4)
            targets = dict.fromkeys(server.workers(), "worker") | dict.fromkeys(server.web(), "web")
            # As many kills of the web process as of its workers: most of them would be workers.
            kind = chance.choice(["web", "worker"])
            pid = chance.choice(sorted(pid for pid in targets if targets[pid] == kind) or sorted(targets))
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            start = time.monotonic()
            assert wait_until(server.answers, AGAIN + 5), f"no answer after the end of a {kind}"
            took[kind].append(time.monotonic() - start)
        for client in clients:
            client.stop()
        assert wait_until(server.is_at_rest)
        assert wait_until(lambda: set(server.processes()) == {server.arbiter, *server.web(), *server.workers()})
        assert len(server.workers()) == server.counts()["idle"] == 3
    worst = {kind: f"{max(seconds, default=0):.2f} s of {len(seconds)}" for kind, seconds in took.items()}
    print(f"answers again at the latest after: {worst}")
    assert max(took["web"] + took["worker"]) < AGAIN
    assert [wrong for client in clients for wrong in client.wrong] == []
    assert sum(client.whole for client in clients) > KILLS
    assert digest(data) == before


class Writing(threading.Thread):
    """A client that writes two triples at a time; it keeps the numbers that were acknowledged."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.acknowledged: set[int] = set()
        self.refused: list[str] = []
        self._server = server
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        for number in itertools.count():
            if self._over.is_set():
                return
            update = f"INSERT DATA {{ <urn:u:{number}> <urn:first> {number} . <urn:u:{number}> <urn:second> {number} }}"
            headers = {"Content_Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
            try:
                reply = self._server.send("POST", "/sparql", update, **headers)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if reply.status in (200, 204):
                self.acknowledged.add(number)
            elif reply.status != 503:
                self.refused.append(f"{number}: {reply.status} {reply.body!r}")

    def stop(self) -> None:
        self._over.set()
        self.join(30)


def numbers(server: Server, link: str) -> set[int]:
    reply = server.ask(f"SELECT ?n {{ ?s <urn:{link}> ?n }} # {time.monotonic_ns()}", Accept="text/csv")
    return {int(line) for line in reply.body.split()[1:]}


def test_acknowledged_writes_are_kept_and_whole(tmp_path: Path):
    chance = random.Random(SEED)
    data = tmp_path / "data"
    make_empty(DataFolder(data), BASE)
    with running(data, KG_UPDATE_TOKEN=TOKEN) as server:
        client = Writing(server)
        for _ in range(WRITE_KILLS):
            before = len(client.acknowledged)
            assert wait_until(lambda: len(client.acknowledged) > before + 2), (client.refused, server.counts())  # noqa: B023
            time.sleep(chance.random() / 20)
            pid = chance.choice(sorted([*server.web(), *server.workers()]))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            assert wait_until(server.answers, AGAIN)
        client.stop()
        first, second = numbers(server, "first"), numbers(server, "second")
    assert client.refused == []
    assert first == second
    assert client.acknowledged <= first
