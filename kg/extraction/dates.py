"""Read the dates that cables write, and resolve them against the cable's own date.

Every form yields EDTF level 1 by construction; the tests check each with the `edtf` library, which takes some 10 ms a
string and so has no place in a build.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.extraction.model import DateExpression

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"one": 1, "an": 1, "several": 0, "few": 0}
NEAR_DAYS: Final = 31
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?"
    r"|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"

# Matches "mid-January", "late November 2008", "October 29", "December 4-6, 2009", "October 21, 22 and 23".
MONTH_FIRST: Final = re.compile(
    rf"""
    (?:\b(?P<part>[Mm]id|[Ee]arly|[Ll]ate|[Ee]nd\ of|[Bb]eginning\ of)[\ -](?:in\ )?)?
    \b{_MONTH}
    (?:\ (?P<day>{_DAY})(?!\ (?:million|billion|percent|people|years|days|members))
       (?:(?:\ ?(?:-|–|to|and|through|,)\ ?(?:{_DAY},?\ and\ )?)(?P<last>{_DAY})(?![\d:,]\d))?)?
    (?:,?\ {_YEAR})?
    """,
    re.VERBOSE,
)
# Matches "14-16 May", "3 February 2009", "14 to 16 May".
DAY_FIRST: Final = re.compile(
    rf"\b(?P<day>{_DAY})(?:\ ?(?:-|–|to|and)\ ?(?P<last>{_DAY}))?\ (?:of\ )?{_MONTH}(?:,?\ {_YEAR})?", re.VERBOSE
)
# Matches "10/29/2008", "10/29".
SLASHED: Final = re.compile(
    r"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<d>[12]\d|3[01]|0?[1-9])(?:/(?P<y>\d{4}|\d\d))?(?![\d/])"
)
# Matches "late 2006", "in 2004", "the late 1980s".
YEAR_ONLY: Final = re.compile(
    r"\b(?:(?P<part>[Mm]id|[Ee]arly|[Ll]ate)[ -]|(?:in|since|of|during|by|spring|summer|fall|autumn|winter)\ )"
    r"(?:the\ )?(?P<year>(?:19|20)\d\d)(?P<decade>s)?(?!\d)",
    re.VERBOSE,
)
# Matches "two days ago", "three weeks earlier", "a month before".
AGO: Final = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\ "
    r"(?P<unit>day|week|month|year)s?\ (?:ago|earlier|before|prior|previously)\b",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "last week", "next month", "this spring", "later this year".
AROUND: Final = re.compile(
    r"\b(?P<which>last|next|this|coming|past|previous)\ "
    r"(?P<unit>week|month|year|spring|summer|fall|autumn|winter|weekend)\b",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "yesterday", "the previous day", "this morning".
NEAR: Final = re.compile(
    r"""
    \b(?:
      (?P<today>today|this\ (?:morning|afternoon|evening)|tonight|earlier\ in\ the\ day|same\ day)
    | (?P<tomorrow>tomorrow)
    | (?P<yesterday>yesterday|last\ night|the\ (?:previous|prior)\ (?:day|evening|night)
      |the\ (?:day|night|evening)\ before)
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Matches "on Tuesday", "last Friday", "next Monday".
WEEKDAY: Final = re.compile(
    r"\b(?:(?P<which>last|next|this|on)\ )?(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!,)", re.VERBOSE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAt:
    """A date expression and where it stands in the text it was found in."""

    start: int
    end: int
    value: DateExpression


def dates_in(text: str, found: str, base: date, is_future: Callable[[int], bool]) -> list[DateAt]:
    """All date expressions of a text, in order.

    `found` is the text as it stands, where `text` may have another case; `is_future` tells the tense at an offset.
    """
    out: list[DateAt] = []
    taken = bytearray(len(text))
    for pattern, resolve in _GRAMMAR:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            span = resolve(match, base, is_future(match.start()))
            if span is not None:
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                edtf, earliest, latest, basis = span
                value = DateExpression(
                    text=found[match.start() : match.end()].strip(" ,"),
                    edtf=edtf,
                    earliest=earliest,
                    latest=latest,
                    basis=basis,
                )
                out.append(DateAt(start=match.start(), end=match.end(), value=value))
    return sorted(out, key=lambda at: at.start)


Span = tuple[str, date, date, str]


def _month(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    month = MONTHS[match["month"].rstrip(".").lower()]
    groups = match.groupdict()
    day = _number(groups.get("day"))
    last = _number(groups.get("last"))
    if groups.get("year"):
        year, basis = int(match["year"]), "stated"
    else:
        year, basis = _year(month, day, base, is_future)
    if not 1 <= year <= 9998 or (day or 1) > monthrange(year, month)[1]:
        return None
    if day is None:
        return _whole_month(year, month, groups.get("part"), basis)
    first = date(year, month, day)
    if last is None or not day < last <= monthrange(year, month)[1]:
        return first.isoformat(), first, first, basis
    final = date(year, month, last)
    return f"{first.isoformat()}/{final.isoformat()}", first, final, basis


def _whole_month(year: int, month: int, part: str | None, basis: str) -> Span:
    final = monthrange(year, month)[1]
    part = (part or "").lower()
    first_day, last_day = {"early": (1, 10), "beginning of": (1, 10), "mid": (11, 20)}.get(part, (1, final))
    if part in ("late", "end of"):
        first_day = 21
    return f"{year:04}-{month:02}", date(year, month, first_day), date(year, month, last_day), basis


def _year(month: int, day: int | None, base: date, is_future: bool) -> tuple[int, str]:
    """The year of the latest past occurrence, or of the next one where the tense is future or the day is near.

    A day up to a month ahead without a year is a coming one: nobody writes "December 11" for a day a year ago.
    """
    key, now = (month, day or 1), (base.month, base.day)
    if is_future:
        year = base.year if key >= now or month == base.month else base.year + 1
        return year, "next-occurrence"
    if key <= now:
        ahead = (month - base.month) % 12
        if day is not None and ahead == 1 and (base.day - day) >= 0 and month < base.month:
            return base.year + 1, "nearest-occurrence"
        return base.year, "latest-occurrence"
    if day is not None and _days_ahead(base, month, day) <= NEAR_DAYS:
        return base.year, "nearest-occurrence"
    return base.year - 1, "latest-occurrence"


def _days_ahead(base: date, month: int, day: int) -> int:
    return (month - base.month) * 30 + day - base.day


def _slashed(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    month, day = int(match["m"]), int(match["d"])
    if match[0] == "9/11":
        return None
    if match["y"]:
        year = int(match["y"]) if len(match["y"]) == 4 else base.year // 100 * 100 + int(match["y"])
        basis = "stated"
    else:
        year, basis = _year(month, day, base, is_future)
    if not 1 <= year <= 9998 or day > monthrange(year, month)[1]:
        return None
    there = date(year, month, day)
    return there.isoformat(), there, there, basis


def _year_only(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    year = int(match["year"])
    part = (match["part"] or "").lower()
    if match["decade"]:
        return f"{year // 10}X", date(year // 10 * 10, 1, 1), date(year // 10 * 10 + 9, 12, 31), "stated"
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return f"{year}", date(year, first, 1), date(year, last, monthrange(year, last)[1]), "stated"


def _ago(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    word = match["count"].lower()
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = match["unit"].lower()
    if unit == "day":
        there = base - timedelta(days=count)
        return there.isoformat(), there, there, "relative"
    if unit == "week":
        there = base - timedelta(weeks=count)
        return _month_around(there - timedelta(days=3), there + timedelta(days=3))
    if unit == "month":
        return _shifted_month(base, -count)
    return _in_year(base.year - count)


def _around(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit in SEASONS:
        return _season(base.year + (step if step < 0 else 0), SEASONS[unit])
    if unit == "year":
        return _in_year(base.year + step)
    if unit == "month":
        return _shifted_month(base, step)
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
    if unit == "weekend":
        monday += timedelta(days=5 if step else -2)
        return f"{monday}/{monday + timedelta(days=1)}", monday, monday + timedelta(days=1), "relative"
    return f"{monday}/{monday + timedelta(days=6)}", monday, monday + timedelta(days=6), "relative"


def _near(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    step = 1 if match["tomorrow"] else -1 if match["yesterday"] else 0
    there = base + timedelta(days=step)
    return there.isoformat(), there, there, "relative"


def _weekday(match: re.Match[str], base: date, is_future: bool) -> Span | None:
    number = WEEKDAYS[match["day"].lower()]
    if match["which"] == "next" or (is_future and match["which"] != "last"):
        there = base + timedelta(days=(number - base.weekday() - 1) % 7 + 1)
    else:
        there = base - timedelta(days=(base.weekday() - number) % 7)
    return there.isoformat(), there, there, "relative"


def _season(year: int, code: int) -> Span:
    first = {21: (3, 1), 22: (6, 1), 23: (9, 1), 24: (12, 1)}[code]
    start = date(year, *first)
    end_year, end_month = (year, first[0] + 2) if code != 24 else (year + 1, 2)
    return f"{year}-{code}", start, date(end_year, end_month, monthrange(end_year, end_month)[1]), "relative"


def _shifted_month(base: date, months: int) -> Span | None:
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    return _whole_month(year, month + 1, None, "relative") if 1 <= year <= 9998 else None


def _in_year(year: int) -> Span | None:
    return (f"{year:04}", date(year, 1, 1), date(year, 12, 31), "relative") if 1 <= year <= 9998 else None


def _month_around(first: date, last: date) -> Span:
    middle = first + (last - first) / 2
    return f"{middle.year:04}-{middle.month:02}", first, last, "relative"


def _number(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


_GRAMMAR: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, bool], Span | None]], ...]] = (
    (DAY_FIRST, _month),
    (MONTH_FIRST, _month),
    (SLASHED, _slashed),
    (YEAR_ONLY, _year_only),
    (AGO, _ago),
    (AROUND, _around),
    (NEAR, _near),
    (WEEKDAY, _weekday),
)
