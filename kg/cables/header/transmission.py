"""The transmission header of a cable: from the transmission id to the last INFO addressee."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.header.addressees import ends_addressees, ends_list, is_addressee, is_office, read_addressees
from kg.cables.header.date_time_groups import find_de_line
from kg.cables.header.dating import read_date
from kg.cables.model import Addressee, CleanText, DateTimeGroup, Problem, TextValue
from kg.cables.spans import line_of, lines, text_value
from kg.cables.words import SECURITY

_TRANSMISSION_ID: Final = re.compile(r"^[ \t]*(VZCZC[A-Z]{2,4}\d{3,4})\b", re.MULTILINE)  # VZCZCXYZ0000
_SECURITY: Final = re.compile(
    r"^[ \t]*ZN[YR][ ](?P<letters>(?P<letter>[TSCEU])(?P=letter){4})[ ]ZZH", re.MULTILINE
)  # ZNY CCCCC ZZH
_FROM: Final = re.compile(r"^[ \t]*FM[ \t]+(?=\S)", re.MULTILINE)  # FM AMEMBASSY BOGOTA
_FROM_ENDS: Final = re.compile(r"(?<=\S)[ \t]+(?:TO|INFO)[ \t]+(?=[A-Z])")
# Where a line that a copy ran together goes on with another addressee: "... 1234 INFO RUEHBO/AMEMBASSY BOGOTA".
_NEXT: Final = re.compile(
    r"(?<=\S)[ \t]+(?=(?:ZEN/[ ]?)?R[A-Z]{3,7}/[A-Z0-9]|(?:TO|INFO)[ \t]+(?:R[A-Z]{3,7}/|[AUS][A-Z]{2}))"
)
_FIELD: Final = re.compile(r"[ \t]*(?P<field>TO|INFO)(?:[ \t]+|\Z)")
# The sentence that releases put in place of a header they leave out.
PARTIAL: Final = re.compile(r"This record is a partial extract of the original cable", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says."""

    transmission_id: TextValue | None
    routing_indicator: TextValue | None
    serial: str | None
    section: int | None
    security: TextValue | None
    precedences: tuple[str, ...]
    is_niact: bool
    date_time_group: DateTimeGroup | None
    originator: TextValue | None
    action_addressees: tuple[Addressee, ...]
    info_addressees: tuple[Addressee, ...]
    is_partial: bool
    problems: tuple[Problem, ...]


def read_header(clean: CleanText, end: int) -> Header:
    """The header that ends where the class line begins."""
    identity = _TRANSMISSION_ID.search(clean.text, 0, end)
    route = find_de_line(clean.text, 0, end)
    dated = read_date(clean, end, route)
    sender = _FROM.search(clean.text, 0, end)
    action, info, odd = _addressed(clean, sender.end() if sender else 0, end)
    return Header(
        transmission_id=text_value(clean, *identity.span(1)) if identity else None,
        routing_indicator=text_value(clean, *route.span("routing_indicator")) if route else None,
        serial=route["serial"] if route else None,
        section=int(route["section"]) if route and route["section"] else None,
        security=_security(clean, end),
        precedences=dated.precedences,
        is_niact=dated.is_niact,
        date_time_group=dated.group,
        originator=_originator(clean, sender.end(), end) if sender else None,
        action_addressees=action,
        info_addressees=info,
        is_partial=PARTIAL.search(clean.text, 0, min(len(clean.text), end + 400)) is not None,
        problems=(*dated.problems, *odd),
    )


def _security(clean: CleanText, end: int) -> TextValue | None:
    """The classification that the format line ZNY or ZNR stands for."""
    match = _SECURITY.search(clean.text, 0, end)
    return text_value(clean, *match.span("letters"), SECURITY[match["letter"]]) if match else None


def _originator(clean: CleanText, start: int, end: int) -> TextValue:
    stop = min(end, line_of(clean.text, start)[1])
    glued = _FROM_ENDS.search(clean.text, start, stop)
    return text_value(clean, start, glued.start() if glued else stop)


def _addressed(
    clean: CleanText, start: int, end: int
) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...], tuple[Problem, ...]]:
    """The addressees under TO and under INFO; behind a blank line a field runs on where a line surely names one."""
    spans: dict[str, list[tuple[int, int]]] = {"TO": [], "INFO": []}
    field: str | None = None
    is_open, is_below_blank = True, False
    glued = _FROM_ENDS.search(clean.text, start, min(end, line_of(clean.text, start)[1])) if start else None
    first = glued.start() if glued else start
    has_several = _NEXT.search(clean.text, first, end) is not None
    for line_start, line_end in lines(clean.text, first, end):
        line = clean.text[line_start:line_end]
        if line_start > first and (ends_addressees(line) or (field and ends_list(line))):
            break
        if not line.strip():
            is_below_blank = True
            continue
        for start, stop in _items(clean.text, line_start, line_end) if has_several else ((line_start, line_end),):
            match = _FIELD.match(clean.text, start, stop)
            begin = match.end() if match else start
            if match:
                field = match["field"]
            elif begin == first and not glued:
                continue
            is_open = is_open and bool(match or not is_below_blank)
            if field and is_addressee(clean.text[begin:stop]) and (is_open or is_office(clean.text[begin:stop])):
                spans[field].append((begin, stop))
                is_open = True
        is_below_blank = False
    action, info = read_addressees(clean, spans["TO"]), read_addressees(clean, spans["INFO"])
    return action.addressees, info.addressees, (*action.problems, *info.problems)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The addressees of a line, each with the keyword before it; as a rule a line holds one."""
    for match in _NEXT.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
