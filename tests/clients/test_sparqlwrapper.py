"""SPARQLWrapper: every return format, by every way to send a query."""

import csv
import io
import warnings

import pytest
from rdflib import Graph, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

CABLE = URIRef("https://w3id.org/cablekg/cable/07LISBON9310")
SELECT = f"SELECT ?id {{ <{CABLE}> ck:canonicalId ?id }}"
CONSTRUCT = f"CONSTRUCT {{ <{CABLE}> rdfs:label ?id }} {{ <{CABLE}> ck:canonicalId ?id }}"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def ask(endpoint: str, query: str, form: str, way: tuple[str, str] = WAYS[0]):
    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(way[0])
    wrapper.setRequestMethod(way[1])
    wrapper.setQuery(query)
    with warnings.catch_warnings():
        # It warns of formats whose media type it does not know, and calls what rdflib deprecates.
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        result = wrapper.query()
        with result.response:
            return result.convert()


def of_xml(document) -> list[str]:
    return [node.firstChild.data for node in document.getElementsByTagName("literal")]


READ = {
    JSON: lambda found: [row["id"]["value"] for row in found["results"]["bindings"]],
    XML: of_xml,
    CSV: lambda found: [row["id"] for row in csv.DictReader(io.StringIO(found.decode()))],
    TSV: lambda found: [line.strip('"') for line in found.decode().splitlines()[1:]],
}


@pytest.mark.parametrize("way", WAYS, ids=["get", "form", "direct"])
@pytest.mark.parametrize("form", READ)
def test_select(endpoint, form, way):
    assert READ[form](ask(endpoint, SELECT, form, way)) == ["07LISBON9310"]


@pytest.mark.parametrize("way", WAYS, ids=["get", "form", "direct"])
@pytest.mark.parametrize("form", [TURTLE, N3, RDF, RDFXML, XML, JSONLD, JSON])
def test_construct(endpoint, form, way):
    found = ask(endpoint, CONSTRUCT, form, way)
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert [(str(subject), str(name)) for subject, _, name in graph] == [(str(CABLE), "07LISBON9310")]


@pytest.mark.parametrize(("form", "found"), [(JSON, {"head": {}, "boolean": True}), (CSV, b"true"), (TSV, b"true")])
def test_ask(endpoint, form, found):
    assert ask(endpoint, f"ASK {{ <{CABLE}> ?p ?o }}", form) == found


def test_default_graph(endpoint):
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON, defaultGraph="https://w3id.org/cablekg/graph/facts")
    wrapper.setQuery(SELECT)
    assert READ[JSON](wrapper.queryAndConvert()) == ["07LISBON9310"]
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON, defaultGraph="urn:no-such-graph")
    wrapper.setQuery(SELECT)
    assert READ[JSON](wrapper.queryAndConvert()) == []


def test_syntax_error(endpoint):
    with pytest.raises(QueryBadFormed, match="Query syntax error"):
        ask(endpoint, "SELECT * {", JSON)
