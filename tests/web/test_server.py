"""A real server over real HTTP: deadlines, broken-off answers, clients that leave, processes that are killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.store.pool_watch import PATIENCE
from tests.waiting import wait_until

ROOT = Path(__file__).parent.parent.parent
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
LIMIT = 2.0

Get = Callable[..., http.client.HTTPResponse]


class Running:
    """A server process and the way to it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = self.connect()
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def ask(self, query: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.get(f"/sparql?query={quote(query)}", **headers)

    def health(self) -> dict[str, int]:
        text = self.get("/health")[2].decode()
        return {name: int(count) for name, count in (pair.split("=") for pair in text.split()[1:])}


@contextmanager
def running(data: Path, *command: str, limit: float = LIMIT) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "KG_DATA": str(data),
        "KG_TIMEOUT": str(limit),
        "KG_WORKERS": "2",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    arguments = [part.format(port=port) for part in command] or [str(ROOT / "server.py")]
    with subprocess.Popen([sys.executable, *arguments], env=environment, cwd=ROOT, stderr=subprocess.PIPE) as process:
        server = Running(process, port)
        try:
            assert wait_until(lambda: answers(server), 20), "the server does not answer"
            yield server
        finally:
            process.terminate()
            try:
                process.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def answers(server: Running) -> bool:
    try:
        return server.get("/health")[0] == 200
    except OSError:
        return False


def drain(response: http.client.HTTPResponse) -> None:
    while response.read(1 << 20):
        pass


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    with running(data) as found:
        found.ask("ASK {}")
        yield found


def test_small_answer_has_its_length(server: Running):
    status, headers, body = server.ask("ASK { ?s ?p ?o }")
    assert (status, headers["Content-Length"], json.loads(body)["boolean"]) == (200, str(len(body)), True)


def test_deadline_is_504(server: Running):
    start = time.monotonic()
    status, headers, body = server.ask(ENDLESS)
    assert (status, headers["Content-Type"]) == (504, "application/problem+json")
    assert json.loads(body)["title"] == "Query timeout"
    assert LIMIT - 0.1 < time.monotonic() - start < LIMIT + 4


def test_answer_that_is_broken_off_is_seen_to_be(server: Running):
    connection = server.connect()
    connection.request("GET", f"/sparql?query={quote(STREAM)}", headers={"Accept": "text/csv"})
    response = connection.getresponse()
    assert response.status == 200
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        drain(response)
    connection.close()


def test_tiny_queries_go_on_beside_heavy_ones(server: Running):
    heavy = server.connect()
    heavy.request("GET", f"/sparql?query={quote(ENDLESS)}")
    times = []
    for _ in range(20):
        start = time.monotonic()
        assert server.ask("ASK {}")[0] == 200
        times.append(time.monotonic() - start)
    assert sorted(times)[10] < 0.5
    assert heavy.getresponse().status == 504
    heavy.close()


@pytest.mark.parametrize("query", [ENDLESS, STREAM])
def test_client_that_leaves_frees_its_worker(server: Running, query: str):
    connection = server.connect()
    connection.request("GET", f"/sparql?query={quote(query)}")
    assert wait_until(lambda: server.health()["busy"] == 1)
    connection.close()
    start = time.monotonic()
    assert wait_until(lambda: server.health()["busy"] == 0, LIMIT)
    assert time.monotonic() - start < LIMIT / 2


def test_slow_reader_is_cut_at_the_deadline(server: Running):
    connection = server.connect()
    connection.request("GET", f"/sparql?query={quote(STREAM)}")
    response = connection.getresponse()
    response.read(10)
    assert wait_until(lambda: server.health()["busy"] == 0, LIMIT + 1)
    connection.close()


def test_slow_readers_make_room_for_who_waits(data: Path):
    with running(data, limit=20) as server:
        slow = [server.connect() for _ in range(2)]
        responses = []
        for connection in slow:
            connection.request("GET", f"/sparql?query={quote(STREAM)}")
            responses.append(connection.getresponse())
        start = time.monotonic()
        assert server.ask("ASK {}")[0] == 200
        assert time.monotonic() - start < PATIENCE + 3
        assert server.health()["busy"] == 1
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            drain(responses[0])
        for connection in slow:
            connection.close()


def test_head_of_a_long_answer_frees_its_worker(server: Running):
    connection = server.connect()
    connection.request("HEAD", f"/sparql?query={quote(STREAM)}")
    assert connection.getresponse().status == 200
    assert wait_until(lambda: server.health()["busy"] == 0, LIMIT / 2)
    connection.close()


LONG = [
    "SELECT * { VALUES ?x { " + "1 " * 240_000 + "} } LIMIT 1 #",
    'SELECT * {?s ?p "x" ' + "a." * 520_000 + "}",
    "?" * 1_040_000,
    "service " * 130_000,
    "SELECT * {" + "?s ?p ?o . " * 80_000 + "} LIMIT 1",
]


def test_long_queries_stop_nobody(server: Running):
    connections = []
    for query in LONG:
        connections.append(server.connect())
        connections[-1].request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
    times = []
    for _ in range(30):
        start = time.monotonic()
        assert server.get("/health")[0] == 200
        times.append(time.monotonic() - start)
        time.sleep(0.05)
    assert max(times) < 0.5
    assert [connection.getresponse().status for connection in connections] == [200, 400, 400, 400, 400]
    for connection in connections:
        connection.close()


def test_nothing_reaches_the_network(server: Running):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(1)
        target = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        escaped = target.replace(":", "\\u003A")
        for query in (
            f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE <{escaped}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{target}> {{ ?s ?p ?o }}",
            f"LOAD <{target}>",
        ):
            server.ask(query)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_killed_workers_are_replaced(server: Running):
    (web,) = children(server.process.pid)
    for pid in children(web):
        os.kill(pid, signal.SIGKILL)
    assert server.ask("ASK {}")[0] == 200


def test_killed_web_process_comes_back_and_leaves_no_worker(data: Path):
    with running(data) as server:
        server.ask("ASK {}")
        (web,) = children(server.process.pid)
        heavy = server.connect()
        heavy.request("GET", f"/sparql?query={quote(ENDLESS)}")
        assert wait_until(lambda: server.health()["busy"] == 1)
        workers = children(web)
        os.kill(web, signal.SIGKILL)
        assert wait_until(lambda: not any(is_running(pid) for pid in workers))
        assert wait_until(lambda: answers(server))
        assert server.ask("ASK {}")[0] == 200
        heavy.close()


def test_end_of_the_server_is_the_end_of_its_workers(data: Path):
    with running(data) as server:
        server.ask("ASK {}")
        (web,) = children(server.process.pid)
        workers = children(web)
    assert workers
    assert wait_until(lambda: not any(is_running(pid) for pid in workers))


def test_no_snapshot_is_503_until_there_is_one(tmp_path: Path, publish: Callable[..., Path]):
    with running(tmp_path) as server:
        status, headers, body = server.ask("ASK {}")
        assert (status, headers["Retry-After"]) == (503, "10")
        assert "kg build" in json.loads(body)["detail"]
        publish(tmp_path, "one")
        assert json.loads(server.ask("ASK { ?s ?p ?o }")[2])["boolean"] is True
        publish(tmp_path, "two", "<urn:new> <urn:p> <urn:o> .")
        assert json.loads(server.ask("ASK { <urn:new> ?p ?o }")[2])["boolean"] is True


@pytest.mark.parametrize(
    "command",
    [
        (
            "-m",
            "gunicorn",
            "--worker-class",
            "gevent",
            "--no-control-socket",
            "--bind",
            "127.0.0.1:{port}",
            "server:app",
        ),
        ("-m", "gunicorn", "--no-control-socket", "--bind", "127.0.0.1:{port}", "server:app"),
        ("-c", "import kg.web; kg.web.serve(None, '127.0.0.1', {port})"),
    ],
)
def test_other_ways_to_start(data: Path, command: tuple[str, ...]):
    with running(data, *command) as server:
        assert server.ask("ASK {}")[0] == 200
        assert server.ask(ENDLESS)[0] == 504


@pytest.mark.parametrize(
    ("query", "status"), [("ASK {} #" + "é" * 100_000, 200), ("ASK {} #\udcff" + "é" * 100_000, 400)]
)
def test_large_form_is_read_beside(server: Running, query: str, status: int):
    connection = server.connect()
    body = f"query={quote(query, errors='surrogateescape')}"
    connection.request("POST", "/sparql", body, {"Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    assert (response.status, response.getheader("KG-Query-Id") is not None) == (status, True)
    connection.close()


def test_large_page_is_made_beside(server: Running):
    """A page of many cells is made on another thread, with all that a page asks of its request."""
    columns = " ".join(f"?c{number}" for number in range(40))
    values = " ".join(f"BIND(?s AS ?c{number})" for number in range(40))
    query = f"SELECT {columns} {{ ?s <urn:number> ?n {values} }}"
    status, headers, body = server.ask(query, Accept="text/html")
    assert (status, headers["KG-Cut-Off"]) == (200, "rows=1000")
    assert body.count(b"urn:n:") == 40_000
    assert b'href="/static/style.css"' in body
