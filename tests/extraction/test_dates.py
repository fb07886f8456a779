import re
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import dates

BASE = date(2009, 2, 3)


def read(text, *, base=BASE, is_future=False):
    return [at.value for at in dates.dates_in(text, text, base, lambda _: is_future)]


# Text, EDTF, earliest and latest day, for a cable of 3 February 2009.
PAST = [
    ("in mid-January", "2009-01", "2009-01-11", "2009-01-20"),
    ("in late January", "2009-01", "2009-01-21", "2009-01-31"),
    ("in early November 2008", "2008-11", "2008-11-01", "2008-11-10"),
    ("on October 29", "2008-10-29", "2008-10-29", "2008-10-29"),
    ("the November 18th fire", "2008-11-18", "2008-11-18", "2008-11-18"),
    ("on Feb. 1", "2009-02-01", "2009-02-01", "2009-02-01"),
    ("December 4-6", "2008-12-04/2008-12-06", "2008-12-04", "2008-12-06"),
    ("October 21, 22 and 23", "2008-10-21/2008-10-23", "2008-10-21", "2008-10-23"),
    ("from 14-16 May", "2008-05-14/2008-05-16", "2008-05-14", "2008-05-16"),
    ("3 March 2007", "2007-03-03", "2007-03-03", "2007-03-03"),
    ("10/29/2008", "2008-10-29", "2008-10-29", "2008-10-29"),
    ("in late 2006", "2006", "2006-09-01", "2006-12-31"),
    ("in the late 1980s", "198X", "1987-01-01", "1989-12-31"),
    ("two days ago", "2009-02-01", "2009-02-01", "2009-02-01"),
    ("three weeks earlier", "2009-01", "2009-01-10", "2009-01-16"),
    ("yesterday", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("the previous day", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("last week", "2009-01-26/2009-02-01", "2009-01-26", "2009-02-01"),
    ("last month", "2009-01", "2009-01-01", "2009-01-31"),
    ("last year", "2008", "2008-01-01", "2008-12-31"),
    ("this spring", "2009-21", "2009-03-01", "2009-05-31"),
    ("on Sunday", "2009-02-01", "2009-02-01", "2009-02-01"),
    ("mid- to late January", "2009-01", "2009-01-11", "2009-01-31"),
    ("the first week of December", "2008-12", "2008-12-01", "2008-12-07"),
    ("at the end of November", "2008-11", "2008-11-21", "2008-11-30"),
    ("the week of January 26", "2009-01-26/2009-02-01", "2009-01-26", "2009-02-01"),
    ("the week of 12 January", "2009-01-12/2009-01-18", "2009-01-12", "2009-01-18"),
    ("between May 3 and May 5", "2008-05-03/2008-05-05", "2008-05-03", "2008-05-05"),
    ("between May and July 2007", "2007-05/2007-07", "2007-05-01", "2007-07-31"),
    ("from November 28 to December 3", "2008-11-28/2008-12-03", "2008-11-28", "2008-12-03"),
    ("30 November - 2 December 2008", "2008-11-30/2008-12-02", "2008-11-30", "2008-12-02"),
    ("May 3 and 4", "2008-05-03/2008-05-04", "2008-05-03", "2008-05-04"),
    ("September or October", "2008-09/2008-10", "2008-09-01", "2008-10-31"),
    ("in September or October this year", "2009-09/2009-10", "2009-09-01", "2009-10-31"),
    ("in March of last year", "2008-03", "2008-03-01", "2008-03-31"),
    ("the 3rd of December", "2008-12-03", "2008-12-03", "2008-12-03"),
    ("2 FEB", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("FEB 2", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("at 0930 hours on 2 February", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("12/14/08", "2008-12-14", "2008-12-14", "2008-12-14"),
    ("2008-12-14", "2008-12-14", "2008-12-14", "2008-12-14"),
    ("early in 2008", "2008", "2008-01-01", "2008-04-30"),
    ("the summer of 2008", "2008-22", "2008-06-01", "2008-08-31"),
    ("the third quarter of 2008", "2008-07/2008-09", "2008-07-01", "2008-09-30"),
    ("the first half of 2008", "2008-01/2008-06", "2008-01-01", "2008-06-30"),
    ("Q2 2007", "2007-04/2007-06", "2007-04-01", "2007-06-30"),
    ("FY08", "2007-10/2008-09", "2007-10-01", "2008-09-30"),
    ("fiscal year 2007", "2006-10/2007-09", "2006-10-01", "2007-09-30"),
    ("the 1970's", "197X", "1970-01-01", "1979-12-31"),
    ("the mid-90s", "199X", "1994-01-01", "1996-12-31"),
    ("the 2003 Harbor Summit", "2003", "2003-01-01", "2003-12-31"),
    ("in 2007-2008", "2007/2008", "2007-01-01", "2008-12-31"),
    ("from 2004 to 2006", "2004/2006", "2004-01-01", "2006-12-31"),
    ("late 2007 or early 2008", "2007/2008", "2007-09-01", "2008-04-30"),
    ("several weeks ago", "2008-12/2009-01", "2008-12-16", "2009-01-13"),
    ("a year and a half ago", "2008", "2008-01-01", "2008-12-31"),
    ("in recent weeks", "2008-12/2009-02", "2008-12-23", "2009-02-03"),
    ("over the past three months", "2008-11/2009-02", "2008-11-05", "2009-02-03"),
    ("earlier this month", "2009-02", "2009-02-01", "2009-02-28"),
    ("late last year", "2008", "2008-09-01", "2008-12-31"),
    ("over the weekend", "2009-01-31/2009-02-01", "2009-01-31", "2009-02-01"),
    ("last May", "2008-05", "2008-05-01", "2008-05-31"),
    ("last fall", "2008-23", "2008-09-01", "2008-11-30"),
    ("on the 14th", "2009-01-14", "2009-01-14", "2009-01-14"),
    ("last night", "2009-02-02", "2009-02-02", "2009-02-02"),
    ("Thursday, January 29", "2009-01-29", "2009-01-29", "2009-01-29"),
]
TOLD = [
    ("the same day", "2008-10-29"),
    ("later that day", "2008-10-29"),
    ("the next day", "2008-10-30"),
    ("the day before", "2008-10-28"),
    ("two days later", "2008-10-31"),
    ("the following week", "2008-11-03/2008-11-09"),
    ("the previous week", "2008-10-20/2008-10-26"),
]


@pytest.mark.parametrize(("text", "edtf", "earliest", "latest"), PAST)
def test_past(text, edtf, earliest, latest):
    (value,) = read(text)
    assert (value.edtf, value.earliest.isoformat(), value.latest.isoformat()) == (edtf, earliest, latest)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on March 15", "2009-03-15"),
        ("in December", "2009-12"),
        ("on January 20", "2010-01-20"),
        ("on the 14th", "2009-02-14"),
        ("September or October", "2009-09/2009-10"),
    ],
)
def test_future(text, edtf):
    (value,) = read(text, is_future=True)
    assert (value.edtf, value.basis) == (edtf, "next-occurrence")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Thursday", "2009-02-05"),
        ("over the weekend", "2009-02-07/2009-02-08"),
        ("by the end of the year", "2009"),
        ("in the coming weeks", "2009-02/2009-03"),
        ("the week of February 16", "2009-02-16/2009-02-22"),
    ],
)
def test_future_told_from_the_cable(text, edtf):
    (value,) = read(text, is_future=True)
    assert (value.edtf, value.basis) == (edtf, "relative")


@pytest.mark.parametrize(("text", "edtf"), TOLD)
def test_day_told_from_another_in_the_sentence(text, edtf):
    values = read(f"Ruiz came on October 29 and left {text}")
    assert [value.edtf for value in values] == ["2008-10-29", edtf]


@pytest.mark.parametrize(("text", "edtf"), TOLD)
def test_day_told_from_another_before(text, edtf):
    (at,) = dates.dates_in(text, text, BASE, lambda _: False, date(2008, 10, 29))
    assert at.value.edtf == edtf


def test_day_of_the_coming_weeks_is_no_day_of_last_year():
    (value,) = read("on February 20")
    assert (value.edtf, value.basis) == ("2009-02-20", "nearest-occurrence")


def test_january_after_a_cable_of_december_is_the_coming_one():
    (value,) = read("on January 4", base=date(2008, 12, 20))
    assert value.edtf == "2009-01-04"


@pytest.mark.parametrize(
    "text", ["February 30", "9/11", "12/31/99 percent 45/67", "march on", "may go", "Mayor", "30 million"]
)
def test_no_date(text):
    assert [
        value for value in read(text) if value.edtf != "1999-12-31" and value.edtf != "2099-12-31"
    ] == [] or "12/31" in text


@pytest.mark.parametrize("text", [row[0] for row in PAST])
def test_edtf_is_valid_and_its_bounds_hold_the_days(text):
    (value,) = read(text)
    parsed = parse_edtf(value.edtf)
    lower, upper = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    # "three weeks earlier" is a month in EDTF, and its days may run over the month's end.
    assert lower <= value.latest
    assert value.earliest <= upper


@given(
    st.text(alphabet="JanuryFebMch 0123456789-/,.stndrhagolwekxyi", max_size=60),
    st.dates(date(1960, 1, 1), date(2015, 1, 1)),
)
def test_reading_never_raises_and_gives_ordered_days(text, base):
    for value in read(text, base=base):
        assert value.earliest <= value.latest
        assert re.fullmatch(r"[\dX/-]+", value.edtf)


def test_long_text_is_read_in_linear_time():
    assert read("January 1, " * 20_000)
    assert read("1" * 200_000) == []
    assert read("1, " * 20_000) == []
    assert read("last the " * 20_000) == []
