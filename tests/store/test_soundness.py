"""Answers that no parser of their format would take are not given, or visibly broken off."""

import csv
import gzip
import io
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import QueryCutOff, QueryRefused
from kg.store.pool import Pool
from kg.store.pool_answers import Job
from kg.store.soundness import CHECKS, CsvCells, Unwritable
from tests.store.pools import BASE, ask

CONTROL = 'SELECT ("a\\u0000b" AS ?x) {}'
COMMA = "SELECT (<urn:a,b> AS ?x) ?y { VALUES ?y { 1 2 } }"
NODES = " ".join(f"<urn:s{number}>" for number in range(10, 50))
# 16,000 rows, of which the last one is odd.
LATE = f"""
SELECT (IF(?s = <urn:s49> && ?o = <urn:s49> && ?z = 9, TERM, ?s) AS ?x) ?o {{
  VALUES ?s {{ {NODES} }} VALUES ?o {{ {NODES} }} VALUES ?z {{ 0 1 2 3 4 5 6 7 8 9 }}
}} ORDER BY ?s ?o ?z"""


@pytest.mark.parametrize("letter", ["\\u0000", "\\u0001", "\\u000B", "\\u001F", "\\uFFFE", "\\uFFFF"])
def test_xml_has_no_control_characters(pool: Pool, snapshot: Path, letter: str):
    text = f'"é{letter}"'
    with pytest.raises(QueryRefused, match=r"control character .* Ask for another one"):
        ask(pool, f"SELECT ({text} AS ?x) {{}}", snapshot, solutions="xml")
    with pytest.raises(QueryRefused, match="control character"):
        ask(pool, f"CONSTRUCT {{ <urn:s> <urn:p> {text} }} WHERE {{}}", snapshot, graph="rdf")
    assert ask(pool, f"SELECT ({text} AS ?x) {{}}", snapshot, solutions="json")


def test_xml_keeps_the_ends_of_lines(pool: Pool, snapshot: Path):
    text = '"a\\r\\nb\\rc\\td"'
    for document in (
        ask(pool, f"SELECT ({text} AS ?x) {{}}", snapshot, solutions="xml"),
        ask(pool, f"CONSTRUCT {{ <urn:s> <urn:p> {text} }} WHERE {{}}", snapshot, graph="rdf"),
    ):
        texts = [each.text for each in ElementTree.fromstring(document).iter() if each.text]
        assert [each for each in texts if each.strip()] == ["a\r\nb\rc\td"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("http://x/1/", "does not end in a name"),
        ("https://w3id.org/cablekg/ontology#", "does not end in a name"),
        ("http://www.w3.org/2000/xmlns/a", "does not end in a name"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#li", "reserved syntax term"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#aboutEach", "is withdrawn from it"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#aboutEachPrefix", "is withdrawn from it"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#bagID", "is withdrawn from it"),
    ],
)
def test_properties_without_a_name_in_xml(pool: Pool, snapshot: Path, name: str, reason: str):
    for value in ("<urn:o>", '"o"', '"o"@en'):
        with pytest.raises(QueryRefused, match=reason):
            ask(pool, f"CONSTRUCT {{ <urn:s> <{name}> {value} }} WHERE {{}}", snapshot, graph="rdf")


def test_what_looks_like_a_name_in_a_literal_is_none(pool: Pool, snapshot: Path):
    text = '<ck:> <xmlns:a> : rdf:a :> <oxprefix: nodeID=\\"1'
    document = ask(pool, f'CONSTRUCT {{ <urn:s> ck:p "{text}" }} WHERE {{}}', snapshot, graph="rdf")
    assert ElementTree.fromstring(document)[0][0].text == text.replace("\\", "")


def test_blank_node_without_a_name_in_xml(pool: Pool, tmp_path: Path):
    store = ox.Store(str(tmp_path / "store"))
    store.add(ox.Quad(ox.BlankNode("1"), ox.NamedNode("urn:p"), ox.Literal("x")))
    store.flush()
    with pytest.raises(QueryRefused, match="blank node"):
        ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", tmp_path, graph="rdf")


def test_iri_with_a_comma_is_one_cell(pool: Pool, snapshot: Path):
    table = ask(pool, COMMA, snapshot, solutions="csv").decode()
    assert list(csv.reader(io.StringIO(table, newline=""))) == [["x", "y"], ["urn:a,b", "1"], ["urn:a,b", "2"]]


