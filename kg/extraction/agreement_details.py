"""Read what stands with an agreement: its parties, its status and its date."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from kg.extraction.candidates import Candidate
from kg.extraction.dates import DateAt
from kg.extraction.lexicon import COUNTRY, DEMONYM, ORGANIZATION, country_words, government, mapping
from kg.extraction.model import DateExpression
from kg.extraction.scenes import Scene
from kg.extraction.timing import sentence_dates
from kg.extraction.tokens import Reading, Token
from kg.extraction.treaties import treaties

SENTENCE: Final = 80  # tokens of a sentence on each side in which countries count
REACH: Final = 8  # tokens from a name to the word that tells its status
# Statuses told by two words, which go before those told by one.
PHRASES: Final = (
    ("under negotiation", "negotiating"),
    ("being negotiated", "negotiating"),
    ("entered into force", "in force"),
    ("enter into force", "signed"),
    ("came into force", "in force"),
    ("into effect", "in force"),
)
DATED: Final = frozenset(("agreed", "ratified", "signed"))
# Matches the "from " of "from May to June" and the "May to " before its end.
PERIOD_BEFORE: Final = re.compile(
    r"(?:\b(?:from|until|till|through|between)|[A-Z][a-z]{2,8}\.?\ to|\d\ to)\ (?:the\ )?$", re.VERBOSE
)
# Matches the " to " of "May to June"; not that of "May to repair the quay".
PERIOD_AFTER: Final = re.compile(
    r"\ (?:to|until|till|through)\ (?:mid-|early\ |late\ )?(?:\d|[A-Z][a-z]{2})", re.VERBOSE
)


def named_countries(tokens: tuple[Token, ...], resolve: Callable[[str], str | None]) -> tuple[str, ...]:
    """The countries that words name: `Peru-Chile Fisheries Agreement`, `MOU with Bolivia`, `between the GOC and us`."""
    return tuple(dict.fromkeys(code for token in tokens for code in _codes(token, resolve)))


def _codes(token: Token, resolve: Callable[[str], str | None]) -> Iterator[str]:
    if token.bits & (COUNTRY | DEMONYM):
        pieces = [token.text]
    elif token.bits & ORGANIZATION and (code := government(token.text)) is not None:
        code = resolve(token.text) if code.startswith("?") else code
        if code is not None:
            yield code
        return
    elif "-" in token.text:
        pieces = token.text.split("-")
    else:
        return
    codes = [country_words("name").get(piece) or country_words("demonym").get(piece) for piece in pieces]
    if None not in codes or len(codes) > 2:
        yield from (code for code in codes if code is not None)


def status_near(reading: Reading, first: int, core_end: int, last: int) -> str:
    """The status by the word nearest to the name from `first` to `core_end`, inside its sentence.

    A phrase of two words goes before one; the complement up to `last` counts as around the name (`memorandum signed`).
    """
    floor, ceiling = reading.sentence_of(first)
    since, until = max(floor, first - REACH), min(ceiling, last + REACH)
    near_words = " ".join(t.low for t in reading.tokens[since:until])
    for phrase, status in PHRASES:
        if phrase in near_words:
            return status
    statuses = mapping("agreement_statuses.tsv", "word", "status")
    near = [
        (min(abs(i - first), abs(i - core_end + 1)), statuses[reading.tokens[i].low])
        for i in range(since, until)
        if reading.tokens[i].low in statuses and not first <= i < core_end
    ]
    return min(near)[1] if near else "unknown"


def countries_around(reading: Reading, index: int, resolve: Callable[[str], str | None]) -> tuple[str, ...]:
    """The countries that the sentence of a token names, not too far from it."""
    floor, ceiling = reading.sentence_of(index)
    return named_countries(reading.tokens[max(floor, index - SENTENCE) : min(ceiling, index + SENTENCE)], resolve)


def parties_of(reading: Reading, candidate: Candidate, resolve: Callable[[str], str | None]) -> tuple[str, ...]:
    """The countries in a name; those of its sentence where the name has one at most and the sentence two in all."""
    named = named_countries(reading.tokens[candidate.first : candidate.last], resolve)
    if candidate.instrument is not None:
        return named if len(named) > 1 else treaties()[candidate.instrument].parties
    if len(named) > 1:
        return named
    around = countries_around(reading, candidate.first, resolve)
    return around if len(around) == 2 else named


def date_in(reading: Reading, index: int, base: date | None) -> DateExpression | None:
    """The first date of a sentence that is no end of a period."""
    floor, ceiling = reading.sentence_of(index)
    dates = [at for at in sentence_dates(reading, floor, ceiling, base) if not _is_of_period(reading.text, at)]
    return dates[0].value if dates else None


def date_of(scene: Scene, index: int) -> DateExpression | None:
    """The date nearest to the verb, but none that a period begins or ends with: `from May to June`."""
    dates = [at for at in scene.dates if not _is_of_period(scene.reading.text, at)]
    return Scene(scene.reading, scene.floor, scene.ceiling, scene.all_actors, dates).date_near(index)


def in_time(when: DateExpression | None, status: str, base: date | None) -> DateExpression | None:
    """A date at which an instrument can have been agreed: not after the cable."""
    if when is None or base is None or when.earliest <= base or status not in DATED:
        return when
    return None


def _is_of_period(text: str, at: DateAt) -> bool:
    """Whether a date is one end of a period, which says how long something lasts, not when it was agreed."""
    before, after = text[max(0, at.start - 24) : at.start], text[at.end : at.end + 20]
    return PERIOD_BEFORE.search(before) is not None or PERIOD_AFTER.match(after) is not None
