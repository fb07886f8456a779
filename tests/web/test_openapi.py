"""The OpenAPI document: valid, and the same as the routes."""

import re
from collections.abc import Iterator
from pathlib import Path

import schemathesis
import werkzeug.exceptions
from flask.testing import FlaskClient

import kg.web
from kg.errors import KgError, NoSnapshot, NotInGraph, QueryError
from kg.web import create_app
from kg.web.openapi import document
from kg.web.operations import ANY, MEANINGS, OPERATIONS, READ
from kg.web.refusals import REFUSALS

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


def test_page_of_statuses_has_the_same():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "http.md").read_text(encoding="utf-8")
    rows = [int(number) for number in re.findall(r"^\| (\d{3}) \|", page, re.MULTILINE)]
    assert rows == sorted(MEANINGS)


def test_every_status_that_is_answered_is_told():
    """Those of the errors, of what is no request, and those that the modules of the server name."""
    told = set(MEANINGS)
    assert {error.status for error in subclasses(QueryError)} | {NotInGraph.status, NoSnapshot.status} <= told
    assert {status for _, status, _, _ in REFUSALS} <= told
    sources = [path.read_text(encoding="utf-8") for path in Path(kg.web.__file__).parent.glob("*.py")]
    raised = {name for source in sources for name in re.findall(r"^from werkzeug.exceptions import (.*)", source, re.M)}
    names = {name.strip() for line in raised for name in line.split(",")} - {"HTTPException"}
    assert {"BadRequest", "Conflict", "NotAcceptable"} & names
    assert {getattr(werkzeug.exceptions, name).code for name in names} <= told


def test_what_is_read_may_be_read_on_conditions():
    reading = [each for each in OPERATIONS if each.method == "get" and 200 in each.statuses]
    assert [operation for operation in reading if not set(READ) <= set(operation.statuses)] == []


def subclasses(kind: type[KgError]) -> Iterator[type[KgError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from subclasses(each)
