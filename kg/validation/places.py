"""Tell where in which source the trouble of a result stands: the file, the cable in it, the line of the text as found.

A focus node leads back to the text by what the cable knows of it: the offsets of a part, a reference or an addressee,
the words behind a header value, the evidence of a fact. What is missing stands nowhere; such a result has no line.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.cables.model import Cable, Part
from kg.cables.model.text import Line
from kg.iris import DEFAULT_BASE, Iris
from kg.mapping.naming import addressings, keyed_references, texts
from kg.terms import (
    CK_CANONICAL_ID,
    CK_CAPTION,
    CK_CITES,
    CK_CLASSIFICATION,
    CK_CLASSIFICATION_REASON,
    CK_DATE_TIME_GROUP,
    CK_DECLASSIFY_ON,
    CK_EVIDENCE,
    CK_EXECUTIVE_ORDER,
    CK_HAS_TAG,
    CK_MESSAGE_REFERENCE_NUMBER,
    CK_PRECEDENCE,
    CK_REFERS_TO,
    CK_SENT_AT,
    CK_SENT_FROM,
    CK_SUBJECT_LINE,
    CK_TRANSMISSION_ID,
    DCTERMS_REFERENCES,
    DCTERMS_SUBJECT,
    DCTERMS_TITLE,
    RDFS_LABEL,
    SCHEMA_DATE_SENT,
    SCHEMA_SENDER,
)
from kg.validation.model import CableResults, Place, Result

# The words of the header that a property of a cable is read from.
_WORDS: Final[dict[str, Callable[[Cable], Line | None]]] = {
    CK_CANONICAL_ID: lambda cable: cable.message_reference_number,
    CK_CLASSIFICATION: lambda cable: cable.classification,
    CK_CLASSIFICATION_REASON: lambda cable: cable.classified_by,
    CK_DATE_TIME_GROUP: lambda cable: cable.date_time_group,
    CK_DECLASSIFY_ON: lambda cable: cable.declassify_on,
    CK_EXECUTIVE_ORDER: lambda cable: cable.executive_order,
    CK_MESSAGE_REFERENCE_NUMBER: lambda cable: cable.message_reference_number,
    CK_PRECEDENCE: lambda cable: cable.date_time_group,
    CK_SENT_AT: lambda cable: cable.date_time_group,
    CK_SENT_FROM: lambda cable: cable.originator,
    CK_SUBJECT_LINE: lambda cable: cable.subject,
    CK_TRANSMISSION_ID: lambda cable: cable.transmission_id,
    DCTERMS_TITLE: lambda cable: cable.subject,
    RDFS_LABEL: lambda cable: cable.subject,
    SCHEMA_DATE_SENT: lambda cable: cable.date_time_group,
    SCHEMA_SENDER: lambda cable: cable.originator,
}
# p6-0-10: a mention, by its part and its first span.
_MENTION: Final = re.compile(r"(?P<part>.+)-(?P<start>\d+)-(?P<end>\d+)")
_TEXT: Final = re.compile(r"text(?P<number>\d+)")  # text2


def with_places(of_cable: CableResults, cable: Cable, lines: Sequence[str], base: str = DEFAULT_BASE) -> CableResults:
    """The results of a cable, each with its place; `lines` are the N-Triples lines that were validated."""
    if not of_cable.results:
        return of_cable
    finder = _Finder(cable, of_cable.canonical_id, lines, Iris(base))
    return replace(of_cable, results=tuple(replace(one, place=finder.place(one)) for one in of_cable.results))


class _Finder:
    """What leads from the nodes of one cable to its texts."""

    def __init__(self, cable: Cable, canonical_id: str, lines: Sequence[str], iris: Iris) -> None:
        self._cable = cable
        self._iris = iris
        self._node = iris.cable(canonical_id)
        self._lines = lines

    def place(self, result: Result) -> Place:
        """The place of a result: that of its focus node, else that of the cable."""
        raw = self._cable.raw
        if note := _TEXT.fullmatch(self._key(result.focus) or ""):
            _, notes = texts(self._cable)[int(note["number"]) - 1]
            return Place(source=notes[0].source, position=notes[0].position)
        offset = self._offset(result)
        return Place(
            source=raw.source, position=raw.position, line=None if offset is None else _line_at(raw.text, offset)
        )

    def _offset(self, result: Result) -> int | None:
        if result.focus == self._node:
            return self._of_header(result)
        if (key := self._key(result.focus)) is not None:
            return self._of_key(key)
        return next((offset for key in self._evidence(result.focus) if (offset := self._of_key(key)) is not None), None)

    def _key(self, node: str) -> str | None:
        """The fragment of a node of the cable."""
        path, hash_sign, key = node.partition("#")
        return key if path == self._node and hash_sign else None

    def _of_header(self, result: Result) -> int | None:
        value = None if result.value is None else result.value.strip("<>")
        if value is not None and (key := self._key(value)) is not None:
            return self._of_key(key)
        if result.path in (CK_HAS_TAG, DCTERMS_SUBJECT):
            return next((tag.start for tag in self._cable.tags if self._iris.tag(tag.term) == value), None)
        if result.path in (CK_CITES, DCTERMS_REFERENCES):
            cited = (one for one in self._cable.references if one.target and self._iris.cable(one.target) == value)
            return next((one.start for one in cited), None)
        if result.path == CK_CAPTION:
            return next((caption.start for caption in self._cable.captions), None)
        words = _WORDS.get(result.path or "")
        return None if words is None else _start(words(self._cable))

    def _of_key(self, key: str) -> int | None:
        """Where the part, reference, addressee or mention of that key begins in the text as found."""
        parts = {part.key: part for part in self._cable.parts}
        if key in parts:
            return parts[key].start
        if (mention := _MENTION.fullmatch(key)) and mention["part"] in parts:
            return _found_at(parts[mention["part"]], int(mention["start"]), int(mention["end"]))
        keyed: Iterator[tuple[str, Line]] = iter((*keyed_references(self._cable), *addressings(self._cable)))
        return next((_start(line) for known, line in keyed if known == key), None)

    def _evidence(self, node: str) -> Iterator[str]:
        """The keys of the mentions that a fact rests on, or that speak of a person, in the order of the lines."""
        for line in self._lines:
            subject, predicate, target = line.rstrip(" .\n").split(" ", 2)
            if subject == f"<{node}>" and predicate == f"<{CK_EVIDENCE}>":
                yield self._key(target.strip("<>")) or ""
            elif target == f"<{node}>" and predicate == f"<{CK_REFERS_TO}>":
                yield self._key(subject.strip("<>")) or ""


def _found_at(part: Part, start: int, end: int) -> int | None:
    try:
        return part.found_at(start, end)[0]
    except IndexError:
        # The offsets themselves may be what the result is about.
        return part.start


def _start(words: Line | None) -> int | None:
    """Where words begin; what only the source of a cable says stands nowhere in its text."""
    return None if words is None or words.start == words.end else words.start


def _line_at(text: str, offset: int) -> int:
    """The line of an offset, from 1; a lone carriage return ends a line where there is no other sign of it."""
    return text.count("\n" if "\n" in text else "\r", 0, offset) + 1
