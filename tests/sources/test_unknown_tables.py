"""A table that no reader knows is told from the lines above a telegram, and is never read as one."""

import io

import pytest

from kg.sources import read
from kg.sources.unknown_tables import heading_in


@pytest.mark.parametrize(
    ("heading", "before"),
    [
        ("key,message", "7,"),
        ("key;message", "7;"),
        ("key\tfull text", "7\t"),
        ("key|title|telegram", "7|THE FERRY|"),
        ("key,col2,col3", '7,THE FERRY,"'),
        ('"key","when","what"', '"7","2009-02-03","'),
        (",key,cable_text", "0,7,"),
    ],
)
def test_a_table_of_telegrams_is_a_problem(telegram, heading, before):
    quote = '"' if before.endswith('"') else ""
    rows = "".join(f"{before}{telegram}{quote}\n" for _ in range(2))
    [problem] = read(["-"], stdin=io.BytesIO(f"{heading}\n{rows}".encode()))
    assert (problem.code, problem.is_fatal) == ("unknown-table", True)
    assert "`doc_nbr`" in problem.message
    assert heading.split(",")[-1].strip('"').split("|")[0].split(";")[0].split("\t")[0] in problem.message


def test_the_problem_names_twenty_columns_at_most(telegram):
    heading = ",".join(f"c{number}" for number in range(40))
    text = f'{heading}\n{"1," * 39}"{telegram}"\n'
    [problem] = read(["-"], stdin=io.BytesIO(text.encode()))
    assert "c19, ..." in problem.message
    assert "c20" not in problem.message


@pytest.mark.parametrize(
    "above",
    [
        "Reference ID\tCreated\tReleased\tClassification\tOrigin\n"
        "08LISBON9902\t2008-02-03 11:30\t2010-12-01 12:00\tSECRET\tEmbassy Lisbon\n",
        "Tuesday, 26 February 2008, 11:30\n",
        "Lisbon, cable on the ferry\n\n",
        "Lisbon, leaked cable\n",
        "Cable, text\n",
        "PREL, EFIS, TEXT\n",
        "",
    ],
)
def test_lines_above_a_telegram_are_no_heading(telegram, above):
    [cable] = read(["-"], stdin=io.BytesIO((above + telegram).encode()))
    assert (cable.format, cable.text) == ("telegram", above + telegram)


def test_heading_in_takes_no_time_on_long_lines():
    for line in ("a," * 20_000, "a" * 40_000 + ",b", "a b," * 500, '"' * 1999, "a_" * 900 + ",text"):
        assert heading_in(f"{line}\n7,x\n", len(line) + 1) is None
