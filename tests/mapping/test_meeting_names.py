"""Meetings are named by who, what, where and when."""

from datetime import date

import pytest

from kg.extraction.model import DateExpression, Evidence, Meeting
from kg.mapping.meeting_names import meeting_label


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2007-21", "spring 2007"),
        ("2007-24~", "winter 2007~"),
        ("2006-23/2007-21", "autumn 2006/spring 2007"),
        ("2007-10", "2007-10"),
        ("2007-10-21", "2007-10-21"),
        ("2007-10-21/2007-10-24", "2007-10-21/2007-10-24"),
    ],
)
def test_label_names_a_season(edtf, told):
    when = DateExpression(text="x", edtf=edtf, earliest=date.min, latest=date.max, basis="stated")
    meeting = Meeting(
        key="1", participants=(), countries=(), date=when, place="Lisbon", kind="summit", ordinal=None, status="held",
        evidence=Evidence(part="p1", start=0, end=1), quote="x", rule="met", confidence=0.8,
    )  # fmt: skip
    assert meeting_label(meeting) == f"summit, Lisbon, {told}"
