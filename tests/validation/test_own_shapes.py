"""Shapes that would reach outside, or of which an engine would pass something over, are refused with their line."""

import pytest
from rdflib import Graph

from kg.validation.own_shapes import NamedText, ShapesFault, refuse_faults

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <https://example.org/> .
"""


def refuse(body: str) -> None:
    text = HEAD + body
    refuse_faults(Graph().parse(data=text, format="turtle"), [NamedText(name="s.ttl", text=text)])


def query(text: str) -> str:
    return f'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select """{text}""" ] .\n'


@pytest.mark.parametrize(
    "body",
    [
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .\n",
        "<http://www.w3.org/ns/shacl-mine> a owl:Ontology ; owl:imports sh: .\n",
        "ex:a a owl:Ontology . ex:b owl:imports ex:a .\n",
        'ex:o sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] .\n',
        query("SELECT $this WHERE { $this ex:service ?from . FILTER(?from != 'x') }"),
    ],
)
def test_sound_shapes_pass(body):
    refuse(body)


@pytest.mark.parametrize(
    ("body", "place", "reason"),
    [
        ("ex:S sh:property [ sh:path ex:p ;\n  sh:minCountt 1 ] .\n", "5:3", "no word sh:minCountt"),
        ("ex:S a sh:NodeShap .\n", "4:8", "no word sh:NodeShap"),
        ("ex:o owl:imports <http://127.0.0.1:1/x> .\n", "4:18", "would be fetched"),
        ("ex:S sh:js [ ] .\n", "4:6", "SHACL-JS"),
        ("ex:S sh:target [ ] .\n", "4:6", "SHACL-AF"),
        ("ex:S sh:rule [ ] .\n", "4:6", "SHACL-AF"),
        ("ex:o sh:entailment ex:E .\n", "4:6", "no entailment"),
        (query("SELECT $this WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "4:70", "SERVICE"),
        (
            query("SELECT $this WHERE { service/**/<http://127.0.0.1:1/>{} SERVICE<http://127.0.0.1:1/>{ } }"),
            "4:70",
            "SERVICE",
        ),
        (query("SELECT $this\nFROM <file:///etc/passwd> WHERE { ?s ?p ?o }"), "4:70", "FROM"),
        (query("SELECT $this FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }"), "4:70", "FROM"),
        (query("SELECT $this { " + "{" * 40 + "}" * 40 + " }"), "4:70", "nest"),
        ('ex:o sh:declare [ sh:prefix "ex: <x> SELECT" ] .\n', "4:30", "no prefix"),
        ('ex:o sh:declare [ sh:namespace "x> SERVICE <y> {" ] .\n', "4:33", "no IRI"),
    ],
)
def test_fault_is_told_with_its_place(body, place, reason):
    with pytest.raises(ShapesFault, match=reason) as caught:
        refuse(body)
    assert str(caught.value).startswith(f"s.ttl: error at {place}: ")


def test_first_fault_of_several_is_told():
    with pytest.raises(ShapesFault, match="error at 4:"):
        refuse("ex:S sh:minCountt 1 .\nex:T sh:maxCountt 1 .\n")
