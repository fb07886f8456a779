"""Validate any RDF graph against any shapes with pySHACL, the reference."""

import re
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyshacl
from pyparsing import ParseBaseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, SH
from rdflib.term import Node

from kg.mapping.ntriples import literal
from kg.terms import RDFS_COMMENT
from kg.validation.engine import DATA_FAULTS, result_of
from kg.validation.graphs import written
from kg.validation.model import Result
from kg.validation.own_shapes import ShapesFault
from kg.validation.report import short
from kg.validation.report_model import Choice, Report, report_of_graph
from kg.validation.shapes import TARGETS

# What shapes and data may raise in pySHACL, rdflib and the parser of rdflib besides.
_FAULTS: Final = (*DATA_FAULTS, ParseBaseException, RecursionError, re.error)
_NOTHING: Final = "No shape has a focus node in these data, so nothing was checked."
_REPORT: Final = "_:report"


def validate_graph(data: Graph, shapes: Graph, choice: Choice, *, with_times: bool = False) -> Report:
    """The report on a graph; ShapesFault where the shapes cannot be applied to it."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = _validated(data, shapes)
    focus = len(focus_nodes(shapes, data))
    notes = dict.fromkeys(str(each.message).partition("\n")[0] for each in warned if _is_of_shapes(each.category))
    pairs = sorted(_results(found), key=lambda pair: pair[0].rank)
    report = report_of_graph(
        [result for result, _ in pairs],
        choice,
        validated={"triples": len(data), "focus nodes": focus},
        notes=[*notes, *([] if focus else [_NOTHING])],
        seconds=times(data, shapes) if with_times else None,
    )
    return _with_lines(report, found, [pairs[entry.number - 1][1] for entry in report.entries])


def focus_nodes(shapes: Graph, data: Graph) -> set[Node]:
    """The nodes that some shape looks at: those of its targets, and of the class that it is."""
    found: set[Node] = set(shapes.objects(None, SH.targetNode))
    for cls in {*shapes.objects(None, SH.targetClass), *_classes_that_are_shapes(shapes)}:
        for each in data.transitive_subjects(RDFS.subClassOf, cls):
            found.update(data.subjects(RDF.type, each))
    for property_ in shapes.objects(None, SH.targetSubjectsOf):
        found.update(data.subjects(property_, None))
    for property_ in shapes.objects(None, SH.targetObjectsOf):
        found.update(data.objects(None, property_))
    return found


def times(data: Graph, shapes: Graph) -> dict[str, float]:
    """The seconds that each named shape with a target takes by itself, by short name."""
    found = {}
    for shape in sorted(str(one) for target in TARGETS for one in shapes.subjects(target) if isinstance(one, URIRef)):
        if short(shape) not in found:
            start = time.perf_counter()
            pyshacl.validate(data, shacl_graph=shapes, inference="none", use_shapes=[shape])
            found[short(shape)] = time.perf_counter() - start
    return found


def _validated(data: Graph, shapes: Graph) -> Graph:
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    except ReportableRuntimeError as fault:
        raise ShapesFault(" ".join(str(fault).split())) from None
    except _FAULTS as fault:
        raise ShapesFault(f"pySHACL cannot apply the shapes to these data: {type(fault).__name__}: {fault}") from None
    if not isinstance(report, Graph):
        raise ShapesFault(" ".join(str(text).split()))
    return report


def _results(report: Graph) -> Iterator[tuple[Result, Node]]:
    # Through sh:result alone: pySHACL types nested sh:detail nodes as results too.
    for node in report.objects(None, SH.result):
        yield result_of(report, node), node


def _with_lines(report: Report, found: Graph, listed: list[Node]) -> Report:
    """The report with its lines as RDF: of pySHACL's graph what belongs to the results that are listed."""
    lines = [
        f"{_REPORT} <{RDF.type}> <{SH.ValidationReport}> .\n",
        f"{_REPORT} <{SH.conforms}> {written(Literal(report.conforms))} .\n",
        *(f"{_REPORT} <{RDFS_COMMENT}> {literal(sentence)} .\n" for sentence in (*report.notes, *report.cut)),
    ]
    seen: set[Node] = set()
    waiting = list(listed)
    lines += [f"{_REPORT} <{SH.result}> {written(node)} .\n" for node in listed]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for predicate, target in found.predicate_objects(node):
            lines.append(f"{written(node)} <{predicate}> {written(target)} .\n")
            if isinstance(target, BNode):
                waiting.append(target)
    return replace(report, lines=tuple(lines))


def _classes_that_are_shapes(shapes: Graph) -> Iterator[Node]:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            if (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes:
                yield shape


def _is_of_shapes(category: type[Warning]) -> bool:
    return category.__module__.startswith("pyshacl")
