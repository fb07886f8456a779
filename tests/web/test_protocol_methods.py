"""HEAD, OPTIONS, other methods, CORS, and requests for hosts and paths that are none."""

import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.asking import BROWSER, CABLES, NUMBERS


def test_method_that_is_not_allowed(client: FlaskClient):
    response = client.delete("/sparql")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.json["detail"] == "There is no DELETE here. There are GET, HEAD, OPTIONS, POST."


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql?query=x", "/nowhere", "/cable/none", "/health"])
def test_cors_on_every_answer(client: FlaskClient, path: str):
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_preflight(client: FlaskClient):
    response = client.options("/sparql", headers={"Origin": "http://x", "Access-Control-Request-Method": "POST"})
    assert response.status_code == 200
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_head(client: FlaskClient):
    response = client.head("/sparql", query_string={"query": CABLES}, headers={"Accept": "text/csv"})
    assert (response.status_code, response.content_type, response.data) == (200, "text/csv; charset=utf-8", b"")


@pytest.mark.parametrize("accept", [None, "text/csv", "text/turtle", BROWSER])
@pytest.mark.parametrize(
    "query", [NUMBERS, CABLES, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "SELECT", "SELECT (NOW() AS ?n) {}"]
)
def test_head_has_the_headers_of_get(client: FlaskClient, query: str, accept: str | None):
    headers = {"Accept": accept} if accept else {}
    head = client.head("/sparql", query_string={"query": query}, headers=headers)
    whole = client.get("/sparql", query_string={"query": query}, headers=headers)
    assert (head.status_code, head.data) == (whole.status_code, b"")
    for name in ("Content-Type", "Cache-Control", "ETag", "Vary", "Access-Control-Allow-Origin"):
        assert head.headers.get(name) == whole.headers.get(name), name
    if "NOW" not in query:
        assert head.content_length in (None, whole.content_length)


def test_head_does_not_evaluate_all(client: FlaskClient):
    heavy = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    start = time.monotonic()
    response = client.head("/sparql", query_string={"query": heavy, "timeout": "5"})
    assert (response.status_code, "KG-Cut-Off" in response.headers) == (200, False)
    assert time.monotonic() - start < 5


PREFLIGHT = {"Origin": "http://x", "Access-Control-Request-Method": "PUT"}


def test_options_on_every_route(client: FlaskClient, app: Flask):
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<any\((\w+)[^>]*>|<[^>]+>", lambda match: match[1] or "x", rule.rule)
        response = client.options(path, headers=PREFLIGHT)
        assert response.status_code == 200, path
        assert set(response.headers["Allow"].split(", ")) >= {"OPTIONS", *(rule.methods or ())} - {"HEAD"}
        assert {"GET", "POST", "PUT", "DELETE"} <= set(response.headers["Access-Control-Allow-Methods"].split(", "))
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("host", ["x" * 300, "a..b", "[", "a b"])
def test_hosts_that_are_none(client: FlaskClient, host: str, accept: str):
    response = client.get("/sparql?query=ASK{", headers={"Host": host, "Accept": accept})
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/cable//x", "//evil.example/cable/x", "//cable/x", "/sparql//", "/browse//cables"])
def test_double_slashes_do_not_redirect(client: FlaskClient, path: str):
    response = client.open(path, headers={"Host": "evil.example"})
    assert response.status_code == 404
    assert "Location" not in response.headers
