"""A build with extractors: what they add, where it lies, what is reported, and that a failing one changes nothing."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.extractors.installed import Consulting, choose
from kg.build.pipeline import Plan, add, build
from kg.store.folder import DataFolder
from kg.store.opening import open_store

CABLE = """DE RUEHLI #9901/01 0450930
R 140930Z FEB 07
FM AMEMBASSY LISBON
TO RUEHC/SECSTATE WASHDC
BT
UNCLAS LISBON 009901

SUBJECT: HARBOR

1. (U) The new harbor was built under Zumbrel Falquero, whom nobody in the town had ever liked.

2. (U) Minister of Works Orfala Quillabert met Falquero on February 3.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A cable with one name that no rule explains."""
    path = tmp_path / "cable.txt"
    path.write_text(CABLE)
    return path


@pytest.fixture
def plan(plan_of: Callable[..., Plan], tmp_path: Path, source: Path, plugins: Path) -> Callable[..., Plan]:
    """A function from names of extractors to the plan of a build with them."""

    def make(*names: str, data: str = "data", timeout: float = 30.0) -> Plan:
        made = plan_of(tmp_path / data, source)
        return dataclasses.replace(
            made, consulting=Consulting(extractors=choose(names), cache=made.data.cache, timeout=timeout)
        )

    return make


def lines(data: DataFolder, graph: str | None = None) -> list[str]:
    store = open_store(data.snapshot().store)
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(f"https://w3id.org/cablekg/graph/{graph}")
    return sorted(str(quad.triple) for quad in store.quads_for_pattern(None, None, None, name))


def test_what_nobody_measured_lies_among_the_candidates(plan):
    bare, made = plan(data="bare"), plan("good")
    build(bare)
    report = build(made)
    assert report.extractors[0].admitted == 1
    facts, candidates = lines(made.data), lines(made.data, "candidates")
    assert not any("plugin:good" in line for line in facts)
    # The meeting of somebody who is only suggested keeps the name as text.
    assert {line.split(" ")[1] for line in facts if '"Zumbrel Falquero"' in line} == {
        "<https://w3id.org/cablekg/ontology#participantText>"
    }
    assert any('foaf/0.1/name> "Zumbrel Falquero"' in line for line in candidates)
    assert any('#rule> "plugin:good"' in line for line in candidates)


def test_what_was_measured_is_a_fact(plan):
    made = plan("good=0.73")
    build(made)
    assert any('foaf/0.1/name> "Zumbrel Falquero"' in line for line in lines(made.data))
    assert any('#confidence> "0.73"' in line for line in lines(made.data))


def test_refusals_are_reported_and_named(plan):
    made = plan("good")
    report = build(made)
    snapshot = made.data.snapshot()
    assert report.extractors[0].refused == {"not-in-text": 1}
    assert snapshot.manifest()["report"]["extractors"][0]["refused"] == {"not-in-text": 1}
    (named,) = (json.loads(line) for line in (snapshot.path / "extractors.jsonl").read_text().splitlines())
    assert (named["refused"], named["text"]) == ("not-in-text", "Nobody Atall")


@pytest.mark.parametrize("name", ["raising", "dying", "hanging"])
def test_a_failing_extractor_leaves_the_facts_of_the_rules(plan, name):
    bare, made = plan(data="bare"), plan(name, timeout=3.0)
    build(bare)
    report = build(made)
    assert sum(report.extractors[0].failed.values()) == 1
    assert not report.has_failures
    assert lines(made.data) == lines(bare.data)


def test_kept_answers_give_the_same_snapshot_and_nothing_is_asked(plan, asked):
    build(plan("good"))
    assert asked() == ["p1"]
    second, third = build(plan("good")), build(plan("good"))  # the ledger of the first is an input of the second
    assert asked() == ["p1"]
    assert (second.extractors[0].kept, second.snapshot) == (1, third.snapshot)
    assert build(plan()).snapshot != third.snapshot


def test_add_asks_those_that_the_graph_was_built_with(plan, tmp_path, plugins):
    made = plan("good=0.73")
    build(made)
    more = tmp_path / "more.txt"
    more.write_text(CABLE.replace("9901", "9902").replace("the town", "the city"))
    report = add(dataclasses.replace(made, arguments=(str(more),), consulting=Consulting(cache=made.data.cache)))
    assert [(one.name, one.confidence, one.admitted) for one in report.extractors] == [("good", 0.73, 2)]


def test_the_folder_of_answers_alone_is_no_foreign_folder(plan):
    made = plan("good")
    made.data.cache.mkdir(parents=True)
    assert build(made).loaded == 1
