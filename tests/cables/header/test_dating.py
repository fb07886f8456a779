"""The date of a header: the date-time group beside the DE line."""

from datetime import UTC, datetime

import pytest

from kg.cables.clean import clean
from kg.cables.header.date_time_groups import find_de_line
from kg.cables.header.dating import read_date


def read(text):
    return read_date(clean(text), len(text), find_de_line(text, 0, len(text)))


def test_group_and_de_line_agree():
    dated = read("DE RUEHQT #0034 0342130\nO P 032125Z FEB 09\n")
    assert dated.group.sent_at == datetime(2009, 2, 3, 21, 25, tzinfo=UTC)
    assert (dated.precedences, dated.problems) == (("O", "P"), ())


def test_filing_after_midnight_and_after_the_year_is_no_contradiction():
    assert read("DE RUEHQT #0034 0350005\nP 032355Z FEB 09\n").problems == ()
    assert read("DE RUEHQT #0034 0010005\nP 312355Z DEC 08\n").problems == ()
    assert read("DE RUEHQT #0034 0010005\nP 312355Z DEC 09\n").problems == ()


@pytest.mark.parametrize(
    ("filed", "code"),
    [("0352125", "de-line-day-differs"), ("0341525", "de-line-hour-differs"), ("0349925", "de-line-day-differs")],
)
def test_contradiction_says_what_was_kept(filed, code):
    dated = read(f"DE RUEHQT #0034 {filed}\nP 032125Z FEB 09\n")
    assert dated.group.sent_at == datetime(2009, 2, 3, 21, 25, tzinfo=UTC)
    (problem,) = dated.problems
    assert problem.code == code
    assert problem.message.endswith("the group is kept")


@pytest.mark.parametrize("group", ["322125Z FEB 09", "032525Z FEB 09", "032125Z FEV 09"])
def test_impossible_group_is_recovered_from_the_de_line(group):
    dated = read(f"DE RUEHQT #0034 0342130\nP {group}\n")
    assert dated.group.sent_at == datetime(2009, 2, 3, 21, 30, tzinfo=UTC)
    assert dated.group.as_sent == group
    (problem,) = dated.problems
    assert problem.code == "impossible-date-time-group"
    assert problem.message.endswith("2009-02-03 21:30 is taken from the DE line")


def test_a_misread_group_is_a_problem_that_says_how_it_is_read():
    dated = read("DE RUEHQT #0034 0342130\nP O3212SZ FEB 09\n")
    assert dated.group.sent_at == datetime(2009, 2, 3, 21, 25, tzinfo=UTC)
    (problem,) = dated.problems
    assert (problem.code, problem.message) == (
        "misread-date-time-group",
        "'O3212SZ FEB 09' is read as 2009-02-03 21:25",
    )


def test_a_misread_group_gives_way_to_the_de_line():
    dated = read("DE RUEHQT #0034 0342130\nP O5212SZ FEB 09\n")
    assert dated.group.sent_at == datetime(2009, 2, 3, 21, 30, tzinfo=UTC)
    assert dated.problems[-1].message.endswith("the DE line is believed")


@pytest.mark.parametrize("line", ["", "DE RUEHQT #0034 3662130\n", "DE RUEHQT #0034 0342530\n"])
def test_impossible_group_without_a_de_line_of_use(line):
    dated = read(f"{line}P 322125Z FEB 09\n")
    assert dated.group.sent_at is None
    assert dated.problems[0].message.endswith("no DE line gives the instant")


def test_date_line_of_copies():
    assert read("Friday, 22 January 2010, 15:14\n").group.as_sent == "22 January 2010, 15:14"
