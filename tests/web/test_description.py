"""What the endpoint says about itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.build.empty import make_empty
from kg.store.folder import DataFolder

SD = "http://www.w3.org/ns/sparql-service-description#"
ENDPOINT = "http://localhost/sparql"
BASE = "https://w3id.org/cablekg/"


def description(client: FlaskClient, accept: str, form: ox.RdfFormat) -> set[tuple[str, str, str]]:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.content_type.startswith(accept)
    return {tuple(getattr(term, "value", "") for term in quad)[:3] for quad in ox.parse(response.data, format=form)}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_service_description(client: FlaskClient, accept: str, form: ox.RdfFormat):
    triples = description(client, accept, form)
    assert (ENDPOINT, f"{SD}endpoint", ENDPOINT) in triples
    assert (ENDPOINT, f"{SD}resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_CSV") in triples
    assert f"{BASE}graph/provenance" in {o for _, p, o in triples if p == f"{SD}name"}


def test_description_holds_what_tools_look_for(client: FlaskClient):
    triples = description(client, "text/turtle", ox.RdfFormat.TURTLE)
    predicates = {predicate for _, predicate, _ in triples}
    assert {
        "http://www.w3.org/ns/shacl#select",
        "http://www.w3.org/ns/shacl#namespace",
        "http://rdfs.org/ns/void#classPartition",
    } <= predicates


COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,*/*;q=0.1"


def test_description_that_comunica_asks_for(client: FlaskClient):
    response = client.get("/sparql", headers={"Accept": COMUNICA})
    assert response.content_type == "application/n-quads"
    subjects = {quad.subject.value for quad in ox.parse(response.data, format=ox.RdfFormat.N_QUADS)}
    assert ENDPOINT in subjects


def test_description_lists_languages_and_versions(client: FlaskClient):
    triples = description(client, "text/turtle", ox.RdfFormat.TURTLE)
    languages = {o.removeprefix(SD) for s, p, o in triples if (s, p) == (ENDPOINT, f"{SD}supportedLanguage")}
    assert languages == {"SPARQL10Query", "SPARQL11Query", "SPARQL12Query"}
    assert f"{SD}UnionDefaultGraph" not in {o for _, _, o in triples}


def test_updates_are_described_where_they_are_on(data: Path, serve: Callable[..., AbstractContextManager[Flask]]):
    with serve(data, KG_UPDATE_TOKEN="secret") as app:
        triples = description(app.test_client(), "text/turtle", ox.RdfFormat.TURTLE)
        page = app.test_client().get("/service", headers={"Accept": "text/html"}).text
    assert (ENDPOINT, f"{SD}supportedLanguage", f"{SD}SPARQL11Update") in triples
    assert (ENDPOINT, f"{SD}inputFormat", "http://www.w3.org/ns/formats/Turtle") in triples
    assert "updates for those who have the token" in page
    assert "secret" not in page


def test_same_description_under_the_address_of_its_page(client: FlaskClient):
    first, second = (client.get(path, headers={"Accept": "application/n-triples"}) for path in ("/sparql", "/service"))
    assert sorted(first.data.splitlines()) == sorted(second.data.splitlines())
    assert client.get("/service?format=turtle").content_type == "text/turtle; charset=utf-8"


def test_page_of_the_endpoint(client: FlaskClient):
    response = client.get("/service", headers={"Accept": "text/html"})
    assert response.content_type == "text/html; charset=utf-8"
    for text in (
        ENDPOINT,
        "application/sparql-results+json",
        "30 seconds",
        "graph/provenance",
        "ck:Official",
        "KG-Cut-Off",
    ):
        assert text in response.text


def test_folder_without_a_build(tmp_path: Path, serve: Callable[..., AbstractContextManager[Flask]]):
    make_empty(DataFolder(tmp_path / "data"))
    with serve(tmp_path / "data") as app:
        client = app.test_client()
        triples = description(client, "text/turtle", ox.RdfFormat.TURTLE)
        assert client.get("/service", headers={"Accept": "text/html"}).status_code == 200
        assert client.get("/.well-known/void", headers={"Accept": "application/ld+json"}).status_code == 200
        assert client.get("/query").status_code == 200
    assert (ENDPOINT, f"{SD}endpoint", ENDPOINT) in triples
    assert "http://www.w3.org/ns/shacl#prefix" in {predicate for _, predicate, _ in triples}


def test_prefixes_are_those_of_the_ontology(client: FlaskClient):
    """What the server declares and what the ontology declares are the same nodes."""
    file = Path(__file__).parents[2] / "ontology" / "prefixes.ttl"
    declared = {(quad.subject.value, quad.object.value) for quad in ox.parse(path=file) if "namespace" in str(quad)}
    triples = description(client, "text/turtle", ox.RdfFormat.TURTLE)
    assert declared <= {(s, o) for s, p, o in triples if p == "http://www.w3.org/ns/shacl#namespace"}


def test_browser_gets_the_form(client: FlaskClient):
    response = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in response.text


def test_description_that_is_not_acceptable(client: FlaskClient):
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_void(client: FlaskClient, accept: str):
    response = client.get("/.well-known/void", headers={"Accept": accept})
    assert response.content_type.startswith(accept)
    assert b"void#Dataset" in response.data


def test_health_needs_no_snapshot(client: FlaskClient):
    assert client.get("/health").text.startswith("ok ")


def test_robots_leave_queries_alone(client: FlaskClient):
    assert "Disallow: /sparql" in client.get("/robots.txt").text


def test_icon(client: FlaskClient):
    response = client.get("/favicon.ico", follow_redirects=True)
    assert response.content_type.startswith("image/svg+xml")
    response.close()
