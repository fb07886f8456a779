"""Results as triples, JSON and text."""

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.iris import CKS, PREFIXES, Iris
from kg.terms import RDFS_LABEL, SH_CONFORMS, SH_RESULT, SH_VALUE
from kg.validation.model import CableResults, Place
from kg.validation.report import cable_text, result_as_json, result_from_json, result_lines, short
from kg.validation.report_formats import written
from kg.validation.report_model import report_of_cables
from tests.validation import reports
from tests.validation.reports import BASE

WARNING = replace(reports.WARNING, place=None)
VIOLATION = replace(reports.VIOLATION, value='"x"@en', message="Odd.", place=None)
ODD = CableResults(canonical_id="09QUITO77", results=(VIOLATION, WARNING))
GOOD = CableResults(canonical_id="09QUITO78")
BROKEN = CableResults(canonical_id="09QUITO79", failure="ValueError: odd")


@pytest.fixture
def iris() -> Iris:
    return Iris()


def graph(lines) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.parse("".join(lines).encode(), format=ox.RdfFormat.TURTLE))
    return store


def objects(store: ox.Store, subject: str, predicate: str) -> list[str]:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in found)


def test_results_are_named_after_their_cable(iris):
    store = graph(result_lines(ODD, iris))
    assert objects(store, BASE + "graph/validation", SH_RESULT) == [
        BASE + "cable/09QUITO77#result1",
        BASE + "cable/09QUITO77#result2",
    ]
    assert objects(store, BASE + "cable/09QUITO77#result2", RDFS_LABEL) == ['No "TAGS" line.']


def test_a_value_keeps_its_term(iris):
    (quad,) = graph(result_lines(ODD, iris)).quads_for_pattern(None, ox.NamedNode(SH_VALUE), None)
    assert quad.object == ox.Literal("x", language="en")


def test_place_is_told_of_a_result(iris):
    placed = replace(WARNING, place=Place(source="a.csv", position=17, line=12))
    store = graph(result_lines(replace(ODD, results=(placed,)), iris))
    assert objects(store, BASE + "cable/09QUITO77#result1", CKS + "source") == ["a.csv:17"]
    assert objects(store, BASE + "cable/09QUITO77#result1", CKS + "line") == ["12"]


@pytest.mark.parametrize(
    "place", [None, Place(source="a.csv", position=17), Place(source="a.csv", position=17, line=12)]
)
def test_result_survives_json(place):
    result = replace(VIOLATION, place=place)
    assert result_from_json(json.loads(json.dumps(result_as_json(result)))) == result


def test_lines_are_sorted(iris):
    assert result_lines(ODD, iris) == sorted(result_lines(ODD, iris))


def test_a_report_with_results_does_not_conform(iris):
    store = graph([written(report_of_cables([ODD, GOOD]), "nt", iris)])
    assert objects(store, BASE + "graph/validation", SH_CONFORMS) == ["false"]


def test_a_report_without_results_conforms(iris):
    assert objects(graph([written(report_of_cables([GOOD]), "nt", iris)]), BASE + "graph/validation", SH_CONFORMS) == [
        "true"
    ]


def test_a_report_names_what_could_not_be_validated(iris):
    store = graph([written(report_of_cables([BROKEN]), "nt", iris)])
    assert objects(store, BASE + "graph/validation", SH_CONFORMS) == ["false"]
    assert objects(store, BASE + "graph/validation", PREFIXES["rdfs"] + "comment") == [
        "09QUITO79 could not be validated: ValueError: odd"
    ]


def test_every_node_of_a_report_has_a_label(iris):
    store = graph([written(report_of_cables([ODD, BROKEN]), "nt", iris)])
    labelled = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS_LABEL), None)}
    assert {quad.subject for quad in store} == labelled


def test_text_of_a_cable():
    assert list(cable_text(ODD)) == [
        "09QUITO77: refused",
        "  Violation: Odd.",
        '    https://w3id.org/cablekg/cable/09QUITO77#p1 "x"@en',
        '  Warning: No "TAGS" line.',
        "    https://w3id.org/cablekg/cable/09QUITO77 ck:hasTag",
    ]
    assert list(cable_text(GOOD)) == []


def test_short():
    assert short(CKS + "cable-tag-missing") == "cks:cable-tag-missing"
    assert short("https://example.org/x") == "https://example.org/x"
