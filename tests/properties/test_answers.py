"""Every answer can be read back by a parser that is not the engine's, with the same terms, or says that it cannot be had."""

import csv
import io
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any, cast
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store.answering import SOLUTIONS, answer
from kg.store.frames import Frames
from kg.store.graphs import GRAPHS
from kg.store.rows import write_csv

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CK = "https://w3id.org/cablekg/ontology#"
JOB = {"base": "urn:", "default_graph": None, "named_graphs": None, "rows": 0, "encoding": None, "max_bytes": 0}
FORBIDDEN = {*map(chr, range(32)), "\ufffe", "\uffff"} - {*"\t\n\r"}

# Stands for a long IRI, which is not to be printed.
LONG = "long"

odd = st.one_of(
    st.sampled_from(["\0", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ufeff", "\U0010ffff", "\u2028", "\r\n", "\r", "\n",
                     "\t", ",", '"', '""', "'", "'''", "\\", "\\n", "<", ">", "&", "]]>", "&#0;", ":>", ": rdf:", 'nodeID="1',
                     " ", "x", "é", "{", "@en", "^^", ".", "_:1"]),
    st.characters(exclude_categories=["Cs"]),
    st.just("x").map(lambda letter: letter * 70_000),
)  # fmt: skip
texts = st.lists(odd, max_size=6).map("".join)
iris = st.sampled_from(
    ["urn:a", "http://x/a,b", "http://x/,", "http://x/'a", "http://x/a&b", "http://x/1/", "http://é/ü?q#f", "ck:a", "rdf:a",
     CK, f"{CK}1", f"{CK}a/b", f"{CK}a(b)", f"{CK}%41", f"{RDF}nil", "a:", LONG]
).map(lambda iri: ox.NamedNode("http://x/" + "a" * 70_000 if iri == LONG else iri))  # fmt: skip
blanks = st.sampled_from(["a", "1", "a.b", "é", "_"]).map(ox.BlankNode)
datatypes = st.sampled_from([*(XSD + name for name in ("integer", "decimal", "double", "boolean", "dateTime")),
                             RDF + "XMLLiteral", RDF + "JSON", "urn:d", "http://x/a&b"]).map(ox.NamedNode)  # fmt: skip
numbers = st.sampled_from(["1", "01", "+1", "1.", ".5", "1e5", "INF", "", " 1 ", "true", "2009-01-01T00:00:00Z"])
directions = st.sampled_from([None, ox.BaseDirection.LTR, ox.BaseDirection.RTL])
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(
        lambda value, language, direction: ox.Literal(value, language=language, direction=direction),
        texts, st.sampled_from(["en", "en-x-1", "zh-Hant-TW"]), directions,
    ),
    st.builds(lambda value, datatype: ox.Literal(value, datatype=datatype), st.one_of(numbers, texts), datatypes),
)  # fmt: skip
plain = st.one_of(iris, blanks, literals)
terms = st.recursive(
    plain,
    lambda inner: st.builds(ox.Triple, st.one_of(iris, blanks), st.just(ox.NamedNode("urn:q")), inner),
    max_leaves=3,
)
# Properties, and whether XML has a name for them.
PREDICATES = {"urn:p": True, f"{CK}p": True, "http://x/é1": True, "http://x/a.b-c": True, f"{RDF}_1": True,
              "http://x/1/": False, "http://x/1": False, CK: False, "a:": False, f"{RDF}li": False, f"{RDF}about": False,
              "http://www.w3.org/2000/xmlns/a": False}  # fmt: skip
CHECKED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def answered(store: ox.Store, query: str, form: str) -> tuple[bytes, str | None]:
    """An answer of a worker, and the name of the error it ended in."""
    ours, theirs = socket.socketpair()
    job = {**JOB, "query": query, "solutions": form, "graph": form, "max_rows": 100, "dump": None}
    thread = threading.Thread(target=answer, args=(store, job, theirs))
    with ours, theirs:
        thread.start()
        frames, body = Frames(ours), b""
        while (frame := frames.next())[0] in b"HD":
            body += frame[1] if frame[0] == b"D" else b""
        thread.join()
    return body, json.loads(frame[1])["error"] if frame[0] == b"X" else None


def like(term: Any) -> Any:
    """A term as it is compared: blank nodes have no names of their own."""
    match term:
        case ox.BlankNode():
            return "blank"
        case ox.Triple():
            return (like(term.subject), term.predicate, like(term.object))
        case _:
            return term


def inner(term: Any) -> list[Any]:
    """The terms in a term, itself among them."""
    return [term, *inner(term.subject), *inner(term.object)] if isinstance(term, ox.Triple) else [term]


def has_forbidden(term: Any) -> bool:
    return any(isinstance(each, ox.Literal) and FORBIDDEN & {*each.value} for each in inner(term))


def from_json(cell: dict[str, Any]) -> Any:
    match cell["type"]:
        case "uri":
            return ox.NamedNode(cell["value"])
        case "bnode":
            return ox.BlankNode(cell["value"])
        case "triple":
            parts = {name: from_json(part) for name, part in cell["value"].items()}
            return ox.Triple(parts["subject"], parts["predicate"], parts["object"])
        case _:
            return literal(cell["value"], cell.get("xml:lang"), cell.get("its:dir"), cell.get("datatype"))


def literal(value: str, language: str | None, direction: str | None, datatype: str | None) -> ox.Literal:
    towards = {"ltr": ox.BaseDirection.LTR, "rtl": ox.BaseDirection.RTL}.get(direction or "")
    return ox.Literal(
        value, language=language, direction=towards, datatype=ox.NamedNode(datatype) if datatype else None
    )


