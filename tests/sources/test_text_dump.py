"""The text dump: both layouts, one cable or many, and records that are cut, empty or odd."""

import io

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.text_dump import looks_like

FIVE_LINES = """08LISBON9901
THE LIGHTHOUSE KEEPERS' CHOIR GOES ON TOUR
Wed Jan 02 00:00:00 +0100 2008
UNCLASSIFIED
Embassy Lisbon
"""


@pytest.fixture
def older(header_and_body):
    """A cable in the older layout: header and body run together."""
    header, body = header_and_body
    return f"{FIVE_LINES}{header}{body}"


@pytest.fixture
def newer(header_and_body):
    """A cable in the newer layout: the header twice, the body between rules."""
    header, body = header_and_body
    return (
        f"{FIVE_LINES}{header}id: 2446\ndate: 1/2/2008 10:15\nrefid: 08LISBON9901\norigin: Embassy Lisbon\n"
        f"classification: UNCLASSIFIED\ndestination: 07LISBON9801|07STATE990117\nheader:\n{header}\n\n\n"
        f"----------------- header ends ----------------\n\n{body}\n"
        "=======================CABLE ENDS============================\n"
    )


def block_only(newer):
    return newer[newer.index("id: 2446") :]


def read_text(text: str) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(text.encode())))


def outcomes(found):
    return [one.code if isinstance(one, SourceProblem) else one.get("reference_id") for one in found]


def test_looks_like_each_layout(older, newer):
    assert looks_like(older)
    assert looks_like(newer)
    assert looks_like(block_only(newer))


@pytest.mark.parametrize(
    "text",
    [
        "08LISBON9901\nTHE CHOIR\n1/2/2008 10:15\nUNCLASSIFIED\n",
        "id: 2446\nrefid: 08LISBON9901\n",
        "The dump has lines such as\n\nid: 2446\ndate: 1/2/2008 10:15\n",
    ],
    ids=["other-date", "no-date", "prose"],
)
def test_does_not_look_like_dump(text):
    assert not looks_like(text)


def test_read_splits_what_the_older_layout_runs_together(older, header_and_body):
    [cable] = read_text(older)
    assert cable.text == "\n\n".join(header_and_body).rstrip("\n")
    assert dict(cable.metadata) == {
        "classification": "UNCLASSIFIED",
        "created": "Wed Jan 02 00:00:00 +0100 2008",
        "origin": "Embassy Lisbon",
        "reference_id": "08LISBON9901",
        "subject": "THE LIGHTHOUSE KEEPERS' CHOIR GOES ON TOUR",
    }


def test_read_takes_header_and_body_of_the_newer_layout(newer, header_and_body):
    [cable] = read_text(newer)
    assert cable.text == "\n\n".join(header_and_body).rstrip("\n")
    assert dict(cable.metadata) == {
        "classification": "UNCLASSIFIED",
        "created": "1/2/2008 10:15",
        "origin": "Embassy Lisbon",
        "reference_id": "08LISBON9901",
        "references": "07LISBON9801|07STATE990117",
        "row_id": "2446",
        "subject": "THE LIGHTHOUSE KEEPERS' CHOIR GOES ON TOUR",
    }


def test_read_keeps_a_copy_of_the_header_that_differs(newer):
    [cable] = read_text(newer.replace("FM AMEMBASSY LISBON", "FM AMEMBASSY LISB0N", 1))
    assert "LISB0N" in cable.get("heading")


def test_read_takes_many_cables_of_all_layouts(older, newer):
    text = newer + block_only(newer).replace("08LISBON9901", "08LISBON9902") + "\n" + older + newer
    found = read_text(text.replace("\n", "\r\n"))
    assert outcomes(found) == ["08LISBON9901", "08LISBON9902", "08LISBON9901", "08LISBON9901"]
    assert [one.position for one in found] == [1, 2, 3, 4]


def test_read_reports_a_cable_without_its_end_and_goes_on(newer):
    cut = newer[: newer.index("NOBODY")] + "\n"
    found = read_text(cut + newer + block_only(cut))
    assert outcomes(found) == ["record-cut", "08LISBON9901", "record-cut"]
    assert found[0].is_fatal


def test_read_keeps_what_is_known_of_a_cable_without_text():
    [cable] = read_text(FIVE_LINES)
    assert cable.get("text_status") == "catalogue"
    assert cable.text == FIVE_LINES.rstrip("\n")


def test_read_reports_what_stands_between_cables(newer):
    assert outcomes(read_text(newer + "a stray line\n" + newer)) == ["08LISBON9901", "record-unread", "08LISBON9901"]


def test_read_bounds_a_record(newer, monkeypatch):
    monkeypatch.setattr("kg.sources.records.MAX_TEXT", 5_000)
    long = newer.replace("NOBODY", "LA LA LA\n" * 1_000)
    assert outcomes(read_text(long + newer)) == ["record-too-long", "08LISBON9901"]


def test_read_decodes_utf16_and_windows_1252(newer):
    [cable] = read(["-"], stdin=io.BytesIO(newer.encode("utf-16")))
    assert cable.encoding == "utf-16"
    [cable] = read(["-"], stdin=io.BytesIO(newer.replace("harbor", "port’").encode("cp1252")))
    assert cable.encoding == "cp1252"
