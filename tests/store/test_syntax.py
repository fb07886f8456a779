"""What is said of a query that is no SPARQL."""

import pyoxigraph as ox
import pytest

from kg.iris import PREFIXES
from kg.store.syntax import explained


def said(query: str) -> list[str]:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query, prefixes=PREFIXES)
    return explained(query, str(caught.value)).split("\n")


def test_undeclared_prefix_is_named_with_its_place():
    assert said("SELECT * {\n  ?s a ck:Cable ; xx:net ?o }") == [
        "error at 2:19: The prefix xx: is not declared; add PREFIX xx: <…>.",
        "    ?s a ck:Cable ; xx:net ?o }",
        "                    ^",
    ]


@pytest.mark.parametrize(
    "query",
    ["PREFIX xx: <https://example.org/> SELECT * { ?s xx:net ?o", "SELECT * { ?s ck:net 'yy:net'", "ASK { _:a ck:net "],
)
def test_prefixes_that_are_declared_are_no_fault(query):
    assert "prefix" not in said(query)[0]


def test_empty_prefix():
    assert "The prefix : is not declared" in said("ASK { ?s :net ?o }")[0]


def test_first_word_that_is_no_query():
    assert said("PREFIX x: <urn:x> SELEC * { }")[0] == (
        "error at 1:19: A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with SELEC."
    )


def test_list_of_the_grammar_is_left_out():
    assert said("SELECT * { ?s ?p ?o") == [
        "error at 1:20: The query cannot be read on from here.",
        "  SELECT * { ?s ?p ?o",
        "                     ^",
    ]


def test_reason_of_the_engine_stays():
    reason = "The SELECT contains an expression with a variable that is unbound."
    assert said("SELECT (STR(?s) AS ?x) { ?s ?p ?o } GROUP BY ?p")[0].endswith(reason)


def test_long_line_is_cut_around_the_place():
    _, line, caret = said("SELECT * { " + "?s ?p ?o . " * 100 + "?s ?p }")
    assert len(line) < 130
    assert len(caret) < 70


@pytest.mark.parametrize("message", ["the store is locked", ""])
def test_message_without_a_place_stays(message):
    assert explained("ASK {}", message) == message


@pytest.mark.parametrize("query", ["", "'", "PREFIX", "SELECT * { ?s ?p 'open"])
def test_odd_queries_have_an_answer(query):
    assert explained(query, "error at 1:1: expected [_]").startswith("error at 1:")
