"""REF lines."""

import time

import pytest

from kg.cables import CanonicalId, parse_id
from kg.cables.clean import clean
from kg.cables.fields.references import read_references


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
        ("A LIMA 721 B LA PAZ 690", ["07LIMA721", "07LAPAZ690"]),
        ("1) LIMA 721 2) LA PAZ 690", ["07LIMA721", "07LAPAZ690"]),
        ("(A)STATE 12 (B)LIMA 13", ["07STATE12", "07LIMA13"]),
        ("A) USDOC 05667 B)HK05511", ["07USDOC5667", "07HONGKONG5511"]),
        ("RIO \n \nDE JANEIRO 1291", ["07RIODEJANEIRO1291"]),
        ("A) LIMA 12, B) RIO\n\n DE JANEIRO 13", ["07LIMA12", "07RIODEJANEIRO13"]),
        ("PORT A 76; PORT A 100", ["07PORTAUPRINCE76", "07PORTAUPRINCE100"]),
        ("870 QUITO", ["07QUITO870"]),
        ("AMMAN 07718 99, AMMAN 05986 00", ["99AMMAN7718", "00AMMAN5986"]),
        ("LIMA 266 (02)", ["02LIMA266"]),
        ("COLOMBO CABLES 0266 AND 02259 (2002)", ["07COLOMBO266", "02COLOMBO2259"]),
        ("QUITO NO. 12", ["07QUITO12"]),
        ("LIMA 12, 07 QUITO 13", ["07LIMA12", "07QUITO13"]),
        ("05 LIMA 12 AND 13; 06 QUITO 14", ["05LIMA12", "05LIMA13", "06QUITO14"]),
        ("LIMA 1196\nPAGE 02 ROME 01196 01 OF 02 082030Z B. ROME 1098", ["07LIMA1196", "07ROME1098"]),
        ("LIMA O1512", ["07LIMA1512"]),
        ("LIMA 12 DTD MAY 1, 2007", ["07LIMA12"]),
        ("LIMA 12 DTD 05/06/07", ["07LIMA12"]),
        ("A/ LIMA 12; B/ QUITO 13", ["07LIMA12", "07QUITO13"]),
        ("A - LIMA 12 B - QUITO 13", ["07LIMA12", "07QUITO13"]),
        ("STATE 00123456", ["07STATE123456"]),
        ("LIMA 12, 13, 14 AND QUITO 15", ["07LIMA12", "07LIMA13", "07LIMA14", "07QUITO15"]),
        ("LIMA 06-123", ["06LIMA123"]),
        ("06-LIMA-123; LIMA-12; 05/LIMA/123", ["06LIMA123", "07LIMA12", "05LIMA123"]),
        ("LIMA 123 OF 2006", ["06LIMA123"]),
        ("O6 LIMA 12", ["06LIMA12"]),
        ("ST.PETERSBURG 14, N'DJAMENA 15", ["07STPETERSBURG14", "07NDJAMENA15"]),
        ("LIMA 12 LIMA 00000034  001.2 OF 003", ["07LIMA12"]),
        ("REYKJAVIK A-50", ["07REYKJAVIKAIRGRAM50"]),
        ("A. STATE CA-3400 B. LIMA 5", ["07STATECIRCULARAIRGRAM3400", "07LIMA5"]),
        ("A. LIMA 12 ET AL", ["07LIMA12"]),
    ],
)
def test_cables(text, expected):
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DOE/ROE E-MAIL OF MAY 1, 2007", "e-mail"),
        ("DOE-ROE TELCON 02/16/2010", "telcon"),
        ("OSC EUP20080707950031", "report"),
        ("IIR 6 926 0058 09", "report"),
        ("DOE-ROE MEETING OF MAY 1", "meeting"),
        ("PARIS POINTS JULY 15", "other"),
        ("SECDEF MSG DTG 301601Z SEP 08", "message"),
        ("USCENTCOM 301601Z SEP 08", "message"),
        ("DOE-ROE FAX OF MAY 1", "fax"),
        ("ROE/DOE PHONECON, MAY 1", "telcon"),
        ("A-97 OF MAY 1", "airgram"),
        ("TD-314/12345-07", "report"),
        ("2004 HUMAN RIGHTS REPORT FOR PANAMA", "report"),
        ("DOE MEMORANDUM OF MAY 1", "memo"),
        ("LETTER OF MINISTER DOE", "memo"),
        ("WWW.EXAMPLE.ORG/NETS", "web"),
    ],
)
def test_documents_that_are_no_cables(text, kind):
    assert [(reference.kind, reference.target) for reference in read(text)] == [(kind, None)]


def test_letters_in_an_address_are_no_bullets():
    (found,) = read("HTTP://WWW.EXAMPLE.ORG/A.HTML")
    assert (found.kind, found.as_sent) == ("web", "HTTP://WWW.EXAMPLE.ORG/A.HTML")


