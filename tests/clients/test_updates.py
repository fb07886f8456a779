"""Clients write to a data folder of their own: rdflib's SPARQLUpdateStore, SPARQLWrapper and curl, with the token."""

import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import Unauthorized

from tests.clients.conftest import TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}
SUBJECT, PREDICATE = URIRef("urn:s"), URIRef("urn:p")


@pytest.fixture(scope="module")
def endpoint(own_server: str) -> str:
    return f"{own_server}/sparql"


@pytest.fixture(autouse=True)
def _empty(endpoint: str) -> None:
    update(endpoint, "CLEAR ALL")


def update(endpoint: str, text: str, way: str = POSTDIRECTLY, token: str = TOKEN) -> None:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(way)
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {token}")
    wrapper.setQuery(text)
    wrapper.query().response.close()


def rdflib_dataset(endpoint: str, headers: dict[str, str]) -> Dataset:
    # Without default_union rdflib asks for a graph of its own name for the default graph, which no server has.
    return Dataset(SPARQLUpdateStore(endpoint, endpoint, headers=headers), default_union=True)


def objects(endpoint: str) -> list[str]:
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON)
    wrapper.setQuery("SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o")
    return [row["o"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]]


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper(endpoint, way):
    update(endpoint, 'INSERT DATA { <urn:s> <urn:p> "one" }', way)
    assert objects(endpoint) == ["one"]
    update(endpoint, 'DELETE { ?s ?p ?o } INSERT { ?s ?p "two" } WHERE { ?s ?p ?o }', way)
    assert objects(endpoint) == ["two"]


def test_sparqlwrapper_with_a_wrong_token(endpoint):
    with pytest.raises(Unauthorized):
        update(endpoint, 'INSERT DATA { <urn:s> <urn:p> "one" }', token="another")
    assert objects(endpoint) == []


def test_rdflib(endpoint):
    graph = rdflib_dataset(endpoint, BEARER)
    graph.add((SUBJECT, PREDICATE, Literal("one")))
    graph.add((SUBJECT, PREDICATE, Literal("two")))
    assert {str(o) for o in graph.objects(SUBJECT, PREDICATE)} == {"one", "two"}
    graph.remove((SUBJECT, PREDICATE, Literal("one")))
    assert objects(endpoint) == ["two"]
    graph.update('INSERT DATA { <urn:s> <urn:p> "three" }')
    assert objects(endpoint) == ["three", "two"]


def test_rdflib_in_a_named_graph(endpoint):
    dataset = rdflib_dataset(endpoint, BEARER)
    dataset.graph(URIRef("urn:g")).add((SUBJECT, PREDICATE, Literal("one")))
    rows = dataset.query("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }")
    assert [(str(row.g), str(row.o)) for row in rows] == [("urn:g", "one")]


def test_rdflib_without_the_token(endpoint):
    graph = rdflib_dataset(endpoint, {})
    with pytest.raises(HTTPError) as caught:
        graph.add((SUBJECT, PREDICATE, Literal("one")))
    with caught.value as answer:
        assert answer.code == 401
    assert objects(endpoint) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (apt-get install curl)")
def test_curl_to_the_graph_store(own_server, endpoint, tmp_path: Path):
    file = tmp_path / "graph.ttl"
    file.write_text('<urn:s> <urn:p> "one" .')
    store = f"{own_server}/store?graph=urn:g"
    put = ["curl", "-sf", "-H", f"Authorization: Bearer {TOKEN}", "-H", "Content-Type: text/turtle", "-T", file, store]
    assert subprocess.run(put, timeout=20).returncode == 0
    assert objects(endpoint) == ["one"]
    got = subprocess.run(["curl", "-sf", "-H", "Accept: application/n-triples", store], capture_output=True, timeout=20)
    assert got.stdout.decode().strip() == '<urn:s> <urn:p> "one" .'
