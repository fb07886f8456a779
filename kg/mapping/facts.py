"""Map what was extracted from a cable: tenures, meetings and agreements, and who classified and signed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.cables.model import Cable
from kg.extraction.model import (
    Agreement,
    Facts,
    Meeting,
    Mention,
    Participant,
    Person,
    Role,
)
from kg.identity.model import CableResolution
from kg.iris import Iris, slug
from kg.mapping import values
from kg.mapping.chiefs import ambassador, ambassador_claims
from kg.mapping.dates import exact_day, when
from kg.mapping.evidence import Claim, merged
from kg.mapping.instruments import instrument_node
from kg.mapping.meeting_names import meeting_label, proper_name
from kg.mapping.naming import folded, is_body, position_slug
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.rules import rule_confidences
from kg.mapping.sureness import is_sure
from kg.mapping.tenures import Tenure, tenures
from kg.terms import (
    CK_AGREEMENT,
    CK_AGREEMENT_KIND,
    CK_CLASSIFIED_BY,
    CK_CONCLUDED_AT,
    CK_CONFIDENCE,
    CK_EVIDENCE,
    CK_HELD_IN,
    CK_HOLDER,
    CK_INSTRUMENT,
    CK_MEETING,
    CK_MEETING_KIND,
    CK_MEETING_STATUS,
    CK_ORDINAL,
    CK_PARTICIPANT,
    CK_PARTICIPANT_TEXT,
    CK_PARTY,
    CK_POSITION_HELD,
    CK_REPORTED_IN,
    CK_RULE,
    CK_SIDE,
    CK_SIGNED_BY,
    CK_SPANS,
    CK_STATUS,
    CK_TENURE,
    CK_TENURE_STATUS,
    PROV_WAS_GENERATED_BY,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA_ATTENDEE,
    SCHEMA_CREATIVE_WORK,
    SCHEMA_EVENT,
    SCHEMA_LOCATION,
    SCHEMA_NAME,
    SCHEMA_START_DATE,
    SKOS_ALT_LABEL,
    kind_term,
)

Pairs = Iterator[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class FactMapper:
    """Maps the facts of one cable; `officials` leads from the key of a person to the node of the official."""

    cable: Cable
    canonical_id: str
    facts: Facts
    resolved: CableResolution
    officials: dict[str, str]
    iris: Iris

    def lines(self) -> list[str]:
        """The lines of sure tenures, meetings and agreements, and of the cable's classifier and signers."""
        lines = statements(self.cable_node, self._hands())
        return lines + self._tenure_lines(are_sure=True) + self._fact_lines(are_sure=True)

    def doubtful_lines(self) -> list[str]:
        """The lines of tenures, meetings and agreements that are not sure, and what sure ones have to do with them."""
        lines = self._tenure_lines(are_sure=False) + self._fact_lines(are_sure=False)
        for node, agreement in self._agreements:
            if is_sure(agreement) and agreement.meeting in self._doubtful_meetings:
                meeting = self.meeting_nodes[agreement.meeting]
                lines += statements(node, [(CK_CONCLUDED_AT, meeting), (PROV_WAS_GENERATED_BY, meeting)])
        return lines

    def _tenure_lines(self, *, are_sure: bool) -> list[str]:
        lines: list[str] = []
        for node, person, tenure in self.tenures:
            if (is_sure(person) and is_sure(tenure.role)) == are_sure:
                lines += statements(node, self._tenure(person, tenure))
        return lines

    def _fact_lines(self, *, are_sure: bool) -> list[str]:
        lines: list[str] = []
        for meeting in self.facts.meetings:
            if is_sure(meeting) == are_sure:
                lines += statements(self.meeting_nodes[meeting.key], self._meeting(meeting))
        for node, agreement in self._agreements:
            if is_sure(agreement) == are_sure:
                lines += statements(node, self._agreement(agreement))
        return lines

    @cached_property
    def claims(self) -> list[Claim]:
        """What surely speaks of whom: the evidence of persons, tenures, meetings and agreements."""
        return merged((*self._person_claims(are_sure=True), *self._fact_claims(are_sure=True)))

    @cached_property
    def doubtful_claims(self) -> list[Claim]:
        """The evidence of persons, tenures, meetings and agreements that are not sure."""
        return merged((*self._person_claims(are_sure=False), *self._fact_claims(are_sure=False)))

    def _person_claims(self, *, are_sure: bool) -> Iterator[Claim]:
        yield from (claim for claim in self._names.values() if is_sure(claim) == are_sure)
        for node, person, tenure in self.tenures:
            role = tenure.role
            if self._name(person, role) is None and (is_sure(person) and is_sure(role)) == are_sure:
                yield _single(role, node)

    def _fact_claims(self, *, are_sure: bool) -> Iterator[Claim]:
        for meeting in self.facts.meetings:
            if is_sure(meeting) == are_sure:
                yield _single(meeting, self.meeting_nodes[meeting.key])
                yield from ambassador_claims(meeting, self.resolved, self.iris)
        for node, agreement in self._agreements:
            if is_sure(agreement) == are_sure:
                yield from (_claim(mention, node, is_fact=True) for mention in agreement.mentions)

    @cached_property
    def _unsure_persons(self) -> frozenset[str]:
        return frozenset(person.key for person in self.facts.persons if not is_sure(person))

    @cached_property
    def _doubtful_meetings(self) -> frozenset[str]:
        return frozenset(meeting.key for meeting in self.facts.meetings if not is_sure(meeting))

    @cached_property
    def _names(self) -> dict[tuple[str, str], Claim]:
        of_persons = (
            _claim(mention, self.officials[person.key], is_fact=False)
            for person in self.facts.persons
            for mention in person.mentions
        )
        return {(claim.part, claim.target): claim for claim in merged(of_persons)}

    def _name(self, person: Person, role: Role) -> Claim | None:
        """What names the person in the part where the words of the role stand."""
        return self._names.get((role.evidence.part, self.officials[person.key]))

    @cached_property
    def cable_node(self) -> str:
        """The cable."""
        return iri(self.iris.cable(self.canonical_id))

    @cached_property
    def tenures(self) -> list[tuple[str, Person, Tenure]]:
        """The offices of all persons with the nodes of the tenures, counted through the cable."""
        offices = [(person, tenure) for person in self.facts.persons for tenure in tenures(person)]
        return [
            (iri(self.iris.tenure(self.canonical_id, number)), person, tenure)
            for number, (person, tenure) in enumerate(offices, 1)
        ]

    @cached_property
    def meeting_nodes(self) -> dict[str, str]:
        """The nodes of the meetings by their keys."""
        return {
            meeting.key: iri(self.iris.meeting(self.canonical_id, number))
            for number, meeting in enumerate(self.facts.meetings, 1)
        }

    @cached_property
    def _agreements(self) -> list[tuple[str, Agreement]]:
        return [
            (iri(self.iris.agreement(self.canonical_id, number)), agreement)
            for number, agreement in enumerate(self.facts.agreements, 1)
        ]

    def _hands(self) -> Pairs:
        for part, property_ in (("classified-by", CK_CLASSIFIED_BY), ("signature", CK_SIGNED_BY)):
            for person in self.facts.persons:
                if any(mention.part == part for mention in person.mentions):
                    yield property_, self.officials[person.key]

    def _tenure(self, person: Person, tenure: Tenure) -> Pairs:
        role = tenure.role
        yield RDF_TYPE, iri(CK_TENURE)
        yield RDFS_LABEL, literal(f"{person.name}: {folded(role.text)}")
        yield CK_HOLDER, self.officials[person.key]
        yield CK_POSITION_HELD, iri(self.iris.position(position_slug(role)))
        if role.status != "current":  # the status of a tenure that has none
            yield CK_TENURE_STATUS, self._term(slug(role.status))
        yield CK_SPANS, literal(" ".join(f"{start}-{end}" for start, end in tenure.spans))
        yield from when(role.held)
        name = self._name(person, role)
        if name is not None:
            # The role stands beside the name: a mention of its own would cost eight triples and say where, no more.
            yield CK_EVIDENCE, iri(self.iris.mention(self.canonical_id, name.part, *name.spans[0]))
        if name is None or (name.rule, name.confidence) != (role.rule, role.confidence):
            yield CK_CONFIDENCE, values.confidence(role.confidence)
            yield CK_RULE, literal(role.rule)

    def _meeting(self, meeting: Meeting) -> Pairs:
        yield RDF_TYPE, iri(CK_MEETING)
        yield RDF_TYPE, iri(SCHEMA_EVENT)
        yield RDFS_LABEL, literal(meeting_label(meeting))
        if (name := proper_name(meeting)) is not None:
            yield SCHEMA_NAME, literal(name)
        yield CK_MEETING_KIND, self._term(kind_term("meeting", meeting.kind))
        yield CK_MEETING_STATUS, self._term(slug(meeting.status))
        for participant in meeting.participants:
            yield from self._participant(participant, meeting)
        for country in meeting.countries:
            yield CK_SIDE, iri(self.iris.country(country))
        if meeting.place is not None:
            place = iri(self.iris.place(slug(meeting.place)))
            yield CK_HELD_IN, place
            yield SCHEMA_LOCATION, place
        if meeting.ordinal is not None:
            yield CK_ORDINAL, values.number(meeting.ordinal)
        yield from when(meeting.date)
        if (day := exact_day(meeting.date)) is not None:
            yield SCHEMA_START_DATE, values.day(day)
        yield from self._basis(meeting)

    def _participant(self, participant: Participant, meeting: Meeting) -> Pairs:
        node = self._participant_node(participant, meeting)
        if participant.person in self._unsure_persons and is_sure(meeting):
            node = None  # a fact leads to no candidate; the name is kept as text
        if node is None or participant.kind == "position":
            yield CK_PARTICIPANT_TEXT, literal(participant.name)
        if node is not None:
            yield CK_PARTICIPANT, node
            yield SCHEMA_ATTENDEE, node

    def _participant_node(self, participant: Participant, meeting: Meeting) -> str | None:
        if participant.person is not None:
            return self.officials[participant.person]
        chief = ambassador(participant, meeting, self.resolved)
        if chief is not None:
            return iri(self.iris.official(chief))
        return iri(self.iris.organization(slug(participant.name))) if is_body(participant) else None

    def _agreement(self, agreement: Agreement) -> Pairs:
        yield RDF_TYPE, iri(CK_AGREEMENT)
        yield RDF_TYPE, iri(SCHEMA_CREATIVE_WORK)
        name = literal(agreement.name)
        yield RDFS_LABEL, name
        yield SCHEMA_NAME, name
        for form in agreement.forms:
            if form != agreement.name:
                yield SKOS_ALT_LABEL, literal(form)
        yield CK_AGREEMENT_KIND, self._term(kind_term("agreement", agreement.kind))
        yield CK_STATUS, self._term(kind_term("agreement", agreement.status))
        for country in agreement.countries:
            yield CK_PARTY, iri(self.iris.country(country))
        if agreement.meeting is not None and (
            agreement.meeting not in self._doubtful_meetings or not is_sure(agreement)
        ):
            yield CK_CONCLUDED_AT, self.meeting_nodes[agreement.meeting]
            yield PROV_WAS_GENERATED_BY, self.meeting_nodes[agreement.meeting]
        if agreement.known is not None:
            yield CK_INSTRUMENT, instrument_node(agreement.known, self.iris)
        yield from when(agreement.date)
        yield from self._basis(agreement)

    def _basis(self, fact: Meeting | Agreement) -> Pairs:
        yield CK_REPORTED_IN, self.cable_node
        yield CK_RULE, literal(fact.rule)
        if not is_sure(fact) or fact.confidence != rule_confidences().get(fact.rule):
            yield CK_CONFIDENCE, values.confidence(fact.confidence)

    def _term(self, name: str) -> str:
        return iri(self.iris.term(name))


def _claim(mention: Mention, target: str, *, is_fact: bool) -> Claim:
    return Claim(
        part=mention.part,
        spans=mention.spans,
        target=target,
        confidence=mention.confidence,
        rule=mention.rule,
        is_fact=is_fact,
    )


def _single(fact: Role | Meeting, target: str) -> Claim:
    evidence = fact.evidence
    return Claim(
        part=evidence.part,
        spans=((evidence.start, evidence.end),),
        target=target,
        confidence=fact.confidence,
        rule=fact.rule,
        is_fact=True,
    )
