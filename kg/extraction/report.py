"""Write the facts of a cable in the form of annotated cables: officials, others, meetings and agreements.

Beside what annotations hold stand the places of the words, the rule that found them and the confidence.
"""

from collections.abc import Iterable

from kg.cables.model import Cable
from kg.extraction.agreement_scores import weighed
from kg.extraction.model import Agreement, Evidence, Facts, Meeting, Mention, Person, Role
from kg.extraction.treaties import treaties

LONGEST_NAME = 12


def as_json(cable: Cable, facts: Facts) -> dict[str, object]:
    """The facts as a JSON object; `paragraphs` are numbers, empty for the Classified By line and the signature."""
    numbers = _numbers(cable)
    names = {person.key: person.name for person in facts.persons}
    return {
        "id": cable.canonical_id,
        "date": cable.sent_at.date().isoformat() if cable.sent_at is not None else None,
        "officials": [_person(person, numbers) for person in facts.persons if person.is_official],
        "others": [_person(person, numbers) for person in facts.persons if not person.is_official],
        "meetings": [_meeting(meeting, numbers, names) for meeting in facts.meetings],
        "agreements": [_agreement(agreement, numbers) for agreement in facts.agreements],
    }


def _numbers(cable: Cable) -> dict[str, int | None]:
    """The number of the paragraph that a part is or follows, by the key of the part."""
    out: dict[str, int | None] = {}
    number = None
    for part in cable.parts:
        number = part.number if part.number is not None else number
        out[part.key] = number if part.kind in ("paragraph", "unnumbered", "heading") else None
    return out


def _person(person: Person, numbers: dict[str, int | None]) -> dict[str, object]:
    return {
        "name": person.name,
        "forms": list(person.forms),
        "roles": [role.text for role in person.roles],
        "organization": person.organization,
        "country": person.country,
        "paragraphs": _paragraphs(person.mentions, numbers),
        "tenures": [_tenure(role) for role in person.roles],
        "mentions": [_mention(mention) for mention in person.mentions],
        "confidence": person.confidence,
    }


def _tenure(role: Role) -> dict[str, object]:
    return {
        "text": role.text,
        "title": role.title,
        "organization": role.organization,
        "country": role.country,
        "country_basis": role.country_basis,
        "status": role.status,
        "evidence": _evidence(role.evidence),
        "rule": role.rule,
        "confidence": role.confidence,
    }


def _meeting(meeting: Meeting, numbers: dict[str, int | None], names: dict[str, str]) -> dict[str, object]:
    return {
        "participants": [names.get(p.person or "", p.name) for p in meeting.participants],
        "countries": list(meeting.countries),
        "date": meeting.date.edtf if meeting.date is not None else None,
        "date_text": meeting.date.text if meeting.date is not None else None,
        "place": meeting.place,
        "kind": meeting.kind,
        "ordinal": meeting.ordinal,
        "status": meeting.status,
        "paragraph": numbers.get(meeting.evidence.part),
        "quote": meeting.quote,
        "evidence": _evidence(meeting.evidence),
        "rule": meeting.rule,
        "confidence": meeting.confidence,
    }


def _agreement(agreement: Agreement, numbers: dict[str, int | None]) -> dict[str, object]:
    return {
        "name": " ".join(agreement.name.split()[:LONGEST_NAME]),
        "forms": list(agreement.forms),
        "kind": agreement.kind,
        "countries": list(agreement.countries),
        "date": agreement.date.edtf if agreement.date is not None else None,
        "status": agreement.status,
        "paragraphs": _paragraphs(agreement.mentions, numbers),
        "quote": agreement.quote,
        "mentions": [_mention(mention) for mention in agreement.mentions],
        "rule": agreement.rule,
        "confidence": agreement.confidence,
        "grounds": weighed(agreement.grounds),
        "known": _known(agreement.known),
    }


def _known(name: str | None) -> dict[str, object] | None:
    """What the table of treaties tells of a known instrument."""
    if name is None:
        return None
    treaty = treaties()[name]
    return {
        "name": treaty.name,
        "signed": treaty.signed,
        "in_force": treaty.in_force,
        "depositary": treaty.depositary,
        "parties": list(treaty.parties),
        "scope": treaty.scope,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {"part": evidence.part, "start": evidence.start, "end": evidence.end}


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "part": mention.part,
        "text": mention.text,
        "spans": [list(span) for span in mention.spans],
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _paragraphs(mentions: Iterable[Mention], numbers: dict[str, int | None]) -> list[int]:
    return sorted({number for mention in mentions if (number := numbers.get(mention.part)) is not None})
