"""Answers of the pool that are cut off at a cap of rows or bytes."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryCutOff
from kg.store.graphs import GRAPHS
from kg.store.output import SMALL
from kg.store.pool import Pool
from kg.store.pool_answers import Job
from tests.store.pools import ALL, BASE, PAIRS, STREAM, ask, take

GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(("form", "rows"), [("json", 2999), ("csv", 10), ("xml", 1), ("tsv", 2000)])
def test_rows_over_the_cap_are_cut_off(pool: Pool, snapshot: Path, form: str, rows: int):
    answer, body = take(pool, ALL, snapshot, solutions=form, max_rows=rows)
    assert answer.cut == "rows"
    counts = {"json": body.count(b'"s":{'), "xml": body.count(b"<result>")}
    assert counts.get(form, body.count(b"\n") - 1) == rows


def test_cap_stops_the_evaluation(pool: Pool, snapshot: Path):
    answer, body = take(pool, STREAM, snapshot, max_rows=10)
    assert (answer.cut, len(json.loads(body)["results"]["bindings"])) == ("rows", 10)


def test_answer_under_its_cap_is_whole(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, solutions="csv", max_rows=3000)
    assert (answer.cut, body.count(b"\n")) == (None, 3001)


def test_small_cap_is_a_clean_cut_however_long_the_answer(pool: Pool, snapshot: Path):
    answer, body = take(pool, PAIRS, snapshot, max_rows=SMALL.rows)
    assert (answer.cut, len(json.loads(body)["results"]["bindings"])) == ("rows", SMALL.rows)


@pytest.mark.parametrize("form", ["json", "csv", "xml", "tsv"])
def test_large_cap_breaks_off(pool: Pool, snapshot: Path, form: str):
    answer = pool.ask(Job(query=PAIRS, base=BASE, solutions=form, max_rows=50_000), snapshot)
    with pytest.raises(QueryCutOff, match="more rows"):
        for _ in answer.pieces():
            pass
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_large_cap_of_bytes_breaks_off(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query=PAIRS, base=BASE, max_bytes=SMALL.bytes + 1), snapshot)
    with pytest.raises(QueryCutOff, match="more bytes"):
        for _ in answer.pieces():
            pass


def test_bytes_over_the_cap_are_cut_off(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, max_bytes=5000)
    assert answer.cut == "bytes"
    assert 4800 < len(body) <= 5000
    assert json.loads(body)["results"]["bindings"]


@pytest.mark.parametrize("form", GRAPHS)
def test_graph_is_cut_off_after_a_triple(pool: Pool, snapshot: Path, form: str):
    answer, body = take(pool, GRAPH, snapshot, graph=form, max_rows=7)
    assert (answer.cut, len(list(ox.parse(body, format=GRAPHS[form])))) == ("rows", 7)


@pytest.mark.parametrize("form", GRAPHS)
@pytest.mark.parametrize("most", [5000, 100_000])
def test_graph_is_cut_off_at_its_bytes(pool: Pool, snapshot: Path, form: str, most: int):
    answer, body = take(pool, GRAPH, snapshot, graph=form, max_bytes=most)
    assert answer.cut == "bytes"
    assert most * 0.8 < len(body) <= most
    assert list(ox.parse(body, format=GRAPHS[form]))


@pytest.mark.parametrize("form", GRAPHS)
def test_graph_without_a_triple_is_not_cut(pool: Pool, snapshot: Path, form: str):
    answer, body = take(pool, "CONSTRUCT WHERE { <urn:nobody> ?p ?o }", snapshot, graph=form, max_bytes=1)
    assert answer.cut is None
    assert list(ox.parse(body, format=GRAPHS[form])) == []
    assert body == take(pool, "CONSTRUCT WHERE { <urn:nobody> ?p ?o }", snapshot, graph=form)[1]


def test_graph_under_its_caps_is_whole(pool: Pool, snapshot: Path):
    answer, body = take(pool, GRAPH, snapshot, graph="nt", max_rows=3000, max_bytes=2**20)
    assert (answer.cut, body.count(b"\n")) == (None, 3000)


def test_graph_over_a_large_cap_breaks_off(pool: Pool, snapshot: Path):
    query = "CONSTRUCT { ?s ?p ?b } { ?s ?p ?x . ?a ?q ?b }"
    answer = pool.ask(Job(query=query, base=BASE, graph="nt", max_rows=50_000), snapshot)
    with pytest.raises(QueryCutOff):
        for _ in answer.pieces():
            pass


def test_table_is_cut_to_the_lower_cap(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, solutions="rows", rows=100, max_rows=3)
    assert (answer.cut, len(json.loads(body)["rows"])) == ("rows", 3)
