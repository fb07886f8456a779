"""E.O. lines and their schedules."""

from datetime import date

import pytest

from kg.cables.clean import clean
from kg.cables.fields.executive_orders import read_classifying_officer, read_executive_order
from kg.cables.model import DateValue, TextValue


def schedule(text):
    return read_executive_order(clean(text), 0, len(text))[1]


def said(text):
    """What the schedule says beside its order, plain."""
    found = schedule(text)
    names = [name for name in type(found).__dataclass_fields__ if name not in ("as_sent", "start", "end", "order")]
    values = {name: getattr(found, name) for name in names}
    return {
        name: value.value if isinstance(value, TextValue | DateValue) else value
        for name, value in values.items()
        if value
    }


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("12958: DECL: 02/02/2019", "E.O. 12958", date(2019, 2, 2)),
        ("12958 DECL: 2020/02/09", "E.O. 12958", date(2020, 2, 9)),
        ("12958: DECL: 2019-02-02", "E.O. 12958", date(2019, 2, 2)),
        ("12958: decl: 6/30/08", "E.O. 12958", date(2008, 6, 30)),
        ("12958: DECLl: 02/02/2009", "E.O. 12958", date(2009, 2, 2)),
        ("12958 02/02/2019", "E.O. 12958", date(2019, 2, 2)),
        ("13526: DECL: 3/4/35", "E.O. 13526", date(2035, 3, 4)),
        ("12958: DECL: 22/11/2012", "E.O. 12958", date(2012, 11, 22)),
        ("12958: DECL: 2 FEB 2019", "E.O. 12958", date(2019, 2, 2)),
        ("12065: GDS 8/12/85 (DOE, JANE Q.) OR-P", "E.O. 12065", date(1985, 8, 12)),
        ("12065: RDS-1 3/1/09 (DOE, JANE Q.) OR-M", "E.O. 12065", date(2009, 3, 1)),
        ("11652: ADS, DECLAS 12-31-74", "E.O. 11652", date(1974, 12, 31)),
        ("11652: ADS DEC 31, 1974", "E.O. 11652", date(1974, 12, 31)),
        ("11652: GDS", "E.O. 11652", None),
        ("12958: N/A", "E.O. 12958", None),
        ("12356: DECL: OADR", "E.O. 12356", None),
        ("12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006", "E.O. 12958", None),
        ("12958: DECL: AFTER KOREAN UNIFICATION", "E.O. 12958", None),
        ("12958: DECL: 13/45/2019", "E.O. 12958", None),
        ("12958: DNG: CO 02/02/2019", "E.O. 12958", None),
    ],
)
def test_executive_order(text, value, day):
    order, found = read_executive_order(clean(text), 0, len(text))
    assert order.value == value
    assert order.as_sent == found.as_sent == text
    assert found.order == value.removeprefix("E.O. ")
    assert (found.declassify_on and found.declassify_on.value) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12958: N/A", {"scheme": "N/A"}),
        ("12958:n/a", {"scheme": "N/A"}),
        ("11652: N.A.", {"scheme": "N/A"}),
        ("12958: DECL:OADR", {"scheme": "OADR"}),
        ("12958: DECL: MR", {"scheme": "MR"}),
        ("11652: GDS", {"scheme": "GDS"}),
        ("11652: XGDS-3", {"scheme": "XGDS", "category": "XGDS-3"}),
        ("11652: XGDS (1)", {"scheme": "XGDS", "category": "XGDS-1"}),
        ("11652: XGDS-1,2", {"scheme": "XGDS", "category": "XGDS-1,2"}),
        ("11652: EXEMPT", {"scheme": "EXEMPT"}),
        ("12958: DECL: X1", {"scheme": "DECL", "exemptions": ("X1",)}),
        ("12958: DECL: 1.6X1, 1.6X6", {"scheme": "DECL", "exemptions": ("1.6X1", "1.6X6")}),
        ("12958: DECL: 25X1-nets", {"scheme": "DECL", "exemptions": ("25X1",)}),
        (
            "12958: DNG: CO 02/02/2019",
            {"scheme": "DNG", "downgrade_to": "CONFIDENTIAL", "downgrade_on": date(2019, 2, 2)},
        ),
        (
            "12958: DNG: UN 02/02/2019 DECL: 02/02/2024",
            {
                "scheme": "DNG",
                "downgrade_to": "UNCLASSIFIED",
                "downgrade_on": date(2019, 2, 2),
                "declassify_on": date(2024, 2, 2),
            },
        ),
        (
            "12958: DECL: 12/31/2014 EXT",
            {"scheme": "DECL", "declassify_on": date(2014, 12, 31), "is_extended": True},
        ),
        (
            "12958: DECL: TEN YEARS AFTER THE UNION OF THE CAPES TAGS: PREL",
            {"scheme": "DECL", "event": "TEN YEARS AFTER THE UNION OF THE CAPES"},
        ),
        ("12958: after the union", {"scheme": "DECL", "event": "after the union"}),
        ("12958 DECL: CLOSURE OF THE COURT", {"scheme": "DECL", "event": "CLOSURE OF THE COURT"}),
        (
            "12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006",
            {"scheme": "DECL", "is_released": True, "released_on": date(2006, 6, 21)},
        ),
        (
            "12958: DECL: DECLASSIFIED BY NARA 02/02/2009",
            {"scheme": "DECL", "is_released": True, "released_on": date(2009, 2, 2)},
        ),
        (
            "12065: RDS-1 3/1/99 (ROE, JOHN) OR-M",
            {
                "scheme": "RDS",
                "category": "RDS-1",
                "declassify_on": date(1999, 3, 1),
                "officer": "JOHN ROE",
                "authority": "OR-M",
            },
        ),
        ("12958 XXXXXXXXXXXXX", {}),
        ("12958:", {}),
    ],
)
def test_schedule(text, expected):
    assert said(text) == expected


def test_values_of_the_schedule_stand_where_they_stand():
    text = "12958: DNG: CO 02/02/2019 DECL: 02/02/2024"
    found = schedule(text)
    for value in (found, found.downgrade_on, found.declassify_on):
        assert value.as_sent == text[value.start : value.end]


def test_classifying_officer():
    found = read_classifying_officer(clean("12065: GDS 8/12/85 (DOE, JANE Q.) OR-P"), 0, 39)
    assert (found.name, found.as_sent, found.reasons) == ("JANE Q. DOE", "DOE, JANE Q.", ())


@pytest.mark.parametrize("text", ["12065: GDS 8/12/85", "12958: DECL: (1.4 (b), (d))", "12065: GDS (NONE)"])
def test_no_classifying_officer(text):
    assert read_classifying_officer(clean(text), 0, len(text)) is None


def test_hostile_lines_are_read_in_time():
    for text in ("DECL " * 5000, "1.6X1 " * 4000, "DNG: " * 5000, "(A, " * 5000, "1/1/1" * 5000, "XGDS-1,1," * 3000):
        schedule("12958: " + text)
