"""Writes on conditions: If-Match, If-None-Match and If-Unmodified-Since, at /store and /sparql."""

import gzip
import threading
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from time import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.build.empty import make_empty
from kg.store.folder import DataFolder

TOKEN = "a-token-of-the-tests"
NT = "application/n-triples"
GRAPH = "/store?graph=urn:g"
ADDRESSES = [GRAPH, "/store?default", "/store/own/graph"]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, serve) -> Iterator[Flask]:
    """An application over a data folder of its users, with a token."""
    folder = tmp_path_factory.mktemp("own") / "data"
    make_empty(DataFolder(folder))
    with serve(folder, KG_UPDATE_TOKEN=TOKEN) as made:
        yield made


@pytest.fixture
def client(own: Flask) -> FlaskClient:
    found = own.test_client()
    assert update(found, "DROP ALL").status_code == 204
    return found


def triple(value: int) -> str:
    return f'<urn:a> <urn:b> "{value}" .\n'


def send(client: FlaskClient, method: str, address: str, value: int = 0, **conditions: str):
    headers = {"Authorization": f"Bearer {TOKEN}"} | named(conditions)
    return client.open(address, method=method, data=triple(value), content_type=NT, headers=headers)


def update(client: FlaskClient, text: str, **conditions: str):
    headers = {"Authorization": f"Bearer {TOKEN}"} | named(conditions)
    return client.post("/sparql", data={"update": text}, headers=headers)


def named(conditions: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in conditions.items()}


def tag(client: FlaskClient, address: str, **headers: str) -> str:
    return client.get(address, headers=named(headers)).headers["ETag"]


def value(client: FlaskClient, address: str) -> str:
    return client.get(address, headers={"Accept": NT}).text


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_write_on_the_present_tag_is_done_once(client, address, method):
    send(client, "PUT", address, 1)
    present = tag(client, address)
    assert send(client, method, address, 2, If_Match=present).status_code in (200, 204)
    after = client.get(address, headers={"Accept": NT})
    refused = send(client, method, address, 3, If_Match=present)
    if method == "DELETE" and address != "/store?default":
        assert refused.status_code == after.status_code == 404
        return
    assert (refused.status_code, refused.json["title"]) == (412, "Precondition failed")
    assert "Read it again" in refused.json["detail"]
    assert refused.content_type == "application/problem+json"
    assert value(client, address) == after.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/turtle"},
        {"Accept": "application/ld+json"},
        {"Accept": NT, "Accept_Encoding": "gzip"},
        {"Accept": NT, "Accept_Encoding": "zstd"},
    ],
)
def test_tag_of_any_format_and_encoding_stands_for_the_graph(client, headers):
    client.open(
        GRAPH,
        method="PUT",
        data=gzip.compress("".join(map(triple, range(200))).encode()),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": NT, "Content-Encoding": "gzip"},
    )
    found = tag(client, GRAPH, **headers)
    assert found.rstrip('"').endswith(headers.get("Accept_Encoding", "")) or "Accept_Encoding" not in headers
    assert found != tag(client, GRAPH, Accept="application/rdf+xml")
    assert send(client, "PUT", GRAPH, 1, If_Match=f'"x", {found}').status_code == 204
    assert send(client, "PUT", GRAPH, 2, If_Match=f'"x", {found}').status_code == 412
    assert value(client, GRAPH) == triple(1)


def test_graph_by_its_own_address_has_the_tags_of_its_name(client):
    send(client, "PUT", "/store/own/graph", 1)
    other = tag(client, "/store?graph=http://localhost/store/own/graph")
    assert other == tag(client, "/store/own/graph")
    assert send(client, "PUT", "/store/own/graph", 2, If_Match=other).status_code == 204


def test_other_tags_are_not_of_the_graph(client):
    send(client, "PUT", GRAPH, 1)
    send(client, "PUT", "/store?graph=urn:other", 1)
    present = tag(client, GRAPH)
    for other in (tag(client, "/store?graph=urn:other"), tag(client, "/store"), f"W/{present}", "nonsense", "", '"*"'):
        assert send(client, "PUT", GRAPH, 2, If_Match=other).status_code == 412
    assert value(client, GRAPH) == triple(1)


def test_dataset_has_tags_too(client):
    send(client, "PUT", GRAPH, 1)
    present = tag(client, "/store")
    headers = {"Authorization": f"Bearer {TOKEN}", "If-Match": present}
    for status in (201, 412):
        reply = client.post("/store", data=triple(2), content_type=NT, headers=headers)
        assert reply.status_code == status
    present = tag(client, "/store")
    headers = {"Authorization": f"Bearer {TOKEN}", "If-Match": present}
    for status in (204, 412):
        reply = client.put("/store", data="", content_type="application/trig", headers=headers)
        assert reply.status_code == status


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_graph_is_made_once(client, address, method):
    assert send(client, method, address, 1, If_Match="*").status_code == 412
    assert send(client, method, address, 1, If_None_Match="*").status_code == 201
    refused = send(client, method, address, 2, If_None_Match="*")
    assert (refused.status_code, "is not there, and it is" in refused.json["detail"]) == (412, True)
    assert value(client, address) == triple(1)
    assert send(client, method, address, 1, If_Match="*").status_code in (200, 204)


