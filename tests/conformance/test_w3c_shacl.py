"""The W3C's SHACL tests through the interface that cables are validated by, engine by engine."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.resources import folder
from kg.validation import PyShaclEngine
from kg.validation.fast import ShaclEngine
from kg.validation.graphs import graph_of
from tests.conformance import known
from tests.conformance.shacl_features import features
from tests.conformance.w3c_shacl import Test, lines_of, read_suite

pytestmark = pytest.mark.shared

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "validation.md"
ENGINES = {"pyshacl": PyShaclEngine, "shacl": ShaclEngine}


@pytest.mark.parametrize("part", ["core", "sparql"])
@pytest.mark.parametrize("engine", ENGINES)
def test_w3c_shacl(engine, part, shared, capsys):
    tests = {f"{engine}/{test.id}": test for test in read_suite(shared / "suites" / "w3c-shacl", part)}
    told = {name: failure(ENGINES[engine], test) for name, test in tests.items()}
    line = known.check(f"w3c-shacl-{part} with {engine}", tests, {k: v for k, v in told.items() if v}, PAGE)
    with capsys.disabled():
        print(f"\n{line}")


def failure(make, test: Test) -> str | None:
    """What an engine does wrong in a test; None where it does it right."""
    try:
        outcome = make(graph_of(lines_of(test.shapes))).validate(test.lines)
    except UsageError as error:
        return None if test.expected is None else str(error)
    if test.expected is None:
        return None if outcome.failure else "the shapes are not refused"
    if outcome.failure:
        return outcome.failure
    found = test.found(outcome)
    missed, invented = test.expected - found, found - test.expected
    return f"missed {[*missed.elements()]}, invented {[*invented.elements()]}" if missed or invented else None


@pytest.mark.parametrize("part", ["core", "sparql"])
@pytest.mark.parametrize("engine", ENGINES)
def test_what_an_engine_fails_in_is_not_used_in_our_shapes(engine, part, shared):
    tests = {f"{engine}/{test.id}": features(test.shapes) for test in read_suite(shared / "suites" / "w3c-shacl", part)}
    failing = tests.keys() & known.known_failures().keys()
    sound = frozenset().union(*(used for name, used in tests.items() if name not in failing))
    ours = features(quad for file in folder("shapes").glob("*.ttl") for quad in ox.parse(path=str(file)))
    assert "sh:minCount" in ours
    for name in failing:
        blamed = tests[name] - sound
        assert blamed, (
            f"{name} uses nothing that does not work in another test: name what it does in {features.__module__}"
        )
        assert not blamed & ours, f"{engine} fails in {name}, and shapes/ uses what it fails in: {blamed & ours}"
