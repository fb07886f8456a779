"""Map the parts of a cable that hold text: paragraphs, subject, signature, headings and what is unnumbered."""

from collections.abc import Collection, Iterable, Iterator
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
    CK_TEXT,
    CK_TEXT_PART,
    PLAIN_MARKINGS,
    RDF_TYPE,
    RDFS_LABEL,
    portion_term,
)

_PARAGRAPH_SIGN: Final = "¶"


def written_parts(cable: Cable, with_evidence: Collection[str]) -> tuple[Part, ...]:
    """The parts that become nodes: those with running text, and others where a mention lies in them.

    The words of the subject, the TAGS line and a paragraph's heading are values of the cable and its paragraphs anyway;
    a node that says them again has to carry evidence.
    """
    headings = {part.heading for part in cable.parts if part.kind == "paragraph"}
    return tuple(part for part in cable.parts if part.key in with_evidence or not _is_said_elsewhere(part, headings))


def map_parts(parts: Iterable[Part], canonical_id: str, iris: Iris) -> list[str]:
    """The lines of some parts."""
    lines: list[str] = []
    for part in parts:
        lines += statements(iri(iris.part(canonical_id, part.key)), _part(part, canonical_id, iris))
    return lines


def part_label(part: Part, canonical_id: str) -> str:
    """`09BOGOTA335 ¶6`, `09BOGOTA335 subject`."""
    key = _PARAGRAPH_SIGN + part.key[1:] if part.kind == "paragraph" else part.key
    return f"{canonical_id} {key}"


def segments(parts: Iterable[Part]) -> str:
    """`p1 0-414-20 20-436-73; p2 0-522-8`: where the words of each part stand in the text as found.

    For each segment: its start in the text of the part, its start in the text as found, its length.
    """
    return "; ".join(" ".join((part.key, *("-".join(map(str, one)) for one in part.segments))) for part in parts)


def _is_said_elsewhere(part: Part, headings: Collection[str | None]) -> bool:
    return part.kind in ("subject", "tags") or (part.kind == "heading" and part.text in headings)


def _part(part: Part, canonical_id: str, iris: Iris) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(CK_PARAGRAPH if part.kind == "paragraph" else CK_TEXT_PART)
    yield RDFS_LABEL, literal(part_label(part, canonical_id))
    yield CK_TEXT, literal(part.text)
    if part.number is not None:
        yield CK_NUMBER, values.number(part.number)
    if part.heading is not None:
        yield CK_HEADING, literal(part.heading)
    if part.portion_marking is not None:
        level = portion_term(part.portion_marking)
        if level is not None:
            yield CK_CLASSIFICATION, iri(iris.term(level))
        if part.portion_marking != PLAIN_MARKINGS.get(level or ""):
            yield CK_PORTION_MARKING, literal(part.portion_marking)
