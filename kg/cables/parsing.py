"""From a raw cable to a `Cable`: clean text, header, fields, body, signature; odd data never raises."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.cables.body import Piece, as_parts, read_pieces
from kg.cables.class_lines import ClassLine, opening_class_line
from kg.cables.classified_by import read_classified_by
from kg.cables.clean import clean as clean_text
from kg.cables.executive_orders import read_classifying_officer, read_executive_order
from kg.cables.fields import Field, loose_spans, read_fields
from kg.cables.fold import fold
from kg.cables.header import Header, read_header
from kg.cables.identity import Identity, header_end, identity_of
from kg.cables.ids import parse_id
from kg.cables.metadata import with_metadata
from kg.cables.model import Cable, ClassifiedBy, CleanText, DateValue, Part, SourceNote, TextValue
from kg.cables.oddities import absences, numbering_problems
from kg.cables.references import read_references
from kg.cables.signature import Signature, find_signature
from kg.cables.spans import lines, text_value
from kg.cables.stations import post_of, post_of_station
from kg.cables.summary import find_summary
from kg.cables.tags import read_tags
from kg.cables.words import CAPTIONS, NO_FOREIGN, OFFICIAL_USE
from kg.sources.model import RawCable

_FIRST_PARAGRAPH: Final = re.compile(
    r"""
      ^[ \t]*(?:1[ ]?[.)](?!\d) | \d{1,2}[.)]?[ \t]*\((?:U|C|S|SBU|C/NF|S/NF|LOU|[CS]//NF)\))    # 1. (C) SUMMARY
    | (?<=[.)][ ])1\.[ ]?\((?:U|C|S|SBU|C/NF|S/NF)\)          # REASON: 1.4 (b), (d) 1. (C) Summary
    """,
    re.VERBOSE | re.MULTILINE,
)
_LATE_FIELD: Final = re.compile(
    r"^[ \t]*(?:E\.?O\.?[ ]?1[1-3]\d{3}\b|TAGS?:|SUBJ(?:ECT)?[ ]?:)", re.MULTILINE | re.IGNORECASE
)
_CLASSIFIED_IN_TEXT: Final = re.compile(
    r"\bCLASSIFIED\s+BY\b:?\s*(?P<value>.{4,300}?1[.,]\s?[4-6]\s?\(?[a-h]?\)?[^.\n]{0,30})", re.IGNORECASE | re.DOTALL
)

# How far below the class line the first paragraph may begin: the longest REF line seen has some 3,000 characters.
_FRONT_LENGTH: Final = 12_000
_LATE_WITHIN: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where the regions of a cable lie in its clean text."""

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


def parse(raw: RawCable) -> Cable:
    """The cable that a raw cable holds; what is odd about it stands in its `problems`."""
    clean = clean_text(raw.text)
    identity = identity_of(raw)
    layout = _lay_out(clean.text)
    header = read_header(clean, layout.header_end)
    return with_metadata(_assemble(raw, clean, identity, layout, header), identity)


def _lay_out(text: str) -> _Layout:
    line = opening_class_line(text)
    end = header_end(text, line)
    front = max(end, line.end) if line else end
    fields = read_fields(text, front, _front_end(text, front))
    body_start = fields[-1].end if fields else front
    # Newspapers' copies may put the fields above the class line.
    early = _LATE_FIELD.search(text, 0, end)
    above = read_fields(text, early.start(), end) if early else []
    return _Layout(
        class_line=line,
        header_end=early.start() if early else end,
        front=front,
        above=above,
        fields=fields,
        body_start=body_start,
        signature=find_signature(text, body_start),
    )


def _front_end(text: str, front: int) -> int:
    """Where the first paragraph begins: a number that no field of the header follows."""
    limit = min(len(text), front + _FRONT_LENGTH)
    for match in _FIRST_PARAGRAPH.finditer(text, front, limit):
        if _LATE_FIELD.search(text, match.end(), min(len(text), match.end() + _LATE_WITHIN)) is None:
            return match.start()
    return limit


def _assemble(raw: RawCable, clean: CleanText, identity: Identity, layout: _Layout, header: Header) -> Cable:
    captions = _captions(clean, layout)
    executive_order, declassify_on = _executive_order(clean, layout)
    classified_by = _classified_by(clean, layout)
    pieces = _pieces(clean, layout)
    tags, ref, subject = layout.field("tags"), layout.field("ref"), layout.field("subject")
    present = {
        "class-line": layout.class_line,
        "date-time-group": header.date_time_group,
        "originator": header.originator,
        "subject": subject,
        "signature": layout.signature,
    }
    sent_at = header.date_time_group.sent_at if header.date_time_group else None
    year = sent_at.year if sent_at else _year(identity)
    return Cable(
        canonical_id=identity.canonical_id,
        raw=raw,
        sources=(source_note(raw, is_preferred=True),),
        transmission_id=header.transmission_id,
        message_reference_number=_message_reference_number(clean, layout.class_line),
        precedences=header.precedences,
        date_time_group=header.date_time_group,
        sent_at=sent_at,
        originator=header.originator,
        originator_routing_indicator=header.routing_indicator,
        post=_post(header, layout.class_line),
        action_addressees=header.action_addressees,
        info_addressees=header.info_addressees,
        classification=_classification(clean, layout.class_line, captions) or header.security,
        captions=captions,
        executive_order=executive_order,
        declassify_on=declassify_on,
        tags=read_tags(clean, tags.value_start, tags.end) if tags else (),
        subject=text_value(clean, subject.value_start, subject.end) if subject else None,
        references=read_references(clean, ref.value_start, ref.end, year) if ref else (),
        classified_by=classified_by,
        signed_by=_signed_by(clean, layout.signature),
        summary=find_summary(clean.text, pieces),
        parts=_parts(clean, layout, classified_by, pieces),
        section=identity.section,
        section_of=identity.section_of,
        is_partial=header.is_partial,
        problems=(*header.problems, *absences(present), *numbering_problems(pieces, is_partial=header.is_partial)),
    )


def source_note(raw: RawCable, *, is_preferred: bool) -> SourceNote:
    """Where a text was found."""
    return SourceNote(
        source=raw.source,
        position=raw.position,
        format=raw.format,
        digest=raw.digest,
        metadata=raw.metadata,
        is_preferred=is_preferred,
    )


def _year(identity: Identity) -> int | None:
    known = parse_id(identity.canonical_id or "")
    return known.year if known else None


def _message_reference_number(clean: CleanText, line: ClassLine | None) -> TextValue | None:
    return text_value(clean, *line.reference_span) if line and line.reference_span else None


def _post(header: Header, line: ClassLine | None) -> str | None:
    """The post that sent the cable: by the FM line, else by the station of the class line."""
    by_sender = post_of(header.originator.value) if header.originator else None
    return by_sender or (post_of_station(line.station) if line and line.station else None)


def _captions(clean: CleanText, layout: _Layout) -> tuple[TextValue, ...]:
    """The captions of the class line and of the lines under it, each once."""
    end = layout.fields[0].start if layout.fields else min(len(clean.text), layout.front + 400)
    spans = [layout.class_line.captions_span] if layout.class_line else []
    spans += [span for span in lines(clean.text, layout.front, end) if _is_caption_line(clean.text[slice(*span)])]
    out: dict[str, TextValue] = {}
    for start, stop in spans:
        for match in _CAPTION.finditer(clean.text, start, stop):
            value = " ".join(match.group().split())
            out.setdefault(value, text_value(clean, *match.span(), value))
    return tuple(out.values())


_CAPTION: Final = re.compile(
    r"\b(?:" + "|".join(sorted((re.escape(c) for c in CAPTIONS), key=len, reverse=True)) + r")\b"
)


def _is_caption_line(line: str) -> bool:
    """Whether a line holds captions and nothing else."""
    return bool(line.strip()) and not _CAPTION.sub("", line.replace("DEA SENSITIVE", "SENSITIVE")).strip(" \t\r/,.-")


def _classification(clean: CleanText, line: ClassLine | None, captions: Iterable[TextValue]) -> TextValue | None:
    """The classification, with the caption that the Cablegate CSV writes behind it."""
    if line is None:
        return None
    values = {caption.value for caption in captions}
    classification = line.classification
    if classification == "UNCLASSIFIED":
        classification += "//FOR OFFICIAL USE ONLY" if values & OFFICIAL_USE else ""
    elif values & NO_FOREIGN:
        classification += "//NOFORN"
    return text_value(clean, *line.classification_span, classification)


def _executive_order(clean: CleanText, layout: _Layout) -> tuple[TextValue | None, DateValue | None]:
    field = layout.field("eo")
    return read_executive_order(clean, field.value_start, field.end) if field else (None, None)


def _classified_by(clean: CleanText, layout: _Layout) -> ClassifiedBy | None:
    field, order = layout.field("classified"), layout.field("eo")
    if field is not None:
        return read_classified_by(clean, field.value_start, field.end) if field.value_start < field.end else None
    by_order = read_classifying_officer(clean, order.value_start, order.end) if order else None
    if by_order is not None:
        return by_order
    match = _CLASSIFIED_IN_TEXT.search(clean.text, layout.front, min(len(clean.text), layout.body_start + 1500))
    return read_classified_by(clean, *match.span("value")) if match else None


def _pieces(clean: CleanText, layout: _Layout) -> list[Piece]:
    """The pieces of the body, the loose text between the fields before it and what stands below the signature."""
    loose = loose_spans(clean.text, layout.fields[:-1], layout.fields[-1].start) if layout.fields else []
    end = layout.signature.start if layout.signature else len(clean.text)
    pieces = read_pieces(clean, loose, (layout.body_start, end))
    below = read_pieces(clean, [(layout.signature.end, len(clean.text))], (end, end)) if layout.signature else []
    return [*pieces, *below]


def _parts(
    clean: CleanText, layout: _Layout, classified_by: ClassifiedBy | None, pieces: list[Piece]
) -> tuple[Part, ...]:
    """All parts: subject, tags and Classified By first, then the body, the signature last."""
    spans = [
        (kind, kind, field.value_start, field.end) for kind in ("tags", "subject") if (field := layout.field(kind))
    ]
    if classified_by is not None and layout.field("classified"):
        spans.append(("classified-by", "classified-by", classified_by.start, classified_by.end))
    head = [part for kind, key, start, end in spans if (part := _part(clean, kind, key, start, end))]
    signature = layout.signature
    tail = [_part(clean, "signature", "signature", signature.start, signature.end)] if signature else []
    return (*head, *as_parts(clean, pieces), *(part for part in tail if part))


def _part(clean: CleanText, kind: str, key: str, start: int, end: int) -> Part | None:
    text, segments = fold(clean, start, end)
    if not text:
        return None
    first, last = segments[0], segments[-1]
    return Part(kind=kind, key=key, text=text, start=first[1], end=last[1] + last[2], segments=segments)


def _signed_by(clean: CleanText, signature: Signature | None) -> tuple[TextValue, ...]:
    return tuple(text_value(clean, *name) for name in signature.names) if signature else ()
