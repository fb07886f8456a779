"""Make an rdflib graph of N-Triples lines for validation, with every literal as it was written.

Lines are parsed by pyoxigraph and kept in rdflib's plain memory store: a fifth of the time of rdflib's own parser. The
graph is not backed by Oxigraph, over which pySHACL reports violations that are none (sh:in and sh:hasValue miss typed
strings).
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.iris import PREFIXES
from kg.mapping.ntriples import iri, lang, literal, typed

_XSD_STRING: Final = PREFIXES["xsd"] + "string"
_RDFLIB_LOG: Final = logging.getLogger("rdflib.term")


def graph_of(lines: Iterable[str]) -> Graph:
    """The graph of N-Triples lines; ValueError where a line is none."""
    return graph_of_quads(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES))


def graph_of_quads(quads: Iterable[ox.Quad]) -> Graph:
    """The triples of quads in one graph, whatever graphs they are in; ValueError for a triple term."""
    graph = Graph(bind_namespaces="none")
    add = graph.store.add
    with _without_warnings():
        for quad in quads:
            add((node(quad.subject), _iri(quad.predicate.value), node(quad.object)), graph)
    return graph


def written(term: Node) -> str:
    """A term as N-Triples write it, on one line whatever it holds."""
    if isinstance(term, Literal):
        if term.language is not None:
            return lang(str(term), term.language)
        return literal(str(term)) if term.datatype is None else typed(str(term), str(term.datatype))
    return iri(str(term)) if isinstance(term, URIRef) else f"_:{term}"


def node(term: object) -> Node:
    match term:
        case ox.NamedNode():
            return _iri(term.value)
        case ox.Literal():
            return _literal(term.value, term.datatype.value, term.language)
        case ox.BlankNode():
            return BNode(term.value)
        case _:
            raise ValueError(f"{term} is no term of RDF 1.1")


# Offsets, terms, posts and properties come again and again; a literal of rdflib takes up to 17 µs to make.
@lru_cache(maxsize=16384)
def _iri(value: str) -> URIRef:
    return URIRef(value)


@lru_cache(maxsize=16384)
def _literal(value: str, datatype: str, language: str | None) -> Literal:
    if language is not None:
        return Literal(value, lang=language)
    if datatype == _XSD_STRING:
        return Literal(value)
    # Without normalize=False, "01" of type xsd:integer would become "1" and a report would show what nobody wrote.
    return Literal(value, datatype=_iri(datatype), normalize=False)


@contextmanager
def _without_warnings() -> Iterator[None]:
    # rdflib logs each ill-typed literal with a stack trace; sh:datatype reports them in the results.
    level = _RDFLIB_LOG.level
    _RDFLIB_LOG.setLevel(logging.ERROR)
    try:
        yield
    finally:
        _RDFLIB_LOG.setLevel(level)
