"""Updates at /sparql: who may send them, how they are sent, and what is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from kg.store.pool_answers import Job
from kg.store.writer_jobs import Write
from kg.web.service import service

TOKEN = "a-token-of-the-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = "application/sparql-update"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, serve) -> Iterator[Flask]:
    """An application over a data folder of its users, with a token."""
    folder = tmp_path_factory.mktemp("own") / "data"
    make_empty(DataFolder(folder))
    with serve(folder, KG_UPDATE_TOKEN=TOKEN, KG_MAX_QUERY="4096", KG_MAX_NESTING="20") as made:
        yield made


@pytest.fixture
def client(own: Flask) -> FlaskClient:
    return own.test_client()


def send(client: FlaskClient, text: str, **fields: object):
    return client.post("/sparql", data={"update": text, **fields}, headers=AUTHORIZED)


def ask(client: FlaskClient, query: str) -> bool:
    return client.get("/sparql", query_string={"query": query}).json["boolean"]


def test_next_query_sees_an_update(client):
    for number in range(5):
        reply = send(client, f"CLEAR ALL; INSERT DATA {{ <a> ck:tag {number} }}")
        assert (reply.status_code, reply.data, "Content-Type" in reply.headers) == (204, b"", False)
        assert ask(client, f"ASK {{ <a> ck:tag {number} FILTER NOT EXISTS {{ ?s ?p {number - 1} }} }}")


def test_request_that_began_before_an_update_does_not_go_back_behind_it(own):
    query = Job(query="ASK { <urn:late> <urn:p> 1 }", base="urn:", solutions="csv")
    with own.test_request_context("/sparql"):
        asked = service()
        asked.snapshot()
        asked.write(Write(kind="update", base="urn:", text="INSERT DATA { <urn:late> <urn:p> 1 }"))
        assert b"".join(asked.ask(query).pieces()) == b"true"


def test_update_names_its_snapshot_and_its_id(client, own):
    reply = send(client, "INSERT DATA { <a> <b> 1 }")
    assert len(reply.headers["KG-Snapshot"]) == 12
    assert reply.headers["KG-Query-Id"]


def test_update_is_the_body_too(client):
    reply = client.post(
        "/sparql", data="CLEAR ALL; INSERT DATA { <a> <b> 'é' }", content_type=UPDATE, headers=AUTHORIZED
    )
    assert reply.status_code == 204
    assert ask(client, "ASK { <a> <b> 'é' }")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_update_sent_as_a_query_is_told_how_to_send_it(client, accept):
    reply = client.post("/sparql", data={"query": "insert data { <a> <b> 1 }"}, headers={"Accept": accept})
    assert reply.status_code == 400
    assert "INSERT is an update, but it was sent as a query. Send it by POST as the parameter `update`" in reply.text
    assert "application/sparql-update" in reply.text


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_update_needs_the_token(client, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    reply = client.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
    assert (reply.status_code, reply.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")
    assert TOKEN not in reply.text


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "query_string": {"update": "CLEAR ALL"}}, 400),
        ({"data": {"update": ["CLEAR ALL", "CLEAR NAMED"]}}, 400),
        ({"data": {"update": "CLEAR ALL", "query": "ASK {}"}}, 400),
        ({"data": "CLEAR ALL", "content_type": "text/plain"}, 415),
        ({"data": "CLEAR ALL", "content_type": f"{UPDATE}; charset=utf-16"}, 415),
        ({"data": b"\xff", "content_type": UPDATE}, 400),
        ({"data": {"update": "CLEAR ALL", "using-graph-uri": "no iri"}}, 400),
        ({"data": {"update": "INSERT DATA { <a> <b> '" + "x" * 5000 + "' }"}}, 413),
        ({"data": {"update": "CREATE GRAPH <urn:twice> ; CREATE GRAPH <urn:twice>"}}, 409),
        ({"data": {"update": "LOAD <http://127.0.0.1:9/>"}}, 400),
        ({"data": {"update": "SELECT * { ?s ?p ?o }"}}, 400),
        ({"data": {"update": ""}}, 204),
    ],
)
def test_what_is_no_update_is_refused(client, request_, status):
    send(client, "CLEAR ALL; INSERT DATA { <a> <b> 7 }")
    assert client.open("/sparql", **{"method": "POST", "headers": AUTHORIZED, **request_}).status_code == status
    assert ask(client, "ASK { <a> <b> 7 }")


def test_fault_is_shown_with_a_caret(client):
    problem = send(client, "CLEAR ALL ;\nINSERT DATA { <a> <b> }").json
    assert (problem["title"], problem["line"]) == ("Update syntax error", 2)
    assert problem["excerpt"] == "INSERT DATA { <a> <b> }"
    assert problem["caret"].index("^") == problem["column"] - 1


def test_word_that_begins_no_update_is_told(client):
    assert "An update begins with INSERT" in send(client, "UPSERT DATA { <a> <b> 1 }").json["detail"]


def test_service_is_refused_with_its_place(client):
    problem = send(client, "INSERT { ?s ?p ?o }\nWHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").json
    assert (problem["title"], problem["line"], problem["column"]) == ("Update refused", 2, 9)


def test_load_is_refused_after_sound_operations_and_undoes_them(client):
    send(client, "CLEAR ALL")
    problem = send(client, "INSERT DATA { <a> <b> 1 } ; LOAD <http://127.0.0.1:9/>").json
    assert (problem["title"], "LOAD would fetch" in problem["detail"]) == ("Update refused", True)
    assert not ask(client, "ASK { ?s ?p ?o }")


def test_graphs_of_the_request_are_the_dataset(client):
    send(client, "CLEAR ALL; INSERT DATA { <d> <p> 1 GRAPH <urn:g> { <g> <p> 2 } GRAPH <urn:h> { <h> <p> 3 } }")
    send(client, "INSERT { ?s <q> 1 } WHERE { ?s <p> ?o }", **{"using-graph-uri": "urn:g"})
    send(client, "INSERT { ?s <r> 1 } WHERE { GRAPH ?g { ?s <p> ?o } }", **{"using-named-graph-uri": "urn:h"})
    assert ask(client, "ASK { <g> <q> 1 . <h> <r> 1 FILTER NOT EXISTS { <d> <q> 1 } FILTER NOT EXISTS { <g> <r> 1 } }")


def test_graphs_named_twice_are_refused(client):
    reply = send(client, "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", **{"using-graph-uri": "urn:g"})
    assert (reply.status_code, reply.json["line"]) == (400, 1)


def test_updates_are_off_without_a_token(tmp_path: Path, serve):
    make_empty(DataFolder(tmp_path / "own"))
    with serve(tmp_path / "own") as made:
        reply = made.test_client().post("/sparql", data={"update": "CLEAR ALL"}, headers=AUTHORIZED)
    assert (reply.status_code, "KG_UPDATE_TOKEN" in reply.json["detail"]) == (403, True)


@pytest.mark.parametrize("settings", [{}, {"KG_UPDATE_TOKEN": TOKEN}])
@pytest.mark.parametrize("headers", [{}, AUTHORIZED])
def test_folder_of_builds_refuses_updates_and_says_what_takes_them(data: Path, serve, settings, headers):
    before = sorted(path.name for path in data.iterdir())
    with serve(data, **settings) as made:
        reply = made.test_client().post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
    assert reply.status_code == 403
    assert reply.json["detail"].startswith("This graph is made by builds")
    assert "kg init" in reply.json["detail"]
    assert sorted(path.name for path in data.iterdir()) == before


def test_front_page_of_an_empty_folder_says_how_to_write(client):
    send(client, "CLEAR ALL")
    empty = client.get("/", headers={"Accept": "text/html"}).text
    assert "This graph is empty, and can be written to" in empty
    assert "KG_UPDATE_TOKEN" in empty
    assert "Latest cables" not in empty
    send(client, "INSERT DATA { GRAPH <urn:g> { <a> <p> 1 } }")
    assert "This graph is empty" not in client.get("/", headers={"Accept": "text/html"}).text
