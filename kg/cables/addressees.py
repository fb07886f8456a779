"""Addressees of the TO and INFO fields, one a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.cables.misprints import is_one_edit_away
from kg.cables.model import Addressee, CleanText, Problem
from kg.cables.spans import trim
from kg.cables.stations import post_of
from kg.cables.words import MONTHS, PRECEDENCE_CODES

_LINE: Final = re.compile(
    r"""
    (?:ZEN/[ ]?)?
    (?:(?P<routing>R[A-Z]{3,7})/)?
    (?P<plad>\S.*?)
    (?:(?<![ \t])[ \t]++(?P<precedence>FLASH|IMMEDIATE|PRIORITY|ROUTINE))?
    (?:(?:(?<![ \t])[ \t]++|(?<=[ ]IMMEDIATE)|(?<=[ ]PRIORITY)|(?<=[ ]ROUTINE)|(?<=[ ]FLASH))
      (?P<serial>\d{3,5})
    )?                                     # RUEHBR/AMEMBASSY BRASILIA PRIORITY 8616; ... NIACT IMMEDIATE 0121
    """,
    re.VERBOSE,
)
_LAST_WORD: Final = re.compile(r"(?<![ \t])[ \t]++([A-Z]{3,10})\Z")
_EXEMPTED: Final = re.compile(r"[ \t]*XMT(?:/|[ \t]|\Z)[ \t]*")
_EXEMPTED_HERE: Final = re.compile(r"(?<=\S)[ \t]+XMT(?:/|[ \t])[ \t]*")
_ROUTING: Final = re.compile(r"[ \t]*(?:ZEN/[ ]?)?R[A-Z]{3,7}/")

# A line that is longer than any addressee is text.
_LONGEST: Final = 300

# Lines of the header that name no addressee, and lines behind which no more addressees of this header come.
_NO_ADDRESSEE: Final = re.compile(
    r"""
    [-=*\s]++[A-Z0-9 /]*\d{6}Z?[ ].*                              # ------------------A54E38  291401Z /38
    | [ \t]*+(?: BT | SIPDIS | NOFORN | ZN[YR][ ].* | DE[ ]R[A-Z]+[ ]\#.* | NOTE[ ]-.* | This[ ]record[ ]is[ ].*
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LAST: Final = re.compile(
    r"""
    [ \t]*(?: VZCZC | FM[ ] | <<\d | ID:[ \t] | TAGS?: | SUBJECT: | E\.?O\.?[ ]1
      | (?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY, )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DISTRIBUTION: Final = re.compile(r"\b[A-Z]{1,4}-\d\d\b(?:.*\b[A-Z]{1,4}-\d\d\b|[ \t]*$)")  # INFO LOG-00 NP-00 AID-00


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """The addressees of one field and what was odd about them."""

    addressees: tuple[Addressee, ...]
    problems: tuple[Problem, ...]


def read_addressees(clean: CleanText, spans: list[tuple[int, int]]) -> Addressed:
    """The addressees of the lines of a field; `XMT` lines exempt addressees from the collective above them."""
    addressees: list[Addressee] = []
    problems: list[Problem] = []
    exempting = False
    for start, end in spans:
        start, end = trim(clean.text, start, end)
        if start == end:
            continue
        exemption = _EXEMPTED.match(clean.text, start, end)
        if exemption or (exempting and not _ROUTING.match(clean.text, start, end)):
            exempting = True
            if addressees:
                addressees[-1] = _exempt(clean, addressees[-1], exemption.end() if exemption else start, end)
            else:
                problems.append(_exempted_from_nothing(clean, start, end))
            continue
        addressee, problem = _addressee(clean, start, end)
        exempting = bool(addressee.exempted)
        addressees.append(addressee)
        problems += [problem] if problem else []
    return Addressed(addressees=tuple(addressees), problems=tuple(problems))


def is_addressee(line: str) -> bool:
    """Whether a line under TO or INFO can name an addressee."""
    return 0 < len(line.strip()) <= _LONGEST and not _NO_ADDRESSEE.fullmatch(line) and not _DISTRIBUTION.search(line)


def ends_addressees(line: str) -> bool:
    """Whether a line begins something else: a repeated header, a date line, the fields of the cable."""
    return _LAST.match(line) is not None


def _exempt(clean: CleanText, addressee: Addressee, start: int, end: int) -> Addressee:
    """The addressee with the names of a further line exempted; its span runs on to the end of that line."""
    return replace(
        addressee,
        as_sent=clean.found[addressee.start : end],
        end=end,
        exempted=(*addressee.exempted, *_names(clean.text[start:end])),
    )


def _exempted_from_nothing(clean: CleanText, start: int, end: int) -> Problem:
    message = f"{clean.text[start:end]!r} exempts an addressee from a collective that is not named"
    return Problem(code="exempted-from-nothing", message=message, start=start, end=end)


def _names(text: str) -> Iterator[str]:
    for name in re.split(r"[,/]", text):
        if name.strip():
            yield " ".join(name.split())


def _addressee(clean: CleanText, start: int, end: int) -> tuple[Addressee, Problem | None]:
    here = _EXEMPTED_HERE.search(clean.text, start, end)
    stop = here.start() if here else end
    match = _LINE.fullmatch(clean.text, start, stop)
    if match is None:
        raise AssertionError("every line that is not empty matches")
    plad, precedence, problem = match["plad"], match["precedence"], None
    if precedence is None and (last := _LAST_WORD.search(plad)):
        misprint = _misprint(last.group(1), has_serial=match["serial"] is not None)
        if misprint is not None:
            plad, precedence = plad[: last.start()], misprint or None
            word_start = match.start("plad") + last.start(1)
            problem = Problem(
                code="misprinted-precedence",
                message=f"{last.group(1)} stands where a precedence is expected",
                start=word_start,
                end=word_start + len(last.group(1)),
            )
    plad = " ".join(plad.split())
    is_niact = plad.endswith(" NIACT")
    if is_niact and precedence is None:
        precedence = "IMMEDIATE"  # NIACT stands with this precedence alone
    addressee = Addressee(
        as_sent=clean.found[start:end],
        start=start,
        end=end,
        routing_indicator=match["routing"],
        plad=plad.removesuffix(" NIACT"),
        precedence=None if precedence is None else PRECEDENCE_CODES[precedence],
        is_niact=is_niact,
        serial=match["serial"],
        exempted=tuple(_names(clean.text[here.end() : end])) if here else (),
        post=post_of(plad.removesuffix(" NIACT")),
    )
    return addressee, problem


def _misprint(word: str, *, has_serial: bool) -> str | None:
    """The precedence that a misprinted word means, empty where it means none, None where it is no misprint."""
    if word in MONTHS and has_serial:
        return ""
    for precedence in ("PRIORITY", "IMMEDIATE", "ROUTINE"):
        if word != precedence and is_one_edit_away(word, precedence):
            return precedence
    return None
