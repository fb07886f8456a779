"""Triples are counted by the kind of node they belong to."""

import pytest

from kg.mapping import budget, map_cable
from kg.mapping.budget import KINDS, node_kind, triples_by_kind

BASE = "https://w3id.org/cablekg/"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cable/09QUITO77", "cable"),
        ("cable/09QUITO77#to1", "addressing"),
        ("cable/09QUITO77#refA-2", "reference"),
        ("cable/09QUITO77#text1", "text"),
        ("cable/09QUITO77#p6", "paragraph"),
        ("cable/09QUITO77#p6-2", "paragraph"),
        ("cable/09QUITO77#subject", "part"),
        ("cable/09QUITO77#p6-2-0-10", "mention"),
        ("cable/09QUITO77#subject-0-10", "mention"),
        ("official/aaaaaaaaaa", "official"),
        ("meeting/09QUITO77-1", "meeting"),
        ("ontology#Cable", "other"),
    ],
)
def test_node_kind(path, kind):
    assert node_kind(f"<{BASE}{path}> <p:q> <r:s> .\n") == kind


@pytest.mark.parametrize("text", ["_:b1 <p:q>", '"cable/09QUITO77"', "<https://w3id.org/cablekg/cable/>"])
def test_subject_does_not_match(text):
    assert not budget._SUBJECT.match(text)


def test_all_lines_of_a_cable_are_counted_under_the_kinds_named(cable, facts, resolved, iris):
    lines = map_cable(cable, facts, resolved, iris)
    counts = triples_by_kind(lines)
    assert counts.total() == len(lines)
    assert set(counts) <= set(KINDS)
