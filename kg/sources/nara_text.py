"""Read NARA's texts of the telegrams of the 1970s: the message, and under it the attributes of the archive.

The text as found is what stands between the lines `Message Text` and `Message Attributes`, untouched; what stands above
is kept as the metadata `heading`. A cable that was withdrawn, or whose text was lost and left an error message, is a
record of its attributes: the whole of it is the text as found, and `text_status` says why.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.sources.attributes import NAMES, STAMP, read_attributes, said, status_of
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.records import Record, gather, known_encoding, lines, too_long
from kg.sources.streams import Source
from kg.sources.texts import metadata

NAME: Final = "nara-aad"

_TEXT_LINE: Final = rb"[ \t\xa0]{0,80}Message Text[ \t]*\r?\n?"
_ATTRIBUTES_LINE: Final = rb"[ \t\xa0]{0,80}Message Attributes[ \t]*\r?\n?"
_BEGINS_TEXT: Final = re.compile(_TEXT_LINE)
_BEGINS_ATTRIBUTES: Final = re.compile(_ATTRIBUTES_LINE)

_TEXT: Final = re.compile(r"^[ \t\xa0]{0,80}Message Text[ \t\r]*$", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"^[ \t\xa0]{0,80}Message Attributes[ \t\r]*$", re.MULTILINE)
# Message Attributes, and under it `Automatic Decaptioning: X`.
_ATTRIBUTES_AND_FIRST: Final = re.compile(
    rf"^[ \t\xa0]{{0,80}}Message Attributes[ \t\r]*\n\s{{0,200}}(?:{'|'.join(NAMES)})[ ]?:", re.MULTILINE
)


def looks_like(head: str) -> bool:
    """Whether the head begins with the line `Message Text`, or has `Message Attributes` and one of them."""
    if head.lstrip().startswith("<"):
        return False
    text = _TEXT.search(head)
    above = head[: text.start()] if text else ""
    return (text is not None and not STAMP.sub("", above).strip()) or _ATTRIBUTES_AND_FIRST.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each record, or what is wrong with the record; they are numbered from 1."""
    encoding = known_encoding(source)
    for number, record in enumerate(gather(_marked(lines(source, encoding))), 1):
        if record.is_too_long:
            yield too_long(source, record, number)
        else:
            yield _cable(source, record, encoding, number)


def _marked(found: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Each line with whether a record begins there: at its text, or at attributes that follow attributes."""
    region = "above"
    for line in found:
        begins = False
        if _BEGINS_TEXT.fullmatch(line):
            begins, region = region != "above", "text"
        elif _BEGINS_ATTRIBUTES.fullmatch(line):
            begins, region = region == "attributes", "attributes"
        yield begins, line


def _cable(source: Source, record: Record, encoding: str | None, number: int) -> RawCable | SourceProblem:
    whole, name = record.decoded(encoding)
    begins = _TEXT.search(whole)
    ends = _ATTRIBUTES.search(whole, begins.end() if begins else 0)
    if ends is None:
        where = {"record": number, "line": record.line, "end": "Message Attributes"}
        return problem("record-cut", source.place, position=number, **where)
    values = said(read_attributes(whole[ends.end() :]))
    heading = whole[: begins.start() if begins else ends.start()]
    text = whole[begins.end() : ends.start()].strip("\r\n") if begins else ""
    status = status_of(text, values.get("locator"))
    return RawCable(
        source=source.place.name,
        position=number,
        format=NAME,
        encoding=name,
        metadata=metadata(**{**said([("heading", heading)]), **values, "text_status": status}),
        text=whole.strip("\r\n") if status else text,
    )
