"""A shape's digest changes with what its results rest on, and with nothing else."""

import pytest
from rdflib import SH, Graph, URIRef

from kg.validation import local_shapes
from kg.validation.shape_digests import UNNAMED, only, shape_digests
from kg.validation.shapes import shape_nodes

HEAD = """
@prefix e: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SHAPES = """
e:boat a sh:NodeShape ; sh:targetClass e:Boat ; sh:property e:name, e:crew .
e:name a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ; sh:message "No name." .
e:crew a sh:PropertyShape ; sh:path e:crew ; sh:node e:sailor ; sh:or ( [ sh:class e:Cook ] [ sh:class e:Mate ] ) .
e:sailor a sh:NodeShape ; sh:property e:rank .
e:rank a sh:PropertyShape ; sh:path e:rank ; sh:maxCount 1 .
e:light a sh:NodeShape ; sh:targetSubjectsOf e:shines ; sh:nodeKind sh:IRI ;
    sh:sparql [ sh:prefixes e:own ; sh:select "SELECT $this WHERE { $this e:dark true }" ] .
e:own sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/" ] .
"""


def digests(text: str = SHAPES) -> dict[str, str]:
    found = shape_digests(Graph().parse(data=HEAD + text, format="turtle"))
    return {name.removeprefix("http://example.org/"): digest for name, digest in found.items()}


def changed(before: str, after: str) -> set[str]:
    old, new = digests(), digests(SHAPES.replace(before, after))
    assert before in SHAPES
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_digests_do_not_depend_on_the_order_of_the_text_or_on_blank_nodes():
    turned = "\n".join(reversed([part + " ." for part in SHAPES.strip().removesuffix(".").split(" .\n")]))
    assert digests(turned) == digests(SHAPES)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("sh:minCount 1 ;", "sh:minCount 2 ;", {"name"}),
        ('"No name."', '"A boat has a name."', {"name"}),
        ("sh:maxCount 1", "sh:maxCount 2", {"rank", "crew"}),
        # Whom it leads to may have focus nodes by it.
        ("sh:class e:Mate", "sh:class e:Captain", {"crew", "sailor", "rank"}),
        ("sh:targetClass e:Boat", "sh:targetClass e:Ship", {"boat", "name", "crew", "sailor", "rank"}),
        ("e:dark true", "e:dark false", {"light", "own"}),
        ('sh:prefix "e"', 'sh:prefix "f"', {"light", "own"}),
        ("sh:property e:name, e:crew", "sh:property e:crew", {"name"}),
        ("sh:nodeKind sh:IRI ;", "sh:nodeKind sh:IRI ; sh:severity sh:Warning ;", {"light", "own"}),
    ],
)
def test_a_change_reaches_what_rests_on_it(before, after, expected):
    assert changed(before, after) == expected


def test_a_shape_that_is_put_in_or_taken_out_changes_no_other():
    more = SHAPES + "e:mast a sh:PropertyShape ; sh:targetClass e:Boat ; sh:path e:mast ; sh:minCount 1 .\n"
    assert {name: digest for name, digest in digests(more).items() if name != "mast"} == digests()


def test_a_subclass_may_change_the_focus_nodes_of_all():
    assert not set(digests(SHAPES + "e:Yacht rdfs:subClassOf e:Boat .\n").values()) & set(digests().values())


def test_siblings_that_are_compared_change_together():
    before, after = "sh:minCount 1 ;", "sh:minCount 2 ;"
    compared = SHAPES.replace("sh:path e:crew ;", "sh:path e:crew ; sh:qualifiedValueShapesDisjoint true ;")
    old, new = digests(compared), digests(compared.replace(before, after))
    assert old["crew"] != new["crew"]


def test_shapes_without_a_name_are_one():
    assert UNNAMED not in digests()
    unnamed = digests(SHAPES + "e:boat sh:property [ sh:path e:keel ; sh:minCount 1 ] .\n")
    other = digests(
        SHAPES.replace("e:dark true", "e:dark false") + "e:boat sh:property [ sh:path e:keel ; sh:minCount 1 ] .\n"
    )
    assert unnamed[UNNAMED] != other[UNNAMED]


def test_every_shape_of_the_project_has_a_digest_and_a_name():
    found = shape_digests(local_shapes())
    assert UNNAMED not in found
    assert {str(node) for node in shape_nodes(local_shapes())} <= found.keys()


def test_only_some_shapes_keep_their_targets():
    graph = Graph().parse(data=HEAD + SHAPES, format="turtle")
    kept = set(only(graph, {"http://example.org/rank"}))
    boat, light = URIRef("http://example.org/boat"), URIRef("http://example.org/light")
    assert set(graph) - kept == {
        (light, SH.targetSubjectsOf, URIRef("http://example.org/shines")),
        (boat, SH.property, URIRef("http://example.org/name")),
    }
    assert only(graph, {UNNAMED}) is graph
