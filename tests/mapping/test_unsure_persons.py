"""A person who is only suggested is a candidate: no fact of the default graph leads there."""

from datetime import UTC, datetime

import pytest

from kg.cables.model import Cable, Part
from kg.extraction.model import Evidence, Facts, Meeting, Mention, Participant, Person, Role
from kg.identity.model import CableResolution
from kg.iris import Iris
from kg.mapping import map_cable, map_doubtful, shared_entities
from kg.sources import RawCable

TEXT = "Zumbrel Falquero, the tenor, met Orfala Quillabert in the harbor."
RESOLVED = CableResolution(persons={"p1": "aaaaaaaaaa", "p2": "bbbbbbbbbb"})


def person(key: str, name: str, confidence: float, *roles: Role) -> Person:
    start = TEXT.index(name)
    mention = Mention(
        part="p1", text=name, spans=((start, start + len(name)),), rule="plugin:fado", confidence=confidence
    )
    return Person(
        key=key, name=name, forms=(name,), roles=roles, organization=None, country=None, is_official=bool(roles),
        mentions=(mention,), confidence=confidence,
    )  # fmt: skip


@pytest.fixture
def cable() -> Cable:
    """A cable of one paragraph."""
    part = Part(kind="paragraph", key="p1", number=1, text=TEXT, start=0, end=len(TEXT), segments=((0, 0, len(TEXT)),))
    raw = RawCable(source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text=TEXT)
    return Cable(canonical_id="07LISBON9901", raw=raw, sent_at=datetime(2007, 2, 14, tzinfo=UTC), parts=(part,))


@pytest.fixture
def facts() -> Facts:
    """Somebody suggested with a role, somebody sure, and their meeting, which is sure."""
    role = Role(
        text="the tenor", title="tenor", organization=None, country=None, country_basis=None, status="current",
        evidence=Evidence(part="p1", start=18, end=27), rule="plugin:fado", confidence=0.5,
    )  # fmt: skip
    both = tuple(
        Participant(name=name, kind="person", person=key, country=None)
        for key, name in (("p1", "Zumbrel Falquero"), ("p2", "Orfala Quillabert"))
    )
    meeting = Meeting(
        key="m1", participants=both, countries=(), date=None, place=None, kind="other", ordinal=None, status="held",
        evidence=Evidence(part="p1", start=0, end=64), quote=TEXT, rule="met", confidence=0.85,
    )  # fmt: skip
    persons = (person("p1", "Zumbrel Falquero", 0.5, role), person("p2", "Orfala Quillabert", 0.9))
    return Facts(persons=persons, meetings=(meeting,), agreements=())


def test_mentions_and_tenures_of_the_unsure_are_candidates(cable, facts):
    sure, doubtful = (make(cable, facts, RESOLVED, Iris()) for make in (map_cable, map_doubtful))
    assert not any("official/aaaaaaaaaa" in line for line in sure)
    assert any("tenure/07LISBON9901-1> <" in line and "#holder>" in line for line in doubtful)
    assert any("#refersTo> <https://w3id.org/cablekg/official/aaaaaaaaaa>" in line for line in doubtful)
    assert any("official/bbbbbbbbbb" in line for line in sure)
    assert not any("tenure/" in line for line in sure)


def test_a_sure_meeting_keeps_the_name_of_the_unsure_as_text(cable, facts):
    lines = map_cable(cable, facts, RESOLVED, Iris())
    assert any('#participantText> "Zumbrel Falquero"' in line for line in lines)
    assert sum("#participant> " in line for line in lines) == 1


def test_nobody_met_the_unsure(cable, facts):
    assert shared_entities(cable, facts, RESOLVED).encounters == frozenset()
