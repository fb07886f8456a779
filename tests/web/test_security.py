"""Headers of every answer, and names of the host that a page must not believe."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.faults.servers import Server, running

Serve = Callable[..., AbstractContextManager[Flask]]
BROWSER = {"Accept": "text/html"}
KINDS = [
    ("/", BROWSER),
    ("/query", BROWSER),
    ("/service", BROWSER),
    ("/queries", BROWSER),
    ("/none", BROWSER),
    ("/none", {}),
    ("/sparql?query=ASK{}", {}),
    ("/sparql?query=SELECT", {}),
    ("/sparql?query=SELECT", BROWSER),
    ("/cable/none", {}),
    ("/static/icon.svg", {}),
    ("/ontology.rdf", {}),
    ("/health", {}),
    ("/metrics", {}),
    ("/openapi.json", {}),
    ("/favicon.ico", {}),
]


@pytest.mark.parametrize(("path", "headers"), KINDS)
def test_answer_has_its_headers(client: FlaskClient, path: str, headers: dict[str, str]):
    for method in ("GET", "HEAD"):
        found = client.open(path, method=method, headers=headers)
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in found.headers["Content-Security-Policy"]
        assert found.headers["Access-Control-Allow-Origin"] == "*"
        if found.mimetype == "text/html":
            assert "default-src 'none'" in found.headers["Content-Security-Policy"]
            assert "unsafe" not in found.headers["Content-Security-Policy"]
            assert found.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "geolocation=()" in found.headers["Permissions-Policy"]


def test_answer_of_the_cache_has_them_too(data: Path, serve: Serve):
    with serve(data) as app:
        first, second = (app.test_client().get("/sparql?query=ASK{}") for _ in range(2))
    assert second.headers["X-Content-Type-Options"] == "nosniff"
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.parametrize("cache", ["0", "64"])
def test_304_leaves_the_policy_of_its_answer(data: Path, serve: Serve, cache: str):
    with serve(data, KG_CACHE=cache) as app:
        first = app.test_client().get("/query", headers=BROWSER)
        found = app.test_client().get("/query", headers=BROWSER | {"If-None-Match": first.headers["ETag"]})
    assert found.status_code == 304
    for name in ("Content-Security-Policy", "Cross-Origin-Opener-Policy"):
        assert found.headers.get(name, first.headers[name]) == first.headers[name]


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with running(data, KG_ACCESS_LOG="off") as found:
        yield found


def ask_raw(server: Server, request: str) -> bytes:
    """All that comes back until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(request.encode("latin-1"))
        found = bytearray()
        while piece := connection.recv(65_536):
            found += piece
    return bytes(found)


@pytest.mark.parametrize("path", ["/service", "/", "/query", "/none", "/sparql"])
@pytest.mark.parametrize("host", ['"><script>alert(1)</script>', "'onload=alert(1)", "<evil>", "evil.example"])
def test_host_is_never_markup_or_a_redirection(server: Server, path: str, host: str):
    found = ask_raw(server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
    head, _, body = found.partition(b"\r\n\r\n")
    assert b"<script>alert" not in body
    assert b"<evil>" not in body
    assert b"'onload" not in body
    assert b"Location:" not in head


def test_redirections_stay_on_the_host(server: Server):
    for path in ("/favicon.ico", "/ontology/Cable", "/graph/facts", "//evil.example/", "/\\evil.example", "/cables//"):
        found = ask_raw(server, f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        targets = [line for line in found.split(b"\r\n") if line.lower().startswith(b"location:")]
        assert [target for target in targets if b"evil" in target or b"//" in target.split(b"?")[0]] == []


def test_server_names_no_version(server: Server):
    for request in ("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "nonsense\r\n\r\n"):
        head = ask_raw(server, request).partition(b"\r\n\r\n")[0]
        named = [line for line in head.split(b"\r\n") if line.lower().startswith((b"server:", b"x-powered-by:"))]
        assert [line for line in named if any(digit in line for digit in b"0123456789")] == []
        assert b"Traceback" not in head
