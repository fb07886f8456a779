"""What a source says beside the text: it fills what the text lacks, and what contradicts the text is a problem."""

from dataclasses import replace
from datetime import datetime

from kg.cables.date_time_groups import created
from kg.cables.identity import Identity
from kg.cables.ids import parse_id
from kg.cables.model import Cable, Line, Problem, Reference, TextValue
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
        problems=(*cable.problems, *problems, *_of_identity(cable, identity), *conflicts(cable, cable.raw)),
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
        values["subject"] = _unplaced(raw.get("subject") or "")
    if not cable.references and raw.get("references"):
        values["references"] = _references(raw.get("references") or "")
    filled = {name: value for name, value in values.items() if value}
    return replace(cable, **filled), sorted(filled)  # type: ignore[arg-type]


def _unplaced(value: str) -> TextValue:
    """A value that stands nowhere in the text."""
    return TextValue(as_sent="", start=0, end=0, value=value)


def _references(text: str) -> tuple[Reference, ...]:
    targets = [str(known) for part in text.split("|") if (known := parse_id(part))]
    return tuple(Reference(as_sent="", start=0, end=0, letter=None, kind="cable", target=target) for target in targets)


def _post(origin: str | None) -> str | None:
    post = posts_by_label().get((origin or "").casefold())
    # The Department sends as STATE; releases call it "Secretary of State".
    return post_of_station(post.stations[0]) if post else None


def _post_of_id(canonical_id: str | None) -> str | None:
    known = parse_id(canonical_id or "")
    return post_of_station(known.station) if known else None


def _aliases(identity: Identity) -> tuple[str, ...]:
    """Other ids under which the source or the text knows the cable."""
    spelt = {identity.stated, identity.from_text} - {None, identity.canonical_id}
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


def _of_identity(cable: Cable, identity: Identity) -> list[Problem]:
    if identity.from_text is None or identity.canonical_id == identity.from_text:
        return []
    span = cable.message_reference_number
    return [_conflict("metadata-id-differs", identity.canonical_id, identity.from_text, span)]


def _hour(instant: datetime) -> tuple[int, ...]:
    # The viewer prints the 12-hour hour in place of the minutes: only day and hour are comparable.
    return instant.timetuple()[:4]


def _conflict(code: str, stated: object, read: object, span: Line | None) -> Problem:
    start, end = (span.start, span.end) if span else (0, 0)
    return Problem(code=code, message=f"the source says {stated}, the text {read}", start=start, end=end)
