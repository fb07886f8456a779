"""The W3C's query evaluation tests over HTTP: each query in every format, over the graphs of its own test.

The same tests are put to the engine without a server, which must not do better.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from tests.conformance import known
from tests.conformance.results import Answer, Graph, has_triple_terms, is_same, lexical, of_engine, read, read_file
from tests.conformance.w3c import QUERY_EVALUATION, Test, read_suite
from tests.conformance.w3c_server import Client, dataset, protocol_dataset, published, serving

pytestmark = pytest.mark.shared

SUITES: Final = ("sparql10", "sparql11", "sparql12")
# Entailment regimes are none of the engine's; federation asks servers that do not exist.
WITHOUT: Final = frozenset(["entailment", "service"])
SOLUTIONS: Final = {
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
WITHOUT_TRIPLE_TERMS: Final = frozenset(["csv", "rdf", "jsonld"])
# What XML 1.0 has no way to write.
NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BRACES: Final = re.compile(r"\{[^{}]*\}")
ORDER: Final = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)

Suite = dict[str, list[Test]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer."""

    reason: str


@pytest.fixture(scope="module")
def suites(shared: Path) -> Path:
    return shared / "suites" / "w3c-sparql"


@pytest.fixture(scope="module")
def tests(suites: Path) -> Suite:
    return {
        suite: [test for test in read_suite(suites, suite, without=WITHOUT) if test.kind in QUERY_EVALUATION]
        for suite in SUITES
    }


@pytest.fixture(scope="module")
def client(suites: Path, tests: Suite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    datasets = [dataset(suites, test) for suite in SUITES for test in tests[suite]]
    names = {iri for each in datasets for iri, _ in each.named}
    with serving(tmp_path_factory.mktemp("w3c") / "data", published(datasets), names) as found:
        yield found


@pytest.mark.parametrize("suite", SUITES)
def test_query_evaluation(suite, suites, tests, client, capsys):
    found = {test.id: (test, answer(test, client, own(test))) for test in tests[suite]}
    failures = {name: str(given) for name, (test, given) in found.items() if not is_right(test, given)}
    worse = [name for name in failures if is_right(found[name][0], engine(suites, found[name][0]))]
    assert not worse, "the engine by itself does better"
    line = known.check(f"w3c-{suite}-query", found, failures)
    with capsys.disabled():
        print(f"\n{line}")


@pytest.mark.parametrize("suite", SUITES)
def test_every_format_says_the_same(suite, tests, client):
    differing = []
    for test in tests[suite]:
        whole = answer(test, client, first(test))
        if not isinstance(whole, Refusal):
            differing += [f"{test.id} as {other}" for other in others(test) if not agrees(whole, test, client, other)]
    assert not differing


@pytest.mark.parametrize("suite", SUITES)
def test_a_format_that_cannot_hold_an_answer_is_refused(suite, tests, client):
    unheld = [test for test in tests[suite] if has_no_xml(read_file(test.result))]
    assert len(unheld) == (suite == "sparql12")
    for test in unheld:
        found = answer(test, client, "rdf")
        assert isinstance(found, Refusal)
        assert found.reason.startswith("400")


def first(test: Test) -> str:
    """The format that keeps all of a test's answer."""
    return "ttl" if isinstance(read_file(test.result), Graph) else "srj"


def own(test: Test) -> str:
    """The format that a test is about."""
    suffix = test.result.path.suffix[1:]
    return suffix if suffix in SOLUTIONS else first(test)


def others(test: Test) -> list[str]:
    """The other formats that can hold the answer of a test."""
    expected = read_file(test.result)
    formats = GRAPHS if isinstance(expected, Graph) else SOLUTIONS
    lacking = WITHOUT_TRIPLE_TERMS if has_triple_terms(expected) else frozenset()
    if has_no_xml(expected):
        lacking |= {"rdf"}
    return [each for each in formats if each not in lacking and each != first(test)]


def has_no_xml(expected: Answer) -> bool:
    """Whether a graph has a literal with a character that XML cannot hold."""
    quads = expected.quads if isinstance(expected, Graph) else ()
    return any(isinstance(quad.object, ox.Literal) and NO_XML.search(quad.object.value) for quad in quads)


def answer(test: Test, client: Client, suffix: str) -> Answer | Refusal:
    """The server's answer in a format."""
    query = f"BASE <{test.request.iri}>\n{test.request.text}"
    reply = client.ask(query, {**SOLUTIONS, **GRAPHS}[suffix], protocol_dataset(test))
    if reply.status != 200:
        return Refusal(f"{reply.status} {reply.body.decode()}")
    return read(reply.body, suffix, test.request.iri)


def agrees(whole: Answer, test: Test, client: Client, other: str) -> bool:
    """Whether the answer in another format is the same."""
    found = answer(test, client, other)
    return not isinstance(found, Refusal) and is_same(found, lexical(whole) if other == "csv" else whole)


def engine(suites: Path, test: Test) -> Answer | Refusal:
    """The engine's own answer, without a server."""
    found = dataset(suites, test)
    store = ox.Store()
    store.extend(found.quads())
    for iri, _ in found.named:
        store.add_graph(ox.NamedNode(iri))
    try:
        return of_engine(store.query(test.request.text, base_iri=test.request.iri))
    except SyntaxError as error:
        return Refusal(str(error))


def is_right(test: Test, found: Answer | Refusal) -> bool:
    """Whether an answer is the one that the test expects."""
    if isinstance(found, Refusal):
        return False
    expected = read_file(test.result)
    if test.result.path.suffix == ".csv":
        found = lexical(found)
    return is_same(found, expected, is_ordered=is_ordered(test.request.text), is_lax=test.is_lax)


def is_ordered(query: str) -> bool:
    """Whether a query settles the order of its solutions: by ORDER BY outside all braces."""
    count = 1
    while count:
        query, count = BRACES.subn("", query)
    return ORDER.search(query) is not None