def test_graph_that_is_not_there_is_not_found_on_any_condition(client):
    for condition in ({"If_Match": "*"}, {"If_Match": '"x"'}, {"If_None_Match": "*"}):
        assert send(client, "DELETE", "/store?graph=urn:none", **condition).status_code == 404


def test_known_state_is_not_written_to(client):
    send(client, "PUT", GRAPH, 1)
    present = tag(client, GRAPH)
    for known in (present, f"W/{present}", f'"x", {present}'):
        assert send(client, "PUT", GRAPH, 2, If_None_Match=known).status_code == 412
    assert send(client, "PUT", GRAPH, 2, If_None_Match='"x"').status_code == 204
    assert send(client, "PUT", GRAPH, 3, If_Match="*", If_None_Match="*").status_code == 412


def test_date(client):
    send(client, "PUT", GRAPH, 1)
    for moment in (0, time() - 60):
        refused = send(client, "PUT", GRAPH, 2, If_Unmodified_Since=formatdate(moment, usegmt=True))
        assert refused.status_code == 412
    # Beside a tag it does not count, nor where it is none.
    long_ago = formatdate(0, usegmt=True)
    assert send(client, "PUT", GRAPH, 2, If_Match=tag(client, GRAPH), If_Unmodified_Since=long_ago).status_code == 204
    assert send(client, "PUT", GRAPH, 3, If_Unmodified_Since="yesterday").status_code == 204
    assert send(client, "PUT", GRAPH, 4, If_Unmodified_Since=formatdate(time() + 60, usegmt=True)).status_code == 204


def test_update_is_bound_to_what_was_read(client):
    send(client, "PUT", GRAPH, 1)
    query = "/sparql?query=SELECT * { GRAPH ?g { ?s ?p ?o } }"
    change = "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }; INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> '2' } }"
    for address in (query, GRAPH, "/store", "/sparql"):
        present = tag(client, address)
        assert update(client, change, If_Match=present).status_code == 204
        refused = update(client, change, If_Match=present)
        assert (refused.status_code, refused.json["status"]) == (412, 412)
    present = tag(client, query)
    assert update(client, change, If_None_Match=present).status_code == 412
    assert update(client, change, If_None_Match="*").status_code == 412
    assert update(client, change, If_Match="*").status_code == 204
    assert update(client, change, If_Unmodified_Since=formatdate(0, usegmt=True)).status_code == 412
    assert value(client, GRAPH) == triple(2)


@pytest.mark.parametrize("by_update", [True, False])
def test_no_update_is_lost_among_many(client, own, by_update):
    """Six clients count up, each by reading, adding one and writing on the condition of what it has read."""
    send(client, "PUT", GRAPH, 0)
    refused = []

    def count() -> None:
        mine = own.test_client()
        done = 0
        while done < 5:
            read = mine.get(GRAPH, headers={"Accept": NT})
            new, present = int(read.text.split('"')[1]) + 1, read.headers["ETag"]
            if by_update:
                change = f"DELETE WHERE {{ GRAPH <urn:g> {{ ?s ?p ?o }} }}; INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:b> '{new}' }} }}"
                reply = update(mine, change, If_Match=present)
            else:
                reply = send(mine, "PUT", GRAPH, new, If_Match=present)
            assert reply.status_code in (204, 412)
            done += reply.status_code == 204
            refused.extend([1] if reply.status_code == 412 else [])

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(client, GRAPH) == triple(30)
    assert refused


def test_put_gives_no_tag_and_no_part_is_put(client):
    """RFC 9110, 9.3.4 and 14.5: what is stored is not the bytes that were sent, and a part is not the whole."""
    assert "ETag" not in send(client, "PUT", GRAPH, 1).headers
    reply = send(client, "PUT", GRAPH, 2, Content_Range="bytes 0-3/30")
    assert (reply.status_code, "Content-Range" in reply.json["detail"]) == (400, True)
    assert value(client, GRAPH) == triple(1)


def test_bad_writes_are_told_of_before_their_conditions(client):
    assert client.put(GRAPH, data="", content_type=NT, headers={"If-Match": '"x"'}).status_code == 401
    assert send(client, "PUT", "/store?grph=urn:g", 1, If_Match='"x"').status_code == 400


def test_reading_on_a_tag(client: FlaskClient, data: Path, serve):
    send(client, "PUT", GRAPH, 1)
    for address in (GRAPH, "/sparql?query=ASK {}", "/query"):
        present = tag(client, address)
        for wanted, status in (
            (present, 200),
            ("*", 200),
            ('"x"', 412),
            (f"W/{present}", 412),
            ('"x",' + present, 200),
        ):
            reply = client.get(address, headers={"If-Match": wanted})
            assert (reply.status_code, reply.headers["Cache-Control"] == "no-store") == (status, status == 412)
        assert client.get(address, headers={"If-Match": present, "If-None-Match": present}).status_code == 304
        assert client.get(address, headers={"If-Match": '"x"', "If-None-Match": present}).status_code == 412
