"""Render results one by one: as triples of a SHACL report, as JSON, as text for people."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kg.iris import PREFIXES, Iris
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.values import number, truth
from kg.terms import (
    CKS_LINE,
    CKS_SOURCE,
    RDF_TYPE,
    RDFS_COMMENT,
    RDFS_LABEL,
    SH_CONFORMS,
    SH_FOCUS_NODE,
    SH_RESULT,
    SH_RESULT_MESSAGE,
    SH_RESULT_PATH,
    SH_RESULT_SEVERITY,
    SH_SOURCE_CONSTRAINT_COMPONENT,
    SH_SOURCE_SHAPE,
    SH_VALIDATION_REPORT,
    SH_VALIDATION_RESULT,
    SH_VALUE,
)
from kg.validation.model import SEVERITIES, CableResults, Place, Result


def result_lines(of_cable: CableResults, iris: Iris) -> list[str]:
    """The N-Triples lines of the results of one cable, sorted; the report of the graph holds them.

    Results are named after their cable and their place among its results: `/cable/09BOGOTA335#result1`.
    """
    lines: list[str] = []
    for place, result in enumerate(of_cable.results, 1):
        lines += lines_of_result(of_cable.canonical_id, place, result, iris)
    return sorted(lines)


def lines_of_result(canonical_id: str, place: int, result: Result, iris: Iris) -> list[str]:
    """The lines of one result of a cable, the `place`-th of all that it has."""
    node = iri(iris.part(canonical_id, f"result{place}"))
    return [f"{iri(iris.graph('validation'))} <{SH_RESULT}> {node} .\n", *statements(node, _result(result))]


def graph_result_lines(results: Iterable[Result], iris: Iris) -> list[str]:
    """The N-Triples lines of results over the whole graph, sorted.

    They are named after what they say, so that they keep their names when cables are added:
    `/graph/validation#result-` and ten characters.
    """
    report = iris.graph("validation")
    lines: list[str] = []
    for result in results:
        digest = hashlib.sha256(repr(result.rank).encode()).digest()
        node = iri(f"{report}#result-{base64.b32encode(digest).decode()[:10].lower()}")
        lines.append(f"{iri(report)} <{SH_RESULT}> {node} .\n")
        lines += statements(node, _result(result))
    return sorted(lines)


def report_node_lines(conforms: bool, comments: Iterable[str], iris: Iris) -> list[str]:
    """The lines of the report's own node, sorted; it conforms where no shape has any result."""
    pairs = [
        (RDF_TYPE, iri(SH_VALIDATION_REPORT)),
        (RDFS_LABEL, literal("Validation report")),
        (SH_CONFORMS, truth(conforms)),
        *((RDFS_COMMENT, literal(comment)) for comment in comments),
    ]
    return sorted(statements(iri(iris.graph("validation")), pairs))


def result_as_json(result: Result) -> dict[str, Any]:
    """One result for machines; `result_from_json` reads it back."""
    return {
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "message": result.message,
        "severity": result.severity,
        "shape": result.shape,
        "component": result.component,
        "place": None if result.place is None else asdict(result.place),
    }


def result_from_json(record: dict[str, Any]) -> Result:
    """The result of a record; TypeError where it is none. Records of earlier versions have no place."""
    place = record.get("place")
    return Result(**{**record, "place": None if place is None else Place(**place)})


def cable_text(of_cable: CableResults) -> Iterator[str]:
    """The results of one cable for people; nothing where it has none and could be validated."""
    if of_cable.failure is None and not of_cable.results:
        return
    yield f"{of_cable.canonical_id}: {'refused' if of_cable.is_refused else 'accepted'}"
    if of_cable.failure is not None:
        yield f"  could not be validated: {of_cable.failure}"
    for result in of_cable.results:
        yield from result_text(result)


def result_text(result: Result) -> Iterator[str]:
    """One result for people: the message, then what it is about, then where that stands."""
    yield f"  {result.severity}: {' '.join(result.message.split())}"
    yield "    " + " ".join(word for word in (result.focus, short(result.path or ""), result.value) if word)
    if result.place is not None:
        yield f"    at {result.place}"


def severities(cables: Iterable[CableResults]) -> dict[str, int]:
    """How many results there are of each severity, the gravest first."""
    counts = Counter(result.severity for of_cable in cables for result in of_cable.results)
    return {severity: counts[severity] for severity in SEVERITIES}


def short(name: str) -> str:
    """An IRI with a prefix of the project in place of its namespace: `cks:cable-tag-missing`."""
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}:{name[len(namespace) :]}"
    return name


def _result(result: Result) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(SH_VALIDATION_RESULT)
    yield RDFS_LABEL, literal(result.message)
    yield SH_FOCUS_NODE, result.focus if result.is_about_no_iri else iri(result.focus)
    yield SH_RESULT_MESSAGE, literal(result.message)
    yield SH_RESULT_SEVERITY, iri(PREFIXES["sh"] + result.severity)
    yield SH_SOURCE_CONSTRAINT_COMPONENT, iri(result.component)
    if result.path is not None:
        yield SH_RESULT_PATH, iri(result.path)
    if result.shape is not None:
        yield SH_SOURCE_SHAPE, iri(result.shape)
    if result.value is not None:
        yield SH_VALUE, result.value
    if result.place is not None:
        yield CKS_SOURCE, literal(f"{result.place.source}:{result.place.position}")
        if result.place.line is not None:
            yield CKS_LINE, number(result.place.line)
