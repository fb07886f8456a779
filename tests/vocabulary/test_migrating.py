"""Terms that are gone are replaced where they are terms, and nowhere else."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.iris import CK
from kg.vocabulary.changes import changes, gone
from kg.vocabulary.migrating import migrate, update

TABLE = Path(__file__).with_name("harbors.tsv")
GONE = gone(changes(TABLE))
PREFIX = f"@prefix ck: <{CK}> .\n"


def test_newest_row_of_a_term_counts() -> None:
    assert {iri.removeprefix(CK): row.replacement for iri, row in GONE.items()} == {
        "Harbor": "Port", "depth": "draught", "pilot": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("<urn:x> a ck:Harbor .", "<urn:x> a ck:Port ."),
        (f"<urn:x> <{CK}depth> 4 .", f"<urn:x> <{CK}draught> 4 ."),
        (f"@prefix h: <{CK}> . <urn:x> a h:Harbor .", f"@prefix h: <{CK}> . <urn:x> a h:Port ."),
        (f"PREFIX : <{CK}> SELECT * {{ ?x :depth ?d }}", f"PREFIX : <{CK}> SELECT * {{ ?x :draught ?d }}"),
        ("SELECT * { ?x ck:depth/ck:depth ?y }", "SELECT * { ?x ck:draught/ck:draught ?y }"),
        ("<urn:x> a ck:Harbor.", "<urn:x> a ck:Port."),
    ],
)
def test_term_is_replaced(text: str, new: str) -> None:
    assert migrate(text, GONE).text == new


@pytest.mark.parametrize(
    "text",
    [
        '<urn:x> rdfs:label "ck:Harbor" .',
        "<urn:x> rdfs:label '''ck:Harbor \\''' ck:depth''' .",
        "# ck:Harbor was a class",
        "@prefix ck: <urn:other:> . <urn:x> a ck:Harbor .",
        "<urn:x> a ck:HarborTown, ck:harbor, myck:Harbor .",
        f"<{CK}Harbor/x> a <{CK}Harbors> .",
        "SELECT ?Harbor { ?ck:Harbor ?p ?o }",
    ],
)
def test_what_is_no_term_stays(text: str) -> None:
    assert (migrate(text, GONE).text, migrate(text, GONE).replaced) == (text, ())


def test_term_without_replacement_is_left_with_its_line() -> None:
    result = migrate(PREFIX + "<urn:x> a ck:Harbor ;\n  ck:pilot <urn:y> .\n", GONE)
    assert [(one.line, one.change.term) for one in result.left] == [(3, "pilot")]
    assert [(one.line, one.change.term) for one in result.replaced] == [(2, "Harbor")]
    assert "ck:pilot" in result.text


@given(st.text())
def test_any_text_without_a_term_comes_back(text: str) -> None:
    assert migrate(text, {}).text == text


def test_update_does_in_a_store_what_is_done_in_files() -> None:
    turtle = PREFIX + '<urn:x> a ck:Harbor ; ck:depth 4 ; ck:pilot <urn:y> ; rdfs:label "ck:Harbor" .'.replace(
        "rdfs:label", "<urn:l>"
    )
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:g"))
    store.update(update(GONE))
    triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode("urn:g"))
    assert triples is not None
    assert set(Graph().parse(data=triples, format="nt")) == set(
        Graph().parse(data=migrate(turtle, GONE).text, format="turtle")
    )


def test_real_terms_that_are_gone_are_found() -> None:
    text = PREFIX + '<urn:t> a ck:HeaderEntry ; ck:roleText "Harbor Minister" ; ck:attestedOn "1979-03-14" .'
    assert {one.change.term for one in migrate(text, gone(changes())).left} == {"HeaderEntry", "roleText", "attestedOn"}
