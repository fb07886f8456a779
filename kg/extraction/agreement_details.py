"""Read what stands with an agreement: its parties, its status and its date."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from kg.extraction.candidates import Candidate
from kg.extraction.dates import DateAt
from kg.extraction.lexicon import COUNTRY, DEMONYM, ORGANIZATION, country_words, government
from kg.extraction.model import DateExpression
from kg.extraction.nationality import Setting
from kg.extraction.scenes import Scene
from kg.extraction.timing import sentence_dates
from kg.extraction.tokens import Reading, Token
from kg.extraction.treaties import treaties

FEW: Final = 1  # countries of a sentence that tells more may not be parties
NEAR: Final = 20
OURS: Final = frozenset(("we", "our", "ambassador", "poloff", "emboffs", "bilateral", "joint", "usg", "u.s."))
SENTENCE: Final = 80  # tokens of a sentence on each side in which countries count
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


def countries_around(reading: Reading, index: int, resolve: Callable[[str], str | None]) -> tuple[str, ...]:
    """The countries that the sentence of a token names, not too far from it."""
    floor, ceiling = reading.sentence_of(index)
    return named_countries(reading.tokens[max(floor, index - SENTENCE) : min(ceiling, index + SENTENCE)], resolve)


def parties_of(reading: Reading, candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    """The countries in a name; else those that its sentence names, and of these the host country and the US.

    Where a name has one at most, the other is the host country, of which cables speak without naming it, or the
    United States where the sentence says "we" or the dealing is between two.
    """
    named = named_countries(reading.tokens[candidate.first : candidate.last], setting.government)
    if candidate.instrument is not None and treaties()[candidate.instrument].parties:
        return named if len(named) > 1 else treaties()[candidate.instrument].parties
    if len(named) > 1:
        return named
    around = countries_around(reading, candidate.first, setting.government)
    if len(around) == 2 and candidate.instrument is None:
        return around
    found = named or around[:FEW]
    floor, ceiling = reading.sentence_of(candidate.first)
    lows = {t.low for t in reading.tokens[max(floor, candidate.first - NEAR) : min(ceiling, candidate.last + NEAR)]}
    own = () if setting.host is None or len(found) > 1 else (setting.host,)
    ours = ("US",) if len({*found, *own}) < 2 and not OURS.isdisjoint(lows) else ()
    return tuple(dict.fromkeys((*found, *own, *ours)))


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
