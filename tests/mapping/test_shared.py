"""What cables share is gathered as sets and written once."""

import json
from dataclasses import replace

import pytest

from kg.extraction.treaties import treaties
from kg.identity.occasions import Report
from kg.iris import CK
from kg.mapping import SharedEntities, map_shared, shared_entities
from kg.mapping.instruments import instrument_node
from kg.mapping.shared import Encounter, Holding, Named, SharedPosition, UnknownTag

BASE = "https://w3id.org/cablekg/"


@pytest.fixture
def shared_of(cable, facts, resolved):
    return shared_entities(cable, facts, resolved)


def test_organizations_are_those_that_are_no_posts(shared_of):
    assert {one.slug for one in shared_of.organizations} == {"bird-collective", "ministry-of-birds", "tern-society"}


def test_places(shared_of):
    assert shared_of.places == {Named("port-quill", "Port Quill")}


def test_positions(shared_of):
    assert shared_of.positions == {
        SharedPosition(
            "ec-ministry-of-birds-minister", "Minister, Ministry of Birds (Ecuador)", "EC", "ministry-of-birds"
        )
    }


def test_unknown_tags_alone(shared_of):
    assert shared_of.tags == {UnknownTag("LARK, ADA", "person")}


def test_unknown_captions_alone(shared_of):
    assert shared_of.captions == {Named("tern-channel", "TERN CHANNEL")}


def test_cited(shared_of):
    assert shared_of.cited == {"08LIMA12", "08LIMA13"}


def test_encounters_of_held_meetings(shared_of):
    assert shared_of.encounters == {Encounter("aaaaaaaaaa", "bbbbbbbbbb")}


def test_golden(shared_of, iris, golden):
    golden("mapping/shared.nt", "".join(line for line in map_shared(shared_of, iris, []) if "/term/rule-" not in line))


def test_every_rule_is_described(iris):
    lines = "".join(map_shared(SharedEntities(), iris, []))
    assert f'<{BASE}term/rule-title-name> <{CK}confidence> "0.97"' in lines


def test_a_cited_cable_that_was_read_is_written_by_its_own_partition(shared_of, iris):
    lines = "".join(map_shared(shared_of, iris, ["08LIMA12"]))
    assert "08LIMA12" not in lines
    assert f"<{BASE}cable/08LIMA13> <{CK}canonicalId>" in lines


def test_encounters_are_written_both_ways(iris):
    lines = map_shared(SharedEntities(encounters=frozenset([Encounter("a", "b")])), iris, [])
    assert [line for line in lines if "metWith" in line] == [
        f"<{BASE}official/a> <{CK}metWith> <{BASE}official/b> .\n",
        f"<{BASE}official/b> <{CK}metWith> <{BASE}official/a> .\n",
    ]


def test_two_spellings_have_one_label_whatever_their_order(iris):
    a = SharedEntities(organizations=frozenset([Named("nsc", "NSC")]))
    b = SharedEntities(organizations=frozenset([Named("nsc", "Nsc")]))
    assert map_shared(a | b, iris, []) == map_shared(b | a, iris, [])
    assert (
        sum("/org/nsc> <http://www.w3.org/2000/01/rdf-schema#label>" in line for line in map_shared(a | b, iris, []))
        == 1
    )


def test_merging_none_gives_nothing():
    assert SharedEntities.merged([]) == SharedEntities()


def test_json_and_back(shared_of):
    assert SharedEntities.from_json(json.loads(json.dumps(shared_of.as_json()))) == shared_of


def test_a_known_instrument_is_written_with_what_the_table_of_treaties_tells(iris):
    lines = map_shared(SharedEntities(instruments=frozenset(["ANZUS Treaty"])), iris, [])
    told = [line.split(" ", 1)[1] for line in lines if line.startswith(f"<{BASE}instrument/anzus-treaty> <{CK}")]
    assert told == [
        f"<{CK}agreementKind> <{BASE}term/agreement-treaty> .\n",
        f"<{CK}depositary> <{BASE}country/AU> .\n",
        f'<{CK}inForceSince> "1952"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n',
        *(f"<{CK}party> <{BASE}country/{code}> .\n" for code in ("AU", "NZ", "US")),
        f'<{CK}signedIn> "1951"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n',
    ]


def test_an_agreement_that_is_a_known_instrument_brings_it_and_its_depositary(cable, facts, resolved):
    known = replace(facts.agreements[0], known="ASEAN Charter")
    shared = shared_entities(cable, replace(facts, agreements=(known,)), resolved)
    assert shared.instruments == {"ASEAN Charter"}
    assert Named("asean", "ASEAN") in shared.organizations


def test_every_known_instrument_has_a_node_of_its_own(iris):
    nodes = [instrument_node(name, iris) for name in treaties()]
    assert len(set(nodes)) == len(nodes)


def test_meetings_of_one_occasion_lead_to_it(iris):
    one = Report("09LIMA1", 1, "2009-03-20", "lima", "bilateral", "ana bo", "Ana and Bo")
    reports = frozenset([one, one._replace(canonical_id="09QUITO2")])
    lines = map_shared(SharedEntities(reports=reports), iris, [])
    assert sum("/ontology#occasion> " in line for line in lines) == 2
    assert any("/occasion/09LIMA1-1> " in line and '"same-persons-same-day"' in line for line in lines)


@pytest.mark.parametrize(("status", "held"), [("current", True), ("acting", True), ("former", False), ("elect", False)])
def test_who_holds_a_position_on_the_day_of_the_cable(cable, facts, resolved, status, held):
    lark, *others = facts.persons
    told = replace(facts, persons=(replace(lark, roles=(replace(lark.roles[0], status=status),)), *others))
    holding = Holding("aaaaaaaaaa", "ec-ministry-of-birds-minister")
    assert (holding in shared_entities(cable, told, resolved).holdings) is held


def test_a_doubtful_role_is_not_held(cable, facts, resolved):
    lark, *others = facts.persons
    doubtful = replace(facts, persons=(replace(lark, roles=(replace(lark.roles[0], confidence=0.6),)), *others))
    assert not shared_entities(cable, doubtful, resolved).holdings
