"""Where the regions of a cable lie: header, class line, fields, body, signature."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.body.pieces import Piece, read_pieces
from kg.cables.body.signature import Signature, find_signature
from kg.cables.fields.keywords import Field, loose_spans, read_fields
from kg.cables.header.class_lines import ClassLine, opening_class_line
from kg.cables.identity import header_end
from kg.cables.model import CleanText

_NUMBER: Final = (
    r"[ \t]*(?:1[ ]?[.)](?!\d)|\d{1,2}[.)]?[ \t]*\((?:U|C|S|SBU|C/NF|S/NF|LOU|[CS]//NF)\))"  # 1. (C) SUMMARY
)
_FIRST_LINE: Final = re.compile(_NUMBER)
# Begin with a plain character, by which the search is fast; what must stand before the second is looked at afterwards.
_NEXT_LINES: Final = re.compile(r"\n" + _NUMBER)
_GLUED: Final = re.compile(r"1\.[ ]?\((?:U|C|S|SBU|C/NF|S/NF)\)")  # REASON: 1.4 (b), (d) 1. (C) Summary
_BEFORE_GLUED: Final = (". ", ") ")

_FIELD: Final = r"[ \t]*(?:E\.?O\.?[ ]?1[1-3]\d{3}\b|TAGS?:|SUBJ(?:ECT)?[ ]?:)"
_EARLY_FIELD: Final = re.compile("^" + _FIELD, re.MULTILINE | re.IGNORECASE)
_LATE_FIELD: Final = re.compile(r"\n" + _FIELD, re.IGNORECASE)

# How far below the class line the first paragraph may begin: the longest REF line seen has some 3,000 characters.
_FRONT_LENGTH: Final = 12_000
_LATE_WITHIN: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The regions of a cable in its clean text; offsets are the same in the text as found."""

    class_line: ClassLine | None
    header_end: int
    front: int
    above: list[Field]
    fields: list[Field]
    body_start: int
    signature: Signature | None

    def field(self, kind: str) -> Field | None:
        """The field of that kind, or None."""
        return next((field for field in (*self.fields, *self.above) if field.kind == kind), None)


def lay_out(text: str) -> Layout:
    """The regions of a clean text."""
    line = opening_class_line(text)
    end = header_end(text, line)
    front = max(end, line.end) if line else end
    fields = read_fields(text, _behind_reference(line, front), _front_end(text, front))
    body_start = max(fields[-1].end, front) if fields else front
    # Newspapers' copies may put the fields above the class line.
    early = _EARLY_FIELD.search(text, 0, end)
    above = read_fields(text, early.start(), end) if early else []
    return Layout(
        class_line=line,
        header_end=early.start() if early else end,
        front=front,
        above=above,
        fields=fields,
        body_start=body_start,
        signature=find_signature(text, body_start),
    )


def _behind_reference(line: ClassLine | None, front: int) -> int:
    """Where fields may begin: also on the class line, behind its number, where the lines were joined."""
    return min(front, line.reference_span[1]) if line and line.reference_span else front


def _front_end(text: str, front: int) -> int:
    """Where the first paragraph begins: a number that no field of the header follows."""
    limit = min(len(text), front + _FRONT_LENGTH)
    if front == 0 and (first := _FIRST_LINE.match(text, 0, limit)) and not _has_field(text, first.end()):
        return 0
    below = (
        match for match in _NEXT_LINES.finditer(text, max(0, front - 1), limit) if not _has_field(text, match.end())
    )
    at_margin = next(below, None)
    end = at_margin.start() + 1 if at_margin else limit
    for match in _GLUED.finditer(text, front, end):
        if text[max(0, match.start() - 2) : match.start()] in _BEFORE_GLUED and not _has_field(text, match.end()):
            return match.start()
    return end


def _has_field(text: str, at: int) -> bool:
    """Whether a field of the header follows an offset."""
    return _LATE_FIELD.search(text, at, min(len(text), at + _LATE_WITHIN)) is not None


def pieces_of(clean: CleanText, layout: Layout) -> list[Piece]:
    """The pieces of the body, the loose text between the fields before it and what stands below the signature."""
    loose = loose_spans(clean.text, layout.fields[:-1], layout.fields[-1].start) if layout.fields else []
    end = layout.signature.start if layout.signature else len(clean.text)
    pieces = read_pieces(clean, loose, (layout.body_start, end))
    below = read_pieces(clean, [(layout.signature.end, len(clean.text))], (end, end)) if layout.signature else []
    return [*pieces, *below]
