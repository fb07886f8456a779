import pytest

from kg.extraction import apposition, phrases
from kg.extraction.lexicon import PLURAL_TITLE, TITLE


def head_of(reading):
    return next(i for i, t in enumerate(reading.tokens) if t.bits & (TITLE | PLURAL_TITLE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("then Peruvian Deputy Trade Minister Orlan", "then Peruvian Deputy Trade Minister"),
        ("Visiting Minister Orlan", "Minister"),
        ("told senior police official Orlan", "senior police official"),
        ("Trade and Industry Minister Orlan", "Trade and Industry Minister"),
        ("the port's harbor warden Orlan", "warden"),
    ],
)
def test_role_before_a_name(reading_of, text, expected):
    reading = reading_of(text)
    head = max(i for i, t in enumerate(reading.tokens) if t.bits & (TITLE | PLURAL_TITLE))
    first = phrases.role_start(reading.tokens, head, 0)
    assert " ".join(t.text for t in reading.tokens[first : head + 1]) == expected


def test_portfolio_between_title_and_name(reading_of):
    reading = reading_of("Minister of Foreign Affairs Orlan")
    assert phrases.portfolio_end(reading.tokens, 1, 5) == 4


def test_no_portfolio_where_a_name_follows(reading_of):
    assert phrases.portfolio_end(reading_of("Minister Orlan").tokens, 1, 2) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the head of the harbor authority, said", "head of the harbor authority"),
        ("political officer at the Mexican Embassy in Lima, told", "political officer at the Mexican Embassy in Lima"),
        ("deputy political counselor, told", "deputy political counselor"),
    ],
)
def test_role_in_apposition(reading_of, text, expected):
    reading = reading_of(text)
    first, last = apposition.apposition(reading.tokens, 0, len(reading.tokens))
    assert reading.words(first, last) == expected


@pytest.mark.parametrize("text", ["who told the minister", "said the minister", "XXXXXXXX minister"])
def test_no_role_in_apposition(reading_of, text):
    reading = reading_of(text)
    assert apposition.apposition(reading.tokens, 0, len(reading.tokens)) is None
