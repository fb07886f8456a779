"""The forms of date that releases print beside the text."""

from datetime import UTC, datetime

import pytest

from kg.cables.stated.dates import created, stated_date


@pytest.mark.parametrize(
    ("text", "instant", "has_hour"),
    [
        ("12/28/1966 18:06", datetime(1966, 12, 28, 18, 6), True),
        ("2009-02-03 21:25", datetime(2009, 2, 3, 21, 25), True),
        ("1973-09-20T00:00:00", datetime(1973, 9, 20), False),
        ("1/5/1974", datetime(1974, 1, 5), False),
        ("04 MAY 1976", datetime(1976, 5, 4), False),
        ("06 dec 1978", datetime(1978, 12, 6), False),
        ("04-May-1976 12:00:00 am", datetime(1976, 5, 4), False),
        ("04-May-1976 12:30:00 pm", datetime(1976, 5, 4, 12, 30), True),
        ("04-May-1976 3:15:00 pm", datetime(1976, 5, 4, 15, 15), True),
        ("1975 January 1, 00:00 (Wednesday)", datetime(1975, 1, 1), False),
        ("2010 February 26, 11:30 (Friday)", datetime(2010, 2, 26, 11, 30), True),
        ("Mon Feb 04 00:00:00 +0100 2002", datetime(2002, 2, 4), False),
    ],
)
def test_stated_date(text, instant, has_hour):
    found = stated_date(text)
    assert (found.instant, found.has_hour) == (instant.replace(tzinfo=UTC), has_hour)
    assert created(text) == found.instant


@pytest.mark.parametrize(
    "text", [None, "", "n/a", "31 FEB 1976", "13/13/1976", "04 MAI 1976", "1975 January", "12/28/1966x25:61"]
)
def test_no_date(text):
    found = stated_date(text)
    assert found is None or found.has_hour is False
    assert found is None or text.startswith("12/28/1966")
