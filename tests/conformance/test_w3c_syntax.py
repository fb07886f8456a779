"""The W3C's query syntax tests over HTTP: a sound query is answered, an unsound one is a syntax error."""

import json
from collections.abc import Iterator

import pytest

from kg.errors import QuerySyntaxError, UnknownFunction
from tests.conformance import known
from tests.conformance.w3c import NEGATIVE_SYNTAX, POSITIVE_SYNTAX, Test, read_suite
from tests.conformance.w3c_server import Client, Reply, serving

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("w3c") / "data") as found:
        yield found


@pytest.mark.parametrize("suite", ["sparql10", "sparql11", "sparql12"])
def test_query_syntax(suite, shared, client, capsys):
    every = read_suite(shared / "suites" / "w3c-sparql", suite)
    # Some tests of updates are typed as if they were queries.
    queries = (test for test in every if test.request and test.request.path.suffix == ".rq")
    tests = {test.id: test for test in queries if test.kind in POSITIVE_SYNTAX | NEGATIVE_SYNTAX}
    replies = {name: client.ask(test.request.text, "*/*") for name, test in tests.items()}
    failures = {name: told(reply) for name, reply in replies.items() if not is_right(tests[name], reply)}
    line = known.check(f"w3c-{suite}-syntax", tests, failures)
    with capsys.disabled():
        print(f"\n{line}")


def is_right(test: Test, reply: Reply) -> bool:
    """Whether a query was taken or refused as the test has it; of a function that is not there the syntax is sound."""
    title = "" if reply.status == 200 else json.loads(reply.body)["title"]
    if test.kind in POSITIVE_SYNTAX:
        return reply.status == 200 or title == UnknownFunction.title
    return (reply.status, title) == (400, QuerySyntaxError.title)


def told(reply: Reply) -> str:
    return f"{reply.status} {reply.body.decode()[:300]}"
