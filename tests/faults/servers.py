"""A real server over an invented graph, and what the system tells of its processes. Needs /proc."""

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from tests.waiting import wait_until

ROOT = Path(__file__).parent.parent.parent
BASE = "https://w3id.org/cablekg/"
NODES = 20_000
MARK = "KG_TEST_RUN"
TICKS = os.sysconf("SC_CLK_TCK")
MIB = 2**20
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a client got: the status, headers, body, and whether the answer was broken off in its midst."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    broken: bool = False

    def json(self):
        return json.loads(self.body)


class Server:
    """A server process, its processes, and the way to it."""

    def __init__(self, arbiter: int, port: int, mark: str) -> None:
        self.arbiter = arbiter
        self.port = port
        self._mark = mark

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def send(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Reply:
        """The reply to one request on a connection of its own; header names with _ for -."""
        start = time.monotonic()
        with closing(self.connect()) as connection:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            return read(connection.getresponse(), start)

    def ask(self, query: str, **headers: str) -> Reply:
        return self.send("GET", f"/sparql?query={quote(query)}", **headers)

    def post(self, query: str, **headers: str) -> Reply:
        return self.send("POST", "/sparql", query, Content_Type="application/sparql-query", **headers)

    def answers(self) -> bool:
        try:
            return self.ask("ASK {}").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def counts(self) -> dict[str, int]:
        """How many workers are idle, busy and starting, and how many queries wait: what /health says."""
        text = self.send("GET", "/health").body.decode()
        return {name: int(count) for name, count in re.findall(r"(\w+)\W{1,3}(\d+)", text)}

    def is_at_rest(self) -> bool:
        counts = self.counts()
        return counts["busy"] == counts["waiting"] == counts["starting"] == 0

    def processes(self) -> list[int]:
        """Every process of the server that runs, whoever its parent is, the arbiter first."""
        return sorted(
            (pid for pid in all_processes() if self._mark in environment(pid)), key=lambda pid: pid != self.arbiter
        )

    def web(self) -> list[int]:
        return children(self.arbiter)

    def workers(self) -> list[int]:
        return [child for pid in self.web() for child in children(pid)]


def read(response: http.client.HTTPResponse, start: float) -> Reply:
    """The whole reply, or what came of it before it was broken off."""
    body = bytearray()
    broken = False
    try:
        while piece := response.read(MIB):
            body += piece
    except (http.client.IncompleteRead, ConnectionError) as error:
        broken = True
        body += getattr(error, "partial", b"")
    # Read by pieces, http.client tells of a body that is shorter than its Content-Length only by what it still expects.
    broken = broken or bool(response.length)
    return Reply(response.status, dict(response.getheaders()), bytes(body), time.monotonic() - start, broken)


def all_processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def environment(pid: int) -> str:
    """The environment that a running process was started with; empty where it has ended."""
    try:
        return Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        return ""


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def status_bytes(pid: int, name: str) -> int:
    """A line of /proc/PID/status in bytes; 0 where the process has ended."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def data_limit(pid: int) -> int | None:
    """The limit of a process on its data, in bytes; None where it has none, or has ended."""
    try:
        found = re.search(r"^Max data size\s+(\d+)", Path(f"/proc/{pid}/limits").read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has taken; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, **settings: str) -> Iterator[Server]:
    """A server over a data folder, with these settings; nothing of it is left afterwards."""
    port = free_port()
    mark = f"{MARK}={uuid.uuid4().hex}"
    given = {"KG_DATA": str(data), "KG_WORKERS": "2", "PORT": str(port), "PYTHONPATH": str(ROOT), **settings}
    environ = {**os.environ, **given, MARK: mark.partition("=")[2]}
    log = data.parent / f"server-{port}.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, str(ROOT / "server.py")], env=environ, cwd=ROOT, stdout=out, stderr=out
        ) as process,
    ):
        server = Server(process.pid, port, mark)
        try:
            assert wait_until(lambda: process.poll() is not None or server.answers(), 20), "the server does not answer"
            assert process.poll() is None, f"the server has ended:\n{log.read_text()[-2000:]}"
            yield server
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        assert wait_until(lambda: not server.processes()), "processes outlive the server"


def make_snapshot(data: Path, lines: Iterator[str]) -> Path:
    """A data folder that serves a snapshot of these N-Triples."""
    snapshot = data / "snapshots" / "one"
    snapshot.mkdir(parents=True)
    store = ox.Store(str(snapshot / "store"))
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    (snapshot / "manifest.json").write_text(json.dumps({"id": "one", "base": BASE}))
    (snapshot / "void.ttl").write_text(f"<{BASE}.well-known/void#dataset> a <http://rdfs.org/ns/void#Dataset> .\n")
    (data / "current").symlink_to(Path("snapshots") / "one")
    return data


def graph(nodes: int = NODES) -> Iterator[str]:
    """Nodes with a name and a number, linked at random by a (twice) and b: five triples a node."""
    chance = random.Random(4)
    for number in range(nodes):
        node = f"<urn:n:{number}>"
        for link in ("a", "a", "b"):
            yield f"{node} <urn:{link}> <urn:n:{chance.randrange(nodes)}> .\n"
        yield f'{node} <urn:name> "node {number} {"a" * (number % 40)}" .\n'
        yield f'{node} <urn:number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
