"""The W3C's tests that are whole requests and answers: the protocol, the graph store protocol in both its versions."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from tests.conformance import known
from tests.conformance.results import Graph, is_same
from tests.conformance.w3c_http import Conversation, Exchange, comments, read_conversations, told_exchange
from tests.conformance.writable import Client, Reply, writing

pytestmark = pytest.mark.shared

FORMATS: Final = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/trig", "application/n-quads"},
}  # fmt: skip
PLACES: Final = {"/sparql/": "/sparql", "/gsp": "/store"}
# The older tests of the graph store contradict themselves, which is why the W3C has replaced them. What they mean, by
# the name of the test: a text of it, and what has to stand there.
MEANT: Final = {
    # Turtle needs its last full stop.
    "post__existing_graph": [('foaf:name "Jane Doe"', 'foaf:name "Jane Doe" .')],
    "post__multipart_formdata": [
        ('foaf:familyName "Doe"\n', 'foaf:familyName "Doe" .\n'),
        ('foaf:givenName "Jane"\n', 'foaf:givenName "Jane" .\n'),
    ],
    # Two tests before, the graph was replaced by Jane Doe's; the last one gave it a name.
    "get_of_post__existing_graph": [("John Doe", "Jane Doe"), ("] .", '] ; foaf:name "Jane Doe" .')],
}
# No test before makes the graph that is to be deleted.
MADE_BEFORE: Final = {"delete__existing_graph": "/store/person/2.ttl"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with writing(tmp_path_factory.mktemp("w3c") / "data") as found:
        yield found


def test_protocol(shared, client, capsys):
    suites = shared / "suites" / "w3c-sparql"
    run("w3c-protocol", read_conversations(suites, suites / "sparql11/protocol/manifest.ttl"), client, capsys)


def test_graph_store(shared, client, capsys):
    suites = shared / "suites" / "w3c-sparql"
    folder = suites / "sparql11/graph-store-protocol"
    tests = [
        test for name in ("direct", "indirect") for test in read_conversations(suites, folder / f"manifest-{name}.ttl")
    ]
    run("w3c-graph-store", tests, client, capsys)


def test_http_rdf_update(shared, client, capsys):
    suites = shared / "suites" / "w3c-sparql"
    client.become()
    found: dict[str, str] = {}
    failures: dict[str, str] = {}
    ran = []
    for name, texts in comments(suites, suites / "sparql11/http-rdf-update/manifest.ttl"):
        (text,) = (each for each in texts if "#### Request" in each)
        test = f"sparql11/http-rdf-update#{name}"
        ran.append(test)
        exchange = _meant(name, told_exchange(text), client.host)
        if name in MADE_BEFORE:
            client.send("PUT", MADE_BEFORE[name], b"", {"Content-Type": "text/turtle"})
        if problem := wrong(exchange, client, client.host, found):
            failures[test] = problem
    line = known.check("w3c-http-rdf-update", ran, failures)
    with capsys.disabled():
        print(f"\n{line}")


def run(name: str, tests: Sequence[Conversation] | Iterator[Conversation], client: Client, capsys) -> None:
    """Hold all conversations; a line with the totals."""
    failures = {}
    ran = []
    for test in tests:
        ran.append(test.id)
        if problem := told(test, client):
            failures[test.id] = problem
    line = known.check(name, ran, failures)
    with capsys.disabled():
        print(f"\n{line}")


def told(test: Conversation, client: Client) -> str | None:
    """What is wrong with the answers of a conversation; None where they are right."""
    client.become()
    for iri, file in test.graphs:
        client.send(
            "PUT", f"/store?graph={quote(iri, safe='')}", file.path.read_bytes(), {"Content-Type": "text/turtle"}
        )
    found: dict[str, str] = {}
    for number, exchange in enumerate(test.exchanges, 1):
        if problem := wrong(_placed(exchange), client, test.host, found):
            return f"request {number}: {problem}"
    return None


def wrong(exchange: Exchange, client: Client, host: str, found: dict[str, str]) -> str | None:
    """What is wrong with the answer to a request; `found` takes the values of its variables."""
    path = exchange.path
    for name, value in found.items():
        path = path.replace(name, value)
    reply = client.send(exchange.method, path, exchange.body, {**exchange.headers, "Host": host})
    if not any(reply.status in statuses for statuses in exchange.statuses):
        return f"{exchange.method} {path}: {reply.status} {reply.body[:300]!r}"
    if exchange.location is not None:
        found[exchange.location] = reply.headers.get("location", "")
        return None if found[exchange.location] else "no Location"
    return _wrong_headers(exchange, reply) or _wrong_answer(exchange, reply)


def _wrong_headers(exchange: Exchange, reply: Reply) -> str | None:
    for name, value in exchange.answer_headers.items():
        had = reply.headers.get(name)
        if had is None or (value != "..." and had != value):
            return f"{name} is {had!r}, not {value!r}"
    if exchange.form is not None and reply.media_type not in FORMATS[exchange.form]:
        return f"{reply.media_type} is not {exchange.form}"
    return None


def _wrong_answer(exchange: Exchange, reply: Reply) -> str | None:
    if exchange.truth is not None and json.loads(reply.body)["boolean"] is not exchange.truth:
        return f"the answer is not {exchange.truth}"
    if exchange.graph is not None and exchange.method != "HEAD":
        had, expected = _graph(reply.body.decode()), _graph(exchange.graph)
        if not is_same(had, expected):
            return f"another graph: {reply.body!r}"
    return None


def _graph(turtle: str) -> Graph:
    return Graph(quads=frozenset(ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri="http://www.example/")))


def _placed(exchange: Exchange) -> Exchange:
    place = next(place for place in PLACES if exchange.path.startswith(place))
    return dataclasses.replace(exchange, path=PLACES[place] + exchange.path.removeprefix(place))


def _meant(name: str, exchange: Exchange, host: str) -> Exchange:
    """An exchange of the older tests with the variables of its text filled in, and the text as it was meant."""

    def filled(text: str) -> str:
        for place, value in {"/$GRAPHSTORE$": "/store", "$GRAPHSTORE$": "/store", "$HOST$": host}.items():
            text = text.replace(place, value)
        for said, meant in MEANT.get(name, ()):
            text = text.replace(said, meant)
        return text

    body = filled(exchange.body.decode()).encode() if exchange.body else None
    if exchange.headers.get("content-type", "").startswith("multipart/"):
        body = body.replace(b"\n", b"\r\n")
    return dataclasses.replace(
        exchange, path=_path(filled(exchange.path)), body=body, graph=filled(exchange.graph) if exchange.graph else None
    )


def _path(target: str) -> str:
    return target if target.startswith(("/", "$")) else urlsplit(target).path
