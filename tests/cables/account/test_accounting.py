"""The account of a text: each line and the rule that consumed it."""

import re
import time
from pathlib import Path

import pytest

from kg.cables import parse
from kg.cables.account.accounting import FALLBACKS, account, by_line, count, rule_of_line
from kg.cables.account.table import Account
from kg.sources import RawCable, read


@pytest.fixture
def rules(raw):
    """The rule of each line of a text that is not blank."""

    def read(text):
        cable = parse(raw(text))
        return [(text[slice(*span)], rule_of_line(here)) for _, span, here in by_line(text, account(cable)) if here]

    return read


HEADER = """\
VZCZCXRO1234
PP RUEHWEB
DE RUEHQT #0034/01 0342125
ZNY CCCCC ZZH
P 032125Z FEB 09 ZDK
FM AMEMBASSY QUITO
TO RUEHC/SECSTATE WASHDC
INFO RUEHZL/EUROPEAN POLITICAL COLLECTIVE
XMT AMCONSUL NAPLES

"""
FIELDS = """\
C O N F I D E N T I A L QUITO 000034

SIPDIS

DEPT FOR WHA/AND
AND EB

E.O. 12958: DECL: 02/03/2019
TAGS: PGOV EC
SUBJECT: LADDERS

"""


def test_header(rules):
    assert [rule for _, rule in rules(HEADER + FIELDS + "1. (C) Nets.\nDOE\n")] == [
        "transmission-id",
        "routing-line",
        "de-line",
        "security-line",
        "date-time-group",
        "originator",
        "action-addressee",
        "info-addressee",
        "info-addressee",
        "class-line",
        "caption-line",
        "handling-line",
        "handling-line",
        "executive-order",
        "tags",
        "subject",
        "paragraph",
        "signature",
    ]


def test_body(rules):
    body = (
        "THE HARBOUR\n-----------\n[1](#)1. (C) The keepers\n\nQUITO 00000034  002 OF 002\n\n\nasked for ladders.\n\n"
        "¶2. (U) They wait.\nDOE\n"
    )
    assert rules(FIELDS + body)[-8:] == [
        ("SUBJECT: LADDERS", "subject"),
        ("THE HARBOUR", "heading"),
        ("-----------", "dash-row"),
        ("[1](#)1. (C) The keepers", "paragraph"),
        ("QUITO 00000034  002 OF 002", "page-line"),
        ("asked for ladders.", "paragraph"),
        ("¶2. (U) They wait.", "paragraph"),
        ("DOE", "signature"),
    ]


def test_two_fields_on_a_line_are_two_stretches(raw):
    text = FIELDS.replace("02/03/2019\nTAGS", "02/03/2019 TAGS")
    line = next(here for _, span, here in by_line(text, account(parse(raw(text)))) if "TAGS" in text[slice(*span)])
    assert [(text[c.start : c.end].strip(), c.rule) for c in line] == [
        ("E.O. 12958: DECL: 02/03/2019", "executive-order"),
        ("TAGS: PGOV EC", "tags"),
    ]


def test_what_nothing_explains_is_unconsumed(rules):
    text = "THE LIGHTHOUSE\n" + HEADER + FIELDS + "Text before the first number.\n\n1. (C) Nets.\nDOE\n"
    assert [line for line, rule in rules(text) if rule in FALLBACKS] == [
        "THE LIGHTHOUSE",
        "Text before the first number.",
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY.", "protection-notice"),
        ("(U) THIS CABLE IS SENSITIVE BUT UNCLASSIFIED AND NOT FOR INTERNET DISTRIBUTION.", "protection-notice"),
        ("http://www.example.gov/wiki", "web-address"),
        ("XXXXXXXXXXXX,", "redaction"),
        ("End key points.", "region-marker"),
        ("“Visit our Classified Website at http://www.example.gov/quito”", "site-notice"),
    ],
)
def test_line_before_the_first_paragraph(rules, line, rule):
    assert (line, rule) in rules(FIELDS + line + "\n\n1. (C) Nets are wet.\nDOE\n")


