"""The questions of ontology/examples/: exact rows over the example cables, and rows over real ones."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from kg.iris import PREFIXES
from kg.resources import folder

SH_SELECT = URIRef(PREFIXES["sh"] + "select")
FILES = sorted((folder("ontology") / "examples").glob("*.ttl"))

# What the design asks the graph to answer, by the number of the question; 10 needs SERVICE, which is not there yet.
COMPETENCY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12}


def query_of(path: Path) -> str:
    (text,) = Graph().parse(path).objects(None, SH_SELECT)
    return str(text)


def rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    result = store.query(query)
    assert isinstance(result, ox.QuerySolutions)
    return result


def test_every_competency_question_has_its_query():
    assert {int(path.name[:3]) for path in FILES} >= COMPETENCY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_has_exactly_these_rows_over_the_examples(path, example_store, golden):
    found = rows(example_store, query_of(path)).serialize(format=ox.QueryResultsFormat.TSV)
    assert found.count(b"\n") > 1, "a question that the examples do not answer shows nothing"
    golden(f"questions/{path.stem}.tsv", found.decode())


@pytest.mark.shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_has_rows_over_real_cables(path, corpus_store):
    assert next(iter(rows(corpus_store, query_of(path))), None) is not None


# What people and tools look for first, none with GRAPH.
FIRST_LOOKS = {
    "messages": "SELECT ?x { ?x a schema:Message }",
    "persons": "SELECT ?x { ?x a foaf:Person }",
    "events with attendees": "SELECT ?x ?p { ?x a schema:Event ; schema:attendee ?p }",
    "labels": "SELECT ?x ?l { ?x rdfs:label ?l }",
    "examples": "SELECT ?q { ?q a sh:SPARQLExecutable }",
    "classes": "SELECT ?c { ?c a owl:Class }",
    "prefixes": "SELECT ?p ?n { ?d sh:prefix ?p ; sh:namespace ?n }",
    "VoID": "SELECT ?d ?n { ?d a void:Dataset ; void:triples ?n }",
    "senders": "SELECT ?c ?p { ?c schema:sender ?p }",
    "subjects": "SELECT ?c ?t { ?c dcterms:subject ?t ; dcterms:title ?l ; dcterms:references ?r }",
    "points": "SELECT ?p ?w { ?p a ck:Post ; geo:asWKT ?w }",
}


@pytest.mark.parametrize("look", FIRST_LOOKS)
def test_first_looks_of_tools_find_rows_without_graph(look, example_store):
    result = example_store.query(FIRST_LOOKS[look], prefixes=PREFIXES)
    assert next(iter(result), None) is not None


STORES = ["example_store", pytest.param("corpus_store", marks=pytest.mark.shared)]
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


@pytest.mark.parametrize("name", STORES)
def test_every_node_has_a_label(name, request):
    quads = list(request.getfixturevalue(name))
    nodes = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    labelled = {quad.subject for quad in quads if quad.predicate == LABEL}
    assert {node.value for node in nodes - labelled} == set()


@pytest.mark.parametrize("name", STORES)
def test_blank_nodes_are_parts_of_the_ontology_alone(name, request):
    lists = PREFIXES["rdf"]
    quads = [quad for quad in request.getfixturevalue(name) if isinstance(quad.subject, ox.BlankNode)]
    used = {quad.predicate.value for quad in quads}
    assert used <= {
        lists + "first",
        lists + "rest",
        lists + "type",
        PREFIXES["owl"] + "members",
        PREFIXES["owl"] + "unionOf",
    }
