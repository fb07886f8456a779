"""Date-time groups (`032125Z FEB 09`) and the other ways in which a header dates a cable."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from kg.cables.ids import full_year
from kg.cables.model import CleanText, DateTimeGroup
from kg.cables.words import MONTHS

_MONTH: Final = "|".join(MONTHS)

_GROUP: Final = re.compile(
    rf"""
    (?:^|(?<=\s))
    (?P<precedences>(?:[ZOPR][ \t]+){{0,4}})     # O R 152209Z DEC 09; NIACT O 112143Z JAN 10
    (?P<group>
      (?P<day>\d[ ]?\d)[ ]?(?P<hour>\d[ ]?\d)[ ]?(?P<minute>\d[ ]?\d)[ ]?Z[ \t]+
      (?P<month>{_MONTH})[A-Z]{{0,6}}[ \t]+
      (?P<year>(?:19|20)\d\d|\d[ ]?\d)           # P 251346 Z JUN 7 3
    )(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_DATE_LINE: Final = re.compile(
    rf"""
    ^[ \t]*(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,[ \t]+
    (?P<day>\d{{1,2}})[ \t]+(?P<month>{_MONTH})[A-Z]{{0,6}}[ \t]+(?P<year>(?:19|20)\d\d),?[ \t]+
    (?P<hour>\d\d):(?P<minute>\d\d)              # Friday, 22 January 2010, 15:14
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_DE_LINE: Final = re.compile(
    r"""
    ^[ \t]*DE[ \t]+(?P<routing_indicator>R[A-Z]{3,7})[ \t]+[#\#](?P<serial>\d{4})(?:/(?P<section>\d\d))?
    [ \t]+(?P<day>\d{3})(?P<hour>\d\d)(?P<minute>\d\d)        # DE RUEHBO #0335/01 0342125
    """,
    re.VERBOSE | re.MULTILINE,
)

# 12/28/1966 18:06 (Cablegate CSV); 2009-02-03 21:25 (viewer)
_CREATED: Final = re.compile(
    r"(?:(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d))"
    r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d\d))?"
)


def find_group(clean: CleanText, start: int, end: int) -> tuple[DateTimeGroup, tuple[str, ...]] | None:
    """The first date-time group of a span that names an instant, else the first, with the precedences before it."""
    groups = list(_groups(clean, start, end))
    return next((found for found in groups if found[0].sent_at is not None), groups[0] if groups else None)


def find_date_line(clean: CleanText, start: int, end: int) -> DateTimeGroup | None:
    """The date line of newspapers' copies (`Friday, 22 January 2010, 15:14`) where a header has no group."""
    match = _DATE_LINE.search(clean.text, start, end)
    if match is None:
        return None
    begin, stop = match.start("day"), match.end("minute")
    return DateTimeGroup(as_sent=clean.found[begin:stop], start=begin, end=stop, sent_at=_instant(match))


def find_de_line(text: str, start: int, end: int) -> re.Match[str] | None:
    """The DE line: originator's routing indicator, serial, section, day of the year and time of filing."""
    return _DE_LINE.search(text, start, end)


def created(text: str) -> datetime | None:
    """The instant that a source gives as the time of creation, or None."""
    match = _CREATED.match(text.strip())
    if match is None:
        return None
    year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
    try:
        return datetime(year, month, day, int(match["hour"] or 0), int(match["minute"] or 0), tzinfo=UTC)
    except ValueError:
        return None


def day(year: int, month: int, day_of_month: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def _groups(clean: CleanText, start: int, end: int) -> Iterator[tuple[DateTimeGroup, tuple[str, ...]]]:
    for match in _GROUP.finditer(clean.text, start, end):
        begin, stop = match.span("group")
        group = DateTimeGroup(as_sent=clean.found[begin:stop], start=begin, end=stop, sent_at=_instant(match))
        yield group, tuple(match["precedences"].upper().split())


def _instant(match: re.Match[str]) -> datetime | None:
    day_of_month, hour, minute, year = (int(match[name].replace(" ", "")) for name in ("day", "hour", "minute", "year"))
    try:
        return datetime(full_year(year), MONTHS[match["month"].upper()], day_of_month, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
