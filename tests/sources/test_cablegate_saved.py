"""The Cablegate table saved again by other programs: delimiters, doubled quotes, headings, dates of other countries."""

import csv
import io

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.cablegate_saved import looks_like


def saved(rows: list[tuple[str, ...]], **dialect: object) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


def read_bytes(data: bytes) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(data)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_read_gives_the_same_cables_as_the_release(row, as_csv, delimiter, quoting):
    *beside, _header, body = row()
    rows = [row(), (*beside[:2], "08LISBON9902", *beside[3:], "", f'{body}\nHe said "enough; thanks", and left.')]
    assert read_bytes(saved(rows, delimiter=delimiter, quoting=quoting)) == read_bytes(as_csv(*rows))


def test_read_leaves_out_a_heading(row):
    heading = ("id", "date", "reference id", "origin", "classification", "references", "header", "body")
    [cable] = read_bytes(saved([heading, row()], delimiter=";"))
    assert isinstance(cable, RawCable)
    assert (cable.position, cable.get("reference_id")) == (1, "08LISBON9901")


def test_read_loses_only_the_row_that_is_broken(row):
    lines = saved([row(1), row(2, "08LISBON9902"), row(3, "08LISBON9903")], delimiter=";")
    broken = lines.replace(b";08LISBON9902;", b';08LISBON9902;"')
    first, problem, third = read_bytes(broken)
    assert isinstance(problem, SourceProblem)
    assert problem.position == 2
    assert [one.get("reference_id") for one in (first, third) if isinstance(one, RawCable)] == [
        "08LISBON9901",
        "08LISBON9903",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "7;2/3/2009 21:25;09LISBON9001;Embassy",
        "7,03.02.2009,09LISBON9001,Embassy",
        '"7"\t"2009-02-03 21:25:00"\t"09LISBON9001"\t',
    ],
)
def test_looks_like_a_saved_table(head):
    assert looks_like(head)


@pytest.mark.parametrize(
    "head",
    [
        "1,2,3\n",
        "7;2/3/2009 21:25,09LISBON9001",
        "id;date;refid\n7;2/3/2009;09LISBON9001;",  # a heading of three
        "1. 2/3/2009 21:25 09LISBON9001",
        "7,2/3/2009,cod,9",
    ],
)
def test_does_not_look_like_a_saved_table(head):
    assert not looks_like(head)
