"""Read a document of FRUS: a telegram, an airgram or a memorandum of conversation in the layout of its reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from kg.cables.body.contents import read_contents
from kg.cables.body.pieces import Piece, as_parts, part_of, read_pieces
from kg.cables.fields.references import read_references
from kg.cables.fields.tags import read_tags
from kg.cables.frus.heads import post_named
from kg.cables.frus.layout import FrusLayout, bodies, clean_document, lay_out_document
from kg.cables.frus.notes import read_names, read_note
from kg.cables.frus.participants import read_participants
from kg.cables.ids.stations import post_of_station
from kg.cables.model import Addressee, Cable, CleanText, DateTimeGroup, Part, Problem, Subject, TextValue
from kg.cables.oddities import numbering_problems
from kg.cables.spans import text_value
from kg.cables.stated.dates import StatedDate, stated_date
from kg.cables.words import MONTHS
from kg.sources.model import RawCable

_MEMORANDUM: Final = "memorandum-of-conversation"

# What a document lacks, the code of the problem, and whether a memorandum of conversation has it too.
_ABSENCES: Final = (
    ("classification", "no-class-line", "the source note gives no classification", True),
    ("originator", "no-originator", "the head does not say who sent it", False),
    ("message_reference_number", "no-message-number", "the edition prints no number", False),
    ("subject", "no-subject", "no subject is given", True),
    ("signed_by", "no-signature", "no signature is marked", False),
)


def read_document(raw: RawCable, canonical_id: str | None) -> Cable:
    """The cable that a document holds; what its source says beside the text is left to `with_metadata`."""
    clean = clean_document(raw.text)
    layout = lay_out_document(raw, clean)
    pieces = list(_pieces(clean, layout))
    body = as_parts(clean, pieces)
    contents = read_contents(clean, pieces, body)
    note = read_note(clean, layout.note)
    subject, tags, ref = layout.field("subject"), layout.field("tags"), layout.field("ref")
    group = _group(clean, layout)
    stated = stated_date(raw.get("created"))
    sent_at = group.sent_at if group else stated.instant if stated else _day(layout)
    cable = Cable(
        canonical_id=canonical_id,
        raw=raw,
        message_reference_number=text_value(clean, *layout.number) if layout.number else None,
        precedences=note.precedences,
        date_time_group=group,
        sent_at=sent_at,
        originator=_originator(clean, layout),
        post=_post(clean, layout),
        action_addressees=(*_addressees(clean, layout), *note.action_addressees),
        info_addressees=note.info_addressees,
        classification=note.classification,
        captions=note.captions,
        tags=read_tags(clean, *tags, sent_at.date() if sent_at else None) if tags else (),
        subject=_subject(clean, subject) if subject else None,
        references=read_references(clean, *ref, sent_at.year if sent_at else None) if ref else (),
        signed_by=tuple(text_value(clean, *span) for span in layout.signature),
        summary=contents.summary,
        parts=tuple(_parts(clean, layout, body)),
        regions=contents.regions,
        redactions=contents.redactions,
        drafted_by=note.drafted_by,
        approved_by=note.approved_by,
        cleared_by=note.cleared_by,
        document_kind=layout.head.kind,
        place=text_value(clean, *layout.place) if layout.place else None,
        participants=read_participants(clean, layout.participants, raw.get("persons") or ""),
    )
    return replace(cable, problems=(*_problems(cable, layout, pieces, stated), *contents.problems))


def _pieces(clean: CleanText, layout: FrusLayout) -> Iterator[Piece]:
    """The participants, a piece each; then the body and what is attached to it, with the numbers of each."""
    loose = layout.participants
    for span in bodies(clean.text, layout):
        yield from read_pieces(clean, loose, span)
        loose = []


def _parts(clean: CleanText, layout: FrusLayout, body: list[Part]) -> Iterator[Part]:
    for kind in ("tags", "subject"):
        span = layout.field(kind)
        if span is not None and (part := part_of(clean, kind, kind, *span)):
            yield part
    yield from body
    if layout.signature:
        part = part_of(clean, "signature", "signature", layout.signature[0][0], layout.signature[-1][1])
        yield from [part] if part else []


def _subject(clean: CleanText, span: tuple[int, int]) -> Subject:
    found = text_value(clean, *span)
    return Subject(as_sent=found.as_sent, start=found.start, end=found.end, value=found.value, portion_marking=None)


def _group(clean: CleanText, layout: FrusLayout) -> DateTimeGroup | None:
    """The date of the dateline where it has the hour in Z, so that it names an instant as a date-time group does."""
    match, day = layout.date, _day(layout)
    if match is None or day is None or not match["hour"] or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return None
    start, end = match.span("date")
    instant = day.replace(hour=int(match["hour"]), minute=int(match["minute"]))
    return DateTimeGroup(as_sent=clean.found[start:end], start=start, end=end, sent_at=instant)


def _day(layout: FrusLayout) -> datetime | None:
    match = layout.date
    if match is None:
        return None
    try:
        return datetime(int(match["year"]), MONTHS[match["month"].upper()], int(match["day"]), tzinfo=UTC)
    except ValueError:
        return None


def _originator(clean: CleanText, layout: FrusLayout) -> TextValue | None:
    span = layout.head.sender
    return text_value(clean, *span, clean.text[slice(*span)].removeprefix("the ")) if span else None


def _post(clean: CleanText, layout: FrusLayout) -> str | None:
    """The post of the sender: by the station, else by its name."""
    by_station = post_of_station(layout.head.station) if layout.head.station else None
    if by_station is not None or layout.head.sender is None:
        return by_station
    named = post_named(clean.text[slice(*layout.head.sender)])
    return named.slug if named else None


def _addressees(clean: CleanText, layout: FrusLayout) -> Iterator[Addressee]:
    if layout.head.addressees is not None:
        yield from read_names(clean, *layout.head.addressees)


def _problems(cable: Cable, layout: FrusLayout, pieces: list[Piece], stated: StatedDate | None) -> Iterator[Problem]:
    is_memorandum = layout.head.kind == _MEMORANDUM
    for name, code, message, everywhere in _ABSENCES:
        if not getattr(cable, name) and (everywhere or not is_memorandum):
            yield Problem(code=code, message=message, start=0, end=0)
    if cable.sent_at and cable.date_time_group is None and not (stated and stated.has_hour):
        start, end = layout.date.span("date") if layout.date else (0, 0)
        message = f"the edition gives the day {cable.sent_at.date()} without an hour; its beginning is taken"
        yield Problem(code="date-without-hour", message=message, start=start, end=end)
    if cable.document_kind == "telegram":
        yield from numbering_problems(pieces, is_partial=False)
