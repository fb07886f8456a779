"""Read dates that are told from another day: `two days ago`, `last week`, `the same day`, `on Tuesday`.

"Ago", "last", "this" and "next" count from the day of the cable; "earlier", "the previous", "the same" and
"the following" from the day told of last before them.
"""

import re
from datetime import date
from typing import Final

from kg.extraction import periods
from kg.extraction.calendar_dates import MONTH, MONTHS, When
from kg.extraction.periods import Period

WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"one": 1, "an": 1}
VAGUE: Final = {
    "several": (3, 7),
    "a few": (2, 5),
    "few": (2, 5),
    "some": (2, 7),
    "a couple of": (2, 3),
    "couple of": (2, 3),
}
DAYS_OF: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
STEPS: Final = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}
TOLD: Final = frozenset(("previous", "preceding", "prior", "following", "same", "that"))
_COUNT: Final = r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_PART: Final = r"(?:(?P<part>early|late|earlier|later|mid|middle|beginning|start|end|close)[\ -](?:in\ |of\ |on\ )?)?"
_WEEKDAY: Final = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"

# Matches "two days ago", "three weeks earlier", "a month before", "several weeks ago", "two days later".
AGO: Final = re.compile(
    rf"\b(?:{_COUNT}|(?P<vague>several|(?:a\ )?few|some|(?:a\ )?couple\ of))(?:\ and\ a\ half)?\ "
    r"(?P<unit>day|week|month|year)s?\ (?:and\ a\ half\ )?"
    r"(?P<way>ago|earlier|before|prior|previously|later|after(?:ward)?s?|hence)\b",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "in recent weeks", "over the past few months", "in the last two years", "in the coming days".
SPELL: Final = re.compile(
    rf"\b(?:in|over|during|within|for)\ (?:the\ )?(?P<which>recent|last|past|coming|next)\ "
    rf"(?:(?:{_COUNT}|(?P<vague>several|few|couple\ of))\ )?(?P<unit>days|weeks|months|years)\b",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "last week", "earlier this month", "late last year", "the following week", "this spring", "the weekend".
AROUND: Final = re.compile(
    rf"\b{_PART}(?:the\ )?"
    r"(?P<which>last|next|this|coming|past|previous|preceding|prior|following|same|that)\ (?:past\ |coming\ )?"
    r"(?P<unit>week|month|year|spring|summer|fall|autumn|winter|weekend)(?!\s?-)\b(?!\ of)",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "over the weekend", "by the end of the year", "earlier in the week", "later in the month".
WITHIN: Final = re.compile(
    r"\b(?:(?P<part>early|late|earlier|later|mid|middle|beginning|start|end|close)\ (?:in|of)\ "
    r"|(?P<over>over|on|during)\ )"
    r"the\ (?P<unit>week|month|year|weekend)\b(?!\ of)",
    re.VERBOSE | re.IGNORECASE,
)
# Matches "last May", "next June", "this March".
NAMED_MONTH: Final = re.compile(
    rf"\b(?i:(?P<which>last|next|this|this\ past|this\ coming))\ {MONTH}(?!\ \d)", re.VERBOSE
)
# Matches "the week of May 25", "the week of 16 November", "the week beginning May 25".
WEEK_OF: Final = re.compile(
    rf"\b(?i:week|weekend)\ (?i:of|beginning|starting)\ (?i:on\ )?"
    rf"(?:{MONTH}\ (?P<day>\d{{1,2}})(?!\d)|(?P<first>\d{{1,2}})\ (?P<then>{MONTH.replace('?P<month>', '?:')}))",
    re.VERBOSE,
)
# Matches "yesterday", "the previous day", "this morning", "later that day", "the next day", "today".
NEAR: Final = re.compile(
    r"""
    \b(?:
      (?P<today>(?:earlier|later)\ today|today|tonight|this\ (?:morning|afternoon|evening)|earlier\ in\ the\ day)
    | (?P<tomorrow>tomorrow)
    | (?P<yesterday>yesterday|last\ (?:night|evening))
    | (?P<same>(?:the\ )?(?:that\ )?same\ (?:day|morning|afternoon|evening)
      |(?:earlier\ |later\ )?that\ (?:day|evening|morning|afternoon|night)|later\ in\ the\ day)
    | (?P<before>the\ (?:previous|prior|preceding)\ (?:day|evening|night|afternoon)|the\ (?:day|night|evening)\ before)
    | (?P<next>(?:the\ )?(?:next|following)\ (?:day|morning|evening|afternoon)|the\ day\ after(?!\ tomorrow))
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Matches "on Tuesday", "last Friday", "next Monday", "Monday's"; "Monday, May 3" is the day that follows.
WEEKDAY: Final = re.compile(
    rf"\b(?:(?P<which>last|next|this|on|coming|past|this\ coming|this\ past)\ )?{_WEEKDAY}\b"
    rf"(?!,?\ (?:the\ )?(?:{MONTH}\ ?\d|\d))",
    re.VERBOSE,
)
# Matches "on the 14th", "from the 3rd to the 5th" by its first day.
DAY_ALONE: Final = re.compile(
    r"\b(?:on|since|until|by|from)\ the\ (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b"
    r"(?=[.,;:)]|\ (?:and|to|or|at|in|with|by|but|the|he|she|they|that|of\ (?:this|the)\ month)\b|$)",
    re.VERBOSE | re.IGNORECASE,
)


def ago(match: re.Match[str], when: When) -> Period | None:
    """`two days ago`, `three weeks earlier`, `several months later`."""
    way, unit = match["way"].lower(), match["unit"].lower()
    from_day = when.base if way in ("ago", "hence") else when.told
    sign = 1 if way.startswith(("later", "after", "hence")) else -1
    if match["vague"]:
        low, high = VAGUE[match["vague"].lower()]
        ends = sorted(periods.shifted(from_day, sign * count * DAYS_OF[unit]) for count in (low, high))
        return periods.between(ends[0], ends[1], "relative")
    return _counted(from_day, sign * _count(match["count"]), unit)


def _counted(from_day: date, count: int, unit: str) -> Period | None:
    if unit == "day":
        return periods.day(periods.shifted(from_day, count), "relative")
    if unit == "week":
        return periods.weeks_off(from_day, count, "relative")
    if unit == "month":
        return periods.month_off(from_day, count, "relative")
    return periods.year(from_day.year + count, "relative")


def spell(match: re.Match[str], when: When) -> Period | None:
    """`in recent weeks`, `over the past few months`."""
    unit = DAYS_OF[match["unit"].lower().removesuffix("s")]
    if match["count"]:
        count = _count(match["count"])
    else:
        count = VAGUE[match["vague"].lower()][1] if match["vague"] else 6 if unit > 1 else 10
    if match["which"].lower() in ("coming", "next"):
        return periods.between(when.base, periods.shifted(when.base, unit * count), "relative")
    return periods.between(periods.shifted(when.base, -unit * count), when.base, "relative")


def around(match: re.Match[str], when: When) -> Period | None:
    """`last week`, `earlier this month`, `late last year`, `this spring`, `the following week`."""
    which, unit = match["which"].lower(), match["unit"].lower()
    base = when.told if which in TOLD else when.base
    return _unit_off(base, STEPS.get(which, 0), unit, (match["part"] or "").lower())


def within(match: re.Match[str], when: When) -> Period | None:
    """`over the weekend`, `by the end of the year`, `earlier in the week`."""
    unit = match["unit"].lower()
    if match["over"] and unit != "weekend":
        return None
    is_ahead = when.is_future and unit == "weekend" and when.base.weekday() >= 5
    return _unit_off(when.base, 1 if is_ahead else 0, unit, (match["part"] or "").lower(), is_ahead=when.is_future)


def _unit_off(base: date, step: int, unit: str, part: str, *, is_ahead: bool = False) -> Period | None:
    part = {"earlier": "", "later": ""}.get(part, part)
    if unit in periods.SEASONS:
        return periods.season(base.year + min(step, 0), unit, "relative")
    if unit == "year":
        return periods.year(base.year + step, "relative", part)
    if unit == "month":
        return periods.month_off(base, step, "relative", part)
    if unit == "weekend":
        return _weekend(base, step, is_ahead=is_ahead)
    return periods.week(periods.shifted(base, 7 * step), "relative")


def _weekend(base: date, step: int, *, is_ahead: bool) -> Period:
    """The weekend that a plain or "this" or "last" one means: the latest, unless it is ahead."""
    monday = periods.shifted(base, -base.weekday())
    saturday = periods.shifted(monday, 5 if is_ahead or step > 0 or base.weekday() >= 5 else -2)
    return periods.days(saturday, periods.shifted(saturday, 1), "relative")


def named_month(match: re.Match[str], when: When) -> Period | None:
    """`last May`, `next June`, `this March`."""
    number, which = MONTHS[match["month"].rstrip(".").lower()], match["which"].lower()
    year = when.base.year
    if which in ("last", "this past") and number >= when.base.month:
        year -= 1
    if which in ("next", "this coming") and number <= when.base.month:
        year += 1
    return periods.month(year, number, "relative")


def week_of(match: re.Match[str], when: When) -> Period | None:
    """`the week of May 25`."""
    name = match["month"] or match["then"]
    number, day = MONTHS[name.rstrip(".").lower()], int(match["day"] or match["first"])
    there = [_safe(when.base.year + step, number, day) for step in (-1, 0, 1)]
    near = min((d for d in there if d is not None), key=lambda d: _distance(d, when), default=None)
    return periods.week(near, "relative") if near is not None else None


def _distance(there: date, when: When) -> int:
    off = (there - when.base).days
    return abs(off) * (3 if (off > 0) != when.is_future and abs(off) > 45 else 1)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near(match: re.Match[str], when: When) -> Period | None:
    """`yesterday`, `tomorrow`, `the previous day`, `later that day`, `the next day`."""
    kind = match.lastgroup
    step = {"tomorrow": 1, "yesterday": -1, "before": -1, "next": 1}.get(kind or "", 0)
    base = when.told if kind in ("same", "before", "next") else when.base
    return periods.day(periods.shifted(base, step), "relative")


def weekday(match: re.Match[str], when: When) -> Period | None:
    """`on Tuesday`, `last Friday`, `next Monday`."""
    number, which = WEEKDAYS[match["weekday"].lower()], (match["which"] or "").lower()
    if which in ("next", "coming", "this coming") or (when.is_future and which not in ("last", "past", "this past")):
        return periods.day(periods.shifted(when.base, (number - when.base.weekday() - 1) % 7 + 1), "relative")
    return periods.day(periods.shifted(when.base, -((when.base.weekday() - number) % 7)), "relative")


def day_alone(match: re.Match[str], when: When) -> Period | None:
    """`on the 14th`: of the month told of, the latest or the next."""
    day = int(match["day"])
    for off in (0, -1, 1) if not when.is_future else (0, 1):
        month = periods.month_off(when.base, off, "relative")
        there = _safe(month.earliest.year, month.earliest.month, day) if month is not None else None
        if there is not None and (off != 0 or (there >= when.base) == when.is_future or there == when.base):
            return periods.day(there, "latest-occurrence" if not when.is_future else "next-occurrence")
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
