"""One cable becomes lines that belong to it alone."""

from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.extraction.model import EMPTY, Evidence, Mention
from kg.identity.model import CableResolution
from kg.iris import CK
from kg.mapping import map_cable, map_doubtful, map_shared, shared_entities
from kg.mapping.rules import rule_confidences
from kg.terms import RDFS_LABEL

BASE = "https://w3id.org/cablekg/"
CABLE = BASE + "cable/09QUITO77"
NOBODY = CableResolution(persons={})


@pytest.fixture
def lines(cable, facts, resolved, iris):
    return map_cable(cable, facts, resolved, iris)


@pytest.fixture
def graph(lines):
    store = ox.Store()
    store.bulk_extend(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES))
    return store


def objects(graph, subject: str, predicate: str) -> list[str]:
    found = graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in found)


def test_golden(lines, golden):
    golden("mapping/09QUITO77.nt", "".join(lines))


def test_lines_are_sorted_and_each_once(lines):
    assert lines == sorted(set(lines))


def test_lines_end_as_statements(lines):
    assert all(line.endswith(" .\n") for line in lines)


def test_every_node_has_a_label(graph, cable, facts, resolved, iris):
    shared = shared_entities(cable, facts, resolved)
    graph.bulk_extend(ox.parse("".join(map_shared(shared, iris, [])).encode(), format=ox.RdfFormat.N_TRIPLES))
    own = {quad.subject for quad in graph if not quad.subject.value.startswith(BASE + "official/")}
    labelled = {quad.subject for quad in graph.quads_for_pattern(None, ox.NamedNode(RDFS_LABEL), None)}
    assert own - labelled == set()


def test_a_cable_and_its_shared_entities_share_no_line(lines, cable, facts, resolved, iris):
    assert set(lines).isdisjoint(map_shared(shared_entities(cable, facts, resolved), iris, []))


def test_caption_in_the_classification(graph):
    assert objects(graph, CABLE, CK + "caption") == [
        BASE + "term/noforn",
        BASE + "term/sipdis",
        BASE + "term/tern-channel",
    ]


def test_a_letter_that_comes_again_gets_a_number(graph):
    assert objects(graph, CABLE, CK + "hasReference") == [CABLE + "#ref3", CABLE + "#refA", CABLE + "#refA-2"]


def test_summary_covers_paragraphs_and_no_heading(graph):
    assert objects(graph, CABLE, CK + "summaryPart") == [CABLE + "#p1"]


def test_portion_marking_keeps_what_its_classification_leaves_out(graph):
    assert objects(graph, CABLE + "#p1", CK + "portionMarking") == ["C/NF"]
    assert objects(graph, CABLE + "#p1", CK + "classification") == [BASE + "term/confidential"]


def test_a_plain_portion_marking_is_its_classification(graph):
    assert objects(graph, CABLE + "#p2", CK + "portionMarking") == []
    assert objects(graph, CABLE + "#p2", CK + "classification") == [BASE + "term/confidential"]


def test_parts_whose_words_are_values_anyway_are_no_nodes(graph):
    assert objects(graph, CABLE, CK + "hasPart") == [CABLE + "#classified-by", CABLE + "#signature"]


def test_a_part_with_a_mention_is_a_node(cable, facts, resolved, iris):
    lark, *others = facts.persons
    named = Mention(part="tags", text="LARK", spans=((6, 10),), rule="tag-person", confidence=0.9)
    seen = replace(facts, persons=(replace(lark, mentions=(*lark.mentions, named)), *others))
    assert f"<{CABLE}> <{CK}hasPart> <{CABLE}#tags> .\n" in map_cable(cable, seen, resolved, iris)


def test_the_text_that_was_read_says_where_parts_stand(graph):
    assert objects(graph, CABLE + "#text1", CK + "segments") == [
        "classified-by 0-310-49; p1 0-414-20 20-436-73; p2 0-522-8; signature 0-540-5"
    ]
    assert objects(graph, CABLE + "#text2", CK + "segments") == []


def test_one_text_for_each_digest_the_preferred_first(graph):
    assert objects(graph, CABLE + "#text1", CK + "source") == ["a.txt:1", "copy.txt:1"]
    assert objects(graph, CABLE + "#text2", CK + "isPreferred") == ["false"]


def test_a_cable_without_sources_has_the_text_it_was_read_from(cable, iris):
    lines = map_cable(replace(cable, sources=()), EMPTY, NOBODY, iris)
    assert any(f'{CABLE}#text1> <{CK}source> "a.txt:1"' in line for line in lines)


def test_classifier_and_signer_are_officials(graph):
    assert objects(graph, CABLE, CK + "classifiedBy") == [BASE + "official/bbbbbbbbbb"]
    assert objects(graph, CABLE, CK + "signedBy") == [BASE + "official/cccccccccc"]


def test_one_mention_for_all_forms_of_a_person_in_a_part(graph):
    assert objects(graph, CABLE + "#p1-9-17", CK + "spans") == ["9-17 63-67"]
    assert objects(graph, CABLE + "#p1-9-17", CK + "rule") == ["title-name"]


