"""Read the shapes of the project and part them by how far they reach.

Every shape is marked `cks:scope`: what is `cks:local` looks at the triples of one cable alone and is checked before the
cable is loaded; what is `cks:global` looks at other cables or at what cables share and is checked on the whole graph.
"""

from functools import cache
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.errors import UsageError
from kg.iris import CKS, PREFIXES
from kg.resources import folder

_SH: Final = PREFIXES["sh"]
SCOPE: Final = URIRef(CKS + "scope")
LOCAL: Final = URIRef(CKS + "local")
GLOBAL: Final = URIRef(CKS + "global")
_TYPE: Final = URIRef(PREFIXES["rdf"] + "type")
_NODE_SHAPE: Final = URIRef(_SH + "NodeShape")
_PROPERTY_SHAPE: Final = URIRef(_SH + "PropertyShape")
PROPERTY: Final = URIRef(_SH + "property")
_SPARQL: Final = URIRef(_SH + "sparql")
_DEACTIVATED: Final = URIRef(_SH + "deactivated")
_DISJOINT: Final = URIRef(_SH + "qualifiedValueShapesDisjoint")
TARGETS: Final = tuple(
    URIRef(_SH + name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)


def read_shapes(path: Path) -> Graph:
    """All shapes of a folder of Turtle files in one graph; UsageError where there are none."""
    files = sorted(path.glob("*.ttl"))
    if not files:
        raise UsageError(f"There are no shapes in {path}.")
    shapes = Graph(bind_namespaces="none")
    for file in files:
        shapes.parse(file, format="turtle")
    return shapes


@cache
def project_shapes() -> Graph:
    """All shapes of the project; read once, not to be changed."""
    return read_shapes(folder("shapes"))


@cache
def local_shapes() -> Graph:
    """The project's shapes for single cables; read once, not to be changed."""
    return without_scope(project_shapes(), GLOBAL)


@cache
def global_shapes() -> Graph:
    """The project's shapes for the whole graph; read once, not to be changed."""
    return without_scope(project_shapes(), LOCAL)


def without_scope(shapes: Graph, scope: URIRef) -> Graph:
    """A copy of the shapes without those that are marked with that scope, and without the links to them."""
    left_out = set(shapes.subjects(SCOPE, scope))
    kept = Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[0] not in left_out and triple[2] not in left_out:
            kept.add(triple)
    return kept


def flattened(shapes: Graph) -> Graph:
    """An equivalent copy in which property shapes carry the targets of the node shapes that they hang on.

    pySHACL calls a property shape once for each focus node of its node shape, but once for all its own: on a cable of
    243 triples that makes 12 ms of 38. Node shapes that other shapes refer to stay as they are, and so do those whose
    property shapes are compared with each other (sh:qualifiedValueShapesDisjoint).
    """
    flat = Graph(bind_namespaces="none")
    for triple in shapes:
        flat.add(triple)
    for shape in set(shapes.subjects(_TYPE, _NODE_SHAPE)):
        if not _is_referred_to(shapes, shape) and not has_siblings(shapes, shape):
            _hand_down_targets(flat, shape)
    return flat


def shape_nodes(shapes: Graph) -> set[Node]:
    """The node shapes and property shapes."""
    found = {*shapes.subjects(_TYPE, _NODE_SHAPE), *shapes.subjects(_TYPE, _PROPERTY_SHAPE)}
    return found | {*shapes.objects(None, PROPERTY)}


def shapes_under(shapes: Graph, name: str) -> set[str]:
    """The IRI of a shape with those of all property shapes under it; empty where there is no shape of that name."""
    found: set[Node] = set()
    waiting: list[Node] = [URIRef(name)] if (URIRef(name), None, None) in shapes else []
    while waiting:
        shape = waiting.pop()
        if shape not in found:
            found.add(shape)
            waiting += shapes.objects(shape, PROPERTY)
    return {str(shape) for shape in found}


def has_siblings(shapes: Graph, shape: Node) -> bool:
    """Whether the property shapes of a node shape are compared with each other (sh:qualifiedValueShapesDisjoint)."""
    # SHACL, section 4.7.3: sibling shapes are found through the node shape that all of them hang on.
    return any((one, _DISJOINT, None) in shapes for one in shapes.objects(shape, PROPERTY))


def unmarked(shapes: Graph) -> list[str]:
    """The names of shapes and SPARQL constraints that carry no scope, sorted; each scope alone would hold them too."""
    found = shape_nodes(shapes) | {*shapes.objects(None, _SPARQL)}
    return sorted(str(node) for node in found if (node, SCOPE, None) not in shapes)


def _is_referred_to(shapes: Graph, shape: Node) -> bool:
    return (None, None, shape) in shapes or (shape, _DEACTIVATED, None) in shapes


def _hand_down_targets(shapes: Graph, shape: Node) -> None:
    targets = [(kind, target) for kind in TARGETS for target in shapes.objects(shape, kind)]
    for property_shape in list(shapes.objects(shape, PROPERTY)) if targets else ():
        for kind, target in targets:
            shapes.add((property_shape, kind, target))
        shapes.remove((shape, PROPERTY, property_shape))
