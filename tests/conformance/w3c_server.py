"""A real server over all data of the W3C's query tests, each file in graphs of its own, and the way to ask it."""

import http.client
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urljoin

import pyoxigraph as ox

from tests.conformance.w3c import PUBLISHED, Dataset, File, Test, parse
from tests.faults.servers import running

BASE: Final = "https://w3id.org/cablekg/"
FROM: Final = re.compile(r"\bFROM \s+ (?:NAMED \s+)? <([^>]*)>", re.VERBOSE | re.IGNORECASE)  # FROM NAMED <data-g1.ttl>
# What a file says as (part of) a default graph stands in a graph of this name, since its blank nodes are other nodes
# there than those of the same file as a named graph.
AS_DEFAULT: Final = "?as=default"
NOTHING: Final = "urn:no-such-graph"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    body: bytes


class Client:
    """One connection to the server, kept open."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection

    def ask(self, query: str, media_type: str, graphs: Iterable[tuple[str, str]] = ()) -> Reply:
        """The reply to a query by GET, over these graphs (pairs of parameter and IRI)."""
        parameters = urlencode([("query", query), *graphs])
        self._connection.request("GET", f"/sparql?{parameters}", headers={"Accept": media_type})
        response = self._connection.getresponse()
        return Reply(response.status, response.read())


@contextmanager
def serving(data: Path, quads: Iterable[ox.Quad] = (), graphs: Iterable[str] = ()) -> Iterator[Client]:
    """A client of a server over these quads; the graphs are there even if they are empty."""
    snapshot = data / "snapshots" / "one"
    snapshot.mkdir(parents=True)
    store = ox.Store(str(snapshot / "store"))
    store.bulk_extend(quads)
    for graph in graphs:
        store.add_graph(ox.NamedNode(graph))
    store.flush()
    del store
    (snapshot / "manifest.json").write_text(json.dumps({"id": "one", "base": BASE}))
    (snapshot / "void.ttl").write_text(f"<{BASE}.well-known/void#dataset> a <http://rdfs.org/ns/void#Dataset> .\n")
    (data / "current").symlink_to(Path("snapshots") / "one")
    with running(data) as server:
        connection = server.connect()
        yield Client(connection)
        connection.close()


def dataset(suites: Path, test: Test) -> Dataset:
    """The data of a test: of its manifest, and the files that its query names in FROM, as named graphs."""
    named = dict(test.data.named)
    for reference in FROM.findall(test.request.text):
        iri = urljoin(test.request.iri, reference)
        named[iri] = File(path=suites / iri.removeprefix(PUBLISHED), iri=iri)
    return Dataset(default=test.data.default, named=tuple(named.items()))


def published(datasets: Iterable[Dataset]) -> Iterator[ox.Quad]:
    """The quads of all datasets side by side."""
    default = {file for each in datasets for file in each.default}
    named = {pair for each in datasets for pair in each.named}
    assert len(named) == len({iri for iri, _ in named}), "two files have the same graph name"
    yield from Dataset(named=tuple(named)).quads()
    for file in default:
        graph = ox.NamedNode(file.iri + AS_DEFAULT)
        for quad in parse(file):
            in_default = quad.graph_name == ox.DefaultGraph()
            yield ox.Quad(*quad.triple, graph) if in_default else quad


def protocol_dataset(test: Test) -> list[tuple[str, str]]:
    """The parameters that name the graphs of a test; none where the query names them itself."""
    if FROM.search(test.request.text):
        return []
    quads = (quad.graph_name for file in test.data.default for quad in parse(file))
    names = {graph.value for graph in quads if isinstance(graph, ox.NamedNode)} | {iri for iri, _ in test.data.named}
    default = [file.iri + AS_DEFAULT for file in test.data.default] or [NOTHING]
    return [
        *(("default-graph-uri", iri) for iri in default),
        *(("named-graph-uri", iri) for iri in sorted(names)),
    ]
