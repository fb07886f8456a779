"""E.O. lines."""

from datetime import date

import pytest

from kg.cables.clean import clean
from kg.cables.executive_orders import read_classifying_officer, read_executive_order


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("12958: DECL: 02/02/2019", "E.O. 12958", date(2019, 2, 2)),
        ("12958 DECL: 2020/02/09", "E.O. 12958", date(2020, 2, 9)),
        ("12958: decl: 6/30/08", "E.O. 12958", date(2008, 6, 30)),
        ("12065: GDS 8/12/85 (DOE, JANE Q.) OR-P", "E.O. 12065", date(1985, 8, 12)),
        ("11652: ADS, DECLAS 12-31-74", "E.O. 11652", date(1974, 12, 31)),
        ("11652: GDS", "E.O. 11652", None),
        ("12958: N/A", "E.O. 12958", None),
        ("12356: DECL: OADR", "E.O. 12356", None),
        ("12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006", "E.O. 12958", None),
        ("12958: DECL: AFTER KOREAN UNIFICATION", "E.O. 12958", None),
        ("12958: DECL: 13/45/2019", "E.O. 12958", None),
    ],
)
def test_executive_order(text, value, day):
    order, declassify_on = read_executive_order(clean(text), 0, len(text))
    assert order.value == value
    assert order.as_sent == text
    assert (declassify_on and declassify_on.value) == day


def test_classifying_officer():
    found = read_classifying_officer(clean("12065: GDS 8/12/85 (DOE, JANE Q.) OR-P"), 0, 39)
    assert (found.name, found.as_sent, found.reasons) == ("JANE Q. DOE", "DOE, JANE Q.", ())


@pytest.mark.parametrize("text", ["12065: GDS 8/12/85", "12958: DECL: (1.4 (b), (d))", "12065: GDS (NONE)"])
def test_no_classifying_officer(text):
    assert read_classifying_officer(clean(text), 0, len(text)) is None
