"""NARA's texts: message and attributes, several in a file, withdrawn, lost and cut ones."""

import io
import tracemalloc

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.nara_text import looks_like

STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"
MESSAGE = """UNCLASSIFIED

PAGE 01  LISBON  09901  021015Z

ORIGIN L-03  INFO OCT-01 SS-15  /019 R

P 021015Z JAN 74
FM AMEMBASSY LISBON
TO SECSTATE WASHDC PRIORITY 1

UNCLAS LISBON 09901

E.O. 11652: N/A
TAGS: PFOR, PO
SUBJECT: THE LIGHTHOUSE KEEPERS' CHOIR

1. THE CHOIR SANG.
NOBODY

UNCLASSIFIED

NNNN"""
ATTRIBUTES = """Automatic Decaptioning: X
Capture Date: 01 JAN 1994
Channel Indicators: n/a
Concepts: MUSIC, CULTURAL PRESENTATIONS,
 LIGHTHOUSES
Current Classification: UNCLASSIFIED
Document Number: 1974LISBON09901
Draft Date: 02 JAN 1974
Drafter: n/a
Executive Order: N/A
Film Number: D740001-0001
From: LISBON
Locator: TEXT ON-LINE
Office: ORIGIN L
Original Classification: UNCLASSIFIED
Original Handling Restrictions: n/a
Reference: 73 LISBON 9801,
73 STATE 990117
Review Markings: KEPT
Subject: THE LIGHTHOUSE KEEPERS' CHOIR
TAGS: PFOR, PO
To: STATE
Type: TE
Markings: Declassified/Released
 US Department of State
 EO Systematic Review
 30 JUN 2005
"""


def record(message: str = MESSAGE, attributes: str = ATTRIBUTES) -> str:
    return f"{STAMP}\n\n   Message Text\n\n\n{message}\n\n\n   Message Attributes\n\n\n{attributes}"


def read_text(text: str) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(text.encode())))


def outcomes(found):
    return [one.code if isinstance(one, SourceProblem) else one.get("reference_id") for one in found]


def test_looks_like_nara():
    assert looks_like(record())
    assert looks_like(f"Message Attributes\n{ATTRIBUTES}")
    assert looks_like(f"{STAMP}\nMessage Text\n\nUNCLASSIFIED\n")


@pytest.mark.parametrize(
    "text",
    [
        "<html>\nMessage Text\n\nMessage Attributes\nTAGS: PFOR\n",
        "A page of NARA has the line\nMessage Text\nabove the text.",
        "Message Attributes\n\nMessage attributes are sent with the message.\n",
        MESSAGE,
    ],
    ids=["markup", "prose", "other-attributes", "telegram"],
)
def test_does_not_look_like_nara(text):
    assert not looks_like(text)


def test_read_takes_the_message_as_it_stands_and_the_attributes_as_metadata():
    [cable] = read_text(record())
    assert cable.text == MESSAGE
    assert dict(cable.metadata) == {
        "automatic_decaptioning": "X",
        "capture_date": "01 JAN 1994",
        "classification": "UNCLASSIFIED",
        "concepts": "MUSIC, CULTURAL PRESENTATIONS,\nLIGHTHOUSES",
        "created": "02 JAN 1974",
        "current_classification": "UNCLASSIFIED",
        "film": "D740001-0001",
        "from": "LISBON",
        "heading": STAMP,
        "locator": "TEXT ON-LINE",
        "markings": STAMP,
        "office": "ORIGIN L",
        "reference_id": "1974LISBON09901",
        "references": "73 LISBON 9801,\n73 STATE 990117",
        "review_markings": "KEPT",
        "subject": "THE LIGHTHOUSE KEEPERS' CHOIR",
        "tags": "PFOR, PO",
        "to": "STATE",
        "type": "TE",
    }


def test_read_takes_the_day_of_sending_in_1977():
    [cable] = read_text(record(attributes=ATTRIBUTES.replace("Draft Date", "Sent Date")))
    assert cable.get("created") == "02 JAN 1974"


