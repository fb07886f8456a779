"""What the N-Triples writer writes, pyoxigraph reads back."""

import re
from xml.etree import ElementTree

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.mapping.ntriples import iri, lang, literal, statements, typed

# All code points, lone surrogates too.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
SUBJECT = "<https://example.org/s>"
PREDICATE = "https://example.org/p"


def read_back(target: str) -> ox.Quad:
    (line,) = statements(SUBJECT, [(PREDICATE, target)])
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES)
    return quad.object


def holdable(text: str) -> str:
    """The text with U+FFFD for what UTF-8 or XML 1.0 cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


@given(ANY_TEXT)
def test_literal_round_trips(text):
    assert read_back(literal(text)).value == holdable(text)


@given(ANY_TEXT)
def test_lang_round_trips(text):
    assert read_back(lang(text, "en")) == ox.Literal(holdable(text), language="en")


@given(ANY_TEXT)
def test_literal_can_be_sent_as_xml(text):
    store = ox.Store()
    store.bulk_load("".join(statements(SUBJECT, [(PREDICATE, literal(text))])).encode(), ox.RdfFormat.N_TRIPLES)
    rows = store.query("SELECT ?o { ?s ?p ?o }").serialize(format=ox.QueryResultsFormat.XML)
    (value,) = ElementTree.fromstring(rows).iter("{http://www.w3.org/2005/sparql-results#}literal")
    # A reader of XML takes carriage returns for line feeds, unless they are written as references.
    assert (value.text or "").replace("\r", "\n") == holdable(text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.dates())
def test_typed_round_trips(day):
    assert read_back(typed(day.isoformat(), "http://www.w3.org/2001/XMLSchema#date")).value == day.isoformat()


@given(ANY_TEXT)
def test_literal_is_one_line(text):
    assert len(literal(text).splitlines()) == 1


@given(ANY_TEXT, ANY_TEXT)
def test_iri_is_readable_whatever_its_path_and_fragment(path, fragment):
    written = iri(f"https://example.org/{path}#{fragment}")
    assert read_back(written).value == written[1:-1]


@given(ANY_TEXT)
def test_iri_written_twice_stays_the_same(path):
    once = iri(f"https://example.org/{path}")
    assert iri(once[1:-1]) == once


@given(st.text(st.sampled_from(' "<>{}|^`\\%#[]\n'), min_size=1))
def test_iri_with_forbidden_characters_is_readable(path):
    written = iri(f"https://example.org/{path}")
    assert read_back(written).value == written[1:-1]
