"""Where numbered paragraphs begin."""

import pytest

from kg.cables.body.numbering import PORTION, marking, paragraph_starts
from kg.cables.clean import clean


def numbers(text):
    return [found.number for found in paragraph_starts(clean(text), 0, len(text))]


def test_plain_sequence():
    assert numbers("1. (C) One.\n\n2. (C) Two.\n\n3. (C) Three.\n") == [1, 2, 3]


def test_date_broken_at_the_margin_is_no_paragraph():
    assert numbers("1. (C) In September\n15. the keeper came.\n\n2. (C) Two.\n\n3. Three.\n") == [1, 2, 3]


def test_year_broken_at_the_margin_is_no_paragraph():
    assert numbers("1. (C) Until\n¶2008. It stayed.\n\n2. (C) Two.\n") == [1, 2]


def test_list_inside_a_paragraph_is_none():
    text = "1. (C) One:\n\n1. Rope\n\n2. Wood\n\n2. (C) Two.\n\n3. (C) Three.\n\n4. (C) Four.\n"
    starts = paragraph_starts(clean(text), 0, len(text))
    assert [(found.number, found.portion_marking) for found in starts] == [(1, "C"), (2, "C"), (3, "C"), (4, "C")]


def test_missing_number():
    assert numbers("1. (C) One.\n\n2. (C) Two.\n\n4. (C) Four.\n") == [1, 2, 4]


def test_repeated_number():
    assert numbers("1. (C) One.\n\n2. (C) Two.\n\n2. (C) Again.\n\n3. (C) Three.\n") == [1, 2, 2, 3]


def test_extract_begins_later():
    assert numbers("7. (C) Seven.\n\n8. (C) Eight.\n") == [7, 8]


def test_number_in_a_line_with_a_portion_marking():
    assert numbers("1. (C) One. 2. (U) Two.\n") == [1, 2]


def test_number_without_a_full_stop():
    assert numbers("1 (SBU) One.\n\n2 (SBU) Two.\n") == [1, 2]


def test_number_with_a_comma():
    assert numbers("1. (C) One.\n\n2, (C) Two.\n\n3. (C) Three.\n") == [1, 2, 3]


def test_paragraphs_of_capitals_without_markings():
    assert numbers("1. THE KEEPER CAME.\n\n2. THE KEEPER LEFT\nAND\n\n3. CAME BACK.\n") == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(C)", "C"),
        ("(S/NF)", "S/NF"),
        ("( C )", "C"),
        ("(S//FGI//NF)", "S//FGI//NF"),
        ("(S/REL NATO)", "S/REL NATO"),
        ("(U//FOUO)", "U//FOUO"),
        ("(C NF)", "C NF"),
        ("(SBU/N)", "SBU/N"),
        ("(c)", "C"),
        ("(C - ENTIRE TEXT)", "C - ENTIRE TEXT"),
    ],
)
def test_portion_marking(text, expected):
    assert marking(PORTION.fullmatch(text)) == expected


@pytest.mark.parametrize("text", ["(REF A)", "(A)", "(CC)", "C)", "(Cod)"])
def test_no_portion_marking(text):
    assert PORTION.fullmatch(text) is None