def test_a_mention_at_one_place_has_it_in_its_iri_alone(graph):
    assert objects(graph, CABLE + "#signature-0-5", CK + "spans") == []


def test_a_mention_has_the_confidence_of_its_rule(graph):
    assert objects(graph, CABLE + "#p1-9-17", CK + "confidence") == []


def test_a_mention_that_is_less_sure_than_its_rule_says_so(graph):
    assert objects(graph, CABLE + "#signature-0-5", CK + "confidence") == ["0.7"]


def test_a_mention_refers_to_persons_and_facts_have_evidence(graph):
    assert objects(graph, CABLE + "#p1-9-17", CK + "refersTo") == [BASE + "official/aaaaaaaaaa"]
    assert objects(graph, BASE + "meeting/09QUITO77-1", CK + "evidence") == [CABLE + "#p1-0-61"]
    assert objects(graph, CABLE + "#p1-0-61", CK + "refersTo") == []


def test_every_subject_belongs_to_the_cable(lines):
    assert {line.split("/09QUITO77")[0] for line in lines} == {
        f"<{BASE}{kind}" for kind in ("agreement", "cable", "meeting", "tenure")
    }


def test_a_tenure_rests_on_the_mention_of_its_holder(graph):
    tenure = BASE + "tenure/09QUITO77-1"
    assert objects(graph, tenure, CK + "evidence") == [CABLE + "#p1-9-17"]
    assert objects(graph, tenure, CK + "spans") == ["0-8"]
    assert objects(graph, tenure, CK + "rule") == []


def test_a_tenure_is_current_unless_it_says_otherwise(cable, facts, resolved, iris, graph):
    lark, *others = facts.persons
    former = replace(lark.roles[0], status="former")
    lines = map_cable(cable, replace(facts, persons=(replace(lark, roles=(former,)), *others)), resolved, iris)
    assert objects(graph, BASE + "tenure/09QUITO77-1", CK + "tenureStatus") == []
    assert f"<{BASE}tenure/09QUITO77-1> <{CK}tenureStatus> <{BASE}term/former> .\n" in lines


def test_a_tenure_that_another_rule_found_says_so(cable, facts, resolved, iris):
    lark, *others = facts.persons
    role = replace(lark.roles[0], rule="name-role", confidence=0.93)
    lines = map_cable(cable, replace(facts, persons=(replace(lark, roles=(role,)), *others)), resolved, iris)
    assert f'<{BASE}tenure/09QUITO77-1> <{CK}rule> "name-role" .\n' in lines


def test_a_role_in_a_part_without_its_holder_has_a_mention_of_its_own(cable, facts, resolved, iris):
    lark, *others = facts.persons
    role = replace(lark.roles[0], evidence=Evidence(part="p2", start=0, end=2))
    lines = map_cable(cable, replace(facts, persons=(replace(lark, roles=(role,)), *others)), resolved, iris)
    assert f"<{BASE}tenure/09QUITO77-1> <{CK}evidence> <{CABLE}#p2-0-2> .\n" in lines


def test_an_unnamed_party_stays_text(graph):
    assert objects(graph, BASE + "meeting/09QUITO77-1", CK + "participantText") == ["the Ambassador"]


def test_an_open_end_has_no_day(graph):
    assert objects(graph, BASE + "agreement/09QUITO77-1", CK + "notAfter") == []


def test_a_vague_date_bounds_no_day(cable, facts, resolved, iris):
    recently = replace(facts.meetings[0].date, text="recently", edtf="2009-03/2009-05", basis="vague")
    lines = map_cable(cable, replace(facts, meetings=(replace(facts.meetings[0], date=recently),)), resolved, iris)
    about = [line for line in lines if line.startswith(f"<{BASE}meeting/09QUITO77-1> <{CK}")]
    assert any("edtf" in line for line in about)
    assert not any("notBefore" in line or "notAfter" in line for line in about)


def test_the_words_that_two_persons_share_are_one_mention(cable, facts, resolved, iris):
    lark, finch, heron = facts.persons
    twice = replace(facts, persons=(lark, replace(finch, mentions=(*finch.mentions, lark.mentions[0])), heron))
    lines = map_cable(cable, twice, resolved, iris)
    refers = [line for line in lines if line.startswith(f"<{CABLE}#p1-9-17> <{CK}refersTo>")]
    assert [line.split()[2] for line in refers] == [f"<{BASE}official/{name * 10}>" for name in "ab"]


def test_a_cable_with_nothing_but_an_id(cable, iris):
    bare = type(cable)(canonical_id="09QUITO78", raw=cable.raw)
    assert f'<{BASE}cable/09QUITO78> <{RDFS_LABEL}> "09QUITO78" .\n' in map_cable(bare, EMPTY, NOBODY, iris)


def test_a_cable_without_an_id_is_wrong_use(cable, iris):
    with pytest.raises(UsageError):
        map_cable(replace(cable, canonical_id=None), EMPTY, NOBODY, iris)


