"""What is told of queries that fail, and the ids of queries."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.asking import BROWSER, CABLES, Serve, get


def test_syntax_error_says_where(client: FlaskClient):
    response = get(client, "SELECT * {\n ?s ?p }")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert (response.json["line"], response.json["column"]) == (2, 8)
    assert response.json["title"] == "Query syntax error"
    assert (response.json["excerpt"], response.json["caret"]) == (" ?s ?p }", "       ^")


def test_refusal_says_where(client: FlaskClient):
    problem = get(client, "SELECT * {\n\tSERVICE <urn:x> { ?s ?p ?o } }").json
    assert (problem["line"], problem["column"]) == (2, 2)
    assert problem["excerpt"][problem["caret"].index("^") :].startswith("SERVICE")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE ?where { ?s ?p ?o } }", "SERVICE"),
        ("PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x: { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1\\u003A9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE\\U00000020<http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("DESCRIBE ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { { SELECT * { service # \n <http://127.0.0.1:9/> { ?s ?p ?o } } } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/>", "update"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "update"),
        ("SELECT * { " + "{" * 500 + "}" * 500 + "}", "nested"),
    ],
)
def test_refused(client: FlaskClient, query: str, reason: str):
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 400
    assert reason in response.json["detail"]


@pytest.mark.parametrize("query", [CABLES, "SELECT", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }"])
def test_every_answer_to_a_query_has_an_id(client: FlaskClient, query: str):
    found = [get(client, query, accept).headers["KG-Query-Id"] for accept in (None, BROWSER, "text/csv")]
    assert len(set(found)) == 3


@pytest.mark.parametrize("parameters", [{}, {"timeout": "never"}, {"format": "pdf"}])
def test_error_tells_the_id_of_its_query(client: FlaskClient, parameters: dict):
    response = get(client, "SELECT", **parameters)
    assert response.json["query_id"] == response.headers["KG-Query-Id"]
    page = get(client, "SELECT", **parameters, accept=BROWSER)
    assert page.headers["KG-Query-Id"] in page.text


def test_description_has_no_id_of_a_query(client: FlaskClient):
    assert "KG-Query-Id" not in client.get("/sparql").headers


def test_error_for_a_browser_keeps_the_query(client: FlaskClient):
    response = get(client, "SELECT <script>", BROWSER)
    assert response.status_code == 400
    assert "SELECT &lt;script&gt;" in response.text
    # The page's own script, where it is built, has attributes.
    assert "<script>" not in response.text


def test_snapshot_whose_store_is_gone(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    shutil.rmtree(publish(tmp_path, "one") / "store")
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "is damaged or gone. Build it again" in response.json["detail"]
    assert str(tmp_path) not in response.text


def test_snapshot_without_manifest(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    (publish(tmp_path, "one") / "manifest.json").unlink()
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert response.status_code == 503
    assert str(tmp_path) not in response.text


def test_no_snapshot_names_no_folder(tmp_path: Path, serve: Serve):
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
