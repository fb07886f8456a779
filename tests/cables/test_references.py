"""REF lines."""

import pytest

from kg.cables.clean import clean
from kg.cables.references import read_references


def read(text, year=2007):
    return read_references(clean(text), 0, len(text), year)


def targets(text, year=2007):
    return [reference.target for reference in read(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STATE 55461", ["07STATE55461"]),
        ("A. 05 PARIS 4103\nB. LOME 55", ["05PARIS4103", "07LOME55"]),
        ("A) STATE 135205; B) TRIPOLI 723 AND PREVIOUS", ["07STATE135205", "07TRIPOLI723"]),
        ("(A) KUWAIT 12 (B) LA PAZ 2637 (NOTAL)", ["07KUWAIT12", "07LAPAZ2637"]),
        ("[A] State 188314, [B] Ottawa 2285", ["07STATE188314", "07OTTAWA2285"]),
        ("A. A. STATE 56282 ¶B. B. STATE 56666", ["07STATE56282", "07STATE56666"]),
        ("A. (A) PARIS 7682", ["07PARIS7682"]),
        ("A. REF A HAVANA 639", ["07HAVANA639"]),
        ("07MEXICO1815", ["07MEXICO1815"]),
        ("D. 2005PANAMA2342", ["05PANAMA2342"]),
        ("'08 BUENOS AIRES 1491", ["08BUENOSAIRES1491"]),
        ("(99) ROME 2196", ["99ROME2196"]),
        ("STATE (01) 201265", ["01STATE201265"]),
        ("094 QUITO 841", ["94QUITO841"]),
        ("KUWAIT (C)02293", ["07KUWAIT2293"]),
        ("QUITO 4525-91", ["91QUITO4525"]),
        ("A. BRASILIA 2799 AND 2764", ["07BRASILIA2799", "07BRASILIA2764"]),
        ("KABUL 936/935", ["07KABUL936", "07KABUL935"]),
        ("GUANGZHOU 11657 and 7743, 12155", ["07GUANGZHOU11657", "07GUANGZHOU7743", "07GUANGZHOU12155"]),
        ("SECSTATE 116264", ["07STATE116264"]),
        ("ST. PETERSBURG 75", ["07STPETERSBURG75"]),
        ("HCMC 1497", ["07HOCHIMINHCITY1497"]),
        ("BAGHDAD #3565", ["07BAGHDAD3565"]),
    ],
)
def test_cables(text, expected):
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DOE/ROE E-MAIL OF MAY 1, 2007", "e-mail"),
        ("DOE-ROE TELCON 02/16/2010", "telcon"),
        ("REYKJAVIK A-50", "airgram"),
        ("OSC EUP20080707950031", "report"),
        ("IIR 6 926 0058 09", "report"),
        ("DOE-ROE MEETING OF MAY 1", "meeting"),
        ("PARIS POINTS JULY 15", "other"),
        ("SECDEF MSG DTG 301601Z SEP 08", "other"),
    ],
)
def test_documents_that_are_no_cables(text, kind):
    assert [(reference.kind, reference.target) for reference in read(text)] == [(kind, None)]


@pytest.mark.parametrize("text", ["", "NONE", "N/A", "(NOTAL)"])
def test_nothing_referred_to(text):
    assert not read(text)


def test_letters_and_places():
    text = "A. 07 BOGOTA 7470\n[1](#)B. 08 BOGOTA 002674"
    found = read(text)
    assert [(r.letter, r.as_sent) for r in found] == [("A", "07 BOGOTA 7470"), ("B", "08 BOGOTA 002674")]
    assert all(text[r.start : r.end] == r.as_sent for r in found)


def test_year_that_nobody_knows():
    assert targets("STATE 55461", None) == [None]
