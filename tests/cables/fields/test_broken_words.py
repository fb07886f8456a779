"""Words that the margin broke in two."""

import pytest

from kg.cables.fields.broken_words import unbroken

LEAD = "Classified By: "
MARGIN = 71


def broken(value):
    """The value in a line that is broken behind its 71st character, as the form did it, without its keyword."""
    line = LEAD + value
    text = f"{line[:MARGIN]} \n{line[MARGIN:]}"
    return unbroken(text, len(LEAD), len(text))


@pytest.mark.parametrize("shift", range(24))
@pytest.mark.parametrize("name", ["JANE LARKSDAUGHTER FOR REASONS 1.4 (B)", "Jane Larksdaughter for reasons 1.4 (b)"])
def test_break_anywhere(name, shift):
    value = "X" * (MARGIN - len(LEAD) - shift - 1) + " " + name
    assert broken(value).split() == value.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jane R\noe for reasons", "Jane Roe for reasons"),
        ("Jane Roe for reas \nons 1.4", "Jane Roe for reasons 1.4"),
        ("Jane Roe, pol\nofficer", "Jane Roe, pol\nofficer"),
        ("Jane Roe for reasons 1.4 b and\nd", "Jane Roe for reasons 1.4 b and\nd"),
        ("JANE\nROE", "JANE\nROE"),
        ("Jane Roe", "Jane Roe"),
        ("", ""),
    ],
)
def test_line_of_another_length(text, words):
    assert unbroken(text, 0, len(text)) == words


def test_words_that_are_whole_stay_apart_at_the_margin():
    value = "X" * (MARGIN - len(LEAD) - 4) + " for"
    text = f"{LEAD}{value}\nreasons 1.4 (b)"
    assert unbroken(text, len(LEAD), len(text)) == f"{value}\nreasons 1.4 (b)"
