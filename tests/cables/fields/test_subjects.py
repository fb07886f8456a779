"""Subjects and the portion markings before them."""

import pytest

from kg.cables.clean import clean
from kg.cables.fields.subjects import read_subject


@pytest.mark.parametrize(
    ("text", "value", "marking"),
    [
        ("NETS FOR THE CAPE", "NETS FOR THE CAPE", None),
        ("NETS FOR\n  THE CAPE ", "NETS FOR THE CAPE", None),
        ("(C) NETS", "NETS", "C"),
        ("(S/NF) NETS", "NETS", "S/NF"),
        ("(U//FOUO) NETS", "NETS", "U//FOUO"),
        ("( SBU ) NETS", "NETS", "SBU"),
        ("(CORRECTED COPY) NETS", "(CORRECTED COPY) NETS", None),
        ("(UNDATED) NETS", "(UNDATED) NETS", None),
        ("NETS &amp; ROPES OF THE KING&#8217;S FLEET", "NETS & ROPES OF THE KING’S FLEET", None),
        ("NETS R&D; ROPES", "NETS R&D; ROPES", None),
        ("(C)", "", "C"),
    ],
)
def test_subject(text, value, marking):
    found = read_subject(clean(text), 0, len(text))
    assert (found.value, found.portion_marking) == (value, marking)
    assert found.as_sent == text.strip() == text[found.start : found.end]
