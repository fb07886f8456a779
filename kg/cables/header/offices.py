"""What the Department wrote on a telegram: its distribution to offices, who drafted, approved and cleared it."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.model import CleanText, Distribution, TextValue
from kg.cables.spans import line_of, lines, skip_space, text_value

_OFFICE: Final = r"[A-Z][A-Z0-9]{0,5}-\d{2}"
_COPIES: Final = re.compile(r"/\s{0,3}(?P<total>\d{2,3})[ ]?[A-Z]?\b")  # /019 R
# ORIGIN L-03, with the number of two digits that pages of the 1970s have on a line above it.
_BEGINS: Final = re.compile(
    rf"(?:^[ \t]*\d\d[ \t\r]*\n[ \t]*|^[ \t]*|(?<=[ \t]))(?P<keyword>(?:ORIGIN|ACTION|INFO)[ \t]+{_OFFICE}\b)",
    re.MULTILINE,
)
_ITEM: Final = re.compile(
    rf"\s{{0,80}}(?:(?P<field>ORIGIN|ACTION|INFO)\b|(?P<office>{_OFFICE})\b|\(\s?[A-Z]{{1,5}}\s?\)|{_COPIES.pattern})"
)

_DRAFTED: Final = re.compile(r"^[ \t]*DRAFTED[ ]BY[ \t:]*(?=\S)", re.MULTILINE)  # DRAFTED BY L/UNA:RROE:AM
_APPROVED: Final = re.compile(r"^[ \t]*APPROVED[ ]BY[ \t:]*(?=\S)", re.MULTILINE)  # APPROVED BY S/S-O: J. DOE
_CLEARED: Final = re.compile(
    r"[ \t]*(?=[A-Z0-9])[A-Z0-9/.&-]{1,20}[ \t]{0,3}[:(-][^\n]{0,80}|[ \t]*(?:DESIRED|CLEARANCES?)\b.{0,80}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The notes of the Department at the head of a telegram."""

    distribution: Distribution | None
    drafted_by: TextValue | None
    approved_by: TextValue | None
    cleared_by: tuple[TextValue, ...]


def read_offices(clean: CleanText, end: int) -> Office:
    """The notes in the header that ends at `end`."""
    drafted = _DRAFTED.search(clean.text, 0, end) if clean.text.find("DRAFTED", 0, end) >= 0 else None
    approved = _APPROVED.search(clean.text, 0, end) if clean.text.find("APPROVED", 0, end) >= 0 else None
    last = approved or drafted
    return Office(
        distribution=_distribution(clean, end),
        drafted_by=_rest_of_line(clean, drafted, end),
        approved_by=_rest_of_line(clean, approved, end),
        cleared_by=_cleared(clean, last.end(), end) if last else (),
    )


def _distribution(clean: CleanText, end: int) -> Distribution | None:
    begins = _BEGINS.search(clean.text, 0, end) if clean.text.find("-", 0, end) >= 0 else None
    if begins is None:
        return None
    offices: dict[str, list[str]] = {"ORIGIN": [], "ACTION": [], "INFO": []}
    field, total, at = "ORIGIN", None, begins.start("keyword")
    start = skip_space(clean.text, begins.start(), at)
    while item := _ITEM.match(clean.text, at, end):
        at = item.end()
        field = item["field"] or field
        if item["office"]:
            offices[field].append(item["office"])
        elif item["total"]:
            total = int(item["total"])
    return Distribution(
        as_sent=clean.found[start:at],
        start=start,
        end=at,
        origin=tuple(offices["ORIGIN"]),
        action=tuple(offices["ACTION"]),
        info=tuple(offices["INFO"]),
        copies=total,
    )


def _rest_of_line(clean: CleanText, match: re.Match[str] | None, end: int) -> TextValue | None:
    return text_value(clean, match.end(), min(end, line_of(clean.text, match.end())[1])) if match else None


def _cleared(clean: CleanText, start: int, end: int) -> tuple[TextValue, ...]:
    """The lines of offices that cleared the text, under the line of the office that approved it."""
    out = []
    for line_start, line_end in lines(clean.text, line_of(clean.text, start)[1] + 1, end):
        if _CLEARED.fullmatch(clean.text, line_start, line_end) is None:
            break
        out.append(text_value(clean, line_start, line_end))
    return tuple(out)
