"""What the query page's script is given: the terms that it completes, and a policy that lets it run from here alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.iris import CK, PREFIXES
from kg.web import create_app, editor
from kg.web.service import EXTENSION

LOCK = Path(__file__).parents[2] / "package-lock.json"
SCRIPT = '<script type="module" src="/static/yasgui/page.js"></script>'


@pytest.fixture(params=(True, False), ids=("built", "not built"))
def is_built(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """With the script and without, whichever of them this checkout has."""
    monkeypatch.setattr(editor, "is_built", lambda: request.param)
    return bool(request.param)


@pytest.fixture
def client(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of an application that keeps no page from before."""
    monkeypatch.setenv("KG_CACHE", "0")
    made = create_app(data)
    yield made.test_client()
    made.extensions[EXTENSION].pool.close()


@pytest.mark.parametrize("path", ["/query", "/query?query=ASK+%7B%7D", "/query?query=ASK"])
def test_page_has_its_script_where_it_is_built(client: FlaskClient, is_built: bool, path: str):
    assert (SCRIPT in client.get(path).text) is is_built


@pytest.mark.parametrize("path", ["/query", "/query?query=ASK+%7B%7D", "/query?query=ASK"])
def test_policy_lets_scripts_of_this_host_run_on_the_query_page_alone(client: FlaskClient, is_built: bool, path: str):
    assert ("script-src 'self'" in client.get(path).headers["Content-Security-Policy"]) is is_built
    assert "script-src" not in client.get("/").headers["Content-Security-Policy"]


def test_policy_never_lets_inline_code_run(client: FlaskClient, is_built: bool):
    policy = client.get("/query").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none';")


def test_terms_hold_base_prefixes_and_terms_with_their_labels(client: FlaskClient):
    response = client.get("/query/terms.json")
    assert response.mimetype == "application/json"
    known = json.loads(response.text)
    assert known["base"] == "https://w3id.org/cablekg/"
    assert known["prefixes"] == PREFIXES
    assert {"iri": f"{CK}Cable", "kind": "class", "label": "cable"} in known["terms"]


def test_terms_are_not_sent_twice(client: FlaskClient):
    tag = client.get("/query/terms.json").headers["ETag"]
    assert client.get("/query/terms.json", headers={"If-None-Match": tag}).status_code == 304


def test_lock_of_the_script_names_digests_and_no_registry():
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
