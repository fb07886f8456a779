"""Words in capitals, also those with the letters that a pattern without regard to case takes for others."""

import re
import sys
from string import ascii_letters

import pytest

from kg.cables.words import in_capitals


@pytest.mark.parametrize(
    ("words", "expected"),
    [("key  points", "KEY POINTS"), ("F\u0130VE", "FIVE"), ("f\u0131ve", "FIVE"), ("\u017fi\n x", "SI X")],
)
def test_words_in_capitals(words, expected):
    assert in_capitals(words) == expected


def test_every_letter_that_a_pattern_takes_for_a_latin_one_becomes_that_one():
    alone = re.compile("[a-z]", re.IGNORECASE)
    others = [chr(code) for code in range(128, sys.maxunicode + 1) if alone.match(chr(code))]
    assert len(others) == 4
    for letter in others:
        meant = next(one for one in ascii_letters if re.match(one, letter, re.IGNORECASE))
        assert in_capitals(letter) == meant.upper()
