"""/store: graphs read, replaced, added to and removed."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.build.empty import make_empty
from kg.store.folder import DataFolder

TOKEN = "a-token-of-the-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
NT = "application/n-triples"
ONE = "<urn:a> <urn:b> <urn:c> .\n"
TWO = "<urn:a> <urn:b> <urn:d> .\n"
FACTS = "https://w3id.org/cablekg/graph/facts"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, serve) -> Iterator[Flask]:
    """An application over a data folder of its users, with a token."""
    folder = tmp_path_factory.mktemp("own") / "data"
    make_empty(DataFolder(folder))
    with serve(folder, KG_UPDATE_TOKEN=TOKEN, KG_MAX_UPLOAD="1") as made:
        yield made


@pytest.fixture
def client(own: Flask) -> FlaskClient:
    found = own.test_client()
    assert found.post("/sparql", data={"update": "DROP ALL"}, headers=AUTHORIZED).status_code == 204
    return found


def send(client: FlaskClient, method: str, address: str, content: str | bytes = "", kind: str = NT, **headers: str):
    return client.open(address, method=method, data=content, content_type=kind, headers={**AUTHORIZED, **headers})


def lines(client: FlaskClient, address: str) -> set[str]:
    reply = client.get(address, headers={"Accept": NT})
    assert reply.status_code == 200
    return set(reply.text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "address", ["/store?graph=urn:g", "/store?default", "/store/own/graph", f"/store?graph={FACTS}"]
)
def test_graph_is_put_read_added_to_and_removed(client, address):
    assert send(client, "PUT", address, ONE).status_code == 201
    assert lines(client, address) == {ONE}
    assert send(client, "PUT", address, TWO).status_code == 204
    assert lines(client, address) == {TWO}
    assert send(client, "POST", address, ONE).status_code == 200
    assert lines(client, address) == {ONE, TWO}
    reply = send(client, "DELETE", address)
    assert (reply.status_code, reply.json["snapshot"]) == (200, reply.headers["KG-Snapshot"])


def test_graph_that_is_not_there_is_not_found(client):
    for method in ("GET", "HEAD", "DELETE"):
        assert send(client, method, "/store?graph=urn:none").status_code == 404


def test_empty_graph_is_there(client):
    send(client, "PUT", "/store?graph=urn:g", "")
    assert lines(client, "/store?graph=urn:g") == set()


def test_default_graph_has_two_names(client):
    send(client, "PUT", f"/store?graph={FACTS}", ONE)
    assert lines(client, "/store?default") == {ONE}
    assert lines(client, f"/store?graph={FACTS}") == {ONE}


def test_own_address_is_the_graph(client):
    send(client, "PUT", "/store/a%20b/c", "<> <p> <#q> .", "text/turtle")
    graph = "http://localhost/store/a%20b/c"
    line = f"<{graph}> <http://localhost/store/a%20b/p> <{graph}#q> .\n"
    assert lines(client, "/store/a%20b/c") == {line}
    assert lines(client, "/store?graph=http://localhost/store/a%2520b/c") == {line}


def test_address_that_is_sent_whole_goes_before_the_host(client):
    whole = {"RAW_URI": "http://other.example/store/abs"}
    client.put("/store/abs", data=ONE, content_type=NT, headers=AUTHORIZED, environ_overrides=whole)
    assert lines(client, "/store?graph=http://other.example/store/abs") == {ONE}
    assert client.get("/store?graph=http://localhost/store/abs").status_code == 404


def test_graph_without_a_name_gets_one(client):
    first, second = (send(client, "POST", "/store", ONE) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["Location"] != second.headers["Location"]
    assert lines(client, first.headers["Location"]) == {ONE}
    assert lines(client, f"/store?graph={first.headers['Location']}") == {ONE}


def test_dataset_is_put_read_and_added_to(client):
    send(client, "PUT", "/store?default", ONE)
    assert send(client, "PUT", "/store", "<urn:g> { <urn:a> <urn:b> <urn:c> }", "application/trig").status_code == 204
    assert send(client, "POST", "/store", TWO, "application/n-quads").status_code == 200
    reply = client.get("/store", headers={"Accept": "application/n-quads"})
    assert set(reply.text.splitlines(keepends=True)) == {ONE.replace(" .", " <urn:g> ."), TWO}
    assert client.get("/store").mimetype == "application/trig"
    assert client.get("/store", headers={"Accept": "text/turtle"}).status_code == 406
    assert send(client, "DELETE", "/store").status_code == 400


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json"])
def test_a_graph_without_its_name_does_not_take_the_place_of_all(client, kind):
    send(client, "PUT", "/store?default", ONE)
    problem = send(client, "PUT", "/store", "{}" if "json" in kind else TWO, kind)
    assert problem.status_code == 415
    assert "?graph=IRI or ?default is missing" in problem.json["detail"]
    assert lines(client, "/store?default") == {ONE}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("grph=urn:x", "'grph'"),
        ("Graph=urn:x", "'Graph'"),
        ("default=true", "'true'"),
        ("graph=urn:x&foo=1", "'foo'"),
        ("graph=urn:x&default", "'urn:x'"),
        ("graph=urn:x&graph=urn:y", "'urn:y'"),
        ("default&default", "default"),
        ("foo", "'foo'"),
        ("format=nq&Default", "'Default'"),
    ],
)
def test_a_parameter_that_is_not_known_touches_nothing(client, method, query, told):
    send(client, "PUT", "/store?default", ONE)
    reply = send(client, method, f"/store?{query}", TWO, "application/n-quads")
    assert (reply.status_code, lines(client, "/store?default")) == (400, {ONE})
    if method != "HEAD":
        detail = reply.json["detail"]
        if query == "format=nq&Default" and method != "GET":
            told = "'format'"
        assert told in detail
        assert "graph" in detail
        assert "default" in detail


def test_format_is_for_reading(client):
    send(client, "PUT", "/store/own/graph", ONE)
    assert client.get("/store/own/graph?format=nt").text == ONE
    assert "There are: none." in send(client, "PUT", "/store/own/graph?format=nt", ONE).json["detail"]
    assert "There are: `format`." in client.get("/store/own/graph?foo").json["detail"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/turtle; charset=UTF-8", ONE),
        ("application/rdf+xml",
         '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
         '<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>'),
        ("application/ld+json", '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
        ("application/trig", ONE),
    ],
)  # fmt: skip
def test_graph_comes_in_many_formats(client, kind, content):
    assert send(client, "PUT", "/store?default", content, kind).status_code == 201
    assert lines(client, "/store?default") == {ONE}


@pytest.mark.parametrize("kind", ["text/plain", "", "application/json", "text/turtle; charset=utf-16"])
def test_other_types_are_told_what_is_taken(client, kind):
    reply = send(client, "PUT", "/store?default", ONE, kind)
    assert reply.status_code == 415
    assert "text/turtle" in reply.headers["Accept-Post"]
    assert reply.headers["Accept-Post"] in reply.json["detail"]


def test_named_graphs_do_not_pass_into_others(client):
    hidden = '{"@id": "urn:other", "@graph": [{"@id": "urn:a", "urn:b": 1}]}'
    assert send(client, "PUT", "/store?graph=urn:g", hidden, "application/ld+json").status_code == 400
    for kind in ("application/trig", "application/n-quads"):
        quad = "<urn:other> { <urn:a> <urn:b> <urn:c> }" if "trig" in kind else ONE.replace(" .", " <urn:other> .")
        assert send(client, "PUT", "/store?graph=urn:g", quad, kind).status_code in (400, 415)
    assert client.get("/store?graph=urn:other").status_code == 404


def test_fault_has_its_place_and_changes_nothing(client):
    send(client, "PUT", "/store?graph=urn:g", ONE)
    problem = send(client, "PUT", "/store?graph=urn:g", f"{TWO}<urn:a> bad .", "text/turtle").json
    assert (problem["title"], problem["line"], problem["status"]) == ("Data syntax error", 2, 400)
    assert lines(client, "/store?graph=urn:g") == {ONE}


def test_form_brings_several_files(client):
    files = {
        "one": (io.BytesIO(ONE.encode()), "one.nt", NT),
        "two": (io.BytesIO(TWO.encode()), "two.ttl", "text/turtle"),
    }
    reply = client.post("/store?graph=urn:g", data=files, headers=AUTHORIZED)
    assert reply.status_code == 201
    assert lines(client, "/store?graph=urn:g") == {ONE, TWO}


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"--x\r\n", "multipart/form-data; boundary=x", 400),
        (b"", "multipart/form-data", 400),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            415,
        ),
    ],
)
def test_broken_form_is_refused(client, content, kind, status):
    assert send(client, "POST", "/store?default", content, kind).status_code == status


def test_compressed_graph_is_taken_as_far_as_it_goes(client):
    packed = gzip.compress(ONE.encode())
    assert send(client, "PUT", "/store?default", packed, **{"Content-Encoding": "gzip"}).status_code == 201
    bomb = gzip.compress(b"#" * 2**21)
    assert send(client, "PUT", "/store?default", bomb, **{"Content-Encoding": "gzip"}).status_code == 413
    assert send(client, "PUT", "/store?default", packed, **{"Content-Encoding": "br"}).status_code == 415
    assert send(client, "PUT", "/store?default", ONE, **{"Content-Encoding": "gzip"}).status_code == 400
    assert lines(client, "/store?default") == {ONE}


def test_graph_over_the_largest_size_is_refused(client):
    reply = send(client, "PUT", "/store?default", b"#" * (2**20 + 1))
    assert (reply.status_code, "KG_MAX_UPLOAD" in reply.json["detail"]) == (413, True)


@pytest.mark.parametrize(
    "address", ["/store?graph=relative", "/store?graph=", "/store?graph=urn:a&default", "/store?graph=urn:a&graph=urn:b",
                "/store/own?default"]
)  # fmt: skip
def test_graph_has_one_name(client, address):
    assert send(client, "PUT", address, ONE).status_code == 400


def test_methods_are_told(client):
    assert send(client, "PATCH", "/store?default", "CLEAR ALL", "application/sparql-update").status_code == 405
    assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(client.options("/store").headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_writes_need_the_token(client, method):
    assert client.open("/store?default", method=method, data=ONE, content_type=NT).status_code == 401


def test_read_graph_has_an_etag_and_head_its_headers(client):
    send(client, "PUT", "/store?graph=urn:g", ONE)
    reply = client.get("/store?graph=urn:g")
    assert reply.content_type == "text/turtle; charset=utf-8"
    assert client.get("/store?graph=urn:g", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304
    assert client.head("/store?graph=urn:g").headers["Content-Length"] == reply.headers["Content-Length"]
    send(client, "PUT", "/store?graph=urn:g", TWO)
    assert client.get("/store?graph=urn:g", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 200


def test_folder_of_builds_is_read_but_not_written_to(data: Path, serve):
    with serve(data, KG_UPDATE_TOKEN=TOKEN) as made:
        client = made.test_client()
        for address in ("/store?default", f"/store?graph={FACTS}", "/store?graph=urn:mine", "/store", "/store/mine"):
            for method in ("PUT", "POST", "DELETE"):
                reply = send(client, method, address, ONE)
                assert (reply.status_code, "builds" in reply.json["detail"]) == (403, True)
        provenance = "https://w3id.org/cablekg/graph/provenance"
        assert lines(client, f"/store?graph={provenance}") == {'<urn:s> <urn:p> "in a graph" .\n'}
        assert lines(client, f"/store?graph={FACTS}") == lines(client, "/store?default")
