"""Validate a graph: what an engine has to do, and pySHACL doing it."""

from collections.abc import Iterable
from typing import Final, Protocol, cast

import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import Graph, URIRef
from rdflib.plugins.sparql.sparql import SPARQLError
from rdflib.term import Node

from kg.terms import (
    SH_FOCUS_NODE,
    SH_RESULT,
    SH_RESULT_MESSAGE,
    SH_RESULT_PATH,
    SH_RESULT_SEVERITY,
    SH_SOURCE_CONSTRAINT_COMPONENT,
    SH_SOURCE_SHAPE,
    SH_VALUE,
)
from kg.validation.graphs import graph_of, written
from kg.validation.model import Outcome, Result, Severity
from kg.validation.shapes import flattened

# What rdflib and pySHACL raise over data that they cannot compare, convert or read: an ill-typed date under YEAR() is
# an AttributeError, a line that is no triple a SyntaxError. Faults of the machine (memory, interrupts) are not here.
DATA_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ConstraintLoadError,
    LookupError,
    NotImplementedError,
    ReportableRuntimeError,
    SPARQLError,
    ShapeLoadError,
    SyntaxError,
    TypeError,
    ValidationFailure,
    ValueError,
)


class Engine(Protocol):
    """Something that validates graphs against the shapes it was made with.

    `name` says which software it is, and in what version: what a build was validated with is on record.
    """

    name: str

    def validate(self, lines: Iterable[str]) -> Outcome:
        """The results for a graph of N-Triples lines; data that break the engine give a failure, no exception."""


class PyShaclEngine:
    """pySHACL, the reference: no inference, no advanced features, shapes read once."""

    def __init__(self, shapes: Graph) -> None:
        self.name = f"pySHACL {pyshacl.__version__}"
        self._shapes = flattened(shapes)

    def validate(self, lines: Iterable[str]) -> Outcome:
        """The results for a graph of N-Triples lines, sorted, the gravest first."""
        try:
            _, report, text = pyshacl.validate(graph_of(lines), shacl_graph=self._shapes, inference="none")
        except DATA_FAULTS as fault:
            return Outcome(failure=f"{type(fault).__name__}: {fault}")
        if not isinstance(report, Graph):
            return Outcome(failure=str(text))
        return Outcome(results=tuple(sorted(_results(report), key=lambda result: result.rank)))


def _results(report: Graph) -> Iterable[Result]:
    # Through sh:result alone: pySHACL types nested sh:detail nodes as results too.
    return (result_of(report, node) for node in report.objects(None, URIRef(SH_RESULT)))


def result_of(report: Graph, node: Node) -> Result:
    """One result of a report as pySHACL makes it."""

    def one(property_: str) -> Node | None:
        return report.value(node, URIRef(property_))

    focus, value, messages = one(SH_FOCUS_NODE), one(SH_VALUE), report.objects(node, URIRef(SH_RESULT_MESSAGE))
    return Result(
        focus=str(focus) if focus is None or isinstance(focus, URIRef) else written(focus),
        path=_iri(one(SH_RESULT_PATH)),
        value=None if value is None else written(value),
        message=" ".join(sorted(str(message) for message in messages)),
        severity=cast(Severity, str(one(SH_RESULT_SEVERITY)).rpartition("#")[2]),
        shape=_iri(one(SH_SOURCE_SHAPE)),
        component=str(one(SH_SOURCE_CONSTRAINT_COMPONENT)),
    )


def _iri(node: Node | None) -> str | None:
    return str(node) if isinstance(node, URIRef) else None
