"""The Python API over the graph of the examples."""

import pytest
from rdflib import RDF, URIRef

import kg
from kg.errors import NoSnapshot, QueryRefused, UsageError
from kg.iris import CK

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a ck:Cable }"


@pytest.fixture(scope="module")
def graph(example_data):
    return kg.open(example_data)


def test_what_is_public_is_there():
    assert all(hasattr(kg, name) for name in kg.__all__)
    assert sorted(kg.__all__) == ["__version__", "extract", "open", "parse"]


def test_a_graph_answers_queries_and_patterns(graph, example_count):
    assert [int(row.n) for row in graph.query(COUNT)] == [example_count]
    assert len(list(graph.subjects(RDF.type, URIRef(CK + "Cable")))) == example_count


def test_a_graph_is_read_only(graph):
    with pytest.raises(Exception, match="only possible on read-write"):
        graph.add((URIRef("x:a"), RDF.type, URIRef("x:b")))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <x:nowhere> { ?s ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * {" + "{" * 20_000,
    ],
)
def test_a_query_that_would_mislead_reach_out_or_crash_is_refused(graph, query):
    with pytest.raises(QueryRefused):
        graph.query(query)


def test_no_graph_is_told(tmp_path):
    with pytest.raises(NoSnapshot):
        kg.open(tmp_path)


def test_a_text_becomes_a_cable_and_facts(examples):
    cable = kg.parse((examples / "telegrams" / "06LISBON9107.txt").read_text(encoding="utf-8"))
    assert cable.canonical_id == "06LISBON9107"
    assert kg.extract(cable).meetings


def test_an_id_can_be_given_for_a_text_that_lacks_it():
    assert kg.parse("1. (U) The ferry sailed.", reference_id="09LISBON9999").canonical_id == "09LISBON9999"


def test_facts_of_a_text_are_asked_for_by_way_of_its_cable():
    with pytest.raises(UsageError, match=r"kg\.extract\(kg\.parse\(text\)\)"):
        kg.extract("Minister Holm met Consul Aske.")
