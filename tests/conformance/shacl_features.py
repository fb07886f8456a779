"""What shapes make use of: parameters with their truth values, paths, targets, and the traps of SPARQL within SHACL."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from tests.conformance.w3c_shacl import SH

XSD_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"
OWL_IMPORTS: Final = "http://www.w3.org/2002/07/owl#imports"
QUERIES: Final = frozenset(["select", "ask", "construct"])

# Matches SELECT DISTINCT $this ?value WHERE {
SELECT: Final = re.compile(r"\b SELECT \b (?P<projection> [^{]* ) \{", re.VERBOSE | re.IGNORECASE)
# Matches $shapesGraph
PRE_BOUND: Final = re.compile(r"[$?] (this | shapesGraph | currentShape | value | PATH) \b", re.VERBOSE)
# Matches MINUS
KEYWORD: Final = re.compile(
    r"\b (?:MINUS | VALUES | SERVICE | GRAPH | EXISTS | BIND | OPTIONAL | UNION) \b", re.VERBOSE
)


def features(shapes: Iterable[ox.Quad]) -> frozenset[str]:
    """The names of all that a graph of shapes uses: `sh:minCount`, `sh:uniqueLang "true"`, `nested SELECT`."""
    graph = ox.Dataset(shapes)
    return frozenset([*(name for quad in graph for name in _features(quad)), *_imports(graph)])


def _imports(graph: ox.Dataset) -> Iterator[str]:
    declaring = {quad.subject for quad in graph if quad.predicate.value == SH + "declare"}
    holders = {quad.object for quad in graph if quad.predicate.value == SH + "prefixes"}
    for quad in graph:
        if quad.predicate.value == OWL_IMPORTS and quad.subject in holders and quad.object in declaring:
            yield "prefixes that are imported"


def _features(quad: ox.Quad) -> Iterator[str]:
    predicate, value = quad.predicate.value, quad.object
    if not predicate.startswith(SH):
        return
    name = predicate.removeprefix(SH)
    yield f"sh:{name}"
    if isinstance(value, ox.Literal) and value.datatype.value == XSD_BOOLEAN:
        yield f'sh:{name} "{value.value}"'
    if isinstance(value, ox.BlankNode):
        yield f"sh:{name} of a blank node"
    if name in QUERIES and isinstance(value, ox.Literal):
        yield from _in_query(value.value)


def _in_query(query: str) -> Iterator[str]:
    yield from (f"${found[1]}" for found in PRE_BOUND.finditer(query))
    yield from (found[0].upper() for found in KEYWORD.finditer(query))
    for nested in list(SELECT.finditer(query))[1:]:
        yield "nested SELECT"
        if not re.search(r"[$?]this\b | \*", nested["projection"], re.VERBOSE):
            yield "nested SELECT without $this"
