"""What the N-Triples writer writes, pyoxigraph reads back."""

import re

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


def without_surrogates(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(ANY_TEXT)
def test_literal_round_trips(text):
    assert read_back(literal(text)).value == without_surrogates(text)


@given(ANY_TEXT)
def test_lang_round_trips(text):
    assert read_back(lang(text, "en")) == ox.Literal(without_surrogates(text), language="en")


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
