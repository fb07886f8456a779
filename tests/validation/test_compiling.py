"""Shapes for the whole graph that cannot be checked in the store end the build; none is passed over."""

import pytest
from rdflib import Graph

from kg.errors import BuildError
from kg.iris import PREFIXES
from kg.validation.compiling import compiled, global_checks

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
TARGET = "sh:targetClass ck:Cable ;"


def shapes(text: str) -> Graph:
    return Graph().parse(data=HEAD + text, format="turtle")


def property_shape(constraint: str, path: str = "ck:cites") -> Graph:
    return shapes(f"cks:A a sh:PropertyShape ; {TARGET} sh:path {path} ; {constraint} .")


def sparql(select: str, more: str = "") -> Graph:
    return shapes(f'cks:A a sh:NodeShape ; {TARGET} sh:sparql [ sh:select """{select}""" ; {more} ] .')


def test_every_shape_of_the_project_is_compiled():
    assert {check.severity for check in global_checks()} == {"Violation", "Warning", "Info"}
    assert all(check.message for check in global_checks())


@pytest.mark.parametrize(
    ("constraint", "why"),
    [
        ("sh:minCountt 1", "minCountt"),
        ("sh:lessThan ck:sentAt", "lessThan"),
        ("sh:closed true", "closed"),
        ("sh:deactivated true", "deactivated"),
        ('sh:pattern "x" ; sh:flags "i"', "flags"),
        ("sh:node cks:A", "node"),
        ('sh:minCount "x"', "no whole number"),
        ("sh:maxCount 9", "counts above 4"),
        ("sh:datatype xsd:duration", "duration"),
        ("sh:nodeKind sh:BlankNodeOrIRI", "BlankNodeOrIRI"),
        ("sh:targetNode ck:Cable", "targetNode"),
    ],
)
def test_a_constraint_that_is_not_known_is_refused(constraint, why):
    with pytest.raises(BuildError, match=f"cks:global|{why}") as raised:
        compiled(property_shape(constraint))
    assert why in str(raised.value)
    assert "shapes#A" in str(raised.value)


@pytest.mark.parametrize(
    "path",
    [
        "( ck:cites ck:names )",
        "[ sh:alternativePath ( ck:cites ck:names ) ]",
        "[ sh:inversePath ( ck:cites ck:names ) ]",
    ],
)
def test_a_path_that_is_not_known_is_refused(path):
    with pytest.raises(BuildError, match="neither a property nor the inverse of one"):
        compiled(property_shape("sh:minCount 1", path))


def test_a_count_in_a_shape_without_a_path_is_refused():
    with pytest.raises(BuildError, match="without sh:path"):
        compiled(shapes(f"cks:A a sh:NodeShape ; {TARGET} sh:maxCount 1 ."))


def test_a_shape_that_no_target_leads_to_is_refused():
    with pytest.raises(BuildError, match=r"shapes#B is cks:global.*no target leads to it"):
        compiled(
            shapes(f"cks:A a sh:NodeShape ; {TARGET} . cks:B a sh:PropertyShape ; sh:path ck:cites ; sh:minCount 1 .")
        )


def test_a_sparql_constraint_in_a_shape_that_others_refer_to_is_refused():
    inner = 'cks:B a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this WHERE { $this a ck:Cable }" ] .'
    with pytest.raises(BuildError, match="shapes#B has a SPARQL constraint"):
        compiled(shapes(f"cks:A a sh:NodeShape ; {TARGET} sh:not cks:B . {inner}"))


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("SELECT $this WHERE { { $this a ?x } UNION { ?x a $this } }", "UNION"),
        ("SELECT $this WHERE { $this a ?x MINUS { ?x a $this } }", "MINUS"),
        ("SELECT $this WHERE { GRAPH ?g { $this a ?x } }", "GRAPH"),
        ("SELECT $this WHERE { $this ?p $currentShape }", "currentShape"),
        ("SELECT $this WHERE { $this $PATH ?x }", "PATH"),
        ("SELECT $this WHERE { { SELECT $this WHERE { $this a ?x } } }", "single SELECT"),
        ("SELECT ?value WHERE { $this a ?value }", "single SELECT of \\$this"),
        ("SELECT * WHERE { $this a ?value }", "single SELECT of \\$this"),
        ("ASK { $this a ?value }", "single SELECT"),
        ("SELECT $this WHERE { $this a 'x }", "not closed"),
        ("SELECT $this WHERE { $this a }", "no query of SPARQL"),
        ("SELECT $this WHERE { $this nix:a ?x }", "no query of SPARQL"),
    ],
)
def test_a_query_that_would_mean_something_else_is_refused(select, why):
    with pytest.raises(BuildError, match=why):
        compiled(sparql(select))


def test_a_sparql_constraint_that_says_more_is_refused():
    with pytest.raises(BuildError, match="no more"):
        compiled(sparql("SELECT $this WHERE { $this a ck:Cable }", "sh:deactivated true"))
