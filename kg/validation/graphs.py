"""Make an rdflib graph of N-Triples lines for validation, with every literal as it was written.

Lines are parsed by pyoxigraph and kept in rdflib's plain memory store: a fifth of the time of rdflib's own parser. The
graph is not backed by Oxigraph, over which pySHACL reports violations that are none (sh:in and sh:hasValue miss typed
strings).
"""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.iris import PREFIXES
from kg.mapping.ntriples import iri, lang, literal, typed

_XSD_STRING: Final = PREFIXES["xsd"] + "string"
_RDFLIB_LOG: Final = logging.getLogger("rdflib.term")


class DataGraph(Graph):
    """A graph that reads each query once: pySHACL sends that of an sh:sparql again for every focus node."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As any graph of rdflib does it; SyntaxError where the query is none, a prefix without a declaration too."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@lru_cache(maxsize=512)
def _prepared(query: str) -> Query:
    # rdflib raises a bare Exception over an undeclared prefix, which nobody could tell from a fault of its own.
    ox.Store().query(query)
    return prepareQuery(query)


def graph_of(lines: Iterable[str]) -> DataGraph:
    """The graph of N-Triples lines; SyntaxError where a line is none."""
    return graph_of_quads(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES))


def graph_of_quads(quads: Iterable[ox.Quad]) -> DataGraph:
    """The triples of quads in one graph, whatever graphs they are in; ValueError for a triple term."""
    graph = DataGraph()
    add = graph.store.add
    with _without_warnings():
        for quad in quads:
            add((node(quad.subject), _iri(quad.predicate.value), node(quad.object)), graph)
    return graph


def term_of(text: str) -> Node:
    """The term that a text in the syntax of N-Triples is; SyntaxError where it is none."""
    (triple,) = ox.parse(f"<a:s> <a:p> {text} .\n".encode(), format=ox.RdfFormat.N_TRIPLES)
    with _without_warnings():
        return node(triple.object)


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
    # rdflib logs each ill-typed literal with a stack trace, and warns of booleans; sh:datatype reports them all.
    level = _RDFLIB_LOG.level
    _RDFLIB_LOG.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        _RDFLIB_LOG.setLevel(level)
