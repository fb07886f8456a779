"""Read dates that name a month, a day or a year: `mid-January`, `14-16 May`, `late 2006`, `FY 2009`, `2/3/09`."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.extraction import periods
from kg.extraction.periods import Period

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
NEAR_DAYS: Final = 75  # a day without a year up to that many days ahead is a coming one
FIRST_YEAR: Final = 1900
YEARS_OFF: Final = {"last": -1, "this": 0, "next": 1}
QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
WEEKS: Final = {"first": (1, 7), "second": (8, 14), "third": (15, 21), "fourth": (22, 28), "last": (22, 31)}
HALVES: Final = {"first": (1, 6), "second": (7, 12)}

MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?"
    r"|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th|ST|ND|RD|TH)?"
YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PART: Final = (
    r"(?:early|late|mid|beginning|start|middle|end|close"
    r"|(?:first|second|third|fourth|last)\ week|(?:first|second|latter)\ half|latter\ part)"
)
PART: Final = (
    rf"(?:\b(?:(?i:(?P<since>early|mid))-?\ to\ )?(?i:(?P<part>{_PART}))(?:-\ |\ -|[\ -])"
    r"(?i:(?:in|of)\ )?(?i:the\ month\ of\ )?)?"
)

# Matches "mid-January", "late November 2008", "October 29", "December 4-6, 2009", "October 21, 22 and 23", "Feb 2/3".
MONTH_FIRST: Final = re.compile(
    rf"""
    {PART}
    \b{MONTH}
    (?:\ (?:the\ )?(?P<day>{DAY})(?!\ (?:million|billion|percent|people|years|days|members))
       (?:(?:\ ?(?:--?|–|/|to|and|or|through|thru|until|,)\ ?(?:{DAY},?\ and\ )?)(?P<last>{DAY})(?![\d:,]\d)(?!\ of))?)?
    (?:,?\ (?:of\ )?(?:{YEAR}|(?P<which>this|last|next)\ year))?
    """,
    re.VERBOSE,
)
# Matches "14-16 May", "3 February 2009", "14 to 16 May", "the 3rd of May", "14, 15 and 16 May".
DAY_FIRST: Final = re.compile(
    rf"""
    \b(?P<day>{DAY})(?:(?:,\ ?{DAY}){{0,4}},?\ ?(?:--?|–|/|to|and|or|through|thru)\ ?(?P<last>{DAY}))?
    \ (?:of\ )?{MONTH}(?:,?\ {YEAR})?
    """,
    re.VERBOSE,
)
# Matches "2009-02-03", "2009-02".
ISO: Final = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?(?![\d-])")
# Matches "10/29/2008", "10/29".
SLASHED: Final = re.compile(
    r"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<d>[12]\d|3[01]|0?[1-9])(?:/(?P<y>\d{4}|\d\d))?(?![\d/])"
)
# Matches "spring 2009", "the summer of 2008".
SEASON: Final = re.compile(rf"\b(?i:(?P<season>spring|summer|fall|autumn|winter))\ (?:of\ )?{YEAR}")
# Matches "the third quarter of 2008", "first half of 2009", "Q2 2007".
QUARTER: Final = re.compile(
    rf"\b(?i:(?:(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\ (?P<unit>quarter|half)|Q(?P<q>[1-4])))"
    rf"\ (?:of\ )?{YEAR}"
)
# Matches "FY 2009", "FY09", "fiscal year 2009".
FISCAL: Final = re.compile(r"\b(?:FY\ ?-?|[Ff]iscal\ [Yy]ear\ |FISCAL\ YEAR\ )(?P<y>(?:19|20)?\d\d)(?!\d)", re.VERBOSE)
# Matches "late 2006", "early in 2010", "the end of 2009", "in 2004", "the late 1980s", "the 2003 Summit".
YEAR_ONLY: Final = re.compile(
    r"""
    (?:\b(?i:(?P<part>mid|early|late|beginning|middle|end|close))(?:[ ]-[ ]?|[ -])(?:in[ ]|of[ ])?(?:the[ ])?
      |(?P<lead>\b(?i:in|since|of|during|by|until|for|from|through|before|after)[ ](?i:the[ ])?
        |(?<=(?:19|20)\d\d[ ])(?i:and|or|to)[ ]
        |\b(?i:the|this|a|his|her|its|their|our)[ ]
         (?=\d{4}(?:['’]?s\b|[ ][A-Z]|[ ](?:summit|conference|visit|meeting|election|session|war)))
        |(?<=\d\d\d\d[-–])))
    (?P<year>(?:19|20)\d\d)(?P<decade>['’]?s)?(?![\d,]\d|\d|[ ](?:percent|people|troops|million|hours|hrs|local))
    """,
    re.VERBOSE,
)
# Matches "the late '90s", "mid-80s".
SHORT_DECADE: Final = re.compile(r"\b(?:(?i:(?P<part>mid|early|late))[ -](?:the )?|the )['’]?(?P<tens>[3-9]0)['’]?s\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a date is resolved against: the cable's day, the day told of last before it, and the tense."""

    base: date
    told: date
    is_future: bool


def by_month(match: re.Match[str], when: When) -> Period | None:
    """`mid-January`, `October 29`, `14-16 May`."""
    number = MONTHS[match["month"].rstrip(".").lower()]
    groups = match.groupdict()
    first, last = _number(groups.get("day")), _number(groups.get("last"))
    if groups.get("year"):
        year, basis = int(match["year"]), "stated"
    elif groups.get("which"):
        year, basis = when.base.year + YEARS_OFF[match["which"]], "stated"
    else:
        year, basis = year_of(number, first, when)
    if not 1 <= year <= periods.LAST_YEAR or (first or 1) > monthrange(year, number)[1]:
        return None
    if first is None:
        whole = _part_of_month(year, number, (groups.get("part") or "").lower(), basis)
        return _since(whole, (groups.get("since") or "").lower())
    since = date(year, number, first)
    if last is None or not first < last <= monthrange(year, number)[1]:
        return periods.day(since, basis)
    return periods.days(since, date(year, number, last), basis)


def _part_of_month(year: int, number: int, part: str, basis: str) -> Period | None:
    which, _, unit = part.partition(" ")
    if unit == "week":
        final = monthrange(year, number)[1]
        since, until = WEEKS[which]
        whole = periods.month(year, number, basis)
        named = periods.days(date(year, number, since), date(year, number, min(until, final)), basis)
        return (
            None
            if whole is None
            else Period(edtf=whole.edtf, earliest=named.earliest, latest=named.latest, basis=basis)
        )
    part = {"first half": "", "second half": "late", "latter half": "late", "latter part": "late"}.get(part, part)
    return periods.month(year, number, basis, part)


def _since(whole: Period | None, part: str) -> Period | None:
    """The later part of a month from an earlier one on: `mid- to late January`."""
    if whole is None or not part:
        return whole
    return replace(whole, earliest=whole.earliest.replace(day=periods.MONTH_PARTS[part][0]))


def year_of(month: int, day: int | None, when: When) -> tuple[int, str]:
    """The year of the latest past occurrence, or of the next one where the tense is future or the day is near.

    A day some weeks ahead without a year is a coming one: nobody writes "December 11" for a day of a year ago.
    """
    base = when.base
    if when.is_future and month == base.month and day is not None and day < base.day:
        return base.year, "latest-occurrence"
    if when.is_future:
        is_ahead = (month, day or 31) >= (base.month, base.day) or month == base.month
        return (base.year if is_ahead else base.year + 1), "next-occurrence"
    if (month, day or 1) <= (base.month, base.day):
        if day is not None and _days_ahead(base, month, day) + 365 <= NEAR_DAYS / 2:
            return base.year + 1, "nearest-occurrence"
        return base.year, "latest-occurrence"
    if _days_ahead(base, month, day or 1) <= (NEAR_DAYS if day is not None else NEAR_DAYS / 2):
        return base.year, "nearest-occurrence"
    return base.year - 1, "latest-occurrence"


def _days_ahead(base: date, month: int, day: int) -> int:
    return (month - base.month) * 30 + day - base.day


def iso(match: re.Match[str], when: When) -> Period | None:
    """`2009-02-03`."""
    year, month = int(match["y"]), int(match["m"])
    if not match["d"]:
        return None  # "2009-10" is two years
    return (
        periods.day(date(year, month, int(match["d"])), "stated")
        if int(match["d"]) <= monthrange(year, month)[1]
        else None
    )


def slashed(match: re.Match[str], when: When) -> Period | None:
    """`10/29`, `10/29/08`."""
    month, day = int(match["m"]), int(match["d"])
    if match[0] == "9/11":
        return None
    if match["y"]:
        year, basis = _full_year(match["y"], when.base), "stated"
    else:
        year, basis = year_of(month, day, when)
    if not 1 <= year <= periods.LAST_YEAR or day > monthrange(year, month)[1]:
        return None
    return periods.day(date(year, month, day), basis)


def in_season(match: re.Match[str], when: When) -> Period | None:
    """`the summer of 2008`."""
    return periods.season(int(match["year"]), match["season"].lower(), "stated")


def in_quarter(match: re.Match[str], when: When) -> Period | None:
    """`the third quarter of 2008`."""
    year = int(match["year"])
    if match["q"] or match["unit"].lower() == "quarter":
        quarter = int(match["q"]) if match["q"] else QUARTERS[match["nth"].lower()]
        return periods.months(year, quarter * 3 - 2, quarter * 3, "stated")
    half = HALVES.get(match["nth"].lower())
    return periods.months(year, *half, "stated") if half is not None else None


def fiscal(match: re.Match[str], when: When) -> Period | None:
    """`FY 2009`."""
    return periods.fiscal_year(_full_year(match["y"], when.base), "stated")


def in_year(match: re.Match[str], when: When) -> Period | None:
    """`late 2006`, `the late 1980s`."""
    year = int(match["year"])
    part = (match["part"] or "").lower()
    return periods.decade(year, "stated", part) if match["decade"] else periods.year(year, "stated", part)


def short_decade(match: re.Match[str], when: When) -> Period | None:
    """`the late '90s`."""
    return periods.decade(FIRST_YEAR + int(match["tens"]), "stated", (match["part"] or "").lower())


def _full_year(digits: str, base: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = base.year // 100 * 100 + int(digits)
    return year - 100 if year > base.year + 50 else year


def _number(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None
