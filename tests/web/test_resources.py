"""Dereferencing: from the IRI of a thing to its document in each format."""

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

BASE = "https://w3id.org/cablekg/"
THINGS = [
    "cable/09ATLANTIS7", "cable/08ATLANTIS3", "official/aaaaaaaaaa", "meeting/09ATLANTIS7-1", "agreement/09ATLANTIS7-1",
    "tenure/09ATLANTIS7-1", "position/at-king", "post/atlantis", "country/AT", "tag/PREL", "term/held",
    "example/001-cables",
]  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("*/*", "ttl"),
        ("text/turtle;q=0.5, text/html", "html"),
    ],
)
def test_thing_leads_to_its_document(client: FlaskClient, accept: str, ending: str):
    response = client.get("/cable/09ATLANTIS7", headers={"Accept": accept})
    assert (response.status_code, response.location) == (303, f"/cable/09ATLANTIS7.{ending}")
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize("thing", THINGS)
def test_every_kind_has_a_page_and_data(client: FlaskClient, thing: str):
    page = client.get(f"/{thing}.html")
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    data = client.get(f"/{thing}.nt")
    assert f"<{BASE}{thing}>".encode() in data.data


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("nt", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_document_holds_fragments_labels_and_links_in(client: FlaskClient, ending: str, form: ox.RdfFormat):
    data = client.get(f"/cable/09ATLANTIS7.{ending}").data
    triples = {(q.subject.value, q.predicate.value.rpartition("#")[2]) for q in ox.parse(data, format=form)}
    assert (f"{BASE}cable/09ATLANTIS7#p1", "text") in triples
    assert (f"{BASE}cable/09ATLANTIS7#p1-5-11", "spans") in triples
    assert (f"{BASE}post/atlantis", "label") in triples
    assert (f"{BASE}meeting/09ATLANTIS7-1", "reportedIn") in triples


def test_alias_moves_to_the_cable(client: FlaskClient):
    response = client.get("/cable/2009ATLANTIS7")
    assert (response.status_code, response.location) == (301, "/cable/09ATLANTIS7")


def test_retired_official_leads_to_its_successor(client: FlaskClient):
    response = client.get("/official/cccccccccc.html")
    assert (response.status_code, response.location) == (303, "/official/aaaaaaaaaa")


@pytest.mark.parametrize(
    "path",
    [
        "/cable/NONE",
        "/cable/NONE.ttl",
        "/official/x%22y",
        "/cable/a%3Eb",
        "/cable/a%0Ab",
        "/place/%F0%9F%98%80",
        "/nothing",
    ],
)
def test_unknown_is_not_found(client: FlaskClient, path: str):
    response = client.get(path)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_not_found_for_a_browser(client: FlaskClient):
    response = client.get("/cable/<script>", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_not_acceptable(client: FlaskClient):
    assert client.get("/cable/09ATLANTIS7", headers={"Accept": "image/png"}).status_code == 406


def test_prefixes(client: FlaskClient):
    assert b"sh:declare" in client.get("/prefixes").data


@pytest.mark.parametrize(
    ("accept", "content_type"), [("text/html", "text/html"), ("text/turtle", "text/turtle"), ("*/*", "text/turtle")]
)
def test_ontology(client: FlaskClient, accept: str, content_type: str):
    response = client.get("/ontology", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type.startswith(content_type)
    assert "Cable" in response.text


@pytest.mark.parametrize("name", ["facts", "provenance", "candidates", "validation"])
def test_graph_leads_to_a_query_for_it(client: FlaskClient, name: str):
    response = client.get(f"/graph/{name}", headers={"Accept": "text/html"})
    assert response.status_code == 303
    assert response.headers["Vary"] == "Accept"
    page = client.get(response.location, headers={"Accept": "text/html"})
    assert (page.status_code, f"# /graph/{name}: " in page.text) == (200, True)
    data = client.get(client.get(f"/graph/{name}", headers={"Accept": "text/turtle"}).location)
    assert (data.status_code, data.mimetype) == (200, "text/turtle")


def test_unknown_graph_is_not_found(client: FlaskClient):
    response = client.get("/graph/nothing")
    assert (response.status_code, "there are facts" in response.json["detail"]) == (404, True)


@pytest.mark.parametrize(("name", "fragment"), [("Cable", "Cable"), ("a%0Db", "a%0Db"), ("%00%22%3C", "%00%22%3C")])
def test_term_with_a_slash(client: FlaskClient, name: str, fragment: str):
    response = client.get(f"/ontology/{name}")
    assert (response.status_code, response.headers["Location"]) == (303, f"/ontology#{fragment}")
