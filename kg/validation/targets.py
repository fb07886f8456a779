"""Turn the targets of a shape into SPARQL patterns of its focus nodes, in ?this."""

from collections.abc import Iterable
from typing import Final

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.iris import PREFIXES
from kg.validation.constraints import SH
from kg.validation.graphs import written

TARGET_CLASS: Final = URIRef(SH + "targetClass")
TARGET_SUBJECTS: Final = URIRef(SH + "targetSubjectsOf")
TARGET_OBJECTS: Final = URIRef(SH + "targetObjectsOf")
TARGETS: Final = (TARGET_CLASS, TARGET_SUBJECTS, TARGET_OBJECTS)

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_SUBCLASSES: Final = f"<{PREFIXES['rdfs']}subClassOf>*"

Target = tuple[URIRef, Node]


def targets_of(shapes: Graph, shape: Node) -> tuple[Target, ...]:
    """The targets of a shape, sorted."""
    return tuple(sorted((kind, node) for kind in TARGETS for node in shapes.objects(shape, kind)))


def facts_focus(targets: Iterable[Target]) -> str:
    """A pattern of the focus nodes in the default graph."""
    return _any_of(f"{_classes(kind, node)}{_step(kind, node)}" for kind, node in targets)


def named_focus(targets: Iterable[Target]) -> str:
    """A pattern of the focus nodes that the named graphs of a dataset give."""
    return _any_of(f"{_classes(kind, node)}GRAPH ?graph {{ {_step(kind, node)} }}" for kind, node in targets)


def _any_of(patterns: Iterable[str]) -> str:
    # A node may be the target of a shape in several ways and is checked once.
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(f'{{ {one} }}' for one in patterns)} }} }}"


def _step(kind: URIRef, node: Node) -> str:
    if kind == TARGET_CLASS:
        return f"?this {_TYPE} ?class . "
    return f"?this {written(node)} ?of . " if kind == TARGET_SUBJECTS else f"?of {written(node)} ?this . "


def _classes(kind: URIRef, node: Node) -> str:
    return f"?class {_SUBCLASSES} {written(node)} . " if kind == TARGET_CLASS else ""
