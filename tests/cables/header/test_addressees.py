"""Addressees of TO and INFO."""

import time

import pytest

from kg.cables.clean import clean
from kg.cables.header.addressees import ends_list, is_addressee, is_office, read_addressees
from kg.cables.spans import lines


def read(text):
    found = clean(text)
    return read_addressees(found, list(lines(text, 0, len(text))))


def only(text):
    (addressee,) = read(text).addressees
    return addressee


def test_full_line():
    found = only("RUEHBR/AMEMBASSY BRASILIA PRIORITY 8616")
    assert (found.routing_indicator, found.plad, found.precedence, found.serial) == (
        "RUEHBR",
        "AMEMBASSY BRASILIA",
        "P",
        "8616",
    )
    assert found.post == "brasilia"


@pytest.mark.parametrize(
    ("line", "plad", "precedence", "serial"),
    [
        ("AMEMBASSY LIMA", "AMEMBASSY LIMA", None, None),
        ("RHEHNSC/NSC WASHDC", "NSC WASHDC", None, None),
        ("AMCONSUL LENINGRAD NIACT IMMEDIATE", "AMCONSUL LENINGRAD", "O", None),
        ("AMCONSUL LENINGRAD NIACT IMEMDIATE 0121", "AMCONSUL LENINGRAD", "O", "0121"),
        ("RUEHBR/AMEMBASSY BRASILIA PRIORITY8616", "AMEMBASSY BRASILIA", "P", "8616"),
        ("ZEN/AMCONSUL RECIFE 0121", "AMCONSUL RECIFE", None, "0121"),
        ("RUEHLP/AMEMBASSY LA PAZ FEB 9885", "AMEMBASSY LA PAZ", None, "9885"),
        ("RUEHQT/AMEMBASSY QUITO PIORITY 7653", "AMEMBASSY QUITO", "P", "7653"),
        ("RUEHQT/AMEMBASSY QUITO IMEMDIATE", "AMEMBASSY QUITO", "O", None),
        ("RHMFIUU/39OS INCIRLIK AB TU", "39OS INCIRLIK AB TU", None, None),
    ],
)
def test_line(line, plad, precedence, serial):
    found = only(line)
    assert (found.plad, found.precedence, found.serial) == (plad, precedence, serial)


@pytest.mark.parametrize("name", ["AMEMBASSY LA PAZ MAY", "DEPT OF LABOR", "CDR USSOUTHCOM MIAMI FL"])
def test_word_at_the_end_that_is_no_misprint(name):
    assert only(name).plad == name
    assert not read(name).problems


def test_misprint_is_a_problem_with_its_place():
    (problem,) = read("RUEHLP/AMEMBASSY LA PAZ FEB 9885").problems
    assert (problem.code, problem.start, problem.end) == ("misprinted-precedence", 24, 27)


def test_niact_is_kept():
    assert only("AMCONSUL LENINGRAD NIACT IMMEDIATE").is_niact
    assert only("AMCONSUL LENINGRAD NIACT  IMMEDIATE 0121").is_niact
    assert not only("AMCONSUL LENINGRAD IMMEDIATE").is_niact
    assert (only("AMCONSUL RECIFE NIACT").plad, only("AMCONSUL RECIFE NIACT").precedence) == ("AMCONSUL RECIFE", "O")


def test_exemption_without_a_collective():
    found = read("XMT AMCONSUL NAPLES\nRUEHBR/AMEMBASSY BRASILIA")
    assert [a.plad for a in found.addressees] == ["AMEMBASSY BRASILIA"]
    (problem,) = found.problems
    assert (problem.code, problem.start, problem.end) == ("exempted-from-nothing", 0, 19)


def test_exemptions_on_their_own_lines():
    read_ = read("NATO COLLECTIVE\nXMT AMEMBASSY ROME\nAMCONSUL NAPLES\nRUEHBR/AMEMBASSY BRASILIA")
    assert [a.plad for a in read_.addressees] == ["NATO COLLECTIVE", "AMEMBASSY BRASILIA"]
    assert read_.addressees[0].exempted == ("AMEMBASSY ROME", "AMCONSUL NAPLES")
    assert read_.addressees[0].as_sent == "NATO COLLECTIVE\nXMT AMEMBASSY ROME\nAMCONSUL NAPLES"


def test_exemptions_end_at_an_addressee_by_other_means():
    found = read("NATO COLLECTIVE\nXMT AMEMBASSY ROME\nZEN/AMCONSUL RECIFE").addressees
    assert [(a.plad, a.exempted) for a in found] == [("NATO COLLECTIVE", ("AMEMBASSY ROME",)), ("AMCONSUL RECIFE", ())]


def test_exemption_on_the_line():
    found = only("ALL DIPLOMATIC POSTS COLLECTIVE XMT AMEMBASSY LIMA")
    assert (found.plad, found.exempted) == ("ALL DIPLOMATIC POSTS COLLECTIVE", ("AMEMBASSY LIMA",))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "BT",
        "SIPDIS",
        "ZNY CCCCC ZZH",
        "LOG-00   NP-00    AID-00   ACQ-00",
        "                  ------------------A54E38  291401Z /38",
        "This record is a partial extract of the original cable.",
    ],
)
def test_lines_that_name_no_addressee(line):
    assert not is_addressee(line)


@pytest.mark.parametrize(
    "line",
    [
        "SUBJ ECT: NETS",
        "SUBJECI: NETS",
        "5UBJECT NETS",
        "SIPD1S",
        "SlPDlS",
        "UNCLA5 SECTI0N O1 0F O2 LISB0N OO99O1",
        "TAG5: PGOV",
        "TAGS; PGOV",
        "E.0. 12958",
        "F.O, l2958: DECL",
        "REF : LISBON 9901",
        "C 0 N F I D E N T l A L LISBON 009901",
        "UNCLA5 LISBON 009901",
        "l. (U) THE CHOIR",
    ],
)
def test_lines_that_end_the_list(line):
    assert ends_list(line)


ADDRESSEES = [
    "RUEHBR/AMEMBASSY BRASILIA PRIORITY 8616",
    "RUEKJCS/SECDEF WASHDC//USDP: ISA: EUR//",
    "RHMFIUU/39OS INCIRLIK AB TU",
    "AMEMBASSY LIMA",
    "NATO COLLECTIVE PRIORITY",
    "USMISSION USUN NEW YORK 0021",
    "LISBON",
]


@pytest.mark.parametrize("line", ADDRESSEES)
def test_lines_that_name_an_addressee_wherever_they_stand(line):
    assert is_office(line)
    assert not ends_list(line)


def test_a_routing_indicator_that_a_copy_spoilt_names_an_addressee():
    assert is_office("RUEHB0 /AMERNBASSY LIMA")


@pytest.mark.parametrize("line", ["THE CHOIR SANG AGAIN", "USUALLY THE FERRY IS LATE", "NETS AND LAMPS", "SIPDIS", ""])
def test_lines_that_need_not_name_an_addressee(line):
    assert not is_office(line)


def test_no_line_takes_long():
    started = time.process_time()
    for line in ("A " * 20_000, "A" * 40_000, " " * 40_000, "AA " * 13_000 + "00990", "AMEMB" * 8_000):
        ends_list(line)
        is_office(line)
    assert time.process_time() - started < 0.5
