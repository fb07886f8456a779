"""The server through its changes: new snapshots, reload, a gentle end."""

import http.client
import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.servers import Reply, Server, running
from tests.waiting import wait_until

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a <urn:number> ?b . ?c <urn:number> ?d }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
STREAM = "SELECT * { ?a <urn:number> ?b . ?c <urn:number> ?d } LIMIT 500000"
CLIENTS = 4
SNAPSHOTS = 15


class Clients:
    """Clients that ask all the time, each on a connection that is kept; what they got that is no right answer."""

    def __init__(self, server: Server) -> None:
        self.wrong: list[object] = []
        self.answered = 0
        self._server = server
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(30)

    def _ask(self, seed: int) -> None:
        chance = random.Random(seed)
        connection = self._server.connect()
        while not self._ended.is_set():
            text = f"SELECT ?o {{ <urn:n:{chance.randrange(3000)}> <urn:number> ?o }}"
            try:
                connection.request("GET", f"/sparql?query={quote(text)}&format=csv")
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(error)
                connection.close()
                continue
            number = text.partition("urn:n:")[2].partition(">")[0]
            if (response.status, body.decode()) != (200, f"o\r\n{number}\r\n"):
                self.wrong.append((response.status, body))
            self.answered += 1
        connection.close()


def numbers() -> str:
    return "".join(f'<urn:n:{number}> <urn:number> "{number}" .\n' for number in range(3000))


def test_new_snapshots_fail_no_request(tmp_path: Path, publish: Callable[..., Path]):
    publish(tmp_path, "0", numbers())
    with running(tmp_path, KG_ACCESS_LOG="off") as server, Clients(server) as clients:
        for number in range(1, SNAPSHOTS):
            publish(tmp_path, str(number), numbers() + f"<urn:s> <urn:is> <urn:{number}> .\n")
            asked = server.ask(f"ASK {{ <urn:s> <urn:is> <urn:{number}> }}")
            assert asked.json()["boolean"] is True
            time.sleep(0.1)
    assert clients.answered > 50
    assert clients.wrong == []


def test_reload_drops_no_request(data: Path):
    with running(data, KG_ACCESS_LOG="off") as server:
        (web,) = server.web()
        streaming = Asking(server, STREAM)
        with Clients(server) as clients:
            time.sleep(0.5)
            os.kill(server.arbiter, signal.SIGHUP)
            assert wait_until(lambda: server.web() and web not in server.web(), 20)
        assert server.ask("ASK {}").status == 200
        assert streaming.reply().body.count(b"\n") == 500_001
    # A kept connection that the old process closes while a request is on its way is lost in HTTP/1.1 itself.
    assert [
        each for each in clients.wrong if not isinstance(each, (ConnectionError, http.client.RemoteDisconnected))
    ] == []
    assert len(clients.wrong) <= CLIENTS


class Asking:
    """A client with a query under way."""

    def __init__(self, server: Server, query: str) -> None:
        self._replies: list[Reply] = []
        self._thread = threading.Thread(target=lambda: self._replies.append(server.ask(query, Accept="text/csv")))
        self._thread.start()

    def reply(self) -> Reply:
        self._thread.join(40)
        return self._replies[0]


def test_running_answers_end_and_new_ones_are_refused(data: Path):
    with running(data, KG_ACCESS_LOG="off", KG_TIMEOUT="20") as server:
        streaming, heavy = Asking(server, STREAM), Asking(server, HEAVY)
        assert wait_until(lambda: server.counts()["busy"] == 2)
        os.kill(server.arbiter, signal.SIGTERM)
        assert wait_until(lambda: is_refused(server), 10)
        assert (heavy.reply().status, heavy.reply().body) == (200, b"n\r\n9000000\r\n")
        found = streaming.reply()
        assert (found.status, found.broken, found.body.count(b"\n")) == (200, False, 500_001)
        assert wait_until(lambda: has_ended(server), 30)


def test_end_waits_no_longer_than_the_deadline(data: Path):
    with running(data, KG_ACCESS_LOG="off", KG_TIMEOUT="2") as server:
        endless = Asking(server, ENDLESS)
        assert wait_until(lambda: server.counts()["busy"] == 1)
        os.kill(server.arbiter, signal.SIGTERM)
        assert endless.reply().status == 504
        assert wait_until(lambda: has_ended(server), 30)
        assert wait_until(lambda: not server.processes(), 5)


def has_ended(server: Server) -> bool:
    """Whether the arbiter has ended; it stays a zombie until it is waited for."""
    return Path(f"/proc/{server.arbiter}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def is_refused(server: Server) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", server.port), 1):
            return False
    except ConnectionRefusedError:
        return True


@pytest.mark.parametrize("header", ["X-Forwarded-Proto: https", "Script-Name: /evil", "X-Forwarded-Host: evil"])
def test_forwarded_headers_from_loopback_are_ignored(data: Path, header: str):
    with running(data, KG_ACCESS_LOG="off") as server, closing(server.connect()) as connection:
        name, _, value = header.partition(": ")
        connection.request("GET", "/service", headers={name: value, "Accept": "text/turtle"})
        text = connection.getresponse().read().decode()
        assert f"<http://127.0.0.1:{server.port}/sparql>" in text


def test_log_is_whole_at_the_end(data: Path, tmp_path: Path):
    log = tmp_path / "access.log"
    with running(data, KG_ACCESS_LOG=str(log)) as server:
        ids = [server.ask("ASK {}").headers["KG-Query-Id"] for _ in range(50)]
    assert [json.loads(line)["query"] for line in log.read_text().splitlines()][-50:] == ids


def test_log_goes_to_standard_output(data: Path):
    with running(data) as server:
        answer = server.ask("ASK {}")
        log = data.parent / f"server-{server.port}.log"
        assert wait_until(lambda: answer.headers["KG-Query-Id"] in log.read_text(), 3)
        lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert {line["client"] for line in lines} == {"127.0.0.1"}
