"""Any graph against any shapes, by the reference engine."""

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from kg.validation.graph_check import focus_nodes, times, validate_graph
from kg.validation.own_shapes import ShapesFault
from kg.validation.report_model import Choice

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
"""
SHAPES = """ex:S a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:name .
ex:name sh:path ex:name ; sh:minCount 1 ; sh:message "A person needs a name." .
"""
DATA = "ex:a a ex:Person . ex:b a ex:Person ; ex:name 'B' . _:c a ex:Person ."


def graph(body: str) -> Graph:
    return Graph().parse(data=HEAD + body, format="turtle")


def check(data: str, shapes: str, choice: Choice = Choice()):  # noqa: B008
    return validate_graph(graph(data), graph(shapes), choice)


def test_results_and_counts():
    report = check(DATA, SHAPES)
    assert [entry.result.message for entry in report.entries] == ["A person needs a name."] * 2
    assert {entry.result.focus for entry in report.entries} >= {"https://example.org/a"}
    assert any(entry.result.focus.startswith("_:") for entry in report.entries)
    assert report.validated == {"triples": 4, "focus nodes": 3}
    assert report.has_failures


def test_lines_are_a_report_with_the_listed_results_alone():
    report = check(DATA, SHAPES, Choice(limit=1))
    found = Graph().parse(data="".join(report.lines or ()), format="nt")
    (node,) = found.subjects(SH.conforms)
    assert len(list(found.objects(node, SH.result))) == 1
    assert len(list(found.subjects(SH.resultMessage))) == 1
    assert "1 of 2 results" in "".join(report.lines or ())


def test_path_of_several_steps_is_in_the_lines():
    report = check(
        DATA, "ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ] ."
    )
    found = Graph().parse(data="".join(report.lines or ()), format="nt")
    (path,) = found.objects(None, SH.resultPath)
    assert len(list(found.items(path))) == 2
    assert report.entries[0].result.path is None


def test_nothing_to_check_is_said():
    report = check("ex:a a ex:Ship .", SHAPES)
    assert report.conforms
    assert report.notes == ("No shape has a focus node in these data, so nothing was checked.",)


def test_recursive_shape_is_said():
    report = check(
        "ex:a ex:knows ex:a .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:knows ; sh:node ex:S ] .",
    )
    assert any("Recursive" in note for note in report.notes)


@pytest.mark.parametrize(
    "shapes",
    [
        'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount "x" ] .',
        'ex:S sh:targetNode ex:a ; sh:property [ sh:path rdfs:label ; sh:pattern "(" ] .',
        "ex:S sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .",
        'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT nonsense" ] .',
    ],
)
def test_malformed_shapes_are_refused(shapes):
    with pytest.raises(ShapesFault):
        check("ex:a rdfs:label 'A' .", shapes)


@pytest.mark.parametrize(
    ("shapes", "count"),
    [
        ("ex:S sh:targetClass ex:Person .", 2),
        ("ex:S sh:targetNode ex:none .", 1),
        ("ex:S sh:targetSubjectsOf ex:knows .", 1),
        ("ex:S sh:targetObjectsOf ex:knows .", 1),
        ("ex:Person a sh:NodeShape, rdfs:Class .", 2),
        ("ex:S a sh:NodeShape .", 0),
    ],
)
def test_focus_nodes(shapes, count):
    data = graph("ex:Sailor rdfs:subClassOf ex:Person . ex:a a ex:Sailor ; ex:knows ex:b . ex:b a ex:Person .")
    assert len(focus_nodes(graph(shapes), data)) == count


def test_times_are_of_the_shapes_that_have_targets():
    assert list(times(graph(DATA), graph(SHAPES))) == ["https://example.org/S"]
