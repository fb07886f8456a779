"""rdflib's SPARQLStore: a graph that asks the endpoint."""

import pytest
from rdflib import RDFS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

CK = Namespace("https://w3id.org/cablekg/ontology#")
CABLE = URIRef("https://w3id.org/cablekg/cable/07LISBON9310")
SELECT = "SELECT ?id { ?cable a ck:Cable ; ck:canonicalId ?id } ORDER BY ?id"


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(endpoint, request) -> Graph:
    return Graph(SPARQLStore(endpoint, method=request.param))


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_select(endpoint, form, example_count):
    rows = list(Graph(SPARQLStore(endpoint, returnFormat=form)).query(SELECT))
    assert len(rows) == example_count
    assert Literal("07LISBON9310") in {row.id for row in rows}


def test_select_by_any_method(graph, example_count):
    assert len(list(graph.query(SELECT))) == example_count


def test_ask(graph):
    assert graph.query(f"ASK {{ <{CABLE}> ?p ?o }}").askAnswer is True
    assert graph.query("ASK { <urn:nothing> ?p ?o }").askAnswer is False


def test_construct(graph):
    found = graph.query(f"CONSTRUCT {{ <{CABLE}> rdfs:label ?id }} {{ <{CABLE}> ck:canonicalId ?id }}").graph
    assert set(found) == {(CABLE, RDFS.label, Literal("07LISBON9310"))}


def test_values_and_triples(graph):
    assert graph.value(CABLE, CK.canonicalId) == Literal("07LISBON9310")
    assert (CABLE, CK.canonicalId, Literal("07LISBON9310")) in graph
    assert list(graph.subjects(CK.canonicalId, Literal("07LISBON9310"))) == [CABLE]


def test_bindings(graph):
    rows = graph.query("SELECT ?id { ?cable ck:canonicalId ?id }", initBindings={"cable": CABLE})
    assert [str(row.id) for row in rows] == ["07LISBON9310"]


def test_named_graph(endpoint):
    facts, nothing = (
        Graph(SPARQLStore(endpoint), identifier=URIRef(name))
        for name in ("https://w3id.org/cablekg/graph/facts", "urn:no-such-graph")
    )
    assert Literal("07LISBON9310") in {row.id for row in facts.query(SELECT)}
    assert list(nothing.query(SELECT)) == []


def test_syntax_error(endpoint):
    # By POST rdflib gives back the status in place of a result.
    with pytest.raises(ValueError, match="something wrong") as caught:
        Graph(SPARQLStore(endpoint)).query("SELECT * {")
    with caught.value.__context__ as answer:
        assert answer.code == 400
