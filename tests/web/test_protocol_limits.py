"""Limits of queries, the server's and those of a request, and answers that are cut off at them."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from tests.web.asking import BROWSER, NUMBERS, get

ROWS = {
    None: lambda response: len(response.json["results"]["bindings"]),
    "text/csv": lambda response: len(list(csv.reader(io.StringIO(response.text)))) - 1,
    "text/tab-separated-values": lambda response: response.text.count("\n") - 1,
    "application/sparql-results+xml": lambda response: response.text.count("<result>"),
    BROWSER: lambda response: response.text.count("urn:n:"),
}


@pytest.mark.parametrize("accept", ROWS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_cut_off_at_rows(client: FlaskClient, accept: str | None, method: str):
    fields = {"query": NUMBERS, "max-rows": "7"}
    given = {"query_string": fields} if method == "GET" else {"data": fields}
    response = client.open("/sparql", method=method, headers={"Accept": accept} if accept else {}, **given)
    assert (response.status_code, ROWS[accept](response)) == (200, 7)
    assert response.headers["KG-Cut-Off"] == "rows=7"
    assert response.headers["Cache-Control"] == "no-cache"


def test_page_of_large_values_is_cut_off(client: FlaskClient):
    """The web process makes pages as a whole, so that they are bounded in bytes too."""
    concatenated = "SELECT (GROUP_CONCAT(?m) AS ?w) { ?t <urn:number> ?m }"
    large = f"SELECT ?s (CONCAT(?w, ?w, ?w, ?w, ?w, ?w) AS ?v) {{ {{ {concatenated} }} ?s <urn:number> ?n }}"
    response = get(client, large, BROWSER)
    assert response.status_code == 200
    assert response.headers["KG-Cut-Off"] == "bytes=4194304"
    assert "Cut off at 4,194,304 bytes" in response.text
    assert 10 < response.text.count("urn:n:") < 200
    assert "KG-Cut-Off" not in get(client, large + " LIMIT 3", BROWSER).headers


def test_page_is_preferred_for_rows_alone(client: FlaskClient):
    response = get(client, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "application/n-triples, text/html;q=0.5")
    assert (response.text.count("\n"), "KG-Cut-Off" in response.headers) == (3000, False)


def test_cut_off_graph(client: FlaskClient):
    response = get(client, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "application/n-triples", **{"max-rows": "7"})
    assert (response.text.count("\n"), response.headers["KG-Cut-Off"]) == (7, "rows=7")


def test_cut_off_at_bytes(client: FlaskClient):
    response = get(client, NUMBERS, **{"max-bytes": "2000"})
    assert response.headers["KG-Cut-Off"] == "bytes=2000"
    assert 1 < ROWS[None](response) < 3000
    assert len(response.data) < 2200


@pytest.mark.parametrize("parameters", [{}, {"max-rows": "3000"}, {"max-rows": "9" * 20}, {"max-bytes": "9999999"}])
def test_whole_answer_is_not_called_cut(client: FlaskClient, parameters: dict):
    response = get(client, NUMBERS, **parameters)
    assert ROWS[None](response) == 3000
    assert "KG-Cut-Off" not in response.headers


def test_lower_deadline(client: FlaskClient):
    response = get(client, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", timeout="0.2")
    assert (response.status_code, response.json["title"]) == (504, "Query timeout")


@pytest.mark.parametrize("name", ["timeout", "max-rows", "max-bytes"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "nan", "inf", "1e9", "", "9" * 400, " 1", "0.0"])
def test_limits_that_are_none(client: FlaskClient, name: str, value: str):
    response = get(client, "ASK {}", **{name: value})
    assert response.status_code == 400
    assert name in response.json["detail"]


@pytest.mark.parametrize("name", ["max-rows", "max-bytes"])
@pytest.mark.parametrize("value", ["1.5", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_rows_and_bytes_are_whole_numbers(client: FlaskClient, name: str, value: str):
    response = get(client, "ASK {}", **{name: value})
    assert response.status_code == 400
    assert f"{name}={value!r} is no whole number above 0." in response.json["detail"]
