"""What a source says beside the text: it fills what the text lacks, and what contradicts the text is a problem."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from kg.cables.date_time_groups import created
from kg.cables.id_repair import doubt_about, repair_id
from kg.cables.identity import Identity
from kg.cables.ids import parse_id
from kg.cables.model import Cable, Line, Problem, Reference, Subject, TextValue
from kg.cables.stations import post_of_station, posts_by_label
from kg.sources.model import RawCable


def with_metadata(cable: Cable, identity: Identity) -> Cable:
    """The cable completed from the metadata of its source, with the problems that this brings to light."""
    completed, filled = _completed(cable)
    problems = [
        Problem(code="from-metadata", message=f"{name} is that of the source, the text has none", start=0, end=0)
        for name in filled
    ]
    return replace(
        completed,
        aliases=_aliases(identity),
        problems=(
            *cable.problems,
            *problems,
            *_of_identity(cable, identity),
            *_of_references(completed.references),
            *conflicts(cable, cable.raw),
        ),
    )


def _completed(cable: Cable) -> tuple[Cable, list[str]]:
    raw = cable.raw
    values: dict[str, object] = {}
    if cable.sent_at is None:
        values["sent_at"] = created(raw.get("created") or "")
    if cable.post is None:
        values["post"] = _post(raw.get("origin")) or _post_of_id(cable.canonical_id)
    if cable.classification is None and raw.get("classification"):
        values["classification"] = _unplaced(raw.get("classification") or "")
    if cable.subject is None and raw.get("subject"):
        values["subject"] = _subject(raw.get("subject") or "")
    if not cable.references and raw.get("references"):
        values["references"] = _references(raw.get("references") or "")
    filled = {name: value for name, value in values.items() if value}
    return replace(cable, **filled), sorted(filled)  # type: ignore[arg-type]


def _unplaced(value: str) -> TextValue:
    """A value that stands nowhere in the text."""
    return TextValue(as_sent="", start=0, end=0, value=value)


def _subject(value: str) -> Subject:
    return Subject(as_sent="", start=0, end=0, value=value, portion_marking=None)


def _references(text: str) -> tuple[Reference, ...]:
    return tuple(
        Reference(as_sent="", start=0, end=0, letter=None, kind="cable", target=str(known.id), repair=known.reason)
        for part in text.split("|")
        if (known := repair_id(part))
    )


def _post(origin: str | None) -> str | None:
    post = posts_by_label().get((origin or "").casefold())
    # The Department sends as STATE; releases call it "Secretary of State".
    return post_of_station(post.stations[0]) if post else None


def _post_of_id(canonical_id: str | None) -> str | None:
    known = parse_id(canonical_id or "")
    return post_of_station(known.station) if known else None


def _aliases(identity: Identity) -> tuple[str, ...]:
    """Other ids under which the source or the text knows the cable."""
    as_found = {one.as_found for one in identity.repaired}
    spelt = {identity.stated, identity.from_text, *as_found} - {None, identity.canonical_id}
    return tuple(sorted(name for name in spelt if name))


def conflicts(cable: Cable, raw: RawCable) -> list[Problem]:
    """Where the metadata of a source and the text of the cable contradict each other."""
    out = []
    stated = created(raw.get("created") or "")
    if stated and cable.sent_at and _hour(stated) != _hour(cable.sent_at):
        out.append(
            _conflict("metadata-date-differs", stated.isoformat(), cable.sent_at.isoformat(), cable.date_time_group)
        )
    post = _post(raw.get("origin"))
    if post and cable.post and post != cable.post:
        out.append(_conflict("metadata-post-differs", post, cable.post, cable.originator))
    classification = raw.get("classification")
    if classification and cable.classification and classification != cable.classification.value:
        found = cable.classification
        out.append(_conflict("metadata-classification-differs", classification, found.value, found))
    return out


def _of_identity(cable: Cable, identity: Identity) -> Iterator[Problem]:
    span = cable.message_reference_number
    for one in identity.repaired:
        start, end = (0, 0) if span is None or one.as_found == identity.stated else (span.start, span.end)
        message = f"{one.as_found} is read as {one.id}: {one.reason}"
        yield Problem(code="id-repaired", message=message, start=start, end=end)
    known = parse_id(identity.canonical_id or "")
    doubt = doubt_about(known) if known is not None else None
    if doubt is not None:
        yield Problem(code="unknown-station", message=f"{doubt}; {known} is left as it is", start=0, end=0)
    if identity.stated and repair_id(identity.stated) is None:
        yield Problem(code="id-unreadable", message=f"{identity.stated!r} of the source is no id", start=0, end=0)
    if identity.from_text is not None and identity.canonical_id != identity.from_text:
        yield _conflict("metadata-id-differs", identity.canonical_id, identity.from_text, span)


def _of_references(references: tuple[Reference, ...]) -> Iterator[Problem]:
    for one in references:
        if one.repair is not None:
            message = f"a reference is read as {one.target}: {one.repair}"
            yield Problem(code="reference-repaired", message=message, start=one.start, end=one.end)


def _hour(instant: datetime) -> tuple[int, ...]:
    # The viewer prints the 12-hour hour in place of the minutes: only day and hour are comparable.
    return instant.timetuple()[:4]


def _conflict(code: str, stated: object, read: object, span: Line | None) -> Problem:
    start, end = (span.start, span.end) if span else (0, 0)
    return Problem(code=code, message=f"the source says {stated}, the text {read}", start=start, end=end)
