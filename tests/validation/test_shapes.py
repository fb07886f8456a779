"""Shapes are read from Turtle, parted by scope and rewritten for speed."""

import pytest
from rdflib import Graph, URIRef

from kg.errors import UsageError
from kg.iris import CKS, PREFIXES
from kg.resources import folder
from kg.validation.shapes import (
    GLOBAL,
    LOCAL,
    flattened,
    global_shapes,
    local_shapes,
    read_shapes,
    unmarked,
    without_scope,
)

SH = PREFIXES["sh"]
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
SHAPES = Graph().parse(
    data=HEAD
    + """
    cks:A a sh:NodeShape ; sh:targetClass ck:Cable ; cks:scope cks:local ; sh:property cks:near, cks:far .
    cks:near a sh:PropertyShape ; sh:path ck:sentAt ; sh:minCount 1 ; cks:scope cks:local .
    cks:far a sh:PropertyShape ; sh:path ck:cites ; sh:class ck:Cable ; cks:scope cks:global .
    cks:B a sh:NodeShape ; sh:targetClass ck:Tag ; sh:property cks:inner .
    cks:inner a sh:PropertyShape ; sh:path ck:denotes ; sh:node cks:B ; sh:minCount 1 .
    """,
    format="turtle",
)


def cks(name: str) -> URIRef:
    return URIRef(CKS + name)


def test_a_scope_is_left_out_with_the_links_to_it():
    kept = without_scope(SHAPES, GLOBAL)
    assert set(kept.objects(cks("A"), URIRef(SH + "property"))) == {cks("near")}
    assert (cks("far"), None, None) not in kept


def test_unmarked_shapes_are_named():
    assert unmarked(SHAPES) == [CKS + "B", CKS + "inner"]


def test_all_shapes_of_the_project_are_marked():
    assert unmarked(read_shapes(folder("shapes"))) == []


def test_local_and_global_shapes_share_none():
    assert (None, None, GLOBAL) not in local_shapes()
    assert (None, None, LOCAL) not in global_shapes()


def test_targets_are_handed_down():
    flat = flattened(SHAPES)
    assert (cks("near"), URIRef(SH + "targetClass"), URIRef(PREFIXES["ck"] + "Cable")) in flat
    assert (cks("A"), URIRef(SH + "property"), None) not in flat


def test_a_shape_that_others_refer_to_stays_as_it_is():
    assert (cks("B"), URIRef(SH + "property"), cks("inner")) in flattened(SHAPES)


def test_a_deactivated_shape_stays_as_it_is():
    off = Graph() + SHAPES
    off.parse(data=f"{HEAD} cks:A sh:deactivated true .", format="turtle")
    assert (cks("A"), URIRef(SH + "property"), cks("near")) in flattened(off)


def test_a_folder_without_shapes_is_wrong_use(tmp_path):
    with pytest.raises(UsageError):
        read_shapes(tmp_path)


def test_shapes_that_are_compared_with_their_siblings_stay_as_they_are():
    disjoint = Graph() + SHAPES
    disjoint.parse(data=f"{HEAD} cks:near sh:qualifiedValueShapesDisjoint true .", format="turtle")
    assert (cks("A"), URIRef(SH + "property"), cks("near")) in flattened(disjoint)
