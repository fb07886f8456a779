"""Read the dates that cables write, and resolve them against the cable's own date and the tense.

Every form yields EDTF level 1 by construction; the tests check each with the `edtf` library, which takes some 10 ms a
string and so has no place in a build.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from kg.extraction import calendar_dates as by_calendar
from kg.extraction import periods
from kg.extraction import relative_dates as by_relation
from kg.extraction.calendar_dates import When
from kg.extraction.model import DateExpression
from kg.extraction.periods import Period

Resolve = Callable[[re.Match[str], When], Period | None]
WORD: Final = re.compile(r"[a-z]+")
LONGEST_LINK: Final = 12
# Matches what stands between two dates that are the ends of one span, or two choices: "May 3 to June 2".
SPAN_LINK: Final = re.compile(r"\ ?(?:--?|–|to|through|thru|until|or)\ ?(?:the\ )?", re.VERBOSE | re.IGNORECASE)
AND_LINK: Final = re.compile(r" and (?:the )?", re.IGNORECASE)
BETWEEN: Final = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)
_MONTH_WORDS: Final = frozenset(by_calendar.MONTHS)
_DAYS: Final = frozenset(by_relation.WEEKDAYS)
_UNITS: Final = frozenset(("day", "days", "week", "weeks", "month", "months", "year", "years"))
_SEASONS: Final = frozenset(periods.SEASONS)
_DIGITS: Final = frozenset(("#",))
# Each form: the words of which its text holds one (# for a digit), the pattern, and what it means.
_GRAMMAR: Final[tuple[tuple[frozenset[str], re.Pattern[str], Resolve], ...]] = (
    (frozenset(("week", "weekend")), by_relation.WEEK_OF, by_relation.week_of),
    (_MONTH_WORDS, by_calendar.DAY_FIRST, by_calendar.by_month),
    (_MONTH_WORDS, by_relation.NAMED_MONTH, by_relation.named_month),
    (_MONTH_WORDS, by_calendar.MONTH_FIRST, by_calendar.by_month),
    (_DIGITS, by_calendar.ISO, by_calendar.iso),
    (_DIGITS, by_calendar.SLASHED, by_calendar.slashed),
    (_SEASONS, by_calendar.SEASON, by_calendar.in_season),
    (frozenset(("quarter", "half", "q")), by_calendar.QUARTER, by_calendar.in_quarter),
    (frozenset(("fy", "fiscal")), by_calendar.FISCAL, by_calendar.fiscal),
    (_DIGITS, by_calendar.YEAR_ONLY, by_calendar.in_year),
    (frozenset(("s",)), by_calendar.SHORT_DECADE, by_calendar.short_decade),
    (_UNITS, by_relation.AGO, by_relation.ago),
    (_UNITS, by_relation.SPELL, by_relation.spell),
    (_UNITS | _SEASONS | {"weekend"}, by_relation.AROUND, by_relation.around),
    (_UNITS | {"weekend"}, by_relation.WITHIN, by_relation.within),
    (
        frozenset(("day", "today", "tonight", "tomorrow", "yesterday", "morning", "afternoon", "evening", "night")),
        by_relation.NEAR,
        by_relation.near,
    ),
    (_DAYS, by_relation.WEEKDAY, by_relation.weekday),
    (_DIGITS, by_relation.DAY_ALONE, by_relation.day_alone),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAt:
    """A date expression and where it stands in the text it was found in."""

    start: int
    end: int
    value: DateExpression


def dates_in(
    text: str, found: str, base: date, is_future: Callable[[int], bool], told: date | None = None
) -> list[DateAt]:
    """All date expressions of a text, in order.

    `found` is the text as it stands, where `text` may have another case; `is_future` tells the tense at an offset;
    `told` is the day that the text before told of last, from which "the next day" counts.
    """
    spans: list[tuple[int, int, Period]] = []
    last = told or base
    for match, resolve in _matches(text):
        start, end = _inside(match)
        period = resolve(match, When(base=base, told=last, is_future=is_future(start)))
        if period is not None:
            spans.append((start, end, period))
            last = period.earliest if period.earliest == period.latest else last
    return [_at(start, end, period, found) for start, end, period in _joined(spans, text)]


def _inside(match: re.Match[str]) -> tuple[int, int]:
    """The span of a date without the word that leads it in."""
    start = match.end("lead") if match.groupdict().get("lead") is not None else match.start()
    return start, match.start() + len(match[0].rstrip(" ,"))


def _matches(text: str) -> Iterator[tuple[re.Match[str], Resolve]]:
    """The date forms of a text in its order, none overlapping: of two, the one that stands first in the grammar."""
    words = set(WORD.findall(text.lower()))
    if any(map(str.isdigit, text)):
        words |= _DIGITS
    out: list[tuple[int, re.Match[str], Resolve]] = []
    taken = bytearray(len(text))
    for keys, pattern, resolve in _GRAMMAR:
        if keys.isdisjoint(words):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                out.append((start, match, resolve))
    return ((match, resolve) for _, match, resolve in sorted(out, key=lambda found: found[0]))


def _joined(spans: list[tuple[int, int, Period]], text: str) -> list[tuple[int, int, Period]]:
    """The spans with two that are the ends of one made one: `May 30 to June 2`, `between May 3 and May 5`."""
    out = spans[:1]
    for (_, end, _), span in pairwise(spans):
        start, _, first = out[-1]
        gap = text[end : span[0]]
        whole = None
        if len(gap) <= LONGEST_LINK and _links(text, start, gap):
            whole = periods.spanning(_before(first, span[2]), span[2])
        if whole is None:
            out.append(span)
        else:
            out[-1] = (start, span[1], whole)
    return out


def _links(text: str, start: int, gap: str) -> bool:
    if SPAN_LINK.fullmatch(gap):
        return True
    return AND_LINK.fullmatch(gap) is not None and BETWEEN.search(text[max(0, start - 14) : start]) is not None


def _before(first: Period, last: Period) -> Period:
    """The first end of a span, in the year that its last end states."""
    years = last.latest.year - first.earliest.year
    if last.basis != "stated" or first.basis == "stated" or years == 0 or len(first.edtf) < 7 or "/" in first.edtf:
        return first
    earliest = first.earliest
    try:
        moved = earliest.replace(year=earliest.year + years), first.latest.replace(year=first.latest.year + years)
    except ValueError:  # the 29th of February
        return first
    return Period(edtf=f"{moved[0].year:04}{first.edtf[4:]}", earliest=moved[0], latest=moved[1], basis="stated")


def _at(start: int, end: int, period: Period, found: str) -> DateAt:
    value = DateExpression(
        text=found[start:end].strip(" ,"),
        edtf=period.edtf,
        earliest=period.earliest,
        latest=period.latest,
        basis=period.basis,
    )
    return DateAt(start=start, end=end, value=value)
