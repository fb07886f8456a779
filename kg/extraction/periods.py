"""Name spans of days in EDTF: a day, a week, a month, a season, a quarter, a year, a decade, or from one to another."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

LAST_YEAR: Final = 9998
MONTH_PARTS: Final = {"early": (1, 10), "beginning": (1, 10), "start": (1, 10), "mid": (11, 20), "middle": (11, 20)}
YEAR_PARTS: Final = {"early": (1, 4), "beginning": (1, 3), "start": (1, 3), "mid": (5, 8), "middle": (5, 8)}
ENDS: Final = frozenset(("late", "end", "close"))
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `earliest` to `latest`, the EDTF (level 1) that names them, and what they were read by."""

    edtf: str
    earliest: date
    latest: date
    basis: str

    def by(self, basis: str) -> "Period":
        """The same days, read by something else."""
        return replace(self, basis=basis)


def day(there: date, basis: str) -> Period:
    """One day."""
    return Period(edtf=there.isoformat(), earliest=there, latest=there, basis=basis)


def days(first: date, last: date, basis: str) -> Period:
    """The days from the first to the last."""
    if first == last:
        return day(first, basis)
    return Period(edtf=f"{first.isoformat()}/{last.isoformat()}", earliest=first, latest=last, basis=basis)


def shifted(there: date, by: int) -> date:
    """The day that lies a number of days off, inside the years that a date can have."""
    ordinal = there.toordinal() + by
    return date.fromordinal(min(max(ordinal, date(1, 1, 1).toordinal()), date(LAST_YEAR, 12, 31).toordinal()))


def week(there: date, basis: str) -> Period:
    """The week from Monday to Sunday that holds a day."""
    monday = shifted(there, -there.weekday())
    return days(monday, shifted(monday, 6), basis)


def month(year: int, number: int, basis: str, part: str = "") -> Period | None:
    """A month; `part` narrows the days, which EDTF of level 1 does not tell."""
    if not 1 <= year <= LAST_YEAR:
        return None
    final = monthrange(year, number)[1]
    first, last = MONTH_PARTS.get(part, (1, final))
    if part in ENDS:
        first = 21
    return Period(
        edtf=f"{year:04}-{number:02}", earliest=date(year, number, first), latest=date(year, number, last), basis=basis
    )


def month_off(base: date, months: int, basis: str, part: str = "") -> Period | None:
    """The month that lies a number of months off the month of a day."""
    year, number = divmod(base.year * 12 + base.month - 1 + months, 12)
    return month(year, number + 1, basis, part)


def months(year: int, first: int, last: int, basis: str) -> Period | None:
    """Months of one year, as an interval: a quarter or a half."""
    if not 1 <= year <= LAST_YEAR:
        return None
    return Period(
        edtf=f"{year:04}-{first:02}/{year:04}-{last:02}",
        earliest=date(year, first, 1),
        latest=date(year, last, monthrange(year, last)[1]),
        basis=basis,
    )


def year(number: int, basis: str, part: str = "") -> Period | None:
    """A year; `part` narrows the days."""
    if not 1 <= number <= LAST_YEAR:
        return None
    first, last = YEAR_PARTS.get(part, (1, 12))
    if part in ENDS:
        first = 9
    return Period(
        edtf=f"{number:04}",
        earliest=date(number, first, 1),
        latest=date(number, last, monthrange(number, last)[1]),
        basis=basis,
    )


def decade(number: int, basis: str, part: str = "") -> Period | None:
    """The ten years from a round one."""
    first = number // 10 * 10
    if not 1 <= first <= LAST_YEAR - 9:
        return None
    since, until = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return Period(
        edtf=f"{first // 10:03}X", earliest=date(first + since, 1, 1), latest=date(first + until, 12, 31), basis=basis
    )


def season(number: int, word: str, basis: str) -> Period | None:
    """A season by the northern calendar; winter ends in the year after."""
    code = SEASONS[word]
    if not 1 <= number <= LAST_YEAR - 1:
        return None
    first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    until, last = (number, first + 2) if code != SEASONS["winter"] else (number + 1, 2)
    return Period(
        edtf=f"{number:04}-{code}",
        earliest=date(number, first, 1),
        latest=date(until, last, monthrange(until, last)[1]),
        basis=basis,
    )


def fiscal_year(number: int, basis: str) -> Period | None:
    """The fiscal year of the United States, from October to September."""
    if not 2 <= number <= LAST_YEAR:
        return None
    return Period(
        edtf=f"{number - 1:04}-10/{number:04}-09",
        earliest=date(number - 1, 10, 1),
        latest=date(number, 9, 30),
        basis=basis,
    )


def spanning(first: Period, last: Period) -> Period | None:
    """From the beginning of one period to the end of another; None where they do not follow one another."""
    if first.earliest > last.latest or "/" in first.edtf or "/" in last.edtf or first.edtf == last.edtf:
        return None
    if "X" in first.edtf + last.edtf:
        return None
    return Period(
        edtf=f"{first.edtf}/{last.edtf}",
        earliest=first.earliest,
        latest=max(last.latest, first.latest),
        basis=last.basis if last.basis == "stated" else first.basis,
    )


def around(there: date, spread: int, basis: str) -> Period:
    """The months that hold the days up to `spread` before and after one."""
    first, last = shifted(there, -spread), shifted(there, spread)
    return between(first, last, basis)


def between(first: date, last: date, basis: str) -> Period:
    """The days from one to another, named by their months."""
    names = [f"{first.year:04}-{first.month:02}", f"{last.year:04}-{last.month:02}"]
    return Period(edtf="/".join(dict.fromkeys(names)), earliest=first, latest=last, basis=basis)


def weeks_off(base: date, weeks: int, basis: str) -> Period:
    """About a number of weeks off a day: the month, with three days to either side."""
    middle = shifted(base, 7 * weeks)
    name = f"{middle.year:04}-{middle.month:02}"
    return Period(edtf=name, earliest=middle - timedelta(days=3), latest=shifted(middle, 3), basis=basis)
