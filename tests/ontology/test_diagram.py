"""The diagram shows the ontology as it is."""

import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from kg.iris import CK
from kg.resources import folder

DRAW = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "draw_ontology.py"))


def test_diagram_is_of_this_ontology() -> None:
    drawn = DRAW["picture"](Graph().parse(folder("ontology") / "ontology.ttl"))
    assert drawn == (folder("ontology") / "diagram.svg").read_text(encoding="utf-8"), "run scripts/draw_ontology.py"


def test_diagram_has_a_title_and_words_and_every_class() -> None:
    root = ElementTree.fromstring((folder("ontology") / "diagram.svg").read_text(encoding="utf-8"))
    named = {element.get("id"): element.text for element in root if element.get("id")}
    classes = Graph().parse(folder("ontology") / "ontology.ttl").subjects(RDF.type, OWL.Class)
    own = {str(one).removeprefix(CK) for one in classes if str(one).startswith(CK)}
    assert root.attrib["aria-labelledby"].split() == sorted(named, reverse=True) == ["t", "d"]
    assert all(f"{name}: " in str(named["d"]) for name in own)


def test_class_without_a_place_is_an_error() -> None:
    graph = Graph().parse(folder("ontology") / "ontology.ttl")
    graph.add((URIRef(CK + "Harbor"), RDF.type, OWL.Class))
    with pytest.raises(ValueError, match="Harbor"):
        DRAW["picture"](graph)
