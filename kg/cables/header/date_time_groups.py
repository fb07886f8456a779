"""Date-time groups (`032125Z FEB 09`) and the other ways in which a header dates a cable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from kg.cables.ids.canonical import full_year
from kg.cables.model import CleanText, DateTimeGroup
from kg.cables.spans import line_of
from kg.cables.words import MONTHS

_MONTH: Final = "|".join(MONTHS)
# White space may stand between any two characters of a group: "P 2 5 1 3 4 6 Z JUN 7 3".
_GAP: Final = "[ \\t]{0,2}"
_SPACED_MONTH: Final = "|".join(_GAP.join(month) for month in MONTHS)

_PRECEDENCES: Final = r"(?P<niact>NIACT[ \t]+)?(?P<precedences>(?:[ZOPR][ \t]*){0,4})"
_DAY_AND_TIME: Final = rf"(?P<day>\d{_GAP}\d){_GAP}(?P<hour>\d{_GAP}\d){_GAP}(?P<minute>\d{_GAP}\d){_GAP}Z[ \t]*"
_YEAR: Final = rf"(?P<year>(?:19|20)\d\d|\d{_GAP}\d)"

_GROUP: Final = re.compile(
    rf"""
    (?:^|(?<=\s)) {_PRECEDENCES}            # O R 152209Z DEC 09; NIACT O 112143Z JAN 10
    (?P<group> {_DAY_AND_TIME} (?P<month>{_SPACED_MONTH})[A-Z]{{0,6}}[ \t]* {_YEAR} )(?![ ]?\d)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_Z: Final = re.compile(r"\d[ \t]{0,2}[Zz][ \t]*[A-Za-z]")  # 5Z F, in 032125Z FEB 09

# A group on a line of its own that a scanner misread, or whose month is misprinted, or that has lost its Z behind a
# precedence: "P O3212SZ FEB 09", "P 032125Z FEV 09", "O 112143Z 0CT 87", "R 112143 OCT 87".
_MISREAD_DIGIT: Final = r"[\dOILSB]"
_MISPRINTED: Final = re.compile(
    rf"""
    ^[ \t]* {_PRECEDENCES}
    (?P<group>
      (?P<day>{_MISREAD_DIGIT}{{2}})(?P<hour>{_MISREAD_DIGIT}{{2}})(?P<minute>{_MISREAD_DIGIT}{{2}})[ ]?
      (?:Z|(?<=[ZOPRzopr][ ]\w{{6}}[ ]))[ \t]*
      (?P<month>[A-Z0-9]{{2,4}})[ \t]+ {_YEAR}
    )[ \t\r]*$
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_AS_DIGITS: Final = str.maketrans("OoIiLlSsBb", "0011115588")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A date-time group with what stands before it, and the year that it gives.

    `is_misread` says that it names its instant only when letters are taken for digits, or without its Z.
    """

    value: DateTimeGroup
    precedences: tuple[str, ...]
    is_niact: bool
    year: int
    is_misread: bool = False


def find_group(clean: CleanText, start: int, end: int) -> Group | None:
    """The first date-time group of a span that names an instant, else the first."""
    groups = [group for line in _lines_with_z(clean.text, start, end) for group in _groups(_GROUP, clean, *line)]
    if not groups:
        return next(_groups(_MISPRINTED, clean, start, end), None)
    return next((found for found in groups if found.value.sent_at is not None), groups[0])


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


def day(year: int, month: int, day_of_month: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def _lines_with_z(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a span that a group can stand on; it is faster to look for its Z than for its beginning."""
    while z := _Z.search(text, start, end):
        line_start, line_end = line_of(text, z.start())
        yield max(start, line_start), min(end, line_end)
        start = line_end


def _groups(pattern: re.Pattern[str], clean: CleanText, start: int, end: int) -> Iterator[Group]:
    for match in pattern.finditer(clean.text, start, end):
        begin, stop = match.span("group")
        yield Group(
            value=DateTimeGroup(as_sent=clean.found[begin:stop], start=begin, end=stop, sent_at=_instant(match)),
            precedences=tuple(dict.fromkeys("".join(match["precedences"].upper().split()))),
            is_niact=match["niact"] is not None,
            year=full_year(int(_closed(match["year"]))),
            is_misread=pattern is _MISPRINTED,
        )


def _instant(match: re.Match[str]) -> datetime | None:
    figures = (_closed(match[name]).translate(_AS_DIGITS) for name in ("day", "hour", "minute", "year"))
    day_of_month, hour, minute, year = map(int, figures)
    month = MONTHS.get(_closed(match["month"]).upper())
    if month is None:
        return None
    try:
        return datetime(full_year(year), month, day_of_month, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _closed(text: str) -> str:
    """The characters of a text without the white space between them."""
    return "".join(text.split())
