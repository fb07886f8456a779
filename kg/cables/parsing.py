"""From a raw cable to a `Cable`: clean text, header, fields, body, signature; odd data never raises."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from kg.cables.body.contents import read_contents
from kg.cables.body.pieces import as_parts, part_of
from kg.cables.body.signature import Signature
from kg.cables.clean import clean as clean_text
from kg.cables.fields.classified_by import is_derived, read_classified_by, read_derived_from
from kg.cables.fields.executive_orders import read_classifying_officer, read_executive_order
from kg.cables.fields.keywords import Field, loose_spans
from kg.cables.fields.references import read_references
from kg.cables.fields.subjects import read_subject
from kg.cables.fields.tags import read_tags
from kg.cables.frus.document import read_document
from kg.cables.header.class_lines import ClassLine
from kg.cables.header.format_lines import read_format_lines
from kg.cables.header.handling import Handling, read_handling
from kg.cables.header.offices import read_offices
from kg.cables.header.transmission import Header, read_header
from kg.cables.identity import Identity, identity_of
from kg.cables.ids.canonical import parse_id
from kg.cables.ids.stations import post_of, post_of_station
from kg.cables.layout import Layout, lay_out, pieces_of
from kg.cables.model import (
    Cable,
    ClassifiedBy,
    CleanText,
    DerivedFrom,
    Part,
    Problem,
    Schedule,
    SourceNote,
    Subject,
    TextValue,
)
from kg.cables.oddities import absences, numbering_problems, repair_problems, section_gaps
from kg.cables.spans import text_value
from kg.cables.stated.catalogue import is_entry, read_entry
from kg.cables.stated.metadata import with_metadata
from kg.cables.words import NO_FOREIGN, OFFICIAL_USE
from kg.sources.frus import NAME as FRUS
from kg.sources.model import RawCable

_CLASSIFIED_IN_TEXT: Final = re.compile(
    r"\bCLASSIFIED\s+BY\b:?\s*(?P<value>.{4,300}?1[.,]\s?[4-6]\s?\(?[a-h]?\)?[^.\n]{0,30})", re.IGNORECASE | re.DOTALL
)

# Without fields, so much below the class line may hold captions and handling instructions.
_HANDLING_LENGTH: Final = 400


def parse(raw: RawCable) -> Cable:
    """The cable that a raw cable holds; what is odd about it stands in its `problems`."""
    identity = identity_of(raw)
    if is_entry(raw):
        entry = replace(read_entry(raw, identity), sources=(source_note(raw, is_preferred=True),))
        return with_metadata(entry, identity)
    if raw.format == FRUS:
        document = replace(read_document(raw, identity.canonical_id), sources=(source_note(raw, is_preferred=True),))
        return with_metadata(document, identity)
    clean = clean_text(raw.text)
    layout = lay_out(clean.text)
    header = read_header(clean, layout.header_end)
    return with_metadata(_assemble(raw, clean, identity, layout, header), identity)


def _assemble(raw: RawCable, clean: CleanText, identity: Identity, layout: Layout, header: Header) -> Cable:
    handling = _handling(clean, layout)
    captions = handling.captions
    office = read_offices(clean, layout.header_end)
    executive_order, schedule = _executive_order(clean, layout)
    classified_by = _classified_by(clean, layout)
    pieces = pieces_of(clean, layout)
    body = as_parts(clean, pieces)
    contents = read_contents(clean, pieces, body)
    tags, ref, subject = layout.field("tags"), layout.field("ref"), layout.field("subject")
    present = {
        "class-line": layout.class_line,
        "date-time-group": header.date_time_group,
        "originator": header.originator,
        "subject": subject,
        "signature": layout.signature,
    }
    sent_at = header.date_time_group.sent_at if header.date_time_group else None
    own = parse_id(identity.canonical_id or "")
    year = sent_at.year if sent_at else own.year if own else None
    return Cable(
        canonical_id=identity.canonical_id,
        raw=raw,
        sources=(source_note(raw, is_preferred=True),),
        transmission_id=header.transmission_id,
        message_reference_number=_message_reference_number(clean, layout.class_line),
        precedences=header.precedences,
        is_niact=header.is_niact,
        date_time_group=header.date_time_group,
        sent_at=sent_at,
        originator=header.originator,
        originator_routing_indicator=header.routing_indicator,
        post=_post(header, layout.class_line),
        action_addressees=header.action_addressees,
        info_addressees=header.info_addressees,
        classification=_classification_of(clean, layout.class_line, captions, identity, header),
        captions=captions,
        executive_order=executive_order,
        declassify_on=schedule.declassify_on if schedule else None,
        schedule=schedule,
        tags=read_tags(clean, tags.value_start, tags.end, _day(sent_at, year)) if tags else (),
        subject=_subject(clean, subject) if subject else None,
        references=read_references(clean, ref.value_start, ref.end, year, own) if ref else (),
        classified_by=classified_by,
        derived_from=_derived_from(clean, layout),
        signed_by=_signed_by(clean, layout.signature),
        summary=contents.summary,
        parts=_parts(clean, layout, classified_by, body),
        regions=contents.regions,
        redactions=contents.redactions,
        section=identity.section,
        section_of=identity.section_of,
        is_partial=header.is_partial,
        format_lines=read_format_lines(clean, layout.header_end),
        distribution=office.distribution,
        drafted_by=office.drafted_by,
        approved_by=office.approved_by,
        cleared_by=office.cleared_by,
        correction=handling.correction,
        handling=handling.instructions,
        problems=(
            *header.problems,
            *_contradiction(identity, layout.class_line),
            *absences(present),
            *section_gaps(clean, layout.class_line),
            *numbering_problems(pieces, is_partial=header.is_partial),
            *repair_problems(raw),
            *contents.problems,
        ),
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


def _day(sent_at: datetime | None, year: int | None) -> date | None:
    """The day of a cable, the middle of its year where only that is known."""
    return sent_at.date() if sent_at else date(year, 7, 1) if year else None


def _message_reference_number(clean: CleanText, line: ClassLine | None) -> TextValue | None:
    return text_value(clean, *line.reference_span) if line and line.reference_span else None


def _post(header: Header, line: ClassLine | None) -> str | None:
    """The post that sent the cable: by the FM line, else by the station of the class line."""
    by_sender = post_of(header.originator.value) if header.originator else None
    return by_sender or (post_of_station(line.station) if line and line.station else None)


def _handling(clean: CleanText, layout: Layout) -> Handling:
    """Captions and handling instructions: on the class line, under it, and loose between the fields."""
    line, fields = layout.class_line, layout.fields
    behind = [(line.reference_span[1], line.end)] if line is not None and line.reference_span is not None else []
    below = (layout.front, fields[0].start if fields else min(len(clean.text), layout.front + _HANDLING_LENGTH))
    loose = loose_spans(clean.text, fields[:-1], fields[-1].start) if fields else []
    is_lowered = line is not None and any(map(str.islower, clean.text[slice(*line.classification_span)]))
    return read_handling(clean, line.captions_span if line else None, [*behind, below, *loose], is_lowered=is_lowered)


def _classification_of(
    clean: CleanText, line: ClassLine | None, captions: Iterable[TextValue], identity: Identity, header: Header
) -> TextValue | None:
    """The classification of the class line, else of the ZNY or ZNR line; the header is believed where they differ."""
    if identity.is_contradicted and header.security is not None:
        return header.security
    return _classification(clean, line, captions) or header.security


def _contradiction(identity: Identity, line: ClassLine | None) -> list[Problem]:
    if not identity.is_contradicted or line is None or line.reference_span is None:
        return []
    start, end = line.reference_span
    message = f"the class line names {line.station} {line.number}, the header another cable; the header is believed"
    return [Problem(code="class-line-of-another-cable", message=message, start=start, end=end)]


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


def _executive_order(clean: CleanText, layout: Layout) -> tuple[TextValue | None, Schedule | None]:
    field = layout.field("eo")
    return read_executive_order(clean, field.value_start, field.end) if field else (None, None)


def _subject(clean: CleanText, field: Field) -> Subject | None:
    """The subject; None where the field is empty or holds a portion marking alone."""
    subject = read_subject(clean, field.value_start, field.end)
    return subject if subject.value else None


def _derived_from(clean: CleanText, layout: Layout) -> DerivedFrom | None:
    """What the classification is derived from, by a line of its own or by the Classified By line."""
    field = layout.field("derived") or layout.field("classified")
    if field is None or (field.kind == "classified" and not is_derived(clean.text[field.value_start : field.end])):
        return None
    return read_derived_from(clean, field.value_start, field.end)


def _classified_by(clean: CleanText, layout: Layout) -> ClassifiedBy | None:
    field, order = layout.field("classified"), layout.field("eo")
    if field is not None:
        return read_classified_by(clean, field.value_start, field.end) if field.value_start < field.end else None
    by_order = read_classifying_officer(clean, order.value_start, order.end) if order else None
    if by_order is not None:
        return by_order
    match = _CLASSIFIED_IN_TEXT.search(clean.text, layout.front, min(len(clean.text), layout.body_start + 1500))
    return read_classified_by(clean, *match.span("value")) if match else None


def _parts(clean: CleanText, layout: Layout, classified_by: ClassifiedBy | None, body: list[Part]) -> tuple[Part, ...]:
    """All parts: subject, tags and Classified By first, then the body, the signature last."""
    spans = [
        (kind, kind, field.value_start, field.end) for kind in ("tags", "subject") if (field := layout.field(kind))
    ]
    if classified_by is not None and layout.field("classified"):
        spans.append(("classified-by", "classified-by", classified_by.start, classified_by.end))
    head = [part for kind, key, start, end in spans if (part := part_of(clean, kind, key, start, end))]
    signature = layout.signature
    tail = [part_of(clean, "signature", "signature", signature.start, signature.end)] if signature else []
    return (*head, *body, *(part for part in tail if part))


def _signed_by(clean: CleanText, signature: Signature | None) -> tuple[TextValue, ...]:
    return tuple(text_value(clean, *name) for name in signature.names) if signature else ()
