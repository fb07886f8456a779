"""Gather and map what cables share: organizations, places, positions, cited cables, TAGS terms, encounters, occasions.

Partitions gather their `SharedEntities`, the build merges these and writes them once; so each of their triples is
written in one place only.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any, Final, NamedTuple, Self

from kg.cables.model import Cable
from kg.extraction.model import Facts, Meeting, Participant
from kg.identity.model import CableResolution
from kg.identity.occasions import POSITION, Report, occasions
from kg.identity.titles import CHIEFS, office
from kg.iris import Iris, slug
from kg.mapping.chiefs import ambassador
from kg.mapping.dates import exact_day
from kg.mapping.instruments import depositaries, map_instrument
from kg.mapping.meeting_names import meeting_label
from kg.mapping.naming import addressee_name, addressings, caption_texts, folded, is_body, position_label, position_slug
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.occasions import map_occasion
from kg.mapping.rules import map_rules
from kg.mapping.sureness import is_sure
from kg.mapping.tenures import tenures
from kg.tables import tag_terms
from kg.terms import (
    CK_CANONICAL_ID,
    CK_CITED_CABLE,
    CK_IN_ORGANIZATION,
    CK_MET_WITH,
    CK_OF_COUNTRY,
    CK_POSITION,
    CK_TAG,
    CK_TAG_KIND,
    FOAF_KNOWS,
    ORG_HOLDS,
    ORG_ORGANIZATION,
    ORG_POST,
    ORG_POST_IN,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA_PLACE,
    SKOS_ALT_LABEL,
    SKOS_CONCEPT,
    SKOS_NOTATION,
    is_known_caption,
    kind_term,
)

Pairs = Iterator[tuple[str, str]]


class Named(NamedTuple):
    """An organization, a place or a caption: the slug of its IRI and one spelling of its name."""

    slug: str
    label: str


class SharedPosition(NamedTuple):
    """A position; `country` is an ISO 3166-1 alpha-2 code or empty, `organization` a slug or empty."""

    slug: str
    label: str
    country: str
    organization: str


class Holding(NamedTuple):
    """An official by name, and the slug of a position that a cable tells as his of that day, or as acting."""

    official: str
    position: str


class UnknownTag(NamedTuple):
    """A TAGS term that the scheme lacks."""

    term: str
    kind: str


class Encounter(NamedTuple):
    """Two officials who met, by their names; the lesser name first."""

    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEntities:
    """What some cables refer to and do not own; the sets of two partitions are joined by `|`."""

    organizations: frozenset[Named] = frozenset()
    places: frozenset[Named] = frozenset()
    captions: frozenset[Named] = frozenset()
    positions: frozenset[SharedPosition] = frozenset()
    holdings: frozenset[Holding] = frozenset()
    tags: frozenset[UnknownTag] = frozenset()
    cited: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    encounters: frozenset[Encounter] = frozenset()
    reports: frozenset[Report] = frozenset()

    def __or__(self, other: Self) -> Self:
        return type(self).merged((self, other))

    @classmethod
    def merged(cls, many: Iterable[Self]) -> Self:
        """The union of many, in one pass over each set."""
        every = list(many)
        return cls(**{name: frozenset().union(*(getattr(one, name) for one in every)) for name in _FIELDS})

    def as_json(self) -> dict[str, list[list[Any]]]:
        """Sorted lists that JSON can hold; `from_json` reads them back."""
        return {name: sorted(_row(item) for item in getattr(self, name)) for name in _FIELDS}

    @classmethod
    def from_json(cls, record: dict[str, list[list[Any]]]) -> Self:
        """The entities that `as_json` wrote."""
        return cls(
            organizations=frozenset(Named(*row) for row in record["organizations"]),
            places=frozenset(Named(*row) for row in record["places"]),
            captions=frozenset(Named(*row) for row in record["captions"]),
            positions=frozenset(SharedPosition(*row) for row in record["positions"]),
            holdings=frozenset(Holding(*row) for row in record["holdings"]),
            tags=frozenset(UnknownTag(*row) for row in record["tags"]),
            cited=frozenset(row[0] for row in record["cited"]),
            instruments=frozenset(row[0] for row in record["instruments"]),
            encounters=frozenset(Encounter(*row) for row in record["encounters"]),
            reports=frozenset(Report(*row) for row in record["reports"]),
        )


# Offices of a post that one person holds: the same in each cable of a day, as "political officers" are not.
HELD_BY_ONE: Final = CHIEFS | {"acting dcm"}

# The statuses of a tenure whose position is held on the day of the cable.
HELD: Final = frozenset({"current", "acting"})

_FIELDS = tuple(field.name for field in fields(SharedEntities))


def shared_entities(cable: Cable, facts: Facts, resolved: CableResolution) -> SharedEntities:
    """What one cable refers to and does not own."""
    return SharedEntities(
        organizations=frozenset(_organizations(cable, facts)),
        places=frozenset(_named(meeting.place) for meeting in facts.meetings if meeting.place is not None),
        captions=frozenset(_named(caption) for caption in caption_texts(cable) if not is_known_caption(caption)),
        positions=frozenset(_positions(facts)),
        holdings=frozenset(_holdings(facts, resolved)),
        tags=frozenset(_unknown_tags(cable)),
        cited=frozenset(reference.target for reference in cable.references if reference.target is not None),
        instruments=frozenset(one.known for one in facts.agreements if one.known is not None),
        encounters=frozenset(_encounters(facts, resolved)),
        reports=frozenset(_reports(cable, facts, resolved)),
    )


def map_shared(shared: SharedEntities, iris: Iris, cables: Collection[str]) -> list[str]:
    """The N-Triples lines of shared entities, sorted; `cables` are the canonical ids that the graph holds as cables."""
    lines = map_rules(iris)
    for one, labels in _by_slug(shared.organizations):
        lines += statements(iri(iris.organization(one)), _labelled(ORG_ORGANIZATION, labels))
    for one, labels in _by_slug(shared.places):
        lines += statements(iri(iris.place(one)), _labelled(SCHEMA_PLACE, labels))
    for one, labels in _by_slug(shared.captions):
        lines += statements(iri(iris.term(one)), _labelled(SKOS_CONCEPT, labels))
    for position_name, group in groupby(sorted(shared.positions), key=lambda position: position.slug):
        lines += statements(iri(iris.position(position_name)), _position(list(group), iris))
    for held in shared.holdings:
        lines += statements(iri(iris.official(held.official)), [(ORG_HOLDS, iri(iris.position(held.position)))])
    for term, spellings in groupby(sorted(shared.tags), key=lambda tag: tag.term):
        lines += statements(iri(iris.tag(term)), _tag(next(spellings), iris))
    for canonical_id in shared.cited.difference(cables):
        lines += statements(iri(iris.cable(canonical_id)), _cited(canonical_id))
    for name in shared.instruments:
        lines += map_instrument(name, iris)
    for pair in shared.encounters:
        lines += _met(pair, iris)
    for occasion in occasions(shared.reports):
        lines += map_occasion(occasion, iris)
    return sorted(set(lines))


def _organizations(cable: Cable, facts: Facts) -> Iterator[Named]:
    for _, addressee in addressings(cable):
        if addressee.post is None:
            yield _named(addressee_name(addressee))
    if cable.post is None and cable.originator is not None:
        yield _named(cable.originator.value)
    for meeting in facts.meetings:
        yield from (_named(party.name) for party in meeting.participants if is_body(party))
    for person in facts.persons:
        roles = (tenure.role for tenure in tenures(person))
        yield from (_named(role.organization) for role in roles if role.organization)
    for agreement in facts.agreements:
        yield from map(_named, depositaries(agreement.known) if agreement.known is not None else ())


def _positions(facts: Facts) -> Iterator[SharedPosition]:
    for person in facts.persons:
        for role in (tenure.role for tenure in tenures(person)):
            organization = slug(role.organization) if role.organization else ""
            yield SharedPosition(position_slug(role), position_label(role), role.country or "", organization)


def _holdings(facts: Facts, resolved: CableResolution) -> Iterator[Holding]:
    for person in facts.persons:
        for role in (tenure.role for tenure in tenures(person)):
            if role.status in HELD and is_sure(person) and is_sure(role):
                yield Holding(resolved.persons[person.key], position_slug(role))


def _unknown_tags(cable: Cable) -> Iterator[UnknownTag]:
    return (UnknownTag(folded(tag.term), tag.kind) for tag in cable.tags if tag.term not in tag_terms())


def _encounters(facts: Facts, resolved: CableResolution) -> Iterator[Encounter]:
    sure = {person.key for person in facts.persons if is_sure(person)}
    for meeting in facts.meetings:
        if meeting.status == "held" and is_sure(meeting):
            found = {resolved.persons[one.person] for one in meeting.participants if one.person in sure}
            found |= {
                chief for one in meeting.participants if (chief := ambassador(one, meeting, resolved)) is not None
            }
            names = sorted(found)
            yield from (Encounter(a, b) for place, a in enumerate(names) for b in names[place + 1 :])


def _reports(cable: Cable, facts: Facts, resolved: CableResolution) -> Iterator[Report]:
    """The meetings of one day of which other cables may have reports too."""
    for number, meeting in enumerate(facts.meetings, 1):
        day = exact_day(meeting.date)
        if day is None or meeting.status == "cancelled":
            continue
        parties = sorted(
            {party for one in meeting.participants if (party := _party(one, meeting, cable, resolved)) is not None}
        )
        if len(parties) > 1 and is_sure(meeting) and cable.canonical_id is not None:
            place = slug(meeting.place) if meeting.place is not None else ""
            label = meeting_label(meeting)
            yield Report(cable.canonical_id, number, day.isoformat(), place, meeting.kind, " ".join(parties), label)


def _party(participant: Participant, meeting: Meeting, cable: Cable, resolved: CableResolution) -> str | None:
    """What tells a participant in other cables too: the official, or the unnamed holder of a position of the post."""
    if participant.person is not None:
        return resolved.persons[participant.person]
    chief = ambassador(participant, meeting, resolved)
    held = office(participant.name, "current")
    is_of_post = participant.kind == "position" and participant.country == "US" and held in HELD_BY_ONE
    if chief is not None or cable.post is None or not is_of_post:
        return chief
    return f"{cable.post}{POSITION}{slug(held)}"


def _named(name: str) -> Named:
    return Named(slug(name), folded(name))


def _by_slug(named: Iterable[Named]) -> Iterator[tuple[str, list[str]]]:
    for one, group in groupby(sorted(named), key=lambda item: item.slug):
        yield one, [item.label for item in group]


def _labelled(class_: str, labels: list[str]) -> Pairs:
    # Of several spellings the label is one in capitals and small letters (cables of the 1970s have capitals alone), of
    # these the first in the order of code points, whatever order cables came in.
    label, *others = sorted(labels, key=lambda each: (each.isupper(), each))
    yield RDF_TYPE, iri(class_)
    yield RDFS_LABEL, literal(label)
    yield from ((SKOS_ALT_LABEL, literal(other)) for other in others)


def _position(spellings: list[SharedPosition], iris: Iris) -> Pairs:
    yield from _labelled(CK_POSITION, list(dict.fromkeys(spelling.label for spelling in spellings)))
    yield RDF_TYPE, iri(ORG_POST)
    for position in spellings:
        if position.country:
            yield CK_OF_COUNTRY, iri(iris.country(position.country))
        if position.organization:
            yield CK_IN_ORGANIZATION, iri(iris.organization(position.organization))
            yield ORG_POST_IN, iri(iris.organization(position.organization))


def _tag(tag: UnknownTag, iris: Iris) -> Pairs:
    yield RDF_TYPE, iri(CK_TAG)
    yield RDF_TYPE, iri(SKOS_CONCEPT)
    yield RDFS_LABEL, literal(tag.term)
    yield SKOS_NOTATION, literal(tag.term)
    yield CK_TAG_KIND, iri(iris.term(kind_term("tag", tag.kind)))


def _cited(canonical_id: str) -> Pairs:
    yield RDF_TYPE, iri(CK_CITED_CABLE)
    yield RDFS_LABEL, literal(canonical_id)
    yield CK_CANONICAL_ID, literal(canonical_id)


def _met(pair: Encounter, iris: Iris) -> list[str]:
    a, b = iri(iris.official(pair.a)), iri(iris.official(pair.b))
    return [f"{x} <{met}> {y} .\n" for met in (CK_MET_WITH, FOAF_KNOWS) for x, y in ((a, b), (b, a))]


def _row(item: str | tuple[Any, ...]) -> list[Any]:
    return [item] if isinstance(item, str) else list(item)
