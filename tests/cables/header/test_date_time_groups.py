"""Date-time groups and date lines."""

from datetime import UTC, datetime

import pytest

from kg.cables.clean import clean
from kg.cables.header.date_time_groups import find_date_line, find_de_line, find_group


def group(text):
    return find_group(clean(text), 0, len(text))


@pytest.mark.parametrize(
    ("text", "instant", "precedences"),
    [
        ("P 032125Z FEB 09", datetime(2009, 2, 3, 21, 25, tzinfo=UTC), ("P",)),
        ("O R 152209Z DEC 09", datetime(2009, 12, 15, 22, 9, tzinfo=UTC), ("O", "R")),
        ("O 071830Z SEP 07 ZDK", datetime(2007, 9, 7, 18, 30, tzinfo=UTC), ("O",)),
        ("291359Z Nov 00", datetime(2000, 11, 29, 13, 59, tzinfo=UTC), ()),
        ("P 251346 Z JUN 7 3", datetime(1973, 6, 25, 13, 46, tzinfo=UTC), ("P",)),
        ("R 250930Z FEB 72 ", datetime(1972, 2, 25, 9, 30, tzinfo=UTC), ("R",)),
        ("P 2 5 1 3 4 6 Z JUN 73", datetime(1973, 6, 25, 13, 46, tzinfo=UTC), ("P",)),
        ("O P 25 1346Z J U N73", datetime(1973, 6, 25, 13, 46, tzinfo=UTC), ("O", "P")),
        ("PP 251346Z JUNE 73", datetime(1973, 6, 25, 13, 46, tzinfo=UTC), ("P",)),
        ("O182318ZFEB09", datetime(2009, 2, 18, 23, 18, tzinfo=UTC), ("O",)),
        ("r 210953z jul 08", datetime(2008, 7, 21, 9, 53, tzinfo=UTC), ("R",)),
        ("P R 281848Z DEC 1966", datetime(1966, 12, 28, 18, 48, tzinfo=UTC), ("P", "R")),
    ],
)
def test_group(text, instant, precedences):
    found = group(text)
    assert (found.value.sent_at, found.precedences) == (instant, precedences)


@pytest.mark.parametrize(
    "text",
    ["032125 FEB 09", "P 03212Z FEB 09", "CZ 032125Z FEV 09", "IN P 032125Z FEV 09", "P 032125Z FEB 093", "301601z 09"],
)
def test_no_group(text):
    assert group(text) is None


@pytest.mark.parametrize("text", ["P O3212SZ FEB 09", "P 032l25Z FEB 09\r", "P 032125 FEB 09", "  O P 032125 FEB 09 "])
def test_misread_group(text):
    found = group(text)
    assert found.value.sent_at == datetime(2009, 2, 3, 21, 25, tzinfo=UTC)
    assert found.is_misread


@pytest.mark.parametrize("text", ["P 322125Z FEB 09", "P 032125Z FEV 09", "NIACT P 032125Z 0CT 09\r\nFM X"])
def test_group_that_names_no_instant(text):
    found = group(text)
    assert found.value.sent_at is None
    assert (found.year, found.precedences) == (2009, ("P",))


def test_niact_before_the_precedence():
    found = group("NIACT O 112143Z JAN 10")
    assert found.is_niact
    assert found.precedences == ("O",)
    assert found.value.as_sent == "112143Z JAN 10"


def test_de_line():
    route = find_de_line("DE RUEHBO #0335/01 0342125", 0, 30)
    assert (route["routing_indicator"], route["serial"], route["section"], route["day"]) == (
        "RUEHBO",
        "0335",
        "01",
        "034",
    )


@pytest.mark.parametrize("text", ["DE RUEHBO 0335/01 0342125", "DE RUEHBO #335 0342125", "MADE RUEHBO #0335 0342125"])
def test_no_de_line(text):
    assert find_de_line(text, 0, len(text)) is None


def test_date_line():
    found = find_date_line(clean("Friday, 22 January 2010, 15:14\nUNCLAS"), 0, 37)
    assert found.as_sent == "22 January 2010, 15:14"
    assert found.sent_at == datetime(2010, 1, 22, 15, 14, tzinfo=UTC)
