"""When a cable was sent: the date-time group checked against the day and time of the DE line, or recovered from it."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from kg.cables.header.date_time_groups import Group, find_date_line, find_group
from kg.cables.model import CleanText, DateTimeGroup, Problem

# A telegram is filed within minutes of its date-time group; the longest gap seen in 394 headers is 18 minutes.
_LONGEST_GAP: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The date of a header: its group, the precedences before it, and what contradicts it."""

    group: DateTimeGroup | None
    precedences: tuple[str, ...] = ()
    is_niact: bool = False
    problems: tuple[Problem, ...] = ()


def read_date(clean: CleanText, end: int, route: re.Match[str] | None) -> Dated:
    """The date of the header that ends at `end`; `route` is its DE line, or None."""
    found = find_group(clean, 0, end)
    if found is None:
        return Dated(group=find_date_line(clean, 0, end))
    filed = _filed(route, found.year) if route else None
    group, problem = _recovered(found, filed) if found.value.sent_at is None else _checked(found, route, filed)
    return Dated(
        group=group,
        precedences=found.precedences,
        is_niact=found.is_niact,
        problems=(
            *([_misread(found.value)] if found.is_misread and found.value.sent_at else []),
            *([problem] if problem else []),
        ),
    )


def _filed(route: re.Match[str], year: int) -> datetime | None:
    """The instant of the DE line in a year; None where the year has no such day, or the day no such time."""
    day, hour, minute = int(route["day"]), int(route["hour"]), int(route["minute"])
    if hour > 23 or minute > 59 or not 1 <= day <= 366:
        return None
    instant = datetime(year, 1, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)
    return instant if instant.year == year else None


def _recovered(found: Group, filed: datetime | None) -> tuple[DateTimeGroup, Problem]:
    """A group that names no instant, with the instant of the DE line in its place."""
    group = found.value
    result = f"{filed:%Y-%m-%d %H:%M} is taken from the DE line" if filed else "no DE line gives the instant"
    problem = Problem(
        code="impossible-date-time-group",
        message=f"{group.as_sent!r} names no instant; {result}",
        start=group.start,
        end=group.end,
    )
    return replace(group, sent_at=filed), problem


def _misread(group: DateTimeGroup) -> Problem:
    message = f"{group.as_sent!r} is read as {group.sent_at:%Y-%m-%d %H:%M}"
    return Problem(code="misread-date-time-group", message=message, start=group.start, end=group.end)


def _checked(found: Group, route: re.Match[str] | None, filed: datetime | None) -> tuple[DateTimeGroup, Problem | None]:
    """A group and what the DE line says against it.

    The group is kept, since copies garble the DE line as often; but a misread group gives way.
    """
    group = found.value
    if route is None or group.sent_at is None:
        return group, None
    if filed is not None and _gap(filed, group.sent_at) <= _LONGEST_GAP:
        return group, None
    same_day = filed is not None and filed.date() == group.sent_at.date()
    gives_way = found.is_misread and filed is not None
    stated = f"day {route['day']} of the year, {route['hour']}{route['minute']} hours"
    kept = "the DE line is believed" if gives_way else "the group is kept"
    problem = Problem(
        code="de-line-day-differs",
        message=f"the DE line gives {stated}, the date-time group {group.as_sent!r}; {kept}",
        start=route.start(),
        end=route.end(),
    )
    group = replace(group, sent_at=filed) if gives_way else group
    return group, replace(problem, code="de-line-hour-differs") if same_day else problem


def _gap(filed: datetime, sent: datetime) -> timedelta:
    """The time between filing and group, over a change of the year too."""
    gap = abs(filed - sent)
    year = timedelta(days=366 if filed.year % 4 == 0 else 365)
    return min(gap, abs(year - gap))
