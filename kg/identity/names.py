"""Reduce the persons of a cable to what identity across cables needs, and keep them as one line of JSON a cable."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from sys import intern
from typing import Any, Final

from kg.cables.model import Cable
from kg.errors import UsageError
from kg.extraction.model import Facts, Person
from kg.identity.model import CLASSIFIER, MENTIONED, SIGNER, Kind, LocalPerson
from kg.identity.titles import full_title

# Matches the pieces of p6-2: p, 6, 2
_PIECE: Final = re.compile(r"[a-z]+ | \d+", re.VERBOSE)

# Part key, start and end.
Span = tuple[str, int, int]


def local_persons(cable: Cable, facts: Facts) -> tuple[LocalPerson, ...]:
    """The persons of one cable as compact values, in the order of `facts`; a cable without an id is wrong use."""
    if cable.canonical_id is None:
        raise UsageError("A cable without a canonical id has no persons to resolve; it belongs into quarantine.")
    day = None if cable.sent_at is None else cable.sent_at.date()
    kinds = {part.key: part.kind for part in cable.parts}
    spans = [first_mention(person) for person in facts.persons]
    return tuple(
        LocalPerson(
            canonical_id=cable.canonical_id,
            sent_at=day,
            key=person.key,
            name=person.name,
            forms=person.forms,
            country=person.country,
            roles=tuple(
                (full_title(role.title, role.organization), role.country, role.status) for role in person.roles
            ),
            is_official=person.is_official,
            post=cable.post,
            kind=_kind(person, kinds),
            first=span[:2],
            apart=apart,
        )
        for person, span, apart in zip(facts.persons, spans, tell_apart(spans), strict=True)
    )


def first_mention(person: Person) -> Span:
    """The least mention of a person of one cable: part key, start and end."""
    return min(((m.part, *m.spans[0]) for m in person.mentions), key=lambda m: (part_order(m[0]), m[1:]))


def tell_apart(spans: Sequence[Span]) -> list[str]:
    """What tells the first mention of each person of one cable from others that start at the same place.

    Nothing where it starts there alone, else its length (`+9`), and from the second of the same length on their number
    too (`+9+2`).
    """
    starts = Counter(span[:2] for span in spans)
    seen: Counter[Span] = Counter()
    found = []
    for part, start, end in spans:
        seen[part, start, end] += 1
        number = seen[part, start, end]
        further = f"+{number}" if number > 1 else ""
        found.append(f"+{end - start}{further}" if starts[part, start] > 1 else "")
    return found


def part_order(key: str) -> tuple[tuple[bool, int, str], ...]:
    """What sorts part keys by kind, then by number as a number: p6, p6-2, p10, signature, x1."""
    pieces = _PIECE.findall(key)
    return tuple((p.isdigit(), int(p) if p.isdigit() else 0, p) for p in pieces)


def encode(persons: Iterable[LocalPerson]) -> str:
    """One line of JSON, without its line end, for the persons of one cable; nothing for none."""
    rows = tuple(persons)
    if not rows:
        return ""
    head = rows[0]
    return json.dumps(
        [
            head.canonical_id,
            None if head.sent_at is None else head.sent_at.isoformat(),
            head.post,
            [[p.key, p.name, p.forms, p.country, p.roles, int(p.is_official), p.kind, *p.first, p.apart] for p in rows],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def decode(lines: Iterable[str]) -> Iterator[LocalPerson]:
    """The persons behind lines written by `encode`; values that repeat are shared, so that millions fit in memory."""
    shared: dict[Any, Any] = {}
    for line in lines:
        if not line.strip():
            continue
        canonical_id, sent_at, post, rows = json.loads(line)
        day = None if sent_at is None else shared.setdefault(sent_at, date.fromisoformat(sent_at))
        for key, name, forms, country, roles, is_official, kind, part, start, apart in rows:
            all_forms, all_roles = tuple(map(intern, forms)), tuple(map(tuple, roles))
            yield LocalPerson(
                canonical_id=canonical_id,
                sent_at=day,
                key=intern(key),
                name=intern(name),
                forms=shared.setdefault(all_forms, all_forms),
                country=_shared(country),
                roles=shared.setdefault(all_roles, all_roles),
                is_official=bool(is_official),
                post=_shared(post),
                kind=kind,
                first=(intern(part), start),
                apart=intern(apart),
            )


def _shared(text: str | None) -> str | None:
    return None if text is None else intern(text)


def _kind(person: Person, kinds: dict[str, str]) -> Kind:
    found = {kinds.get(mention.part) for mention in person.mentions}
    if "signature" in found:
        return SIGNER
    return CLASSIFIER if "classified-by" in found else MENTIONED