def from_xml(cell: ElementTree.Element) -> Any:
    match cell.tag.rpartition("}")[2]:
        case "uri":
            return ox.NamedNode(cell.text or "")
        case "bnode":
            return ox.BlankNode(cell.text or "")
        case "triple":
            return ox.Triple(*(from_xml(part[0]) for part in cell))
        case _:
            language = cell.get("{http://www.w3.org/XML/1998/namespace}lang")
            return literal(
                cell.text or "", language, cell.get("{http://www.w3.org/2005/11/its}dir"), cell.get("datatype")
            )


def from_turtle(cell: str) -> Any:
    (quad,) = ox.parse(f"<urn:s> <urn:p> {cell} .", format=ox.RdfFormat.TURTLE)
    return quad.object


def solution(body: bytes, form: str) -> Any:
    """The one term of the one solution, as a parser of the format reads it."""
    if form == "json":
        return like(from_json(json.loads(body)["results"]["bindings"][0]["o"]))
    if form == "xml":
        return like(from_xml(ElementTree.fromstring(body).find(".//{*}binding[@name='o']")[0]))
    header, row, end = body.decode().split("\n")
    assert (header, row.count("\t"), end) == ("?s\t?o\t?none", 2, "")
    return like(from_turtle(row.split("\t")[1]))


def one(term: Any, predicate: str = "urn:p") -> tuple[ox.Store, Any]:
    """A store of one triple, and its object as the engine keeps it."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://x/a,b"), ox.NamedNode(predicate), term))
    (quad,) = store
    return store, quad.object


@CHECKED
@given(term=terms, form=st.sampled_from(sorted({*SOLUTIONS} - {"csv"})))
def test_solutions_are_read_back(term: Any, form: str):
    store, kept = one(term)
    body, error = answered(store, "SELECT ?s ?o ?none { ?s ?p ?o }", form)
    if form == "xml" and has_forbidden(term):
        assert (body, error) == (b"", "unwritable")
    else:
        assert error is None
        assert solution(body, form) == like(kept)


@pytest.fixture(scope="module")
def long_fields() -> Iterator[None]:
    """Let the module csv read long fields."""
    before = csv.field_size_limit(10**6)
    yield
    csv.field_size_limit(before)


@CHECKED
@given(term=terms)
def test_csv_is_read_back(term: Any, long_fields: None):
    store, kept = one(term)
    body, error = answered(store, "SELECT ?s ?o ?none { ?s ?p ?o }", "csv")
    if isinstance(term, ox.Triple):
        # The subject has a comma, so the worker writes the rows itself, and there is no way to write these.
        assert (body, error) == (b"", "unwritable")
        return
    header, row = csv.reader(io.StringIO(body.decode(), newline=""))
    expected = f"_:{kept.value}" if isinstance(kept, ox.BlankNode) else kept.value
    assert (header, row) == (["s", "o", "none"], ["http://x/a,b", expected, ""])
    assert error is None


@CHECKED
@given(term=plain)
def test_csv_is_written_alike_by_the_engine_and_row_by_row(term: Any):
    store, kept = one(term)
    query = "SELECT ?o ?none { ?s ?p ?o }"
    found = io.BytesIO()
    write_csv(cast(ox.QuerySolutions, store.query(query)), found)
    if not (isinstance(kept, ox.NamedNode) and "," in kept.value):
        assert store.query(query).serialize(format=SOLUTIONS["csv"]) == found.getvalue()


@CHECKED
@given(term=terms, predicate=st.sampled_from(sorted(PREDICATES)), form=st.sampled_from(sorted(GRAPHS)))
def test_graphs_are_read_back(term: Any, predicate: str, form: str):
    store, kept = one(term, predicate)
    body, error = answered(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", form)
    nested = isinstance(term, ox.Triple)
    has_no_xml = not PREDICATES[predicate] or has_forbidden(term) or any(
        isinstance(each, ox.BlankNode) and each.value == "1" for each in inner(term)
    )  # fmt: skip
    if (form == "rdf" and has_no_xml) or (form == "jsonld" and nested):
        assert (body, error) == (b"", "unwritable")
        return
    assert error is None
    (quad,) = ox.parse(body, format=GRAPHS[form])
    assert (quad.predicate.value, like(quad.object)) == (predicate, like(kept))
    if form == "rdf":
        ElementTree.fromstring(body)
    if form == "jsonld":
        json.loads(body)
    if form in RDFLIB and is_known_to_rdflib(term):
        ((_, found, value),) = rdflib.Graph().parse(data=body, format=RDFLIB[form])
        assert (str(found), like_rdflib(value)) == (predicate, like(kept))


RDFLIB_TYPES = {f"{XSD}string", f"{RDF}langString", "urn:d", "http://x/a&b"}
RDFLIB = {"rdf": "xml", "jsonld": "json-ld", "ttl": "turtle"}


def is_known_to_rdflib(term: Any) -> bool:
    """Whether rdflib 7 reads a term: it knows no RDF 1.2, and warns of values that are not of their datatypes."""
    match term:
        case ox.Literal():
            return term.direction is None and term.datatype.value in RDFLIB_TYPES
        case _:
            return not isinstance(term, ox.Triple)


def like_rdflib(term: Any) -> Any:
    """A term of rdflib, as it is compared."""
    match term:
        case rdflib.URIRef():
            return ox.NamedNode(str(term))
        case rdflib.BNode():
            return "blank"
        case _:
            return literal(str(term), term.language, None, term.datatype)
