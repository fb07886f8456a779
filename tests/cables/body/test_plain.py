"""Plain text."""

import pytest

from kg.cables import parse
from kg.cables.body.plain import plain_summary, plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. (C) One.\n2. (SBU) Two.\n", "One.\nTwo.\n"),
        ("1. (C) One.\n\n2. (C) Two.", "One.\n\nTwo."),
        ("1. (C) One.\n------\nNets\n------\n2. (C) Two.\n", "One.\n\nNets\n\nTwo.\n"),
        ("1. (C) One\n\nQUITO 00000034  002 OF 002\n\n\nand two.\n", "One\nand two.\n"),
        ("1. (C) Keepers\n\nSIPDIS\ncame.\n", "Keepers\ncame.\n"),
        ("1. (C) Summary: One. End summary.\n\n2. (C) Two.\n", "One. \n\nTwo.\n"),
        ("SUMMARY\n-------\n\n1. (C) One.\n\nEND SUMMARY\n\n2. (C) Two.\n", "One.\n\nTwo.\n"),
        ("1. (C) He met XXXXXXXXXXXX there. (Note: Once.)\n", "He met XXXXXXXXXXXX there. (Note: Once.)\n"),
        ("1. (C) He came. COMMENT: Late. END COMMENT. He left.\n", "He came. Late. He left.\n"),
        ("1. (C) He came. (Embassy comment: late. End comment.)\n", "He came. (late. )\n"),
        ("1. (C) He wants:\n\n-- rope\n\n-- wood\n", "He wants:\n-- rope\n-- wood\n"),
        ("", ""),
    ],
)
def test_plain_text(raw, text, expected):
    assert plain_text(parse(raw(text))) == expected


def test_header_is_no_part_of_it(raw, telegram):
    lines = plain_text(parse(raw(telegram))).splitlines()
    assert lines[:3] == ["The keepers asked for ladders. ", "", "THE LADDERS"]
    assert lines[-1] == "DOE"


def test_summary_over_paragraphs(raw):
    text = "1. (C) SUMMARY: One.\n\n-- rope\n\n2. (C) Two. END SUMMARY.\n\n3. (C) Three.\n"
    assert plain_summary(parse(raw(text))) == "One.\n-- rope\nTwo."


def test_no_summary(raw):
    assert plain_summary(parse(raw("1. (C) One.\n"))) is None
