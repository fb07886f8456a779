"""The servers that are measured, each over the same data: ours, ours behind nginx, and the peers."""

import getpass
import gzip
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

ROOT = Path(__file__).parents[2]
PEERS = {"oxigraph": ("oxigraph",), "rdflib-endpoint": ("rdflib-endpoint", "uvicorn", "oxrdflib")}
JSON = "application/sparql-results+json"
TINY = "SELECT ?n { <urn:n:7> <urn:name> ?n }"
# As rdflib-endpoint's own command, but over the store as it is: reading a million triples would take it minutes.
ENDPOINT = """
import sys
import pyoxigraph, uvicorn
from oxrdflib import OxigraphStore
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib_endpoint import SparqlEndpoint

store = OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1]))
graph = Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID)
uvicorn.run(SparqlEndpoint(path="/sparql", graph=graph), host="127.0.0.1", port=int(sys.argv[2]))
"""
# As Debian has it.
NGINX = """
user {user};
daemon off;
pid {folder}/nginx.pid;
worker_processes auto;
events {{}}
http {{ sendfile on; tcp_nopush on; access_log {folder}/access.log; include {folder}/cablekg.conf; }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs: its name, port, path of queries, and process."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]

    def address(self, query: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{self.path}" + (f"?query={quote(query)}" if query else "")


def needed(tool: str) -> str | None:
    """The path of a tool; where it is missing, say so."""
    found = shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin")
    if found is None:
        print(f"left out: {tool} is missing (apt-get install {tool})")
    return found


def make_data(data: Path, nodes: int) -> Path:
    """A data folder with the example graph and an invented one of so many nodes."""
    if (data / "current").exists():
        return data
    subprocess.run([sys.executable, "-m", "kg.cli", "build", str(ROOT / "examples"), "--data", str(data)], check=True)
    built = (data / "current").resolve()
    store = ox.Store(str(built / "store-with-more"))
    facts = gzip.decompress((built / "dumps" / "facts.nt.gz").read_bytes())
    store.bulk_load(facts, format=ox.RdfFormat.N_TRIPLES)
    store.bulk_load("".join(invented(nodes)).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    print(f"{len(store):,} triples")
    del store
    (built / "store").rename(built / "store-of-the-examples")
    (built / "store-with-more").rename(built / "store")
    return data


def invented(nodes: int) -> Iterator[str]:
    chance = random.Random(4)
    for number in range(nodes):
        node = f"<urn:n:{number}>"
        yield f'{node} <urn:name> "node {number} of an invented graph" .\n'
        yield f'{node} <urn:number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        for link in ("a", "b"):
            yield f"{node} <urn:{link}> <urn:n:{chance.randrange(nodes)}> .\n"


def start_all(stack: ExitStack, folder: Path, data: Path) -> Iterator[Server]:
    """Ours, ours behind nginx, and the peers that can be had."""
    store = (data / "current").resolve() / "store"
    environ = {**os.environ, "KG_DATA": str(data), "PYTHONPATH": str(ROOT)}
    port = free_port()
    ours = [sys.executable, str(ROOT / "server.py")]
    yield stack.enter_context(running("cablekg", port, "/sparql", ours, folder, {**environ, "PORT": str(port)}))
    if nginx := needed("nginx"):
        through = free_port()
        configure_nginx(folder, port, through)
        command = [nginx, "-e", str(folder / "nginx-error.log"), "-c", str(folder / "nginx.conf")]
        yield stack.enter_context(running("nginx", through, "/sparql", command, folder, environ))
    if tool := installed("oxigraph", folder):
        copy = folder / "oxigraph-store"
        if not copy.exists():
            shutil.copytree(store, copy)
        port = free_port()
        command = [str(tool / "oxigraph"), "serve", "--location", str(copy), "--bind", f"127.0.0.1:{port}"]
        yield stack.enter_context(running("oxigraph", port, "/query", command, folder, environ))
    if tool := installed("rdflib-endpoint", folder):
        port = free_port()
        command = [str(tool / "python"), "-c", ENDPOINT, str(store), str(port)]
        yield stack.enter_context(running("rdflib-endpoint", port, "/sparql", command, folder, os.environ.copy()))


def installed(peer: str, folder: Path) -> Path | None:
    """The folder of programs of a peer, installed now where it is not; None where it cannot be."""
    place = folder / f"venv-{peer}"
    if not (place / "installed").exists():
        venv.create(place, with_pip=True, clear=True)
        done = subprocess.run(
            [place / "bin" / "python", "-m", "pip", "install", "-q", *PEERS[peer]], capture_output=True, check=False
        )
        if done.returncode != 0:
            print(f"left out: {peer} cannot be installed: {done.stderr.decode().strip().splitlines()[-1:]}")
            return None
        (place / "installed").touch()
    return place / "bin"


def configure_nginx(folder: Path, upstream: int, port: int) -> None:
    """The shipped configuration, with other ports and another folder for the cache."""
    text = (ROOT / "deploy" / "nginx" / "cablekg.conf").read_text()
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000;", f"127.0.0.1:{upstream};")
    (folder / "cablekg.conf").write_text(text.replace("/var/cache/nginx/cablekg ", f"{folder}/nginx-cache "))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=getpass.getuser()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    name: str, port: int, path: str, command: list[str], folder: Path, environ: dict[str, str]
) -> Iterator[Server]:
    """A server, from its first right answer on."""
    with (
        (folder / f"{name}.log").open("wb") as log,
        subprocess.Popen(command, env=environ, cwd=folder, stdout=log, stderr=log) as process,
    ):
        server = Server(name=name, port=port, path=path, process=process)
        try:
            until = time.monotonic() + 60
            while (number := rows(server, TINY)) != 1:
                if time.monotonic() > until or process.poll() is not None:
                    sys.exit(f"{name} answers {number}; see {folder / name}.log")
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def rows(server: Server, query: str) -> int | None:
    """How many rows an answer has; None where there is none."""
    try:
        return len(json.loads(fetch(server, query)[2])["results"]["bindings"])
    except (OSError, ValueError, http.client.HTTPException):
        return None


def fetch(server: Server, query: str) -> tuple[float, float, bytes]:
    """Seconds to the first byte of an answer's body, to the last, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", f"{server.path}?query={quote(query)}", headers={"Accept": JSON})
    response = connection.getresponse()
    first = response.read(1)
    began = time.perf_counter() - start
    pieces = [first]
    while piece := response.read(2**20):
        pieces.append(piece)
    took = time.perf_counter() - start
    connection.close()
    return began, took, b"".join(pieces)
