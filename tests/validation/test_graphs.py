"""Lines become rdflib terms as they were written."""

import logging

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from kg.validation.graphs import graph_of, written


def term_of(target: str):
    return next(iter(graph_of([f"<a:s> <a:p> {target} .\n"])))[2]


@pytest.mark.parametrize(
    "target",
    [
        '"x"',
        '"x"@en',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"2001-13-45"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "<https://w3id.org/cablekg/cable/09QUITO77#p6>",
    ],
)
def test_a_term_is_written_as_it_was(target):
    assert written(term_of(target)) == target


def test_a_plain_literal_equals_a_plain_literal_of_rdflib():
    # Over an Oxigraph store it would not: its strings carry xsd:string, and sh:in and sh:hasValue would miss them.
    assert term_of('"C"') == Literal("C")
    assert term_of(f'"C"^^<{XSD.string}>') == Literal("C")


def test_an_iri():
    assert term_of("<a:b>") == URIRef("a:b")


def test_an_ill_typed_literal_is_not_logged(caplog):
    with caplog.at_level(logging.WARNING):
        assert term_of(f'"2001-13-45"^^<{XSD.date}>').ill_typed
    assert caplog.records == []


def test_a_line_that_is_no_triple_raises():
    with pytest.raises(SyntaxError):
        graph_of(["<a:s> <a:p> .\n"])
