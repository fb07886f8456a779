"""No term changes without an entry and a higher version, and none goes without having been deprecated."""

import pytest
from rdflib import Graph

from kg.resources import folder
from kg.vocabulary.changes import Change, changes
from scripts.ontology_versions import DEPRECATED, MARK, PAGE, differences, faults, frozen, table, terms, version_of
from tests.ontology.reasoning import DECLARATIONS

OLD = {"Harbor": "a1", "depth": "b1", "pilot": DEPRECATED}


def told(version: str, **rows: str) -> tuple[Change, ...]:
    return tuple(Change(version=version, change=how, term=t, replacement=None, note="") for t, how in rows.items())


def test_ontology_has_an_entry_for_every_change() -> None:
    graph = Graph().parse(folder("ontology") / "ontology.ttl")
    assert faults(version_of(graph), terms(graph), frozen(), changes()) == []


def test_page_shows_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8").partition(MARK)[2] == table(changes()), (
        "run python -m scripts.ontology_versions --write"
    )


def test_version_iri_ends_with_the_version() -> None:
    text = (folder("ontology") / "ontology.ttl").read_text(encoding="utf-8")
    version = version_of(Graph().parse(data=text, format="turtle"))
    assert text.count(f"cablekg/ontology/{version}>") == 1
    assert f"version {version}." in text


@pytest.mark.parametrize("change", [{"Harbor": "a2"}, {"depth": DEPRECATED}, {"quay": "c1"}])
def test_change_of_a_frozen_version_is_a_fault(change: dict[str, str]) -> None:
    assert len(faults("0.1.0", OLD | change, {"0.1.0": OLD}, ())) == 1


def test_change_in_a_new_version_needs_an_entry() -> None:
    new = OLD | {"Harbor": "a2"}
    assert len(faults("0.2.0", new, {"0.1.0": OLD}, ())) == 1
    assert len(faults("0.2.0", new, {"0.1.0": OLD}, told("0.2.0", Harbor="added"))) == 1
    assert faults("0.2.0", new, {"0.1.0": OLD}, told("0.2.0", Harbor="changed")) == []


def test_entry_without_a_change_is_a_fault() -> None:
    assert len(faults("0.2.0", OLD, {"0.1.0": OLD}, told("0.2.0", Harbor="changed"))) == 1


def test_version_must_follow_the_frozen_one() -> None:
    assert len(faults("0.9.0", OLD, {"0.1.0": OLD, "0.10.0": OLD}, ())) == 1


def test_only_what_was_deprecated_may_go() -> None:
    new = {"Harbor": "a1"}
    rows = told("0.2.0", depth="removed", pilot="removed")
    assert faults("0.2.0", new, {"0.1.0": OLD}, rows) == ["depth removed without having been deprecated"]
    assert faults("0.2.0", new, {"0.0.1": OLD}, rows) == []


def test_differences_tell_what_happened() -> None:
    new = {"Harbor": "a2", "depth": DEPRECATED, "quay": "c1"}
    assert differences(OLD, new) == {"Harbor": "changed", "depth": "deprecated", "pilot": "removed", "quay": "added"}


@pytest.mark.parametrize(("line", "how"), [
    ('rdfs:comment "Where a message lies."@en', None),
    ("rdfs:range ck:Post", "changed"),
    ("owl:deprecated true", "deprecated"),
    ("owl:disjointWith ck:Post", "changed"),
])  # fmt: skip
def test_digest_is_of_axioms_not_of_words(line: str, how: str | None) -> None:
    before = Graph().parse(folder("ontology") / "ontology.ttl")
    after = Graph() + before
    after.parse(data=f"{DECLARATIONS} ck:CitedCable {line} .", format="turtle")
    assert set(differences(terms(before), terms(after)).values()) == ({how} if how else set())
