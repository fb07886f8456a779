from datetime import date

import pytest

from kg.extraction import periods

DAY = date(2009, 2, 3)


def test_week_runs_from_monday_to_sunday():
    assert periods.week(DAY, "relative").edtf == "2009-02-02/2009-02-08"


def test_winter_ends_in_the_year_after():
    winter = periods.season(2007, "winter", "stated")
    assert (winter.edtf, winter.latest) == ("2007-24", date(2008, 2, 29))


def test_fiscal_year_begins_in_the_october_before():
    assert periods.fiscal_year(2009, "stated").edtf == "2008-10/2009-09"


@pytest.mark.parametrize("year", [0, 10_000])
def test_no_year_beyond_the_calendar(year):
    assert periods.year(year, "stated") is None
    assert periods.month(year, 1, "stated") is None


def test_day_off_stays_in_the_calendar():
    assert periods.shifted(date(1, 1, 1), -5) == date(1, 1, 1)


def test_span_needs_two_periods_in_order():
    later, earlier = periods.day(DAY, "stated"), periods.year(2007, "stated")
    assert periods.spanning(later, earlier) is None
    assert periods.spanning(earlier, later).edtf == "2007/2009-02-03"
