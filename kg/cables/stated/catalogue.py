"""Read a catalogue entry: what a source says of a cable whose text it does not have, an attribute a line."""

from types import MappingProxyType
from typing import Final

from kg.cables.fields.subjects import read_subject
from kg.cables.fields.tags import read_tags
from kg.cables.fold import fold
from kg.cables.identity import Identity
from kg.cables.model import Cable, CleanText, Part, Problem
from kg.cables.spans import lines
from kg.sources.attributes import attribute
from kg.sources.model import CATALOGUE, NOT_ON_LINE, WITHDRAWN, RawCable

_PROBLEMS: Final = MappingProxyType(
    {
        CATALOGUE: Problem(
            code="catalogue-entry", message="the source lists the cable without its text", start=0, end=0
        ),
        WITHDRAWN: Problem(
            code="text-withdrawn", message="the text was withdrawn; the source has its attributes", start=0, end=0
        ),
        NOT_ON_LINE: Problem(
            code="text-not-on-line",
            message="the text was lost before the release; its attributes are left",
            start=0,
            end=0,
        ),
    }
)


def is_entry(raw: RawCable) -> bool:
    """Whether a raw cable is a catalogue entry and no text of a telegram."""
    return raw.metadata != () and raw.get("text_status") in _PROBLEMS


def read_entry(raw: RawCable, identity: Identity) -> Cable:
    """The cable of a catalogue entry: its subject and TAGS with their places; the rest stands in the metadata."""
    clean = CleanText(found=raw.text, text=raw.text, blanked=())
    spans = _spans(raw.text)
    subject, tags = spans.get("subject"), spans.get("tags")
    return Cable(
        canonical_id=identity.canonical_id,
        raw=raw,
        section=identity.section,
        section_of=identity.section_of,
        subject=read_subject(clean, *subject) if subject else None,
        tags=read_tags(clean, *tags) if tags and " - " not in raw.text[slice(*tags)] else (),
        parts=tuple(
            _part(clean, kind, span) for kind, span in (("tags", tags), ("subject", subject)) if span is not None
        ),
        is_partial=True,
        problems=(_PROBLEMS[raw.get("text_status") or CATALOGUE],),
    )


def _spans(text: str) -> dict[str, tuple[int, int]]:
    """Where the values of the attributes stand, with the lines on which they go on; of each the first."""
    spans: dict[str, tuple[int, int]] = {}
    name = ""
    for start, end in lines(text, 0, len(text)):
        begins = attribute(text[start:end])
        if begins is not None and begins[0] not in spans:
            name = begins[0]
            spans[name] = (end - len(begins[1]), end)
        elif begins is not None:
            name = ""
        elif name and text[start:end].strip():
            spans[name] = (spans[name][0], end)
    return {name: span for name, span in spans.items() if _says_something(text[slice(*span)])}


def _says_something(value: str) -> bool:
    return value.strip().casefold() not in {"", "n/a"}


def _part(clean: CleanText, kind: str, span: tuple[int, int]) -> Part:
    text, segments = fold(clean, *span)
    first, last = segments[0], segments[-1]
    return Part(kind=kind, key=kind, text=text, start=first[1], end=last[1] + last[2], segments=segments)
