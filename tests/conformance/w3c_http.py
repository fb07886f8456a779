"""Read the W3C's tests that are whole exchanges over HTTP: requests, and what is expected of each answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from tests.conformance.w3c import MF, PUBLISHED, RDF, RDFS, UT, File, Term

HT: Final = "http://www.w3.org/2011/http#"
HTS: Final = "http://www.w3.org/2011/http-statusCodes#"
CNT: Final = "http://www.w3.org/2011/content#"
STATUSES: Final = {"OK": range(200, 201), "Created": range(201, 202), "NoContent": range(204, 205),
                   "NotFound": range(404, 405), "StatusCode2xx": range(200, 300), "StatusCode3xx": range(300, 400),
                   "StatusCode4xx": range(400, 500)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and what its answer has to be.

    `truth` is the answer to ASK, `form` the kind of answer (boolean, tabular, RDF), `graph` a document whose graph the
    answer's has to be, `location` the variable that the answer's Location gives a value.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: tuple[range, ...]
    answer_headers: Mapping[str, str]
    truth: bool | None = None
    form: str | None = None
    graph: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One test: graphs that have to be there before, and its exchanges in their order."""

    id: str
    host: str
    graphs: tuple[tuple[str, File], ...]
    exchanges: tuple[Exchange, ...]


def read_conversations(suites: Path, path: Path) -> Iterator[Conversation]:
    """The tests of a manifest whose actions are connections."""
    graph = _Graph(suites, path)
    folder = path.parent.relative_to(suites).as_posix()
    for entry in graph.items(graph.one(ox.NamedNode(graph.iri), "entries", MF)):
        connection = graph.one(entry, "action", MF)
        yield Conversation(
            id=f"{folder}#{entry.value.partition('#')[2]}",
            host=graph.text(connection, "connectionAuthority", HT) or "",
            graphs=tuple(graph.named(each) for each in graph.all(entry, "graphData", UT)),
            exchanges=tuple(graph.exchange(each) for each in graph.items(graph.one(connection, "requests", HT))),
        )


def listed(suites: Path, path: Path) -> list[str]:
    """The local names of the tests of a manifest, in its order."""
    graph = _Graph(suites, path)
    return [entry.value.partition("#")[2] for entry in graph.items(graph.one(ox.NamedNode(graph.iri), "entries", MF))]


def comments(suites: Path, path: Path) -> Iterator[tuple[str, list[str]]]:
    """The local name and the comments of each test of a manifest, in its order."""
    graph = _Graph(suites, path)
    for entry in graph.items(graph.one(ox.NamedNode(graph.iri), "entries", MF)):
        yield entry.value.partition("#")[2], [each.value for each in graph.all(entry, "comment", RDFS)]


# PUT $GRAPHSTORE$/person/1.ttl HTTP/1.1
REQUEST_LINE: Final = re.compile(r"(?P<method>[A-Z]+) [ ] (?P<target>\S+) [ ] HTTP/1\.1", re.VERBOSE)
STATUS_LINE: Final = re.compile(r"(?P<status>\d{3}) [ ] \w.*", re.VERBOSE)  # 201 Created


def told_exchange(comment: str) -> Exchange:
    """The exchange that a test tells in words: indented by four spaces under the headings Request and Response."""
    _, request, response = comment.split("#### ")
    first, sent, body = _message(request.removeprefix("Request"))
    status_line, headers, answer = _message(response.removeprefix("Response"))
    line, status = REQUEST_LINE.fullmatch(first), STATUS_LINE.fullmatch(status_line)
    assert line
    assert status
    number = int(status["status"])
    return Exchange(
        method=line["method"],
        path=line["target"],
        headers={name: value for name, value in sent.items() if name != "host"},
        body=body.encode() or None,
        statuses=(range(number, number + 1),),
        answer_headers=headers,
        graph=answer or None,
        location=headers.get("location"),
    )


def _message(text: str) -> tuple[str, dict[str, str], str]:
    lines = [line.removeprefix("    ") for line in text.strip("\n").splitlines()]
    while lines and not lines[0].strip():
        del lines[0]
    head, _, body = "\n".join(lines).partition("\n\n")
    first, *fields = head.strip().splitlines()
    headers = dict(field.split(": ", 1) for field in fields)
    return first, {name.lower(): value for name, value in headers.items()}, body.strip()


class _Graph:
    """A manifest as a graph to walk in."""

    def __init__(self, suites: Path, path: Path) -> None:
        self._suites = suites
        self.iri = f"{PUBLISHED}{path.relative_to(suites).as_posix()}"
        self._graph = ox.Dataset(ox.parse(path=str(path), base_iri=self.iri))

    def exchange(self, node: Term) -> Exchange:
        body, answer = self.one(node, "body", HT), self.one(node, "resp", HT)
        expected = self.one(answer, "body", HT)
        truth = self.text(answer, "expectedBoolean", MF)
        return Exchange(
            method=self.text(node, "methodName", HT) or "",
            path=self.text(node, "absolutePath", HT) or "",
            headers=self._headers(node),
            body=None if body is None else self._body(body),
            statuses=tuple(STATUSES[s.value.removeprefix(HTS)] for s in self.all(answer, "expectedStatus", MF)),
            answer_headers=self._headers(answer),
            truth=None if truth is None else truth == "true",
            form=self.text(answer, "expectedFormat", MF),
            graph=None if expected is None else self.text(expected, "chars", CNT),
            location=self.text(answer, "expectedLocation", MF),
        )

    def named(self, node: Term) -> tuple[str, File]:
        file = self.one(node, "graph", UT)
        path = self._suites / file.value.removeprefix(PUBLISHED)
        return self.text(node, "label", RDFS) or "", File(path=path, iri=file.value)

    def items(self, node: Term | None) -> Iterator[Term]:
        while node is not None and node != ox.NamedNode(f"{RDF}nil"):
            yield self.one(node, "first", RDF)
            node = self.one(node, "rest", RDF)

    def text(self, node: Term | None, name: str, words: str) -> str | None:
        found = self.one(node, name, words)
        return None if found is None else found.value

    def one(self, node: Term | None, name: str, words: str) -> Term | None:
        return next(iter(self.all(node, name, words)), None)

    def all(self, node: Term | None, name: str, words: str) -> list[Term]:
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return []
        found = self._graph.quads_for_subject(node)
        return sorted((quad.object for quad in found if quad.predicate.value == f"{words}{name}"), key=str)

    def _body(self, node: Term) -> bytes:
        return (self.text(node, "chars", CNT) or "").encode(self.text(node, "characterEncoding", CNT) or "utf-8")

    def _headers(self, node: Term | None) -> dict[str, str]:
        pairs = ((self.text(each, "fieldName", HT), self.text(each, "fieldValue", HT)) for each in
                 self.items(self.one(node, "headers", HT)))  # fmt: skip
        return {name.lower(): value for name, value in pairs if name is not None and value is not None}
