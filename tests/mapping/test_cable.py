"""One cable becomes lines that belong to it alone."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.extraction.model import EMPTY
from kg.identity.model import CableResolution
from kg.iris import CK
from kg.mapping import map_cable, map_shared, shared_entities
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


def test_one_text_for_each_digest_the_preferred_first(graph):
    assert objects(graph, CABLE + "#text1", CK + "source") == ["a.txt:1", "copy.txt:1"]
    assert objects(graph, CABLE + "#text2", CK + "isPreferred") == ["false"]


def test_a_cable_without_sources_has_the_text_it_was_read_from(cable, iris):
    lines = map_cable(replace(cable, sources=()), EMPTY, NOBODY, iris)
    assert any(f'{CABLE}#text1> <{CK}source> "a.txt:1"' in line for line in lines)


def test_classifier_and_signer_are_officials(graph):
    assert objects(graph, CABLE, CK + "classifiedBy") == [BASE + "official/bbbbbbbbbb"]
    assert objects(graph, CABLE, CK + "signedBy") == [BASE + "official/cccccccccc"]


def test_a_mention_holds_all_its_spans(graph):
    assert objects(graph, CABLE + "#p1-13-17", CK + "spans") == ["13-17 63-67"]


def test_an_unnamed_party_stays_text(graph):
    assert objects(graph, BASE + "meeting/09QUITO77-1", CK + "participantText") == ["the Ambassador"]


def test_an_open_end_has_no_day(graph):
    assert objects(graph, BASE + "agreement/09QUITO77-1", CK + "notAfter") == []


def test_the_words_that_two_facts_share_are_one_mention(cable, facts, resolved, iris):
    lark = facts.persons[0]
    twice = replace(facts, persons=(replace(lark, roles=lark.roles * 2), *facts.persons[1:]))
    lines = map_cable(cable, twice, resolved, iris)
    refers = [line for line in lines if line.startswith(f"<{CABLE}#p1-0-8> <{CK}refersTo>")]
    assert [line.split()[2] for line in refers] == [f"<{BASE}tenure/09QUITO77-{number}>" for number in (1, 2)]


def test_a_cable_with_nothing_but_an_id(cable, iris):
    bare = type(cable)(canonical_id="09QUITO78", raw=cable.raw)
    assert f'<{BASE}cable/09QUITO78> <{RDFS_LABEL}> "09QUITO78" .\n' in map_cable(bare, EMPTY, NOBODY, iris)


def test_a_cable_without_an_id_is_wrong_use(cable, iris):
    with pytest.raises(UsageError):
        map_cable(replace(cable, canonical_id=None), EMPTY, NOBODY, iris)