def test_rows_written_one_by_one_keep_their_cap(pool: Pool, snapshot: Path):
    assert ask(pool, COMMA, snapshot, solutions="csv", max_rows=1).count(b"\n") == 2


def test_triple_terms_have_no_form_in_csv(pool: Pool, snapshot: Path):
    with pytest.raises(QueryRefused, match="triple terms"):
        ask(pool, 'SELECT ?x { VALUES ?x { <<( <urn:a> <urn:b> "a\\nb" )>> } }', snapshot, solutions="csv")


@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_answer_under_way_is_broken_off(pool: Pool, snapshot: Path, encoding: str | None):
    job = Job(query=LATE.replace("TERM", '"\\u0000"'), base=BASE, solutions="xml", encoding=encoding)
    answer = pool.ask(job, snapshot)
    assert answer.body is None
    with pytest.raises(QueryRefused, match="cannot be had in this format"):
        b"".join(answer.pieces())
    assert ask(pool, "ASK {}", snapshot, encoding=encoding).endswith(b"true}")


@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_csv_under_way_goes_on_after_an_iri_with_a_comma(pool: Pool, snapshot: Path, encoding: str | None):
    job = Job(query=LATE.replace("TERM", "<urn:a,b>"), base=BASE, solutions="csv", encoding=encoding)
    answer = pool.ask(job, snapshot)
    assert answer.body is None
    body = b"".join(answer.pieces())
    table = list(csv.reader(io.StringIO((gzip.decompress(body) if encoding else body).decode(), newline="")))
    assert (len(table), table[-1]) == (16_001, ["urn:a,b", "urn:s49"])
    plain = ask(pool, LATE.replace("TERM", "<urn:ab>"), snapshot, solutions="csv").decode()
    assert table[:-1] == list(csv.reader(io.StringIO(plain, newline="")))[:-1]


def test_csv_that_is_another_when_it_is_written_again_is_broken_off(pool: Pool, snapshot: Path):
    late = LATE.replace("TERM", "<urn:a,b>").replace(" ?o {\n", " (RAND() AS ?r) {\n")
    answer = pool.ask(Job(query=late, base=BASE, solutions="csv"), snapshot)
    with pytest.raises(QueryRefused, match="no quotes around an IRI with a comma"):
        b"".join(answer.pieces())


def test_csv_written_again_keeps_its_caps(pool: Pool, snapshot: Path):
    # More rows than an answer that is held back to its end.
    late = LATE.replace("TERM", "<urn:a,b>").replace("{ 0 1", "{ -5 -4 -3 -2 -1 0 1")
    answer = pool.ask(Job(query=late, base=BASE, solutions="csv", max_rows=23_999), snapshot)
    with pytest.raises(QueryCutOff, match="more rows"):
        b"".join(answer.pieces())
    assert b'"urn:a,b"' in ask(pool, late, snapshot, solutions="csv", max_rows=24_000)


def test_late_row_that_is_sound_ends_the_answer(pool: Pool, snapshot: Path):
    for form in ("xml", "csv"):
        assert b"a,\xc3\xa9" in ask(pool, LATE.replace("TERM", '"a,é"'), snapshot, solutions=form)


@pytest.mark.parametrize(
    ("form", "document"),
    [("xml", "<a>é\ufffeé</a>"), ("rdf", '<r>\n<oxprefix: xmlns:oxprefix="x"/></r>'), ("rdf", '<r rdf:nodeID="1"/>')],
)
def test_nothing_escapes_at_a_seam(form: str, document: str):
    text = document.encode()
    for place in range(len(text)):
        check = CHECKS[form]()
        with pytest.raises(Unwritable):
            any(map(check.look, (text[:place], text[place:])))


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ('a,b\n"x,""\n",1\n,"""y"""\n"",z\n', 4),
        ("a\n\nx\n", 3),
        ("a,b\nx,y,z\n", None),
        ('a,b\nx "y",z\n', None),
        ('a\nx\n"y",z\n', None),
    ],
)
def test_cells_are_counted_wherever_pieces_end(table: str, rows: int | None):
    text = table.encode()
    for place in range(len(text)):
        cells = CsvCells()
        if rows is not None:
            assert sum(map(cells.count, (text[:place], text[place:]))) == rows
            continue
        with pytest.raises(Unwritable):
            sum(map(cells.count, (text[:place], text[place:])))
