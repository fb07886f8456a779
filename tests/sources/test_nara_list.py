"""Lists of NARA's catalogue: a catalogue entry a row, with a heading or without, and broken rows."""

import io

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.nara_list import looks_like

HEADING = "URL,Draft Date,Document Number,Film Number,From,Subject,TAGS,To\n"
URL = "https://aad.archives.gov/aad/createpdf?rid=1"


def row(number: int = 1, subject: str = "THE CHOIR") -> str:
    return f'{URL},02 JAN 1974,1974LISBON0990{number},D740001-000{number},LISBON,{subject},"PFOR, PO",STATE\n'


def read_bytes(data: bytes | str) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(data if isinstance(data, bytes) else data.encode())))


def outcomes(found):
    return [one.code if isinstance(one, SourceProblem) else one.get("reference_id") for one in found]


@pytest.mark.parametrize(
    "text",
    [HEADING, HEADING.lower().replace(",", ";"), row(), "Subject,Document Number,TAGS\nTHE CHOIR,1974LISBON09901,\n"],
)
def test_looks_like_list(text):
    assert looks_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "URL,Date,Number\n",
        "The list has the columns\nURL,Draft Date,Document Number,Subject\n",
        "https://example.org/a,02 JAN 1974,1974LISBON09901\n",
        "Document Number,Subject,Amount\n",
    ],
    ids=["other-columns", "prose", "other-addresses", "invoices"],
)
def test_does_not_look_like_list(text):
    assert not looks_like(text)


@pytest.mark.parametrize("heading", [HEADING, ""])
def test_read_gives_a_catalogue_entry_a_row(heading):
    [cable] = read_bytes(heading + row())
    assert cable.text == (
        f"URL: {URL}\nDraft Date: 02 JAN 1974\nDocument Number: 1974LISBON09901\nFilm Number: D740001-0001\n"
        "From: LISBON\nSubject: THE CHOIR\nTAGS: PFOR, PO\nTo: STATE\n"
    )
    assert dict(cable.metadata) == {
        "created": "02 JAN 1974",
        "film": "D740001-0001",
        "from": "LISBON",
        "reference_id": "1974LISBON09901",
        "subject": "THE CHOIR",
        "tags": "PFOR, PO",
        "text_status": "catalogue",
        "to": "STATE",
        "url": URL,
    }


def test_read_takes_columns_in_any_order_and_leaves_out_what_is_blank():
    [cable] = read_bytes('TAGS,Shelf,Subject,Document Number\n,7,"THE ""CHOIR""\nSINGS",1974LISBON09901\n')
    assert cable.text == 'shelf: 7\nSubject: THE "CHOIR" SINGS\nDocument Number: 1974LISBON09901\n'
    assert (cable.get("tags"), cable.get("shelf")) == (None, "7")


def test_read_goes_on_after_broken_rows():
    data = HEADING + row(1) + row(2, 'THE "CHOIR') + row(3, '"THE CHOIR') + row(4, "THE, CHOIR") + row(5)
    found = read_bytes(data)
    assert outcomes(found) == [
        "1974LISBON09901",
        "1974LISBON09902",
        "csv-row-broken",
        "csv-row-columns",
        "1974LISBON09905",
    ]
    assert [one.position for one in found] == [1, 2, 3, 4, 5]
    assert "Row 3, which starts at line 4," in found[2].message


def test_read_reports_a_row_cut_at_the_end():
    assert outcomes(read_bytes((HEADING + row(1) + row(2))[:-30])) == ["1974LISBON09901", "csv-row-cut"]


def test_read_bounds_a_row(monkeypatch):
    monkeypatch.setattr("kg.sources.records.MAX_TEXT", 5_000)
    monkeypatch.setattr("kg.sources.tables.MAX_TEXT", 5_000)
    data = HEADING + row(1, '"' + "LA LA LA\n" * 2_000) + row(2)
    found = outcomes(read_bytes(data))
    assert found[0] == "csv-row-too-long"
    assert found[-1] == "1974LISBON09902"


def test_read_decodes_row_by_row():
    first, second = row(1, "FADO ’78").encode("cp1252"), row(2, "FADO ’78").encode()
    assert [cable.encoding for cable in read_bytes(HEADING.encode() + first + second)] == ["cp1252", "utf-8"]
    [cable] = read_bytes((HEADING + row()).encode("utf-16"))
    assert (cable.encoding, cable.get("to")) == ("utf-16", "STATE")


def test_read_gives_nothing_for_a_heading_alone():
    assert read_bytes(HEADING) == []


def test_read_refuses_a_row_of_nothing_but_separators():
    found = read_bytes(HEADING + URL + "," * 2_000_000 + "\n" + row(1))
    assert outcomes(found) == ["csv-row-broken", "1974LISBON09901"]
