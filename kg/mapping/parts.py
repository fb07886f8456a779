"""Map the parts of a cable that hold text: paragraphs, subject, signature, headings and what is unnumbered."""

from collections.abc import Iterator
from typing import Final

from kg.cables.model import Cable, Part
from kg.iris import Iris
from kg.mapping import values
from kg.mapping.ntriples import iri, literal, statements
from kg.terms import (
    CK_CLASSIFICATION,
    CK_HEADING,
    CK_NUMBER,
    CK_PARAGRAPH,
    CK_PORTION_MARKING,
    CK_SEGMENTS,
    CK_TEXT,
    CK_TEXT_PART,
    RDF_TYPE,
    RDFS_LABEL,
    portion_term,
)

_PARAGRAPH_SIGN: Final = "¶"


def map_parts(cable: Cable, canonical_id: str, iris: Iris) -> list[str]:
    """The lines of all parts."""
    lines: list[str] = []
    for part in cable.parts:
        lines += statements(iri(iris.part(canonical_id, part.key)), _part(part, canonical_id, iris))
    return lines


def part_label(part: Part, canonical_id: str) -> str:
    """`09BOGOTA335 ¶6`, `09BOGOTA335 subject`."""
    key = _PARAGRAPH_SIGN + part.key[1:] if part.kind == "paragraph" else part.key
    return f"{canonical_id} {key}"


def segments(part: Part) -> str:
    """`0-812-61 61-874-40`: for each segment its start in the text, its start in the text as found, its length."""
    return " ".join(f"{start}-{found}-{length}" for start, found, length in part.segments)


def _part(part: Part, canonical_id: str, iris: Iris) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(CK_PARAGRAPH if part.kind == "paragraph" else CK_TEXT_PART)
    yield RDFS_LABEL, literal(part_label(part, canonical_id))
    yield CK_TEXT, literal(part.text)
    yield CK_SEGMENTS, literal(segments(part))
    if part.number is not None:
        yield CK_NUMBER, values.ordinal(part.number)
    if part.heading is not None:
        yield CK_HEADING, literal(part.heading)
    if part.portion_marking is not None:
        yield CK_PORTION_MARKING, literal(part.portion_marking)
        level = portion_term(part.portion_marking)
        if level is not None:
            yield CK_CLASSIFICATION, iri(iris.term(level))
