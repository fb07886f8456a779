"""The SPARQL protocol for queries: forms of requests, and those that are none."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from tests.web.asking import BASE, CABLES, LABEL, get


def test_get(client: FlaskClient):
    response = get(client, CABLES)
    assert response.content_type == "application/sparql-results+json"
    assert json.loads(response.data)["results"]["bindings"][0]["l"]["value"] == LABEL


def test_form_post(client: FlaskClient):
    response = client.post("/sparql", data={"query": CABLES}, headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(response.text)))[1] == [f"{BASE}cable/09ATLANTIS7", LABEL]


def test_direct_post(client: FlaskClient):
    response = client.post("/sparql", data=CABLES, content_type="application/sparql-query; charset=utf-8")
    assert LABEL in json.dumps(response.json, ensure_ascii=False)


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"'])
def test_charset_of_a_body(client: FlaskClient, charset: str):
    content_type = f"application/sparql-query; charset={charset}"
    response = client.post("/sparql", data='ASK { FILTER("é" = "\\u00E9") }'.encode(), content_type=content_type)
    assert response.json["boolean"] is True


@pytest.mark.parametrize(
    ("content_type", "headers", "reason"),
    [
        ("text/plain", {}, "text/plain"),
        ("multipart/form-data; boundary=x", {}, "multipart/form-data"),
        ("", {}, "without Content-Type"),
        ("application/sparql-query; charset=iso-8859-1", {}, "UTF-8"),
        ("application/x-www-form-urlencoded; charset=utf-16", {}, "UTF-8"),
        ("application/sparql-query", {"Content-Encoding": "gzip"}, "compressed"),
    ],
)
def test_unsupported_media_type(client: FlaskClient, content_type: str, headers: dict, reason: str):
    response = client.post("/sparql", data=CABLES, content_type=content_type, headers=headers)
    assert response.status_code == 415
    assert response.headers["Accept-Post"] == (
        "application/sparql-query, application/sparql-update, application/x-www-form-urlencoded"
    )
    assert reason in response.json["detail"]


@pytest.mark.parametrize(("version", "status"), [("1.0", 200), ("1.1", 200), ("1.2", 200), ("1.3", 400), ("", 400)])
def test_version_of_sparql(client: FlaskClient, version: str, status: int):
    assert get(client, "ASK {}", version=version).status_code == status
    content_type = f'application/sparql-query; version="{version or "x"}"'
    assert client.post("/sparql", data="ASK {}", content_type=content_type).status_code == status


@pytest.mark.parametrize(
    "request_",
    [
        {"query_string": "query=ASK%7B%7D&query=ASK%7B%7D"},
        {"query_string": "query=%FF"},
        {"query_string": "query=ASK%7B%7D&default-graph-uri=no+iri"},
        {"method": "POST", "data": {"other": "x"}},
        {"method": "POST", "data": b"\xff", "content_type": "application/sparql-query"},
        {
            "method": "POST",
            "query_string": "query=ASK%7B%7D",
            "data": "ASK {}",
            "content_type": "application/sparql-query",
        },
    ],
)
def test_bad_requests(client: FlaskClient, request_: dict):
    response = client.open("/sparql", **{"method": "GET", **request_})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


def test_query_that_is_too_long(client: FlaskClient):
    response = client.post("/sparql", data={"query": "ASK {} #" + "x" * 1_100_000})
    assert response.status_code == 413


@pytest.mark.parametrize("query", ["", " \n"])
def test_empty_query_is_told(client: FlaskClient, query: str):
    assert (get(client, query).status_code, get(client, query).json["detail"]) == (400, "The query is empty.")


def test_misspelt_query_is_no_wish_for_the_description(client: FlaskClient):
    for response in (client.get("/sparql?qurey=ASK%7B%7D"), client.post("/sparql", data={"qurey": "ASK{}"})):
        assert response.status_code == 400
        assert "no parameter 'qurey'" in response.json["detail"]
        assert "query, update, " in response.json["detail"]
    assert client.get("/sparql?format=ttl&output=ttl").mimetype == "text/turtle"
    assert get(client, "ASK {}", qurey="x").status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"update": "CLEAR ALL"}},
        {"data": "CLEAR ALL", "content_type": "application/sparql-update"},
    ],
)
def test_updates_are_forbidden(client: FlaskClient, request_: dict):
    assert client.post("/sparql", **request_).status_code == 403


def test_project_prefixes_need_no_declaration(client: FlaskClient):
    assert get(client, "ASK { ?c a ck:Cable }").json["boolean"] is True
