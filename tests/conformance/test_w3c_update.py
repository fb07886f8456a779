"""The W3C's tests of updates over HTTP: what an update makes of a dataset, and which texts are updates.

The evaluation tests are put to the engine without a server, too, which must not do better.
"""

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.errors import UpdateConflict, UpdateRefused, UpdateSyntaxError
from tests.conformance import known
from tests.conformance.results import Graph, is_same
from tests.conformance.w3c import NEGATIVE_UPDATE_SYNTAX, POSITIVE_UPDATE_SYNTAX, UPDATE_EVALUATION, Test, read_suite
from tests.conformance.writable import Client, Reply, writing

pytestmark = pytest.mark.shared
SUITES = ("sparql11", "sparql12")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with writing(tmp_path_factory.mktemp("w3c") / "data") as found:
        yield found


@pytest.mark.parametrize("suite", SUITES)
def test_update_evaluation(suite, shared, client, capsys):
    tests = {
        test.id: test for test in read_suite(shared / "suites" / "w3c-sparql", suite) if test.kind in UPDATE_EVALUATION
    }
    failures = {}
    for name, test in tests.items():
        client.become(test.data.quads())
        reply = client.update(_with_base(test))
        if reply.status != 204:
            failures[name] = f"{reply.status} {reply.body.decode()[:300]}"
        elif not is_right(client.quads(), test):
            failures[name] = "another dataset"
    assert {name for name in failures if is_right(_of_engine(tests[name]), tests[name])} == set()
    line = known.check(f"w3c-{suite}-update", tests, failures)
    with capsys.disabled():
        print(f"\n{line}")


@pytest.mark.parametrize("suite", SUITES)
def test_update_syntax(suite, shared, client, capsys):
    tests = {
        test.id: test
        for test in read_suite(shared / "suites" / "w3c-sparql", suite)
        # Some are typed as if they were queries.
        if test.request and test.request.path.suffix == ".ru" and test.kind not in UPDATE_EVALUATION
    }
    failures = {}
    for name, test in tests.items():
        client.become()
        reply = client.update(_with_base(test))
        if not is_as_told(test, reply):
            failures[name] = f"{test.kind} {reply.status} {reply.body.decode()[:300]}"
    line = known.check(f"w3c-{suite}-update-syntax", tests, failures)
    with capsys.disabled():
        print(f"\n{line}")


def is_right(quads: frozenset[ox.Quad], test: Test) -> bool:
    """Whether a dataset is the one that a test expects, but for the names of blank nodes."""
    return is_same(Graph(quads=quads), Graph(quads=frozenset(test.result_data.quads())))


def is_as_told(test: Test, reply: Reply) -> bool:
    """Whether an update was taken or refused as the test has it.

    What the graphs do not allow is sound, and so is LOAD, which is refused when the engine has found the update sound.
    """
    title = "" if reply.status == 204 else json.loads(reply.body)["title"]
    if test.kind in POSITIVE_UPDATE_SYNTAX or test.kind.startswith("Positive"):
        return reply.status == 204 or title in (UpdateConflict.title, UpdateRefused.title)
    assert test.kind in NEGATIVE_UPDATE_SYNTAX or test.kind.startswith("Negative")
    return (reply.status, title) == (400, UpdateSyntaxError.title)


def _with_base(test: Test) -> str:
    """The update as it is published: relative IRIs count from its own."""
    text = test.request.text
    return text if text.startswith("VERSION") else f"BASE <{test.request.iri}> {text}"


def _of_engine(test: Test) -> frozenset[ox.Quad]:
    store = ox.Store()
    store.extend(test.data.quads())
    try:
        store.update(test.request.text, base_iri=test.request.iri)
    except (SyntaxError, RuntimeError):
        return frozenset([ox.Quad(ox.NamedNode("urn:failed"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"))])
    return frozenset(store)