def test_read_keeps_attributes_that_it_does_not_know():
    [cable] = read_text(record(attributes=f"{ATTRIBUTES}Shelf Mark: 7\nMEMO: NOT A KEY\n"))
    assert cable.get("shelf_mark") == "7\nMEMO: NOT A KEY"


def test_read_takes_stamps_out_of_the_attributes_that_they_interrupt():
    named = f"Jane Q. Doe\n{STAMP}"
    [cable] = read_text(record(attributes=ATTRIBUTES.replace("Film Number", f"{named}\nFilm Number")))
    assert cable.get("eo") is None
    assert f"Jane Q. Doe {STAMP}" in cable.get("markings")


def test_read_takes_several_records():
    other = ATTRIBUTES.replace("09901", "09902")
    found = read_text(record() + "\n" + record(attributes=other) + "Message Attributes\n" + ATTRIBUTES)
    assert outcomes(found) == ["1974LISBON09901", "1974LISBON09902", "1974LISBON09901"]
    assert [one.position for one in found] == [1, 2, 3]
    assert [one.get("text_status") for one in found] == [None, None, "withdrawn"]


@pytest.mark.parametrize("text", [f"Message Attributes\n\n{ATTRIBUTES}", record(message="\n"), record(message=STAMP)])
def test_read_keeps_what_is_known_of_a_withdrawn_cable(text):
    [cable] = read_text(text)
    assert (cable.get("text_status"), cable.get("reference_id")) == ("withdrawn", "1974LISBON09901")
    assert cable.text == text.strip("\n")


def test_read_keeps_what_is_known_of_a_cable_whose_text_was_lost():
    stub = "MRN: 1974LISBON009901  SEGMENT NUMBER: 000001\nERROR READING TEXT INDEX FILE; TEXT IS UNAVAILABLE"
    attributes = ATTRIBUTES.replace("TEXT ON-LINE", "TEXT ON MICROFILM, ADS TEXT UNRETRIEVABLE")
    [cable] = read_text(record(stub, attributes))
    assert (cable.get("text_status"), cable.get("reference_id")) == ("not-on-line", "1974LISBON09901")
    assert stub in cable.text


def test_read_knows_the_error_message_without_the_locator():
    stub = "MRN: 1974LISBON009901  SEGMENT NUMBER: 000001\nERROR READING TEXT INDEX FILE"
    [cable] = read_text(record(stub, "Document Number: 1974LISBON09901\n"))
    assert cable.get("text_status") == "not-on-line"


def test_read_reads_a_text_that_is_there_whatever_the_locator_says():
    [cable] = read_text(record(MESSAGE * 3, ATTRIBUTES.replace("TEXT ON-LINE", "TEXT ON MICROFICHE")))
    assert cable.get("text_status") is None


def test_read_reports_a_text_without_attributes_and_goes_on():
    cut = record()[: record().index("NOBODY")]
    found = read_text(f"{cut}\n{record()}{cut}")
    assert outcomes(found) == ["record-cut", "1974LISBON09901", "record-cut"]
    assert "(Message Attributes)" in found[0].message


def test_read_bounds_memory_by_one_record(monkeypatch):
    monkeypatch.setattr("kg.sources.records.MAX_TEXT", 100_000)
    long = record("LA LA LA\n" * 300_000)
    tracemalloc.start()
    data = io.BytesIO((long + record()).encode())
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    found = list(read(["-"], stdin=data))
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert outcomes(found) == ["record-too-long", "1974LISBON09901"]
    assert peak < 2_000_000


def test_read_takes_each_encoding():
    text = record(MESSAGE.replace("SANG", "SANG ‘FADO’"))
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        [cable] = read(["-"], stdin=io.BytesIO(text.encode(encoding)))
        assert (cable.encoding, "‘FADO’" in cable.text) == (encoding, True)


def test_read_takes_very_many_attributes_in_linear_time():
    many = "".join(f"To: POST {number}\nAND MORE\n" for number in range(100_000))
    [cable] = read_text(record(attributes=ATTRIBUTES + many))
    assert cable.get("to").startswith("STATE\nPOST 0\nAND MORE\nPOST 1")