@pytest.mark.parametrize("text", ["", "NONE", "N/A", "(NOTAL)"])
def test_nothing_referred_to(text):
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "target", "repair"),
    [
        ("BISHTEK 1194", "07BISHKEK1194", "letters garbled in BISHKEK"),
        ("SAO PAUO 12", "07SAOPAULO12", "a letter of SAOPAULO is lost"),
        ("BRAZIL 1280", "07BRASILIA1280", "the country stands for the embassy in BRASILIA"),
        ("NOWHERE 12", "07NOWHERE12", None),
    ],
)
def test_stations_that_are_garbled(text, target, repair):
    assert [(one.target, one.repair) for one in read(text)] == [(target, repair)]


@pytest.mark.parametrize("text", ["PARTY 12 OF MAY", "SECTOR 12", "PARTS 3 AND 4"])
def test_common_words_are_no_garbled_stations(text):
    assert not {"PARIS", "SECTO", "PARTO"} & {parse_id(target).station for target in targets(text) if target}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('HAVANA 639 ("THE NETS OF MAY")', "THE NETS OF MAY"),
        ("HAVANA 639 (NETS AND BOATS) AND PREVIOUS", "NETS AND BOATS"),
        ('HAVANA 639, "NETS AND BOATS"', "NETS AND BOATS"),
        ("HAVANA 639 (NOTAL)", None),
        ("HAVANA 639 (SECRET/NOFORN)", None),
        ("HAVANA 639 (EXDIS/NODIS)", None),
        ("HAVANA 639 (AND PREVIOUS)", None),
        ("HAVANA 639 (07 LIMA 12)", None),
        ("HAVANA 639", None),
    ],
)
def test_titles(text, title):
    first = read(text)[0]
    assert (first.target, first.title) == ("07HAVANA639", title)
    assert text[first.start : first.end] == first.as_sent
    assert title is None or title in first.as_sent


def test_documents_beside_cables_of_one_item():
    found = read("STATE 1234, DOE-ROE TELCON OF MAY 1, QUITO 55")
    assert [(one.kind, one.target or one.as_sent) for one in found] == [
        ("cable", "07STATE1234"),
        ("telcon", "DOE-ROE TELCON OF MAY 1"),
        ("cable", "07QUITO55"),
    ]


@pytest.mark.parametrize(
    ("text", "target", "is_assumed"),
    [
        ("QUITO 12", "09QUITO12", True),
        ("LIMA 3000", "09LIMA3000", True),
        ("09 QUITO 12", "09QUITO12", False),
        ("QUITO 1234", "08QUITO1234", True),
        ("QUITO 101", "09QUITO101", True),
        ("09 QUITO 1234", "09QUITO1234", False),
    ],
)
def test_a_year_that_is_not_stated(text, target, is_assumed):
    # Quito's own cable of January has the number 100; 1234 is of the year before, 101 a cable sent together with it.
    found = read_references(clean(text), 0, len(text), 2009, CanonicalId(2009, "QUITO", 100))
    assert [(one.target, one.is_year_assumed) for one in found] == [(target, is_assumed)]


def test_the_cable_itself_is_no_reference():
    text = "QUITO 100; LIMA 5"
    found = read_references(clean(text), 0, len(text), 2009, CanonicalId(2009, "QUITO", 100))
    assert [one.target for one in found] == ["09LIMA5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(A) STATE 123456, (B) PARIS 7682", ["74STATE123456", "74PARIS7682"]),
        ("STATE 115778 AND COPENHAGEN 130", ["74STATE115778", "74COPENHAGEN130"]),
        ("STATE 093410, B.STATE 105386", ["74STATE93410", "74STATE105386"]),
        ("DACCA 292; FORT LAMY 12", ["74DACCA292", "74FORTLAMY12"]),
        ("EC BRUSSELS 12, IAEA VIENNA 13", ["74ECBRUSSELS12", "74IAEAVIENNA13"]),
    ],
)
def test_lines_of_the_1970s(text, expected):
    assert targets(text, 1974) == expected


def test_long_garbage_takes_no_time():
    start = time.perf_counter()
    for unit in ("A. ", "AA ", "STATE 1 AND 2, ", "(A) ", "'07 ", "X" * 30 + " ", "1 ", "((", "Q'W'E'R' ", " \n"):
        text = unit * (100_000 // len(unit))
        read_references(clean(text), 0, len(text), 2007)
    assert time.perf_counter() - start < 3


def test_letters_and_places():
    text = "A. 07 BOGOTA 7470\n[1](#)B. 08 BOGOTA 002674"
    found = read(text)
    assert [(r.letter, r.as_sent) for r in found] == [("A", "07 BOGOTA 7470"), ("B", "08 BOGOTA 002674")]
    assert all(text[r.start : r.end] == r.as_sent for r in found)


def test_year_that_nobody_knows():
    assert targets("STATE 55461", None) == [None]
