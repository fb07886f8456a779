"""Read the text dump: one cable or many in a file, each under lines with its id, subject, date and origin.

Two layouts are mixed in it. The older one has five lines (id, subject, date, classification, origin) and then header
and body run together. The newer one repeats the header under the five lines, or has none of these, and goes on with a
block `id: … date: … refid: … header:`, a rule `header ends`, the body, and a rule `CABLE ENDS`.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from kg.sources.model import CATALOGUE, RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.records import Record, gather, known_encoding, lines, too_long
from kg.sources.streams import Source
from kg.sources.texts import join, metadata

NAME: Final = "text-dump"

# The keys of the block, and the metadata that they are.
KEYS: Final = {
    "id": "row_id",
    "date": "created",
    "refid": "reference_id",
    "origin": "origin",
    "classification": "classification",
    "destination": "references",  # the block calls so what other releases call references
    "refs": "references",
}

_ID_LINE: Final = rb"\d\d[A-Z][A-Z0-9.'-]{2,40}\d[ \t\r]*\n"  # 02BOGOTA9025
# Mon Feb 04 00:00:00 +0100 2002
_DATE_LINE: Final = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[ ][A-Z][a-z]{2}[ ]\d\d"
    rb"[ ]\d\d:\d\d:\d\d[ ][+-]\d{4}[ ]\d{4}[ \t\r]*\n?"
)
_ID: Final = re.compile(_ID_LINE)
_DATE: Final = re.compile(_DATE_LINE)
_NUMBER: Final = re.compile(rb"id:[ ]?\d{1,9}[ \t\r]*\n")  # id: 2446
_NUMBER_ENDS: Final = re.compile(rb"id:[ ]?\d{1,9}[ \t\r]*\n\Z")  # DIRONDCP WASHDCid: 2446
_DATED: Final = re.compile(rb"date:[ ]?\d")  # date: 2/4/2002 11:52

_HEADING: Final = re.compile(
    rf"""
    \s*(?P<id>{_ID_LINE.decode()})
    (?P<subject>[^\n]*)\n
    (?P<date>{_DATE_LINE.decode()})
    (?P<classification>[^\n]*)(?:\n|\Z)
    (?P<origin>[^\n]*)(?:\n|\Z)
    """,
    re.VERBOSE,
)
_BLOCK: Final = re.compile(r"id:[ ]?\d{1,9}[ \t\r]*\n(?=date:[ ]?\d)")  # id: 2446, with date: 2/4/2002 11:52 under it
_KEY: Final = re.compile(r"(?P<key>[a-z]{2,14}):[ \t]*(?P<value>[^\n]*)(?:\n|\Z)")  # origin: Embassy Bogota
_HEADER_ENDS: Final = re.compile(r"^-{5,60}[ ]?header ends[ ]?-{5,60}[ \t\r]*$", re.MULTILINE)
_CABLE_ENDS: Final = re.compile(r"^={5,60}[ ]?CABLE ENDS[ ]?={5,60}[ \t\r]*$", re.MULTILINE)
_ENDS: Final = re.compile(rb"={5,60}[ ]?CABLE ENDS[ ]?={5,60}[ \t\r]*\n?\Z")

# Where the body begins that is run together with the header: "... WASHDCUNCLAS SECTION 01 OF 02 BOGOTA 009025",
# "... is not available.C O N F I D E N T I A L BOGOTA 009025".
_GLUED: Final = re.compile(
    r"""
    (?<=[A-Za-z0-9.)])
    (?:UNCLAS(?:SIFIED)?|C[ ]O[ ]N[ ]F[ ]I[ ]D[ ]E[ ]N[ ]T[ ]I[ ]A[ ]L|S[ ]E[ ]C[ ]R[ ]E[ ]T|CONFIDENTIAL|SECRET)
    (?=[ ]+[A-Z/]{3}[^\n]{0,60}[ ]\d{3,6}\b)
    """,
    re.VERBOSE,
)
_HEADER_LENGTH: Final = 20_000


def looks_like(head: str) -> bool:
    """Whether the head begins with the lines or with the block that the dump puts above a cable."""
    return _HEADING.match(head) is not None or re.match(r"\s*" + _BLOCK.pattern, head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each record, or what is wrong with the record; they are numbered from 1."""
    encoding = known_encoding(source)
    for number, record in enumerate(gather(_marked(lines(source, encoding))), 1):
        if record.is_too_long:
            yield too_long(source, record, number)
        else:
            yield _cable(source, record, encoding, number)


