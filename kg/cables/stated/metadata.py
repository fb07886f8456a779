"""What a source says beside the text: it fills what the text lacks, and what contradicts the text is a problem."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from kg.cables.identity import Identity
from kg.cables.ids.canonical import parse_id
from kg.cables.ids.repair import doubt_about, repair_id
from kg.cables.ids.stations import post_of_station
from kg.cables.model import Cable, Line, Problem, Reference, Subject
from kg.cables.spans import folded
from kg.cables.stated.attributes import (
    stated_addressees,
    stated_captions,
    stated_classification,
    stated_post,
    stated_references,
    stated_tags,
    unplaced,
)
from kg.cables.stated.dates import StatedDate, stated_date
from kg.sources.model import RawCable

# Releases of the archive of the 1970s state captions apart from the classification.
_WITHOUT_CAPTIONS: Final = frozenset({"nara-aad", "plusd-html", "history-lab-csv"})
# Releases that state the subject as the archive has it; the title of a viewer's page may be cut.
_WITH_SUBJECT: Final = frozenset({"nara-aad", "nara-aad-list", "plusd-html", "history-lab-csv"})
_LONGEST_NAME: Final = 300
_NOT_WORD: Final = re.compile(r"[\W_]+")


def with_metadata(cable: Cable, identity: Identity) -> Cable:
    """The cable completed from the metadata of its source, with the problems that this brings to light."""
    completed = filled_from(cable, cable.raw)
    return replace(
        completed,
        aliases=aliases_of(identity),
        problems=(
            *completed.problems,
            *_of_identity(cable, identity),
            *_of_references(completed.references),
            *conflicts(cable, cable.raw),
        ),
    )


def filled_from(cable: Cable, raw: RawCable) -> Cable:
    """The cable with what its text lacks taken from the metadata of a source, and a problem for each of these."""
    filled = {name: value for name, value in _lacking(cable, raw) if value}
    if not filled:
        return cable
    problems = [
        Problem(code="from-metadata", message=f"{name} is that of the source, the text has none", start=0, end=0)
        for name in sorted(filled)
    ]
    stated = stated_date(raw.get("created")) if "sent_at" in filled else None
    if stated and not stated.has_hour:
        message = f"the source gives the day {stated.instant.date()} without an hour; its beginning is taken"
        problems.append(Problem(code="date-without-hour", message=message, start=0, end=0))
    return replace(cable, **filled, problems=(*cable.problems, *problems))  # type: ignore[arg-type]


def _lacking(cable: Cable, raw: RawCable) -> Iterator[tuple[str, object]]:
    """What the source states of that which the text lacks; nothing for what neither has."""
    if not raw.metadata:
        if cable.post is None:
            yield "post", _post_of_id(cable.canonical_id)
        return
    stated = stated_date(raw.get("created"))
    if cable.sent_at is None and stated:
        yield "sent_at", stated.instant
    if cable.post is None:
        yield "post", stated_post(raw) or _post_of_id(cable.canonical_id)
    if cable.originator is None and raw.get("from"):
        yield "originator", unplaced(folded((raw.get("from") or "")[:_LONGEST_NAME]))
    if cable.classification is None and (classification := stated_classification(raw)):
        yield "classification", unplaced(classification)
    if not cable.captions:
        yield "captions", stated_captions(raw)
    if cable.subject is None and raw.get("subject"):
        yield "subject", _subject(raw.get("subject") or "")
    if not cable.tags and raw.get("tags"):
        yield "tags", stated_tags(raw, stated.instant.date() if stated else None)
    if not cable.references and raw.get("references"):
        yield "references", stated_references(raw, stated.instant.year if stated else None)
    if not cable.action_addressees and not cable.info_addressees and raw.get("to"):
        action, info = stated_addressees(raw)
        yield from (("action_addressees", action), ("info_addressees", info))


def _subject(value: str) -> Subject:
    return Subject(as_sent="", start=0, end=0, value=folded(value), portion_marking=None)


def _post_of_id(canonical_id: str | None) -> str | None:
    known = parse_id(canonical_id or "")
    return post_of_station(known.station) if known else None


def aliases_of(identity: Identity) -> tuple[str, ...]:
    """Other ids under which the source or the text knows the cable."""
    as_found = {one.as_found for one in identity.repaired}
    spelt = {identity.stated, identity.from_text, *as_found, *identity.others} - {None, identity.canonical_id}
    return tuple(sorted(name for name in spelt if name))


def conflicts(cable: Cable, raw: RawCable) -> list[Problem]:
    """Where the metadata of a source and the text of the cable contradict each other."""
    return list(_conflicts(cable, raw)) if raw.metadata else []


def _conflicts(cable: Cable, raw: RawCable) -> Iterator[Problem]:
    stated = stated_date(raw.get("created"))
    if stated and cable.sent_at and not _agree(stated, cable.sent_at):
        when = stated.instant.isoformat() if stated.has_hour else stated.instant.date().isoformat()
        yield _conflict("metadata-date-differs", when, cable.sent_at.isoformat(), cable.date_time_group)
    post = stated_post(raw)
    if post and cable.post and post != cable.post:
        yield _conflict("metadata-post-differs", post, cable.post, cable.originator)
    classification, found = stated_classification(raw), cable.classification
    if classification and found and classification != _comparable(found.value, raw):
        yield _conflict("metadata-classification-differs", classification, found.value, found)
    if raw.format in _WITH_SUBJECT:
        yield from _of_subject(cable, folded(raw.get("subject") or ""))
    if raw.get("tags") and cable.tags:
        yield from _of_tags(cable, raw)


def _of_subject(cable: Cable, stated: str) -> Iterator[Problem]:
    """A subject of other words; one that the source or the text breaks off is no other."""
    found = cable.subject
    if found is None:
        return
    one, other = _letters(stated), _letters(found.value)
    if one and other and not (one.startswith(other) or other.startswith(one)):
        yield _conflict("metadata-subject-differs", repr(stated), repr(found.value), found)


def _of_tags(cable: Cable, raw: RawCable) -> Iterator[Problem]:
    """The terms that only the source or only the text has, but for persons, whom releases spell in many ways."""
    day = cable.sent_at.date() if cable.sent_at else None
    stated = {tag.term for tag in stated_tags(raw, day) if _is_code(tag.term)}
    found = {tag.term for tag in cable.tags if _is_code(tag.term)}
    if stated != found:
        only_stated, only_found = (" ".join(sorted(terms)) or "no other" for terms in (stated - found, found - stated))
        yield _conflict("metadata-tags-differ", only_stated, only_found, cable.tags[0])


def repaired_ids(identity: Identity, span: Line | None = None) -> Iterator[Problem]:
    """A problem for each malformed id of a text; `span` is where the class line names the cable, if it is known."""
    for one in identity.repaired:
        start, end = (0, 0) if span is None or one.as_found == identity.stated else (span.start, span.end)
        message = f"{one.as_found} is read as {one.id}: {one.reason}"
        yield Problem(code="id-repaired", message=message, start=start, end=end)


def _of_identity(cable: Cable, identity: Identity) -> Iterator[Problem]:
    span = cable.message_reference_number
    yield from repaired_ids(identity, span)
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


def _agree(stated: StatedDate, sent_at: datetime) -> bool:
    # The viewer prints the 12-hour hour in place of the minutes: only day and hour are comparable.
    length = 4 if stated.has_hour else 3
    return stated.instant.timetuple()[:length] == sent_at.timetuple()[:length]


def _comparable(classification: str, raw: RawCable) -> str:
    """A classification as the source would state it."""
    return classification.partition("//")[0] if raw.format in _WITHOUT_CAPTIONS else classification


def _letters(text: str | None) -> str:
    return _NOT_WORD.sub("", text or "").casefold()


def _is_code(term: str) -> bool:
    return "," not in term and " " not in term and len(term) <= 5


def _conflict(code: str, stated: object, read: object, span: Line | None) -> Problem:
    start, end = (span.start, span.end) if span else (0, 0)
    return Problem(code=code, message=f"the source says {stated}, the text {read}", start=start, end=end)
