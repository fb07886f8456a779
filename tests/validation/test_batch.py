"""Cables share a call and each gets its own results."""

import pytest

from kg.iris import CKS
from kg.validation import validate_cables
from kg.validation.model import Outcome, Result

BASE = "https://w3id.org/cablekg/"
IDS = [f"09QUITO{number}" for number in range(1, 8)]


@pytest.fixture
def cables(lines_of):
    return {one: lines_of(one) for one in IDS}


class BreaksOver:
    """An engine that no graph breaks but one with certain words, and that finds one thing about each cable."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.calls = 0

    def validate(self, lines):
        self.calls += 1
        every = list(lines)
        if any(self.words in line for line in every):
            return Outcome(failure="broken")
        found = {line.split("#p1>")[0] for line in every if "#p1> <" in line}
        return Outcome(results=tuple(about(focus[1:] + "#p1") for focus in sorted(found)))


def about(focus: str) -> Result:
    return Result(focus=focus, path=None, value=None, message="m", severity="Info", shape=None, component="c")


def test_every_cable_has_results_even_without_any(engine, cables):
    results = validate_cables(cables, engine)
    assert list(results) == IDS
    assert not any(of_cable.results or of_cable.is_refused for of_cable in results.values())


def test_no_cables_give_no_results(engine):
    assert validate_cables({}, engine) == {}


def test_results_go_to_the_cable_whose_node_is_in_focus(engine, cables):
    cables["09QUITO2"] = [line for line in cables["09QUITO2"] if "sentAt" not in line]
    cables["09QUITO5"] = [line.replace("term/held", "term/dreamt") for line in cables["09QUITO5"]]
    results = validate_cables(cables, engine)
    assert [result.shape for result in results["09QUITO2"].results] == [CKS + "cable-sent-at-missing"]
    assert [result.focus for result in results["09QUITO5"].results] == [BASE + "meeting/09QUITO5-1"]
    assert [one for one, of_cable in results.items() if of_cable.results] == ["09QUITO2", "09QUITO5"]


def test_ids_that_begin_alike_are_told_apart(engine, lines_of):
    cables = {"09QUITO7": lines_of("09QUITO7"), "09QUITO77": lines_of("09QUITO77")}
    cables["09QUITO77"] = [line for line in cables["09QUITO77"] if "09QUITO77 ¶2" not in line]
    results = validate_cables(cables, engine)
    assert results["09QUITO7"].results == ()
    assert len(results["09QUITO77"].results) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_results_are_the_same_in_any_batch(engine, cables, size):
    cables["09QUITO3"] = [line for line in cables["09QUITO3"] if "hasTag" not in line and "¶1" not in line]
    assert validate_cables(cables, engine, size=size) == validate_cables(cables, engine, size=7)


def test_violations_refuse_and_warnings_do_not(engine, cables):
    cables["09QUITO1"] = [line for line in cables["09QUITO1"] if "sentAt" not in line]
    cables["09QUITO2"] = [line for line in cables["09QUITO2"] if "canonicalId" not in line]
    results = validate_cables(cables, engine)
    assert not results["09QUITO1"].is_refused
    assert results["09QUITO2"].is_refused
    assert results["09QUITO2"].reasons == (results["09QUITO2"].results[0].message,)


def test_a_cable_that_breaks_the_engine_stands_alone(cables):
    engine = BreaksOver("09QUITO4#")
    results = validate_cables(cables, engine)
    assert [one for one, of_cable in results.items() if of_cable.failure] == ["09QUITO4"]
    assert results["09QUITO4"].is_refused
    assert results["09QUITO4"].reasons == ("validation failed: broken",)
    assert all(of_cable.results for one, of_cable in results.items() if one != "09QUITO4")
    assert engine.calls < 2 * len(IDS)


def test_order_survives_a_broken_batch(cables):
    assert list(validate_cables(cables, BreaksOver("09QUITO2#"))) == IDS


def test_a_focus_node_that_is_no_subject_goes_to_the_cables_that_mention_it(cables):
    class Finds:
        def validate(self, lines):
            return Outcome(results=(about(BASE + "cable/08LIMA12"),))

    cables["09QUITO1"] = [line for line in cables["09QUITO1"] if "08LIMA12" not in line]
    results = validate_cables(cables, Finds())
    assert [one for one, of_cable in results.items() if of_cable.results] == IDS[1:]