def _marked(found: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Each line with whether a cable begins there: after the end of one, or at its five lines or its block."""
    window: deque[bytes] = deque()
    has_ended, has_block = False, True
    for line in _padded(found):
        window.append(line)
        if len(window) < 3:
            continue
        first, second, third = window
        has_heading = _ID.fullmatch(first) is not None and _DATE.fullmatch(third) is not None
        is_block = _NUMBER_ENDS.search(first) is not None and _DATED.match(second) is not None
        begins = has_ended or has_heading or (is_block and has_block and _NUMBER.fullmatch(first) is not None)
        # Under the five lines a block belongs to them; a second block is another cable.
        has_block = is_block or (has_block and not has_heading)
        has_ended = _ENDS.match(first) is not None
        yield begins, window.popleft()


def _padded(found: Iterable[bytes]) -> Iterator[bytes]:
    yield from found
    yield from (b"", b"")


def _cable(source: Source, record: Record, encoding: str | None, number: int) -> RawCable | SourceProblem:
    text, name = record.decoded(encoding)
    heading, block = _HEADING.match(text), _BLOCK.search(text)
    if block is None and heading is None:
        return problem("record-unread", source.place, position=number, record=number, line=record.line)
    said = _said_above(heading) if heading else {}
    if block is None:
        found = _split(text[heading.end() :] if heading else text)
    else:
        ends = _CABLE_ENDS.search(text, block.end())
        if ends is None:
            where = {"record": number, "line": record.line, "end": "CABLE ENDS"}
            return problem("record-cut", source.place, position=number, **where)
        below, start = _said_in_block(text, block.start())
        found = _text_of_block(text, start, ends.start())
        above = text[heading.end() : block.start()] if heading else text[: block.start()]
        said = {**said, **below, **_kept(above, found), **_kept(text[ends.end() :], "", "below")}
    if not found.strip():
        found = text.strip("\r\n")
        said["text_status"] = CATALOGUE
    return RawCable(
        source=source.place.name, position=number, format=NAME, encoding=name, metadata=metadata(**said), text=found
    )


def _said_above(heading: re.Match[str]) -> dict[str, str]:
    names = {"id": "reference_id", "date": "created"}
    return {names.get(name, name): value for name, value in heading.groupdict().items()}


def _said_in_block(text: str, start: int) -> tuple[dict[str, str], int]:
    """What the keys of the block say, and where its header begins."""
    said: dict[str, str] = {}
    while (match := _KEY.match(text, start)) is not None:
        if match["key"] == "header":
            return said, match.start("value")
        said[KEYS.get(match["key"], match["key"])] = match["value"]
        start = match.end()
    return said, start


def _text_of_block(text: str, start: int, end: int) -> str:
    rule = _HEADER_ENDS.search(text, start, end)
    if rule is None:
        return text[start:end].strip("\r\n")
    return join(text[start : rule.start()].strip("\r\n"), text[rule.end() : end].strip("\r\n"))


def _kept(beside: str, text: str, name: str = "heading") -> dict[str, str]:
    """What stands beside the text and is no copy of its beginning."""
    folded = " ".join(beside.split())
    return {} if " ".join(text[: 2 * len(beside) + 100].split()).startswith(folded) else {name: beside}


def _split(text: str) -> str:
    """Header and body that were run together, as other sources give them: a blank line between them."""
    glued = _GLUED.search(text, 0, _HEADER_LENGTH)
    text = text.strip("\r\n") if glued is None else join(text[: glued.start()].strip("\r\n"), text[glued.start() :])
    return text.rstrip("\r\n")
