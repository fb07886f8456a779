"""Addressees of the TO and INFO fields, one a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.cables.header.misprints import is_one_edit_away
from kg.cables.ids.stations import post_of
from kg.cables.model import Addressee, CleanText, Problem
from kg.cables.spans import trim
from kg.cables.words import MONTHS, PRECEDENCE_CODES

# What stands before the name: "RUEHBR/", "ZEN/".
_ROUTE: Final = re.compile(r"(?:ZEN/[ ]?)?(?:(?P<routing>R[A-Z]{3,7})/)?")
_GLUED_SERIAL: Final = re.compile(r"(FLASH|IMMEDIATE|PRIORITY|ROUTINE)(\d{3,5})")  # PRIORITY8616
_EXEMPTED: Final = re.compile(r"[ \t]*XMT(?:/|[ \t]|\Z)[ \t]*")
_EXEMPTED_HERE: Final = re.compile(r"(?<=\S)[ \t]+XMT(?:/|[ \t])[ \t]*")
_ROUTING: Final = re.compile(r"[ \t]*(?:ZEN/|R[A-Z]{3,7}/)")

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

# What a copy made of a field below the addressees, or of the class line: "SUBJ ECT: NETS", "TAG5; PGOV", "E.0. l2958",
# "C 0 N F I D E N T l A L", "UNCLA5 LISBON OO99O1", "1. (U) THE CHOIR".
_GARBLED: Final = re.compile(
    r"""
    [ \t]*+ (?: [^\s:;/]{1,10} (?:[ ][^\s:;/]{1,4}){0,2} [ ]? [:;] (?:[ ]|$)
      | [EF3][ ]?[.,]?[ ]?[O0Q][ ]?[.,]? [ ]{0,3} [1lI][\dOSlI]{4}\b
      | (?:[A-Z0-9l$][ ]){4}[A-Z0-9l$]\b
      | [A-Z0-9l$]{5,12} [ ] (?:[A-Z0-9l]{2,20}[ ]{1,8}){1,6} [\dOQSIl]{6} [ \t]*$
      | [1lI][.,] [ ]{0,3} \S )
    """,
    re.VERBOSE,
)
_BELOW: Final = ("SIPDIS", "SUBJECT")
_LETTERS: Final = str.maketrans("015l", "OISI")  # what a copy takes for letters: SlPDlS

# What only the line of an addressee has, besides its routing indicator; "RUEHB0 /" is one of those that a copy spoilt.
_OFFICE: Final = re.compile(
    r"""
    [ \t]*+ (?: [A-Z0-9]{5,8} [ ]? /
      | .* \b (?: AM(?:EMB|CON)[A-Z]* | SEC(?:STATE|DEF|NAV) | CDR[A-Z]* | HQ | DEPT | COLLECTIVE | XMT
        | (?:US)?CINC[A-Z]* | US(?:MISSION|DEL|NATO|UN|EU|EC|INT|LO|IA|DA|DOC|OECD|[A-Z]{0,12}COM)
        | CIA | NSC | DIA | FBI | NSA | C?JCS | JOINT[ ]STAFF | WASH(?:INGTON[ ])?DC
        | FLASH | (?:NIACT[ ])?IMMEDIATE | PRIORITY | ROUTINE ) \b )
    """,
    re.VERBOSE,
)
_LONGEST_OFFICE: Final = 80

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
        exemption = _EXEMPTED.match(clean.text, start, end) if clean.text.startswith("XMT", start) else None
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
    if not 0 < len(line.strip()) <= _LONGEST:
        return False
    if _ROUTING.match(line):
        return True
    return not _NO_ADDRESSEE.fullmatch(line) and not ("-" in line and _DISTRIBUTION.search(line))


def ends_addressees(line: str) -> bool:
    """Whether a line begins something else: a repeated header, a date line, the fields of the cable."""
    return not _ROUTING.match(line) and _LAST.match(line) is not None


def ends_list(line: str) -> bool:
    """Whether a line below addressees is what a copy made of a field or of the class line."""
    if _ROUTING.match(line):
        return False
    word = line.split(maxsplit=1)[0].translate(_LETTERS) if line.strip() else ""
    return _GARBLED.match(line) is not None or any(is_one_edit_away(word, known) for known in _BELOW)


def is_office(line: str) -> bool:
    """Whether a line names an addressee wherever it stands, even behind a blank line."""
    if _ROUTING.match(line):
        return True
    return len(line) <= _LONGEST_OFFICE and (
        _OFFICE.match(line) is not None or post_of(" ".join(line.split())) is not None
    )


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
    """The addressee of a line: RUEHBR/AMEMBASSY BRASILIA NIACT IMMEDIATE 8616."""
    here = _EXEMPTED_HERE.search(clean.text, start, end) if clean.text.find("XMT", start, end) >= 0 else None
    stop = here.start() if here else end
    route = _ROUTE.match(clean.text, start, stop)
    at = route.end() if route else start
    words = clean.text[at:stop].split() or [clean.text[start:stop]]
    serial = _serial(words)
    precedence, problem = words.pop() if len(words) > 1 and words[-1] in PRECEDENCE_CODES else None, None
    if (
        precedence is None
        and len(words) > 1
        and (misprint := _misprint(words[-1], has_serial=serial is not None)) is not None
    ):
        word = words.pop()
        problem = _misprinted(word, clean.text.rfind(word, at, stop))
        precedence = misprint or None
    is_niact = len(words) > 1 and words[-1] == "NIACT"
    if is_niact:
        # NIACT stands with this precedence alone.
        words, precedence = words[:-1], precedence or "IMMEDIATE"
    plad = " ".join(words)
    addressee = Addressee(
        as_sent=clean.found[start:end],
        start=start,
        end=end,
        routing_indicator=route["routing"] if route and at < stop else None,
        plad=plad,
        precedence=None if precedence is None else PRECEDENCE_CODES[precedence],
        is_niact=is_niact,
        serial=serial,
        exempted=tuple(_names(clean.text[here.end() : end])) if here else (),
        post=post_of(plad),
    )
    return addressee, problem


def _serial(words: list[str]) -> str | None:
    """The message continuity number, taken from the end of the words; it may be glued to the precedence."""
    if len(words) < 2 or not words[-1][-1].isdecimal():
        return None
    if words[-1].isdecimal() and 3 <= len(words[-1]) <= 5:
        return words.pop()
    glued = _GLUED_SERIAL.fullmatch(words[-1])
    if glued is None:
        return None
    words[-1] = glued[1]
    return glued[2]


def _misprinted(word: str, start: int) -> Problem:
    message = f"{word} stands where a precedence is expected"
    return Problem(code="misprinted-precedence", message=message, start=start, end=start + len(word))


def _misprint(word: str, *, has_serial: bool) -> str | None:
    """The precedence that a misprinted word means, empty where it means none, None where it is no misprint."""
    if word in MONTHS and has_serial:
        return ""
    if not 6 <= len(word) <= 10 or not word.isalpha() or not word.isupper():
        return None
    for precedence in ("PRIORITY", "IMMEDIATE", "ROUTINE"):
        if word != precedence and is_one_edit_away(word, precedence):
            return precedence
    return None
