"""ETags, conditional requests and Cache-Control."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.web.freshness import tags
from tests.web.conftest import serving

CABLES = "SELECT ?c { ?c a ck:Cable }"
SHARED = "public, max-age=0, must-revalidate, s-maxage=10"
PAGES = [
    "/",
    "/cables",
    "/cable/09ATLANTIS7.html",
    "/cable/09ATLANTIS7.ttl",
    "/ontology",
    "/ontology.ttl",
    "/.well-known/void",
    "/prefixes",
    "/query",
    "/service",
    "/sparql",
    "/static/style.css",
]


Serve = Callable[..., AbstractContextManager[Flask]]


@pytest.fixture(scope="module")
def uncached(data: Path) -> Iterator[Flask]:
    """The application without its cache, so that it judges every request itself."""
    with serving(data, KG_CACHE="0") as made:
        yield made


def ask(client: FlaskClient, query: str = CABLES, method: str = "GET", parameters: dict | None = None, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    query_string = {"query": query, **(parameters or {})}
    return client.open("/sparql", method=method, query_string=query_string, headers=named)


def test_tag_is_strong_and_stays(client: FlaskClient):
    first, second = ask(client), ask(client)
    assert first.get_etag() == second.get_etag()
    assert first.get_etag()[1] is False


def test_tag_differs_by_what_was_asked(client: FlaskClient):
    found = [
        ask(client),
        ask(client, CABLES + " "),
        ask(client, Accept="text/csv"),
        ask(client, parameters={"format": "tsv"}),
        ask(client, parameters={"max-rows": "5"}),
        ask(client, parameters={"default-graph-uri": "urn:g"}),
        ask(client, Accept_Encoding="gzip", Accept="text/html"),
        ask(client, Accept_Encoding="zstd", Accept="text/html"),
        ask(client, Accept="text/html"),
    ]
    assert len({response.headers["ETag"] for response in found}) == len(found)


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"other", "{}"', '"other",W/"{}" , "x"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("cached", [True, False])
def test_not_modified(client: FlaskClient, uncached: Flask, known: str, method: str, cached: bool):
    client = client if cached else uncached.test_client()
    tag = ask(client).get_etag()[0]
    response = ask(client, method=method, If_None_Match=known.format(tag))
    assert (response.status_code, response.data) == (304, b"")
    assert response.get_etag() == (tag, False)
    assert response.headers["Cache-Control"] == SHARED
    assert response.vary.as_set() == {"accept", "accept-encoding"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["KG-Query-Id"]
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize("known", ['"other"', "nonsense", "", '"unclosed'])
def test_modified(client: FlaskClient, known: str):
    assert ask(client, If_None_Match=known).status_code == 200


def test_known_answer_is_not_evaluated(uncached: Flask):
    client = uncached.test_client()
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    head = ask(client, "SELECT * { ?s ?p ?o }", method="HEAD")
    assert ask(client, "SELECT * { ?s ?p ?o }", If_None_Match=head.headers["ETag"]).status_code == 304
    # It would run into its deadline, were it evaluated.
    assert ask(client, heavy, parameters={"timeout": "0.2"}, If_None_Match="*").status_code == 504


def test_star_waits_for_the_end_of_the_answer(uncached: Flask):
    client = uncached.test_client()
    endless = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    reply = ask(client, endless, parameters={"timeout": "0.5"}, If_None_Match="*", Accept="text/csv")
    assert (reply.status_code, reply.json["title"]) == (504, "Query timeout")
    long = "SELECT ?a ?q { ?a ?p ?b . ?c ?q ?d } LIMIT 100000"
    assert ask(client, long, If_None_Match="*").status_code == 304
    assert len(ask(client, long).data) > 2**22
    # With its tag it is known to be whole: whoever has the tag has had the answer.
    present = ask(client, endless, method="HEAD").headers["ETag"]
    assert ask(client, endless, parameters={"timeout": "0.5"}, If_None_Match=present).status_code == 304


@pytest.mark.parametrize("path", ["/health", "/metrics", "/openapi.json", "/sparql?query=SELECT (NOW() AS ?now) {}"])
def test_star_is_about_answers_without_a_tag_too(client: FlaskClient, path: str):
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304


def test_star_does_not_hide_an_error(client: FlaskClient):
    assert ask(client, "SELECT", If_None_Match="*").status_code == 400


def test_tag_of_an_encoding_stands_for_it_alone(client: FlaskClient):
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    known = {"If-None-Match": packed.headers["ETag"]}
    assert client.get("/", headers={"Accept-Encoding": "gzip", **known}).status_code == 304
    assert client.get("/", headers={"Accept-Encoding": "zstd", **known}).status_code == 200
    assert client.get("/", headers=known).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("cached", [True, False])
def test_pages_and_documents(client: FlaskClient, uncached: Flask, path: str, cached: bool):
    client = client if cached else uncached.test_client()
    response = client.get(path)
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (response.status_code, again.status_code, again.data) == (200, 304, b"")
    assert response.headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else SHARED)
    response.close()
    again.close()


def test_policy_of_a_page_is_not_replaced_by_a_304(uncached: Flask):
    client = uncached.test_client()
    tag = client.get("/query").headers["ETag"]
    assert "Content-Security-Policy" not in client.get("/query", headers={"If-None-Match": tag}).headers


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?t) {}", "SELECT (RAND() AS ?r) {}", "SELECT (UUID() AS ?u) {}"])
def test_volatile_answers_are_not_stored(client: FlaskClient, query: str):
    first, second = ask(client, query), ask(client, query)
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers
    assert first.data != second.data


@pytest.mark.parametrize("path", ["/sparql?query=nonsense", "/nowhere", "/cable/none", "/query?query=nonsense"])
def test_errors_are_not_stored(client: FlaskClient, path: str):
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code >= 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_authorised_answers_are_asked_for_again(client: FlaskClient):
    assert ask(client, Authorization="Bearer x").headers["Cache-Control"] == "no-cache"


def test_posts_have_no_tag(client: FlaskClient):
    response = client.post("/sparql", data={"query": CABLES})
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-cache"


def test_seconds_for_caches_in_front(data: Path, serve: Serve):
    with serve(data, KG_CACHE_SECONDS="0") as app:
        assert ask(app.test_client()).headers["Cache-Control"] == "no-cache"


def test_folder_of_its_users(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    publish(tmp_path, "one")
    (tmp_path / "folder.json").write_text("{}")
    with serve(tmp_path) as app:
        assert ask(app.test_client()).headers["Cache-Control"] == "no-cache"


def test_new_snapshot_has_another_tag(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    publish(tmp_path, "one")
    with serve(tmp_path) as app:
        client = app.test_client()
        old = ask(client)
        publish(tmp_path, "two")
        new = ask(client, If_None_Match=old.headers["ETag"])
    assert new.status_code == 200
    assert new.headers["ETag"] != old.headers["ETag"]


def test_tags_of_a_header():
    assert tags('"a", W/"b",, "c d", "e"x, f') == {"a", "b", "e"}
    assert tags('"a-zstd"') == {"a-zstd"}
