"""Catalogue entries: what a source says of a cable without its text, alone and beside the text."""

from datetime import UTC, datetime

import pytest

from kg.cables import merge, parse

ENTRY = """Draft Date: 03 MAY 2007
Document Number: 2007BOGOTA04711
From: BOGOTA
Subject: LADDERS FOR THE KEEPERS
 OF LIGHTHOUSES
TAGS: PGOV, PREL, (DOE, JANE Q.)
To: STATE
Review Authority: n/a
"""
STATED = {
    "format": "nara-aad-list",
    "text_status": "catalogue",
    "reference_id": "2007BOGOTA04711",
    "created": "03 MAY 2007",
    "from": "BOGOTA",
    "to": "STATE",
    "subject": "LADDERS FOR THE KEEPERS\n OF LIGHTHOUSES",
    "tags": "PGOV, PREL, (DOE, JANE Q.)",
}


@pytest.fixture
def entry(raw):
    return raw(ENTRY, **STATED)


def codes(cable):
    return [problem.code for problem in cable.problems]


def test_entry_is_a_cable_without_text(entry):
    cable = parse(entry)
    assert (cable.canonical_id, cable.post, cable.originator.value) == ("07BOGOTA4711", "bogota", "BOGOTA")
    assert (cable.sent_at, cable.is_partial) == (datetime(2007, 5, 3, tzinfo=UTC), True)
    assert cable.subject.value == "LADDERS FOR THE KEEPERS OF LIGHTHOUSES"
    assert [tag.term for tag in cable.tags] == ["PGOV", "PREL", "DOE, JANE Q."]
    assert [one.plad for one in cable.action_addressees] == ["STATE"]
    assert [part.kind for part in cable.parts] == ["tags", "subject"]
    assert codes(cable) == ["catalogue-entry", *["from-metadata"] * 4, "date-without-hour"]


def test_values_of_an_entry_stand_in_its_text(entry):
    cable = parse(entry)
    for value in (cable.subject, *cable.tags):
        assert value.as_sent == entry.text[value.start : value.end]
        assert value.as_sent != ""
    subject = cable.part("subject")
    start, end = subject.found_at(0, len(subject.text))
    assert entry.text[start:end] == "LADDERS FOR THE KEEPERS\n OF LIGHTHOUSES"


@pytest.mark.parametrize(("status", "code"), [("withdrawn", "text-withdrawn"), ("not-on-line", "text-not-on-line")])
def test_reason_why_there_is_no_text_is_a_problem(raw, status, code):
    cable = parse(raw(f"Message Text\n\nMessage Attributes\n\n{ENTRY}", **{**STATED, "text_status": status}))
    assert codes(cable)[0] == code
    assert cable.subject.value == "LADDERS FOR THE KEEPERS OF LIGHTHOUSES"


def test_entry_without_lines_takes_all_from_the_metadata(raw):
    cable = parse(raw("07BOGOTA4711\nLADDERS\n", **STATED))
    assert cable.subject.as_sent == ""
    assert [tag.term for tag in cable.tags] == ["PGOV", "PREL", "DOE, JANE Q."]
    assert cable.parts == ()


def test_text_is_preferred_and_is_no_version_of_the_entry(raw, entry, telegram):
    merged = merge([entry, raw(telegram, source="whole.txt")])
    assert merged.cable.raw.text == telegram
    assert merged.cable.versions == ()
    assert [note.is_preferred for note in merged.cable.sources] == [False, True]
    assert "metadata-subject-differs" in codes(merged.cable)
    assert "text-differs" not in codes(merged.cable)
    assert merge([raw(telegram, source="whole.txt"), entry]) == merged


def test_entry_fills_what_the_text_lacks(raw, entry):
    extract = "This record is a partial extract of the original cable.\n\nUNCLAS BOGOTA 004711\n\n1. (U) Wet nets.\n"
    cable = merge([raw(extract, reference_id="07BOGOTA4711", source="extract.txt"), entry]).cable
    assert cable.raw.text == extract
    assert cable.subject.value == "LADDERS FOR THE KEEPERS OF LIGHTHOUSES"
    assert cable.sent_at == datetime(2007, 5, 3, tzinfo=UTC)
