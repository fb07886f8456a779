"""The dataset of a query: FROM, the parameters of the request, and the alias of the default graph."""

from flask.testing import FlaskClient

from tests.web.asking import BASE


def count(
    client: FlaskClient,
    pattern: str,
    query: str = "SELECT (COUNT(*) AS ?n) {} {{ {} }}",
    clause: str = "",
    **parameters,
):
    response = client.get(
        "/sparql", query_string={"query": query.format(clause, pattern), **parameters}, headers={"Accept": "text/csv"}
    )
    return int(response.text.split()[1])


CABLE = "?c a <https://w3id.org/cablekg/ontology#Cable>"


def test_alias_of_the_default_graph(client: FlaskClient):
    assert count(client, CABLE, clause=f"FROM <{BASE}graph/facts>") == 1
    assert count(client, CABLE, **{"default-graph-uri": f"{BASE}graph/facts"}) == 1


def test_from_reads_its_graph_alone(client: FlaskClient):
    assert count(client, "?s ?p ?o", clause=f"FROM <{BASE}graph/provenance>") == 1
    assert count(client, "?s ?p ?o", **{"default-graph-uri": f"{BASE}graph/provenance"}) == 1
    assert count(client, CABLE, clause=f"FROM <{BASE}graph/provenance>") == 0


def test_request_overrides_from(client: FlaskClient):
    clause = f"FROM <{BASE}graph/provenance>"
    assert count(client, CABLE, clause=clause, **{"default-graph-uri": f"{BASE}graph/facts"}) == 1


def test_named_graph_uri(client: FlaskClient):
    assert count(client, "GRAPH ?g { ?s ?p ?o }", **{"named-graph-uri": f"{BASE}graph/provenance"}) == 1
    assert count(client, "?s ?p ?o", **{"named-graph-uri": f"{BASE}graph/provenance"}) == 0


def test_alias_beside_another_graph(client: FlaskClient):
    clause = f"FROM <{BASE}graph/facts> FROM <{BASE}graph/provenance>"
    assert count(client, f"{{ {CABLE} }} UNION {{ <urn:s> ?p ?o }}", clause=clause) == 2
