"""Every fact of the example graph is explained by words, each once, at the place that the graph says."""

import pyoxigraph as ox
import pytest

from kg.explain import asking, explain, explain_in
from kg.iris import DEFAULT_BASE, PREFIXES
from kg.tables import date_bases

FACTS = """SELECT DISTINCT ?fact WHERE {
  VALUES ?class { ck:Official ck:Meeting ck:Agreement ck:Tenure }
  { ?fact a ?class } UNION { GRAPH ?g { ?fact a ?class } }
  FILTER NOT EXISTS { ?fact dcterms:isReplacedBy ?other }
  FILTER EXISTS { ?fact ck:evidence|^ck:refersTo ?mention }
}"""


@pytest.fixture(scope="module")
def store(example_data):
    return ox.Store.read_only(str(example_data / "current" / "store"))


def test_every_fact_has_its_words_once(store):
    facts = [row["fact"].value for row in store.query(FACTS, prefixes=PREFIXES)]
    assert len(facts) > 100
    ask = asking(store)
    for fact in facts:
        explanation = explain(ask, fact, DEFAULT_BASE)
        mentions = [words.mention for words in explanation.words]
        assert mentions
        assert len(mentions) == len(set(mentions)), fact
        assert all(words.rule for words in explanation.words), fact
        assert all(words.text[start:end].strip() for words in explanation.words for start, end in words.spans)


def test_every_basis_of_a_date_is_told_in_words(store):
    found = {row["basis"].value for row in store.query("SELECT ?basis { ?m ck:dateBasis ?basis }", prefixes=PREFIXES)}
    assert found
    assert found <= date_bases().keys()


def test_a_fact_below_the_threshold_is_explained_and_said_to_stand_apart(store, example_data):
    (row,) = store.query(
        "SELECT ?f { GRAPH ?g { ?f a ck:Meeting ; ck:reportedIn ?c } } ORDER BY ?f LIMIT 1", prefixes=PREFIXES
    )
    explanation = explain_in(example_data, row["f"].value)
    assert "A candidate" in [section.heading for section in explanation.sections]
    assert explanation.words


def test_a_meeting_tells_of_the_same_occasion_in_another_cable(example_data):
    explanation = explain_in(example_data, "meeting/09MEXICO9120-1")
    (section,) = [section for section in explanation.sections if section.heading == "The same occasion"]
    (other,) = section.entries
    assert "meeting/09REYKJAVIK9008-" in other.iri
    assert "same-persons-same-day" in " ".join(other.notes)
    occasion = explain_in(example_data, "occasion/09MEXICO9120-1")
    assert [len(section.entries) for section in occasion.sections if section.heading == "Reports"] == [2]
