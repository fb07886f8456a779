"""Which rule consumed the lines of a FRUS document outside of its numbered paragraphs."""

from collections.abc import Iterator
from typing import Final

from kg.cables.frus.layout import FrusLayout
from kg.cables.model import Cable, CleanText
from kg.cables.spans import line_of

_OF_ENTRIES: Final = {
    "subject": "subject",
    "ref": "reference",
    "tags": "tags",
    "participants": "participants",
    "": "message-number",
}


def document_claims(cable: Cable, clean: CleanText, layout: FrusLayout) -> Iterator[tuple[int, int, str]]:
    """Spans of the text as found with their rules; what stands later in the row holds where two overlap.

    Memoranda and airgrams, and telegrams of which no paragraph has a number, are made of paragraphs without numbers.
    """
    text = clean.found
    if cable.document_kind != "telegram" or not cable.paragraphs:
        yield from (
            (part.start, part.end, "plain-paragraph")
            for part in cable.parts
            if part.kind == "unnumbered" and part.start >= layout.body_start
        )
    yield 0, layout.head.end, "document-head"
    if layout.note is not None:
        yield *layout.note, "source-note"
    if layout.number is not None:
        yield *_whole(text, *layout.number), "message-number"
    for entry in layout.entries:
        yield entry.start, entry.end, _OF_ENTRIES[entry.kind]
    if layout.place is not None:
        yield *_whole(text, *layout.place), "dateline"
    if layout.date is not None:
        yield *_whole(text, *layout.date.span("date")), "dateline"
    for start, end, _ in clean.blanked:
        yield start, end, "footnote"
    if layout.footnotes is not None:
        yield *layout.footnotes, "footnote"


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    return line_of(text, start)[0], line_of(text, end)[1]