def test_points_under_a_heading_are_a_list(rules):
    points = "-- The nets are wet.\n\n-- The ladders are short.\n\n"
    found = rules(
        FIELDS + "1. (C) Posts may use these points:\n\nNETS AND LADDERS\n\n" + points + "2. (C) Boats.\nDOE\n"
    )
    assert [rule for line, rule in found if line.startswith("--")] == ["list", "list"]


def test_a_single_point_outside_of_a_paragraph_is_unconsumed(rules):
    found = rules(FIELDS + "-- The nets are wet.\n\n1. (C) Boats.\nDOE\n")
    assert ("-- The nets are wet.", "unnumbered-text") in found


def test_a_summary_without_a_number(rules):
    found = rules(FIELDS + "SUMMARY: The keepers ask for ladders. END SUMMARY.\n\n1. (C) Nets are wet.\nDOE\n")
    assert ("SUMMARY: The keepers ask for ladders. END SUMMARY.", "summary") in found


def test_lines_below_the_signature(rules):
    line = "Declassified/Released US Department of State EO Systematic Review 01 JAN 2031"
    assert rules(FIELDS + f"1. (C) Nets are wet.\nDOE\n\n{line}\n")[-2:] == [
        ("DOE", "signature"),
        (line, "release-marking"),
    ]


@pytest.mark.parametrize("line", ["The nets - wet.", "Protect the keepers", "XX", "The end of the text", "See Visit"])
def test_line_that_no_rule_explains(rules, line):
    assert (line + ".", "unnumbered-text") in rules(FIELDS + line + ".\n\n1. (C) Nets.\nDOE\n")


def test_extract(rules):
    text = "This record is a partial extract of the original cable. The rest is not here.\n\n" + FIELDS
    assert rules(text)[0][1] == "extract-notice"


def test_sum_over_cables(raw):
    table = Account()
    rows = [row for text in (HEADER + FIELDS, FIELDS + "Loose text.\n") for row in table.rows(parse(raw(text)))]
    assert "    11   class-line              C O N F I D E N T I A L QUITO 000034" in rows
    assert "    12  ?unnumbered-text         Loose text." in rows
    assert table.cables == 2
    assert table.unconsumed == 1
    assert list(table.summary())[-1] == "unconsumed: 1 of 24 lines (4.17%), in 1 of 2 cables"
    assert table.lines == count(parse(raw(HEADER + FIELDS))) + count(parse(raw(FIELDS + "Loose text.\n")))


def test_nothing_to_account_for(raw):
    assert account(parse(raw(" \n\n"))) == ()
    assert list(Account().summary())[-1] == "unconsumed: 0 of 0 lines (0.00%), in 0 of 0 cables"


def test_every_rule_is_documented(examples):
    page = (Path(__file__).parents[3] / "docs" / "explanation" / "coordinates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z-]+)`", page[page.index("## Every line") : page.index("## Values that")]))
    found = {rule for raw in read([examples]) if isinstance(raw, RawCable) for rule in count(parse(raw))}
    assert len(found) > 20
    assert found <= named
    assert named >= FALLBACKS


def test_many_addressees_of_one_line_take_no_time():
    text = "FM AMEMBASSY QUITO\nTO " + "RUEHLI/AMEMBASSY LIMA " * 900 + "x" * 500_000
    raw = RawCable(source="s", position=1, format="telegram", encoding="utf-8", metadata=(), text=text)
    cable = parse(raw)
    assert len(cable.action_addressees) > 800
    start = time.process_time()
    account(cable)
    assert time.process_time() - start < 0.5


def test_lines_that_carriage_returns_end_have_the_same_rules(rules):
    text = HEADER + FIELDS
    assert [rule for _, rule in rules(text.replace("\n", "\r"))] == [rule for _, rule in rules(text)]
