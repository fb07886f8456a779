"""Which cable a text is, and which section of it: read from the source's metadata, else from the header."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.frus.heads import document_id
from kg.cables.frus.layout import head_and_body
from kg.cables.header.class_lines import HEADER_LENGTH, ClassLine, opening_class_line
from kg.cables.header.date_time_groups import find_date_line, find_de_line, find_group
from kg.cables.ids.canonical import canonical_id
from kg.cables.ids.repair import Repaired, repair_id
from kg.cables.ids.stations import is_known, station
from kg.cables.model import CleanText
from kg.cables.spans import lines
from kg.cables.stated.dates import created
from kg.sources.decoding import line_broken
from kg.sources.frus import NAME as FRUS
from kg.sources.model import RawCable

_FROM: Final = re.compile(r"^[ \t]*FM[ \t]+(?P<plad>\S[^\n]{1,60}?)[ \t\r]*$", re.MULTILINE)  # FM AMEMBASSY BOGOTA
_OFFICE: Final = re.compile(r"(?:AMEMBASSY|AMCONSUL|USMISSION|AMCONGEN|USINT|REO)\s+")
_PAGE: Final = re.compile(r"\bPAGE[ ]\d\d[ \t]+(?P<station>[A-Z][A-Z ]{1,24}?)[ \t]+(?P<number>\d{4,6})\b")
_CABLE_BEGINS: Final = re.compile(
    r"^[ \t]*(?:E\.?O\.?[ ]?1[1-3]\d{3}\b|TAGS?\b|SUBJ(?:ECT)?\b|REFS?\b[:( ]|Classified[ ]By\b|¶?1\.[ \t]"
    r"|\[1\]\(#\)1\.)",
    re.MULTILINE | re.IGNORECASE,
)

_HEADER_LINE: Final = re.compile(r"^[ \t]*(?P<line>FM|TO|INFO|VZCZC[A-Z]+|DE|ZN[RY]|R[A-Z]{3,7}/)\b.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which cable a text is; `from_text` is what the text alone says, `stated` what the source says, as spelt there.

    `is_contradicted` says that FM and DE line name another cable than the class line: the header then decides.
    `repaired` holds what the source states and what the text says, in this order, where they are malformed. `others`
    are names of the cable that are no ids of cables.
    """

    canonical_id: str | None
    from_text: str | None
    stated: str | None
    section: int | None
    section_of: int | None
    is_contradicted: bool = False
    repaired: tuple[Repaired, ...] = ()
    others: tuple[str, ...] = ()


def identify(raw: RawCable) -> tuple[str | None, int | None]:
    """The canonical id and the section number of a raw cable, read without parsing it whole."""
    identity = identity_of(raw)
    return identity.canonical_id, identity.section


def identity_of(raw: RawCable) -> Identity:
    """Which cable a text is; the source's reference id decides where it has one."""
    if raw.format == FRUS:
        return _of_document(raw)
    text = line_broken(raw.text[:HEADER_LENGTH])
    line = opening_class_line(text)
    head = CleanText(found=text, text=text, blanked=())
    end = header_end(text, line)
    route = find_de_line(text, 0, end)
    stated = raw.get("reference_id")
    known = repair_id(stated) if stated else None
    named = repair_id(_from_text(head, line, end, _created_year(raw)) or "")
    from_text = str(named.id) if named else None
    return Identity(
        canonical_id=str(known.id) if known else from_text,
        from_text=from_text,
        stated=stated,
        section=_section(line, route),
        section_of=line.section_of if line else None,
        is_contradicted=_contradicts(_sent(text, end), line),
        repaired=tuple(one for one in (known, named) if one is not None and one.reason is not None),
    )


def _of_document(raw: RawCable) -> Identity:
    """Which cable a document of FRUS is; its name in the series is another name of the cable."""
    known = document_id(raw, *head_and_body(raw))
    name = raw.get("document_id")
    others = (name,) if name else ()
    return Identity(canonical_id=known, from_text=known, stated=None, section=None, section_of=None, others=others)


def header_end(text: str, line: ClassLine | None) -> int:
    """Where the transmission header ends: at the class line, else where the fields or the first paragraph begin.

    A class line that names no cable may stand above the header too, as on the pages of the 1970s.
    """
    if line is not None and (line.station or line.section or not _FROM.search(text, line.end, HEADER_LENGTH)):
        return line.start
    begins = _CABLE_BEGINS.search(text, line.end if line else 0, min(len(text), HEADER_LENGTH))
    if begins is not None:
        # What stands above the first paragraph of a fragment without a header is a heading.
        return begins.start() if line or _HEADER_LINE.search(text, 0, begins.start()) else 0
    last = 0
    for match in _HEADER_LINE.finditer(text, 0, min(len(text), HEADER_LENGTH)):
        # TO and INFO stand below other header lines, or at the head of a fragment; lines of a sentence begin so too.
        if last or match["line"] not in ("TO", "INFO") or not text[: match.start()].strip():
            last = match.end()
    return _end_of_capitals(text, last) if last else 0


def _end_of_capitals(text: str, start: int) -> int:
    """The end of the lines in capitals right below a header line: the addressees that follow TO and INFO."""
    end = start
    for line_start, line_end in lines(text, start + 1, min(len(text), start + HEADER_LENGTH)):
        line = text[line_start:line_end]
        if not line.strip() or line != line.upper():
            break
        end = line_end
    return end


def _created_year(raw: RawCable) -> int | None:
    instant = created(raw.get("created") or "")
    return instant.year if instant else None


def _from_text(head: CleanText, line: ClassLine | None, end: int, fallback: int | None) -> str | None:
    named = _named(head.text, line, end)
    group = find_group(head, 0, end)
    date_line = None if group else find_date_line(head, 0, len(head.text))
    year = group.year if group else date_line.sent_at.year if date_line and date_line.sent_at else fallback
    return canonical_id(year, *named) if named and year is not None else None


def _named(text: str, line: ClassLine | None, end: int) -> tuple[str, str] | None:
    """Station and number: from the class line, a page line, or the FM line with the serial of the DE line."""
    sent = _sent(text, end)
    if line is not None and line.station and line.number and not _contradicts(sent, line):
        return line.station, line.number
    page = _PAGE.search(text) if line is None or not line.station else None
    return (page["station"], page["number"]) if page else sent


def _sent(text: str, end: int) -> tuple[str, str] | None:
    """Station and last four digits of the number as the FM and DE lines give them."""
    route, sender = find_de_line(text, 0, end), _FROM.search(text, 0, end)
    name = station(_OFFICE.sub("", sender["plad"])) if sender else ""
    return (name, route["serial"]) if route is not None and name else None


def _contradicts(sent: tuple[str, str] | None, line: ClassLine | None) -> bool:
    """Whether FM and DE line agree on another cable: a release may put the text of one under the header of another."""
    if sent is None or line is None or line.station is None or line.number is None:
        return False
    if not (is_known(sent[0]) and is_known(line.station)):
        return False
    return station(line.station) != sent[0] and int(line.number) % 10_000 != int(sent[1])


def _section(line: ClassLine | None, route: re.Match[str] | None) -> int | None:
    if line is not None and line.section is not None:
        return line.section
    return int(route["section"]) if route is not None and route["section"] else None
