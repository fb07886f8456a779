"""Writes at /queries and in the metrics: each has an id, is listed, counted, and stopped while it waits."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.waiting import wait_until
from tests.web.test_metrics import samples

TOKEN, ADMIN = "a-token-of-the-tests", "another-token"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
OF_ADMIN = {"Authorization": f"Bearer {ADMIN}"}
NT = "application/n-triples"
SLOW = "INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?i) }"


@pytest.fixture
def own(tmp_path, serve) -> Iterator[Flask]:
    """An application over a data folder of its users, with 3,000 triples, and a few seconds for a write."""
    make_empty(DataFolder(tmp_path / "data"))
    with serve(tmp_path / "data", KG_UPDATE_TOKEN=TOKEN, KG_ADMIN_TOKEN=ADMIN, KG_TIMEOUT="4") as made:
        content = "".join(f"<urn:s{number}> <urn:p> {number} .\n" for number in range(3000))
        reply = made.test_client().put(
            "/store?default", data=content, content_type="text/turtle", headers=AUTHORIZED, buffered=True
        )
        assert reply.status_code == 201
        yield made


def listed(client: FlaskClient) -> list[dict]:
    return client.get("/queries", headers=OF_ADMIN).json["queries"]


def test_waiting_write_is_stopped_and_a_begun_one_is_not(own):
    replies = {}

    def send(name: str, method: str, address: str, **arguments: object) -> threading.Thread:
        def run() -> None:
            replies[name] = own.test_client().open(address, method=method, headers=AUTHORIZED, **arguments)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    client = own.test_client()
    first = send("begun", "POST", "/sparql", data={"update": SLOW})
    assert wait_until(lambda: [each["state"] for each in listed(client)] == ["writing"])
    second = send("waits", "PUT", "/store?graph=urn:g", data="", content_type=NT)
    assert wait_until(lambda: len(listed(client)) == 2)
    begun, waits = listed(client)
    assert (begun["query"], waits["query"], waits["state"]) == (SLOW, "PUT <urn:g>", "waiting")
    assert samples(client)["kg_writes_running",] == 2
    page = client.get("/queries", headers={**OF_ADMIN, "Accept": "text/html"}).text
    assert f"/queries/{waits['id']}" in page
    assert f"/queries/{begun['id']}" not in page

    refused = client.delete(f"/queries/{begun['id']}", headers=OF_ADMIN)
    assert (refused.status_code, refused.json["title"]) == (409, "Write under way")
    assert client.delete(f"/queries/{waits['id']}", headers=OF_ADMIN).json == {"stopped": waits["id"]}
    second.join()
    assert first.is_alive()
    problem = replies["waits"].json
    assert (problem["status"], problem["title"], problem["query_id"]) == (503, "Query stopped", waits["id"])
    assert client.get("/store?graph=urn:g").status_code == 404
    first.join()
    assert replies["begun"].status_code == 504
    assert listed(client) == []
    assert client.delete(f"/queries/{begun['id']}", headers=OF_ADMIN).status_code == 404


def test_every_write_has_an_id_and_is_counted_by_its_kind(own):
    client = own.test_client()

    def send(method: str, address: str, **arguments: object):
        return client.open(address, method=method, headers=AUTHORIZED, buffered=True, **arguments)

    replies = [
        send("PUT", "/store?graph=urn:g", data="", content_type=NT),
        send("POST", "/store?graph=urn:g", data="", content_type=NT),
        send("GET", "/store?graph=urn:g"),
        send("DELETE", "/store?graph=urn:g"),
        send("DELETE", "/store?graph=urn:g"),
        send("PUT", "/store?graph=urn:g", data="<", content_type=NT),
        send("POST", "/sparql", data={"update": "CLEAR ALL"}),
        send("POST", "/sparql", data={"update": "CLEAR"}),
        client.put("/store?graph=urn:g", data="", content_type=NT, buffered=True),
    ]
    assert [reply.status_code for reply in replies] == [201, 200, 200, 200, 404, 400, 204, 400, 401]
    assert len({reply.headers["KG-Query-Id"] for reply in replies}) == len(replies)
    found = samples(client)
    counts = {key[1:]: value for key, value in found.items() if key[0] == "kg_writes_total"}
    assert counts == {
        ("put", "answered"): 2,  # One by the fixture.
        ("put", "rejected"): 2,
        ("post", "answered"): 1,
        ("delete", "answered"): 1,
        ("delete", "rejected"): 1,
        ("update", "answered"): 1,
        ("update", "syntax"): 1,
    }
    assert found["kg_write_seconds_count",] == 9
    assert found["kg_queries_total", "answered"] == found["kg_query_seconds_count",] == 1
