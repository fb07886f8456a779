"""What the endpoint says about itself."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

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
