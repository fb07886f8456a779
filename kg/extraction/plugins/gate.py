"""Let in what can be a person's name: two to four words, none of which the project's tables know as another thing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final

from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    HONORIFIC,
    INITIAL,
    INSTITUTION,
    NUMBER,
    ORGANIZATION,
    PARTICLE,
    PLURAL_TITLE,
    PORTFOLIO,
    PUNCTUATION,
    REDACTED,
    TITLE,
)
from kg.extraction.model import Facts
from kg.extraction.names import LONGEST, is_acronym
from kg.extraction.tokens import Reading, Token, opens_sentence

FEWEST: Final = 2  # words, initials and particles not counted
MOST: Final = 4
# Rules that only carry a known person on; a fuller name at such a place says more of the same person.
CARRIED_ON: Final = frozenset(("surname", "full-name", "typo"))
# Why a word is none of a name, the first that holds.
WORD_REASONS: Final = (
    (REDACTED, "redaction"),
    (NUMBER | PUNCTUATION, "no-name"),
    (CITY | COUNTRY, "place"),
    (DEMONYM, "demonym"),
    (TITLE | PLURAL_TITLE | HONORIFIC, "title"),
    (INSTITUTION | PORTFOLIO | ORGANIZATION, "body"),
    (COMMON | FUNCTION | CALENDAR, "common-word"),
)

Span = tuple[int, int]


class Gate:
    """Knows the words of a cable and what the rules found in it, and says of a span why it is no new person."""

    def __init__(self, readings: Iterable[Reading], facts: Facts) -> None:
        self._readings = {reading.part: reading for reading in readings}
        self._persons: dict[str, list[tuple[int, int, str]]] = {}
        self._agreements: dict[str, list[Span]] = {}
        for person in facts.persons:
            for mention in person.mentions:
                places = self._persons.setdefault(mention.part, [])
                places += [(start, end, mention.rule) for start, end in mention.spans]
        for agreement in facts.agreements:
            for mention in agreement.mentions:
                self._agreements.setdefault(mention.part, []).extend(mention.spans)

    def trimmed(self, part: str, start: int, end: int) -> Span:
        """The span without honorifics before the name and a possessive behind it."""
        tokens = self._tokens(part, start, end)
        while len(tokens) > 1 and tokens[0].bits & HONORIFIC:
            tokens = tokens[1:]
        while len(tokens) > 1 and tokens[-1].low == "'s":
            tokens = tokens[:-1]
        return (max(start, tokens[0].start), min(end, tokens[-1].end)) if tokens else (start, end)

    def reason(self, part: str, start: int, end: int) -> str | None:
        """Why a span names no person that is new there; None where it may. `known` where the rules found it too."""
        persons = self._persons.get(part, ())
        touching = [(first, last, rule) for first, last, rule in persons if first < end and start < last]
        if any(first <= start and end <= last for first, last, _ in touching):
            return "known"
        if any(not start <= first < last <= end or rule not in CARRIED_ON for first, last, rule in touching):
            return "crosses-person"
        if any(first < end and start < last for first, last in self._agreements.get(part, ())):
            return "in-agreement"
        tokens = self._tokens(part, start, end)
        if not tokens or (tokens[0].start, tokens[-1].end) != (start, end):
            return "cuts-a-word"
        reading = self._readings[part]
        place = bisect_left(reading.tokens, start, key=attrgetter("start"))
        return no_name(tokens, is_capitals=reading.is_capitals) or _neighbour_reason(
            reading.tokens, place, place + len(tokens)
        )

    def has_unexplained(self, part: str) -> bool:
        """Whether a part holds words that would be let in if an extractor suggested them."""
        reading = self._readings[part]
        return any(self.reason(part, start, end) is None for start, end in _runs(reading))

    def _tokens(self, part: str, start: int, end: int) -> Sequence[Token]:
        reading = self._readings.get(part)
        if reading is None:
            return ()
        first = bisect_right(reading.tokens, start, key=attrgetter("end"))
        return reading.tokens[first : bisect_left(reading.tokens, end, key=attrgetter("start"))]


def no_name(tokens: Sequence[Token], *, is_capitals: bool) -> str | None:
    """Why some words are no full name; None where they can be."""
    for token in tokens:
        reason = _word_reason(token, is_capitals=is_capitals)
        if reason is not None:
            return reason
    full = [token for token in tokens if not token.bits & (INITIAL | PARTICLE)]
    if len(full) < FEWEST:
        return "too-few-words"
    return "too-many-words" if len(full) > MOST or len(tokens) > LONGEST else None


def _word_reason(token: Token, *, is_capitals: bool) -> str | None:
    if token.bits & (INITIAL | PARTICLE) and not token.bits & REDACTED:
        return None
    for bits, reason in WORD_REASONS:
        if token.bits & bits:
            return reason
    if not token.bits & CAPITAL:
        return "no-name"
    # "MOD" and "FinMin" are bodies and offices; shouted words are names more seldom than models think.
    is_shouted = token.text.isupper() or is_acronym(token.text, is_inside=True)
    return "acronym" if is_shouted and not is_capitals else None


def _neighbour_reason(tokens: tuple[Token, ...], first: int, last: int) -> str | None:
    """Why words are only a piece of a longer name: `Ana Ruiz` of "the Ana Ruiz Foundation"."""
    if last < len(tokens) and tokens[last].bits & CAPITAL and not tokens[last].bits & (TITLE | PLURAL_TITLE):
        return "longer-name"
    before = tokens[first - 1] if first else None
    if before is None or opens_sentence(tokens, first - 1):
        return None
    is_name = before.bits & (CAPITAL | INITIAL | PARTICLE) and not before.bits & (
        TITLE | PLURAL_TITLE | HONORIFIC | DEMONYM | COUNTRY | PORTFOLIO | INSTITUTION | ORGANIZATION
    )
    return "longer-name" if is_name else None


def _runs(reading: Reading) -> Iterator[Span]:
    """The longest runs of words that each can stand in a name."""
    first = None
    for index, token in enumerate((*reading.tokens, None)):
        if token is not None and _word_reason(token, is_capitals=reading.is_capitals) is None:
            first = index if first is None else first
        elif first is not None:
            yield reading.tokens[first].start, reading.tokens[index - 1].end
            first = None
