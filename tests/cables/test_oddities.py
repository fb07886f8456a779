"""Absences and paragraph numbers out of order."""

from kg.cables import parse

HEAD = "UNCLAS QUITO 000034\nP 010000Z JAN 08\nFM AMEMBASSY QUITO\nSUBJECT: NETS\n\n"


def problems(raw, text):
    return [(p.code, p.message) for p in parse(raw(text)).problems if p.code.startswith(("no-n", "para"))]


def test_no_numbers(raw):
    assert problems(raw, HEAD + "Nets.\n") == [("no-numbered-paragraph", "the text has no numbered paragraphs")]


def test_missing_number(raw):
    text = HEAD + "1. (U) One.\n\n2. (U) Two.\n\n4. (U) Four.\n"
    assert problems(raw, text) == [("paragraph-number-skipped", "4 follows 2")]


def test_repeated_number(raw):
    text = HEAD + "1. (U) One.\n\n2. (U) Two.\n\n2. (U) Two.\n"
    assert problems(raw, text) == [("paragraph-number-repeated", "2 follows 2")]


def test_extract_lacks_numbers_by_its_nature(raw):
    text = "This record is a partial extract of the original cable.\n\n" + HEAD + "7. (U) Seven.\n\n9. (U) Nine.\n"
    assert problems(raw, text) == []


def test_text_with_nothing_lacks_everything(raw):
    assert [problem.code for problem in parse(raw("")).problems] == [
        "no-class-line",
        "no-date-time-group",
        "no-originator",
        "no-subject",
        "no-signature",
        "no-numbered-paragraph",
    ]


def test_numbers_of_a_quoted_document_are_none_of_the_cables(raw):
    text = HEAD + "1. (C) Begin text:\n\n1. Ropes.\n\n2. Nets.\n\nEnd text.\n\n2. (C) Two.\n"
    assert problems(raw, text) == []
