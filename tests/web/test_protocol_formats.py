"""The formats of answers, as the client likes them."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from tests.web.asking import BROWSER, CABLES, get


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [CABLES, "ASK { ?s ?p ?o }"])
def test_formats_of_solutions(client: FlaskClient, query: str, accept: str, content_type: str):
    response = get(client, query, accept)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert response.vary.as_set() == {"accept", "accept-encoding"}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?c rdfs:label ?l } { ?c a ck:Cable ; rdfs:label ?l }", "DESCRIBE ck:Cable"]
)
def test_formats_of_graphs(client: FlaskClient, query: str, accept: str, form: ox.RdfFormat):
    response = get(client, query, accept)
    assert response.content_type.startswith(accept)
    assert list(ox.parse(response.data, format=form))


def test_format_parameter_wins(client: FlaskClient):
    assert get(client, CABLES, "text/csv", format="xml").content_type == "application/sparql-results+xml"


def test_format_may_be_sent_by_several_names(client: FlaskClient):
    response = get(client, CABLES, format=["tsv", "text/tab-separated-values", "no-such"], output="tsv")
    assert response.mimetype == "text/tab-separated-values"


def test_formats_that_differ_are_refused(client: FlaskClient):
    response = get(client, CABLES, format="json", output="csv")
    assert response.status_code == 400
    assert "json, csv" in response.json["detail"]


def test_format_that_is_none(client: FlaskClient):
    response = get(client, CABLES, format="pdf")
    assert response.status_code == 400
    assert "csv" in response.json["detail"]


@pytest.mark.parametrize(("query", "offered"), [(CABLES, "text/csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")])
def test_not_acceptable(client: FlaskClient, query: str, offered: str):
    response = get(client, query, "image/png")
    assert response.status_code == 406
    assert offered in response.json["detail"]


def test_named_format_does_not_vary_by_accept(client: FlaskClient):
    assert get(client, CABLES, format="csv").vary.as_set() == {"accept-encoding"}


def test_columns_of_all_variables_are_sorted_and_named_ones_are_not(client):
    pattern = "{ ?z ck:canonicalId ?a ; ?m ?b }"
    for columns, expected in (("*", "a,b,m,z"), ("?z ?a ?m ?b", "z,a,m,b")):
        reply = client.get("/sparql", query_string={"query": f"SELECT {columns} {pattern}", "format": "csv"})
        assert reply.text.splitlines()[0] == expected
