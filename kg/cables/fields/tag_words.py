"""Words of the TAGS line that are no terms by themselves: glued or misspelt terms, terms of several words, persons."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.tables import is_given_name, rows, tag_terms

_JOINS: Final = frozenset({"AND", "OF", "IN", "THE", "FOR"})
_LONGEST_CODE: Final = 5
# Lengths of the terms that are glued together: subjects and programs, countries, organizations.
_LENGTHS: Final = (4, 2, 3, 5, 6)
_UNKNOWN_PROGRAM: Final = 3
_LONGEST_PHRASE: Final = 4

Span = tuple[str, int, int]


def corrected(word: str) -> tuple[str, ...]:
    """The terms that a misspelt word stands for by the table (`UNDESCO`, `RIGHTSPOLMIL`), or nothing."""
    return _corrections().get(word, ())


def glued(token: Span) -> list[Span]:
    """The known terms that a word without spaces is made of (`MASSMNUC`, `ITPHUM`), or nothing where it is not.

    Of several ways the one with the fewest terms is taken; one of them has to be a known subject or program. A
    program that no table knows (`KQQQ`) counts for several.
    """
    word, start, _ = token
    if not 6 <= len(word) <= 120 or not word.isalpha() or word in _plain_words():
        return []
    # For each offset from the end: the least cost from there on, and the length of the first term.
    best: dict[int, tuple[int, int]] = {len(word): (0, 0)}
    for at in range(len(word) - 2, -1, -1):
        costs = ((n, _cost(word[at : at + n])) for n in _LENGTHS if at + n in best)
        ways = [(best[at + n][0] + cost, n) for n, cost in costs if cost]
        if ways:
            best[at] = min(ways, key=lambda way: way[0])
    if 0 not in best:
        return []
    parts, at = [], 0
    while at < len(word):
        length = best[at][1]
        parts.append((word[at : at + length], start + at, start + at + length))
        at += length
    return parts if any(_is_subject(part) for part, _, _ in parts) else []


def joined(run: list[Span]) -> Iterator[Span]:
    """The terms of a run of words that are no known terms: persons, known phrases, and what is left between them."""
    words = [word for token in run for word in _spread(token)]
    pending: list[Span] = []
    at = 0
    while at < len(words):
        size = _person(words, at) or _phrase(words, at)
        if size:
            yield from _remaining(pending)
            yield _term(words[at : at + size], is_person=_phrase(words, at) == 0)
            pending = []
        elif pending and words[at][0] in _demonyms():
            # An adjective of a country opens a new term: ITALY ELECTIONS / ITALIAN POLITICS.
            yield from _remaining(pending)
            pending = [words[at]]
        else:
            pending.append(words[at])
        at += size or 1
    yield from _remaining(pending)


def names_person(word: str) -> bool:
    """Whether a word is a given name and no country: `TIP ISRAEL` is no person."""
    return is_given_name(word) and word not in _countries()


def _spread(token: Span) -> Iterator[Span]:
    """A word, or the words that the table has for it: each with the span of the word, or of its piece of it."""
    word, start, stop = token
    known = corrected(word)
    at = 0
    for term in known:
        place = word.find(term, at)
        at = place + len(term) if place >= 0 else at
        yield (term, start + place, start + at) if place >= 0 else (term, start, stop)
    if not known:
        yield token


def _person(words: list[Span], at: int) -> int:
    """How many words name a person from here, surname first (`ROWAN JAMES B`); 0 where they do not."""
    if at + 1 == len(words) or len(words[at][0]) < 2 or not names_person(words[at + 1][0]) or _phrase(words, at):
        return 0
    return 3 if at + 2 < len(words) and len(words[at + 2][0]) == 1 else 2


def _phrase(words: list[Span], at: int) -> int:
    """How many words make a known term from here, as many as can be; 0 where none do."""
    for size in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(word for word, _, _ in words[at : at + size]) in _phrases():
            return size
    return 0


def _term(words: list[Span], *, is_person: bool) -> Span:
    texts = [word for word, _, _ in words]
    value = f"{texts[0]}, {' '.join(texts[1:])}" if is_person else " ".join(texts)
    return value, words[0][1], words[-1][2]


def _remaining(words: list[Span]) -> Iterator[Span]:
    """One term of several words where a word is too long for a code (`NETS OF WINTER`), else each word a term."""
    if len(words) > 1 and any(len(word) > _LONGEST_CODE or word in _JOINS for word, _, _ in words):
        yield _term(words, is_person=False)
    else:
        yield from words


def _cost(piece: str) -> int:
    """1 for a known term, more for the form of a program, 0 for what is no piece of a glued word."""
    known = tag_terms().get(piece)
    if known is not None:
        return int(len(piece) in (2, 4) or known.kind == "organization")
    return _UNKNOWN_PROGRAM if len(piece) == 4 and piece[0] == "K" else 0


def _is_subject(term: str) -> bool:
    known = tag_terms().get(term)
    return known is not None and known.kind.startswith(("subject", "program"))


@cache
def _corrections() -> MappingProxyType[str, tuple[str, ...]]:
    return MappingProxyType({row["as_sent"]: tuple(row["terms"].split("|")) for row in rows("tag_corrections.tsv")})


@cache
def _phrases() -> frozenset[str]:
    return frozenset(row["phrase"] for row in rows("tag_phrases.tsv"))


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(row["term"].upper() for row in rows("country_words.tsv") if row["use"] == "demonym")


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["term"].upper() for row in rows("country_words.tsv") if row["use"] == "name")


@cache
def _plain_words() -> frozenset[str]:
    """Words of English that can look like glued terms: MASSACRE is not MASS, AC and RE."""
    return frozenset(row["word"].upper() for row in rows("common_words.tsv"))
