"""The OpenAPI document: valid, and the same as the routes."""

import re
from collections.abc import Iterator
from pathlib import Path

import schemathesis
from flask.testing import FlaskClient

from kg.web import create_app
from kg.web.openapi import document
from kg.web.operations import ANY, MEANINGS, OPERATIONS

# <any(cables,posts):name>
CHOICE = re.compile(r"<any\((?P<words>[^)]*)\):\w+>")
VARIABLE = re.compile(r"<[^<>]+>")
IMPLIED = {"HEAD", "OPTIONS"}


def addresses(rule: str) -> Iterator[str]:
    """A route as OpenAPI has it: choices one by one, a variable as {name}."""
    choice = CHOICE.search(rule)
    if choice is None:
        yield VARIABLE.sub("{name}", rule)
        return
    for word in choice["words"].split(","):
        yield from addresses(rule.replace(choice[0], word, 1))


def test_document_has_every_route_and_method(tmp_path: Path):
    served = {
        (address, method.lower())
        for rule in create_app(tmp_path).url_map.iter_rules()
        for address in addresses(rule.rule)
        for method in (rule.methods or set()) - IMPLIED
    }
    described = [(path, operation.method) for operation in OPERATIONS for path in operation.paths]
    assert sorted(described) == sorted(served)


def test_document_is_valid(client: FlaskClient):
    found = client.get("/openapi.json")
    assert found.content_type == "application/json"
    schemathesis.openapi.from_dict(found.json).validate()
    assert found.json["openapi"] == "3.1.0"


def test_document_names_where_it_is_served():
    assert document("/cables")["servers"] == [{"url": "/cables"}]


def test_every_operation_has_what_any_request_may_come_to():
    assert [operation for operation in OPERATIONS if not set(ANY) <= set(operation.statuses)] == []


def test_every_status_is_in_use():
    assert {status for operation in OPERATIONS for status in operation.statuses} == set(MEANINGS)


def test_page_of_statuses_has_every_error():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "http.md").read_text(encoding="utf-8")
    rows = {int(number) for number in re.findall(r"^\| (\d{3}) \|", page, re.MULTILINE)}
    assert {status for status in MEANINGS if status >= 400} - rows == set()
