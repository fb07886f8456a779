"""A cable as plain values for JSON: what `kg parse` prints."""

from datetime import UTC, datetime

from kg.cables.body.summary import summary_text
from kg.cables.fields.titles import title_case
from kg.cables.model import (
    Addressee,
    Cable,
    DateValue,
    DerivedFrom,
    Distribution,
    Part,
    Reference,
    Region,
    Schedule,
    TextValue,
    Version,
)
from kg.cables.words import PRECEDENCES


def as_json(cable: Cable) -> dict[str, object]:
    """The cable as a dictionary in the order of the documentation; absent values are None or empty lists."""
    return {
        "id": cable.canonical_id,
        "source": cable.raw.source,
        "sent_at": _instant(cable.sent_at),
        "date_time_group": cable.date_time_group.as_sent if cable.date_time_group else None,
        "precedence": _precedence("".join(cable.precedences), is_niact=cable.is_niact),
        "originator": _value(cable.originator),
        "post": cable.post,
        "action_addressees": [_addressee(addressee) for addressee in cable.action_addressees],
        "info_addressees": [_addressee(addressee) for addressee in cable.info_addressees],
        "classification": _value(cable.classification),
        "captions": [caption.value for caption in cable.captions],
        "tags": [{"term": tag.term, "kind": tag.kind, "country": tag.country} for tag in cable.tags],
        "subject": _value(cable.subject),
        "references": [_reference(reference) for reference in cable.references],
        "classified_by": _classified_by(cable),
        "declassify_on": _day(cable.declassify_on),
        "signed_by": "; ".join(name.value for name in cable.signed_by) or None,
        "summary": summary_text(cable),
        "paragraphs": [_paragraph(part) for part in cable.paragraphs],
        "transmission_id": _value(cable.transmission_id),
        "section": cable.section,
        "is_partial": cable.is_partial,
        "problems": [{"code": p.code, "message": p.message, "start": p.start, "end": p.end} for p in cable.problems],
        "section_of": cable.section_of,
        "message_reference_number": _value(cable.message_reference_number),
        "originator_routing_indicator": _value(cable.originator_routing_indicator),
        "executive_order": _value(cable.executive_order),
        "aliases": list(cable.aliases),
        "parts": [_part(part) for part in cable.parts if part.kind != "paragraph"],
        "sources": [
            {"source": n.source, "position": n.position, "format": n.format, "digest": n.digest}
            | {"is_preferred": n.is_preferred}
            for n in cable.sources
        ],
        "format_lines": [{"kind": line.kind, "text": line.value} for line in cable.format_lines],
        "distribution": _distribution(cable.distribution),
        "drafted_by": _value(cable.drafted_by),
        "approved_by": _value(cable.approved_by),
        "cleared_by": [office.value for office in cable.cleared_by],
        "correction": _value(cable.correction),
        "handling": [instruction.value for instruction in cable.handling],
        "repairs": [{"start": start, "as_found": before, "repaired": now} for start, before, now in cable.raw.repairs],
        "versions": [_version(version) for version in cable.versions],
        "document_kind": cable.document_kind,
        "place": _value(cable.place),
        "participants": [
            {"name": one.name, "title": one.title, "person_key": one.person_key, "as_sent": one.as_sent}
            for one in cable.participants
        ],
        "title": title_case(cable.subject.value) if cable.subject else None,
        "subject_portion_marking": cable.subject.portion_marking if cable.subject else None,
        "schedule": _schedule(cable.schedule),
        "derived_from": _derived_from(cable.derived_from),
        "regions": [_region(region) for region in cable.regions],
        "redactions": [
            {"kind": r.kind, "extent": r.extent, "as_sent": r.as_sent, "start": r.start, "end": r.end}
            for r in cable.redactions
        ],
    }


def _value(value: TextValue | None) -> str | None:
    return value.value if value else None


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def precedence_of(addressee: Addressee) -> str | None:
    """The words for the precedence of an addressee, `NIACT IMMEDIATE`; None where it has none of its own."""
    return _precedence(addressee.precedence or "", is_niact=addressee.is_niact)


def _precedence(codes: str, *, is_niact: bool) -> str | None:
    """The words for precedence codes, the action's before that for information; NIACT stands first."""
    return " ".join([*(["NIACT"] if is_niact else []), *(PRECEDENCES[code] for code in codes)]) or None


def _addressee(addressee: Addressee) -> dict[str, object]:
    return {
        "routing_indicator": addressee.routing_indicator,
        "plad": addressee.plad,
        "precedence": precedence_of(addressee),
        "serial": addressee.serial,
        "exempted": list(addressee.exempted),
        "post": addressee.post,
    }


def _distribution(found: Distribution | None) -> dict[str, object] | None:
    if found is None:
        return None
    offices = {"origin": list(found.origin), "action": list(found.action), "info": list(found.info)}
    return offices | {"copies": found.copies}


def _reference(reference: Reference) -> dict[str, object]:
    return {
        "letter": reference.letter,
        "as_sent": reference.as_sent,
        "kind": reference.kind,
        "target": reference.target,
        "title": reference.title,
        "is_year_assumed": reference.is_year_assumed,
        "repair": reference.repair,
    }


def _classified_by(cable: Cable) -> dict[str, object] | None:
    found = cable.classified_by
    if found is None:
        return None
    return {"name": found.name, "title": found.title, "reasons": list(found.reasons), "names": list(found.names)}


def _derived_from(found: DerivedFrom | None) -> dict[str, object] | None:
    return {"source": found.value, "reasons": list(found.reasons)} if found else None


def _schedule(found: Schedule | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "order": found.order,
        "scheme": found.scheme,
        "category": found.category,
        "exemptions": list(found.exemptions),
        "declassify_on": _day(found.declassify_on),
        "is_extended": found.is_extended,
        "downgrade_to": found.downgrade_to,
        "downgrade_on": _day(found.downgrade_on),
        "event": _value(found.event),
        "is_released": found.is_released,
        "released_on": _day(found.released_on),
        "officer": _value(found.officer),
        "authority": found.authority,
    }


def _day(value: DateValue | None) -> str | None:
    return value.value.isoformat() if value else None


def _region(region: Region) -> dict[str, object]:
    return {
        "kind": region.kind,
        "start": region.start,
        "end": region.end,
        "is_opened": region.is_opened,
        "is_closed": region.is_closed,
        "parts": list(region.parts),
    }


def _paragraph(part: Part) -> dict[str, object]:
    return {
        "number": part.number,
        "portion_marking": part.portion_marking,
        "heading": part.heading,
        "text": part.text,
        "start": part.start,
        "end": part.end,
        "key": part.key,
    }


def _version(version: Version) -> dict[str, object]:
    return {
        "source": version.source,
        "position": version.position,
        "digest": version.digest,
        "changes": [
            {"kind": c.kind, "start": c.start, "end": c.end, "preferred": c.preferred, "other": c.other}
            for c in version.changes
        ],
        "is_cut": version.is_cut,
    }


def _part(part: Part) -> dict[str, object]:
    return {"kind": part.kind, "key": part.key, "text": part.text, "start": part.start, "end": part.end}
