"""The Ambassador of a meeting is the chief of the post, with the words that say so."""

from dataclasses import replace

import pytest

from kg.extraction.model import Participant
from kg.iris import CK
from kg.mapping import map_cable, map_doubtful, shared_entities
from kg.mapping.chiefs import told_chiefs

BASE = "https://w3id.org/cablekg/"
MEETING = f"<{BASE}meeting/09QUITO77-1>"
CHIEF = f"<{BASE}official/dddddddddd>"


@pytest.fixture
def known(resolved):
    return replace(resolved, ambassador="dddddddddd")


@pytest.fixture
def told(facts):
    """The facts, the clause of the meeting in other words."""

    def tell(quote: str, **more):
        return replace(facts, meetings=(replace(facts.meetings[0], quote=quote, **more),))

    return tell


def test_the_ambassador_takes_part_by_name_and_by_title(cable, told, known, iris):
    lines = map_cable(cable, told("Ada Lark told the Ambassador May 4"), known, iris)
    assert f"{MEETING} <{CK}participant> {CHIEF} .\n" in lines
    assert f"{MEETING} <https://schema.org/attendee> {CHIEF} .\n" in lines
    assert f'{MEETING} <{CK}participantText> "the Ambassador" .\n' in lines


def test_the_title_is_a_mention_of_the_official(cable, told, known, iris):
    lines = map_cable(cable, told("Ada Lark told the Ambassador"), known, iris)
    mention = f"<{BASE}cable/09QUITO77#p1-14-28>"
    assert f"{mention} <{CK}refersTo> {CHIEF} .\n" in lines
    assert f'{mention} <{CK}rule> "chief-of-post" .\n' in lines


@pytest.mark.parametrize(
    "words",
    ["told Peru's ambassador", "told Ambassador Tern", "told the Ambassador-designate", "the Ambassador to Peru"],
)
def test_another_ambassador_is_not_the_chief(told, known, words):
    assert not list(told_chiefs(told(f"Ada Lark {words}"), known))


def test_where_a_charge_takes_part_the_chief_does_not(told, known):
    charge = Participant(name="the Charge", kind="position", person=None, country="US")
    one = told("the Charge told the Ambassador")
    both = replace(one.meetings[0], participants=(*one.meetings[0].participants, charge))
    assert not list(told_chiefs(replace(one, meetings=(both,)), known))


def test_nobody_is_the_ambassador_whom_no_cable_names(told, resolved):
    assert not list(told_chiefs(told("Ada Lark told the Ambassador"), resolved))


def test_the_words_of_a_doubtful_meeting_are_doubtful(cable, told, known, iris):
    doubtful = told("Ada Lark told the Ambassador", confidence=0.6)
    assert not any(CHIEF in line for line in map_cable(cable, doubtful, known, iris))
    assert any(CHIEF in line for line in map_doubtful(cable, doubtful, known, iris))


def test_who_met_the_ambassador_is_known(cable, told, known):
    shared = shared_entities(cable, told("Ada Lark told the Ambassador"), known)
    assert ("aaaaaaaaaa", "dddddddddd") in shared.encounters


def test_a_group_is_nobody_that_other_cables_know(cable, facts, known):
    group = Participant(name="political officers", kind="position", person=None, country="US")
    deputy = Participant(name="the DCM", kind="position", person=None, country="US")
    meeting = replace(facts.meetings[0], participants=(facts.meetings[0].participants[0], group, deputy))
    [report] = shared_entities(cable, replace(facts, meetings=(meeting,)), known).reports
    assert report.parties == "aaaaaaaaaa quito:deputy-chief-of-mission"
