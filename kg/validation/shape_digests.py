"""Tell which shapes have changed between two versions of them, by a digest of all that a shape's results rest on.

That is the shape's own triples, those of all that it refers to (other shapes, SPARQL constraints, prefixes), and how it
comes to its focus nodes: the targets and paths of the shapes that it hangs on. The property shapes that hang on it have
results of their own. So results of a shape with the same digest over the same triples are the same, whatever became of
the other shapes.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

from kg.iris import PREFIXES
from kg.validation.shapes import PROPERTY, TARGETS, has_siblings

DIGEST_LENGTH: Final = 24
# Results of a shape without a name cannot be told from those of another; all such shapes are taken as one.
UNNAMED: Final = ""
_SH: Final = PREFIXES["sh"]
_SUBCLASS: Final = URIRef(PREFIXES["rdfs"] + "subClassOf")


def shape_digests(shapes: Graph) -> dict[str, str]:
    """The digest of each shape, by its IRI, sorted; under the empty text that of all shapes, where one has no name."""
    under = {node: _under(shapes, node) for node in _named(shapes)}
    above = {node: [other for other in under if node in under[other] and other != node] for node in under}
    # What is a class of what is asked of the data by sh:class and sh:targetClass.
    common = sorted(f"{s} {o}" for s, o in shapes.subject_objects(_SUBCLASS))
    digests = {}
    for node in sorted(under):
        own = [_description(shapes, node, links=False)]
        own += sorted(_description(shapes, other) for other in _referred_to(shapes, node))
        led = sorted(_leading(shapes, other) for other in above[node])
        digests[str(node)] = _digest([*common, *own, "above", *led])
    if _has_unnamed(shapes):
        digests[UNNAMED] = _digest([*common, *sorted(_description(shapes, node) for node in under)])
    return digests


def only(shapes: Graph, wanted: Collection[str]) -> Graph:
    """A copy of the shapes in which only those wanted have focus nodes, and those that they hang on.

    A result of a shape that is not among the wanted ones may still come of it; it is to be left out.
    """
    if UNNAMED in wanted:
        return shapes
    wanted_nodes = {URIRef(one) for one in wanted}
    left = {node for node in _named(shapes) if not _under(shapes, node) & wanted_nodes}
    kept = Graph(bind_namespaces="none")
    for subject, predicate, value in shapes:
        is_link = predicate == PROPERTY and value in left and _is_free(shapes, subject)
        if not is_link and (subject not in left or predicate not in TARGETS):
            kept.add((subject, predicate, value))
    return kept


def _named(shapes: Graph) -> set[URIRef]:
    """The named nodes with anything of SHACL said of them."""
    return {s for s, p, _ in shapes if isinstance(s, URIRef) and isinstance(p, URIRef) and p.startswith(_SH)}


def _is_free(shapes: Graph, shape: Node) -> bool:
    """Whether property shapes of a shape can be left out with no effect on others: nothing else asks for them."""
    return (None, None, shape) not in shapes and not has_siblings(shapes, shape)


def _referred_to(shapes: Graph, node: URIRef) -> set[URIRef]:
    """All named nodes that decide with a shape what its own results are: those that it leads to by its constraints."""
    starts = [value for predicate, value in shapes.predicate_objects(node) if predicate != PROPERTY]
    starts += [value for value in shapes.objects(node, PROPERTY) if isinstance(value, BNode)]
    return _reached(shapes, starts)


def _under(shapes: Graph, node: URIRef) -> set[URIRef]:
    """A named node and all named nodes that it leads to and that the shapes describe."""
    return _reached(shapes, [node])


def _reached(shapes: Graph, starts: Iterable[Node]) -> set[URIRef]:
    found: set[URIRef] = set()
    seen: set[Node] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one in seen or (one, None, None) not in shapes:
            continue
        seen.add(one)
        if isinstance(one, URIRef):
            found.add(one)
        waiting += shapes.objects(one, None)
    return found


def _description(shapes: Graph, node: Node, *, links: bool = True) -> str:
    """The triples of a node as text; a blank node stands with its own in the place of its name, which is any."""
    return f"{node.n3() if isinstance(node, URIRef) else ''} {{{'; '.join(sorted(_said(shapes, node, links)))}}}"


def _said(shapes: Graph, node: Node, links: bool) -> Iterator[str]:
    for predicate, value in shapes.predicate_objects(node):
        if links or predicate != PROPERTY or isinstance(value, BNode):
            yield f"{predicate.n3()} {_description(shapes, value) if isinstance(value, BNode) else value.n3()}"


def _leading(shapes: Graph, node: URIRef) -> str:
    """What a shape hands to the property shapes under it: all that is said of it but which other shapes those are."""
    if has_siblings(shapes, node):
        return "\n".join(sorted(_description(shapes, other) for other in _under(shapes, node)))
    return _description(shapes, node, links=False)


def _has_unnamed(shapes: Graph) -> bool:
    own = {node for kind in TARGETS for node in shapes.subjects(kind, None)} | set(shapes.objects(None, PROPERTY))
    return any(isinstance(node, BNode) for node in own)


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:DIGEST_LENGTH]
