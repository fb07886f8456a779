"""Answers that are cut off after a whole row, in every format, whatever stands in the literals."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.store.cutting import FORMATS, Caps, Cutter

SERIALIZERS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
NASTY = [
    '"', '\\', "\n", "\r", "\t", ",", '},{"', '}},{"', "},{", ",{}", "{},", "[{", "]}}", ',{"a":', "<result>", "</result>", "&", "'", "x", " ",
    '"bindings":[{', "\n\n", '""', '\\"',
]  # fmt: skip
literals = st.lists(st.sampled_from(NASTY), max_size=6).map("".join).map(ox.Literal)
triples = st.builds(ox.Triple, st.just(ox.NamedNode("urn:s")), st.just(ox.NamedNode("urn:p")), literals)
terms = st.one_of(st.none(), literals, st.just(ox.NamedNode("urn:a")), triples)
# Enough of the rows bind nothing.
rows = st.lists(st.one_of(st.just((None, None)), st.tuples(terms, terms)), max_size=12)


def serialize(table: list[tuple[object, object]], form: str) -> bytes:
    values = " ".join(f"({' '.join('UNDEF' if term is None else text(term) for term in row)})" for row in table)
    query = f"SELECT ?value ?results {{ VALUES (?value ?results) {{ {values} }} }}"
    return ox.Store().query(query).serialize(format=SERIALIZERS[form]) or b""


def text(term: object) -> str:
    return f"<<( <urn:s> <urn:p> {term.object} )>>" if isinstance(term, ox.Triple) else str(term)


def read(document: bytes, form: str) -> list[object]:
    """The rows of a document as a parser of the format reads them."""
    match form:
        case "json":
            return json.loads(document)["results"]["bindings"]
        case "xml":
            root = etree.fromstring(document)
            return [etree.tostring(result) for result in root.iter("{*}result")]
        case "csv":
            return list(csv.reader(io.StringIO(document.decode(), newline="")))[1:]
        case _:
            return document.decode().split("\n")[1:-1]


def cut(document: bytes, form: str, caps: Caps, step: int) -> tuple[bytes, str | None]:
    """A document that is written in steps, cut where the cutter says so."""
    cutter = Cutter(FORMATS[form](), caps, step=step)
    for length in (*range(step, len(document), step), len(document)):
        held = bytearray(document[:length])
        if found := cutter.look(held, ended=length == len(document)):
            return bytes(held[: found.end]) + found.closing, found.reason
    return document, None


@pytest.mark.parametrize("form", SERIALIZERS)
@given(table=rows, most=st.integers(1, 13), step=st.integers(1, 300))
@settings(max_examples=150, deadline=None)
def test_rows_are_cut_to_the_cap(form: str, table: list[tuple[object, object]], most: int, step: int):
    if form == "csv":
        # The engine quotes within a triple term, which no reader of CSV understands.
        table = [tuple(None if isinstance(term, ox.Triple) else term for term in row) for row in table]
    whole = serialize(table, form)
    document, reason = cut(whole, form, Caps(rows=most), step)
    assert read(document, form) == read(whole, form)[:most]
    assert reason == ("rows" if len(table) > most else None)


@pytest.mark.parametrize("form", SERIALIZERS)
@given(table=rows, most=st.integers(1, 2000), step=st.integers(1, 300))
@settings(max_examples=150, deadline=None)
def test_bytes_are_cut_to_the_cap(form: str, table: list[tuple[object, object]], most: int, step: int):
    if form == "csv":
        table = [tuple(None if isinstance(term, ox.Triple) else term for term in row) for row in table]
    whole = serialize(table, form)
    document, reason = cut(whole, form, Caps(bytes=most), step)
    kept = read(document, form)
    assert kept == read(whole, form)[: len(kept)]
    assert len(document) <= most or not kept
    assert reason == ("bytes" if document != whole else None)
    if reason:
        # No further row would have fitted.
        assert len(cut(whole, form, Caps(rows=len(kept) + 1), step)[0]) > most


@pytest.mark.parametrize("form", SERIALIZERS)
@pytest.mark.parametrize("unbound", [0, 1, 2])
def test_rows_are_counted_while_they_pass(form: str, unbound: int):
    row = (ox.Literal('a "b"\n, {x}'), ox.NamedNode("urn:a"))
    document = serialize([(*[None] * unbound, *row[unbound:])] * 3000, form)
    counter = FORMATS[form]()
    counted = sum(counter.count(document[start : start + 8192]) for start in range(0, len(document), 8192))
    assert abs(counted - 3000) <= 2 + len(document) // 8192


@pytest.mark.parametrize("form", SERIALIZERS)
def test_answer_without_rows_is_whole(form: str):
    document = ox.Store().query("ASK {}").serialize(format=SERIALIZERS[form]) or b""
    assert cut(document, form, Caps(rows=1, bytes=1), 8) == (document, None)


def test_both_caps_cut_at_the_earlier():
    document = serialize([(ox.Literal("x"), None)] * 100, "tsv")
    assert cut(document, "tsv", Caps(rows=3, bytes=100), 1000)[1] == "rows"
    assert cut(document, "tsv", Caps(rows=90, bytes=100), 1000)[1] == "bytes"
