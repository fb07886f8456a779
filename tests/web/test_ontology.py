"""/ontology: every format by ending and by negotiation, the present version's own address, the context, the picture."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, Graph, URIRef
from rdflib.compare import isomorphic

from kg.resources import folder
from kg.web.ontology import version

PROTEGE = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
FORMS = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
READ = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}


def stated() -> Graph:
    return Graph().parse(folder("ontology") / "ontology.ttl")


@pytest.mark.parametrize("name", FORMS)
def test_ending_gives_the_whole_ontology(client: FlaskClient, name: str) -> None:
    response = client.get(f"/ontology.{name}")
    assert (response.status_code, response.mimetype) == (200, FORMS[name])
    assert isomorphic(Graph().parse(data=response.text, format=READ[name]), stated())


@pytest.mark.parametrize("address", ["/ontology", f"/ontology/{version()}"])
@pytest.mark.parametrize(
    ("accept", "mimetype"), [*((kind, kind) for kind in FORMS.values()), (PROTEGE, "application/rdf+xml"), ("text/html", "text/html")]
)  # fmt: skip
def test_negotiation_gives_what_is_asked_for(client: FlaskClient, address: str, accept: str, mimetype: str) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert (response.status_code, response.mimetype, response.vary) == (200, mimetype, {"Accept", "Accept-Encoding"})


def test_version_iri_resolves(client: FlaskClient) -> None:
    iri = str(next(stated().objects(None, OWL.versionIRI)))
    address = iri.removeprefix("https://w3id.org/cablekg")
    given = Graph().parse(data=client.get(address, headers={"Accept": "text/turtle"}).text, format="turtle")
    assert (None, OWL.versionIRI, URIRef(iri)) in given


def test_earlier_version_is_no_term(client: FlaskClient) -> None:
    response = client.get("/ontology/0.0.1")
    assert (response.status_code, response.json["status"]) == (404, 404)


def test_context_is_json_ld_for_everyone(client: FlaskClient) -> None:
    response = client.get("/ontology/context.jsonld")
    assert (response.status_code, response.mimetype) == (200, "application/ld+json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json["@context"]["canonicalId"] == {"@id": "ck:canonicalId"}


def cables() -> Iterator[tuple[str, Graph]]:
    yield "sample", Graph().parse(Path(__file__).parents[1] / "ontology" / "sample.ttl")
    yield "written", Graph().parse(Path(__file__).parents[1] / "data" / "mapping" / "09QUITO77.nt")


@pytest.mark.parametrize(("name", "graph"), list(cables()), ids=lambda value: value if isinstance(value, str) else "")
def test_cable_survives_being_compacted_and_expanded(client: FlaskClient, name: str, graph: Graph) -> None:
    context = client.get("/ontology/context.jsonld").json["@context"]
    compact = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=True))
    assert {"canonicalId", "sentAt", "hasParagraph"} <= {key for node in compact["@graph"] for key in node}
    assert set(Graph().parse(data=json.dumps(compact), format="json-ld")) == set(graph)


def test_picture_is_an_image_with_words(client: FlaskClient) -> None:
    response = client.get("/ontology/diagram.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert re.search(r"<desc[^>]*>.*Cable: ", response.text)


def test_page_leads_to_all_of_it(client: FlaskClient) -> None:
    page = client.get("/ontology.html").text
    links = re.findall(r'(?:href|src)="(/ontology[^"#]+)"', page)
    assert {f"/ontology.{name}" for name in FORMS} | {"/ontology/context.jsonld", "/ontology/diagram.svg"} <= set(links)
    assert {client.get(link).status_code for link in set(links)} == {200}


def test_page_has_an_anchor_for_every_term(client: FlaskClient, rows_of_terms: set[str]) -> None:
    page = client.get("/ontology.html").text
    assert rows_of_terms <= set(re.findall(r'<dt id="(\w+)"', page))


@pytest.fixture
def rows_of_terms(client: FlaskClient) -> set[str]:
    """The local names of the terms that the graph of the tests holds."""
    query = "SELECT ?t { ?t a ?k ; rdfs:label ?l . FILTER(?k IN (owl:Class, owl:ObjectProperty)) FILTER(STRSTARTS(STR(?t), STR(ck:))) }"
    found = client.get("/sparql", query_string={"query": query}).json["results"]["bindings"]
    return {row["t"]["value"].rpartition("#")[2] for row in found}