@pytest.fixture
def doubtful(facts):
    return replace(facts, meetings=(replace(facts.meetings[0], confidence=0.6),))


def test_an_agreement_leads_to_the_known_instrument_that_it_is(cable, facts, resolved, iris):
    known = replace(facts.agreements[0], known="ANZUS Treaty")
    lines = map_cable(cable, replace(facts, agreements=(known,)), resolved, iris)
    assert f"<{BASE}agreement/09QUITO77-1> <{CK}instrument> <{BASE}instrument/anzus-treaty> .\n" in lines


@pytest.mark.parametrize(("name", "named"), [("Tern Council Summit", 1), ("Summit", 0), ("tern council", 0)])
def test_a_conference_has_the_name_that_tells_which(cable, facts, resolved, iris, name, named):
    lines = map_cable(cable, replace(facts, meetings=(replace(facts.meetings[0], name=name),)), resolved, iris)
    about = [line for line in lines if line.startswith(f"<{BASE}meeting/09QUITO77-1> ") and name in line]
    assert sum("schema.org/name" in line for line in about) == sum("#label" in line for line in about) == named


def test_a_doubtful_meeting_is_no_fact(cable, doubtful, resolved, iris):
    meeting = f"{BASE}meeting/09QUITO77-1>"
    assert not any(meeting in line for line in map_cable(cable, doubtful, resolved, iris))
    assert not shared_entities(cable, doubtful, resolved).encounters


def test_a_doubtful_meeting_is_a_candidate_with_its_evidence(cable, doubtful, resolved, iris):
    lines = map_doubtful(cable, doubtful, resolved, iris)
    assert f"<{BASE}meeting/09QUITO77-1> <{CK}evidence> <{CABLE}#p1-0-61> .\n" in lines
    assert f"<{CABLE}#p1-0-61> <{CK}inPart> <{CABLE}#p1> .\n" in lines


def test_that_an_agreement_came_from_a_doubtful_meeting_is_doubtful(cable, doubtful, resolved, iris):
    lines = map_doubtful(cable, doubtful, resolved, iris)
    assert f"<{BASE}agreement/09QUITO77-1> <{CK}concludedAt> <{BASE}meeting/09QUITO77-1> .\n" in lines


def test_sure_facts_are_no_candidates(cable, facts, resolved, iris):
    assert map_doubtful(cable, facts, resolved, iris) == []


@pytest.mark.parametrize(("sent", "written"), [("RUEHBO", False), ("RUEHXX", True)])
def test_an_addressing_keeps_the_routing_indicator_that_is_not_its_posts(cable, iris, sent, written):
    addressee = replace(cable.action_addressees[0], post="bogota", routing_indicator=sent)
    lines = map_cable(replace(cable, action_addressees=(addressee,)), EMPTY, NOBODY, iris)
    assert (f'<{CABLE}#to1> <{CK}routingIndicator> "{sent}" .\n' in lines) is written


def test_a_sure_fact_has_the_confidence_of_its_rule(cable, facts, resolved, iris):
    met = replace(facts.meetings[0], rule="met", confidence=rule_confidences()["met"])
    lines = map_cable(cable, replace(facts, meetings=(met,)), resolved, iris)
    assert not any(line.startswith(f"<{BASE}meeting/09QUITO77-1> <{CK}confidence>") for line in lines)


def test_addressee_that_only_the_source_names_has_its_name_as_label(cable, facts, resolved, iris):
    [addressee] = cable.action_addressees
    stated = replace(addressee, as_sent="", start=0, end=0, plad="STATE", routing_indicator=None)
    lines = map_cable(replace(cable, action_addressees=(stated,)), facts, resolved, iris)
    assert f'<{CABLE}#to1> <{RDFS_LABEL}> "STATE" .\n' in lines


@pytest.mark.parametrize(("of_cable", "written"), [(("P",), False), (("O",), True), (("P", "O"), True), ((), True)])
def test_an_addressing_keeps_the_precedence_that_its_cable_does_not_say(cable, iris, of_cable, written):
    lines = map_cable(replace(cable, precedences=of_cable), EMPTY, NOBODY, iris)
    assert (f"<{CABLE}#to1> <{CK}precedence> <{BASE}term/priority> .\n" in lines) is written


def test_a_meeting_starts_on_the_day_that_its_words_tell_exactly(cable, facts, resolved, iris):
    starts = f"<{BASE}meeting/09QUITO77-1> <https://schema.org/startDate> "
    month = replace(facts.meetings[0].date, text="in May", edtf="2009-05", latest=date(2009, 5, 31))
    vague = replace(facts.meetings[0].date, basis="vague")
    for when, count in ((facts.meetings[0].date, 1), (month, 0), (vague, 0), (None, 0)):
        met = replace(facts, meetings=(replace(facts.meetings[0], date=when),))
        assert sum(line.startswith(starts) for line in map_cable(cable, met, resolved, iris)) == count


def test_a_cable_is_derived_from_the_text_that_it_was_read_from(graph):
    assert objects(graph, CABLE, "http://www.w3.org/ns/prov#wasDerivedFrom") == [CABLE + "#text1"]
