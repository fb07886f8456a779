"""Write a report: as text, JSON, CSV, a page of HTML, or RDF."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from kg.iris import PREFIXES, Iris
from kg.validation.report import lines_of_result, report_node_lines, result_as_json, result_text
from kg.validation.report_html import page
from kg.validation.report_model import Entry, Report

COLUMNS: Final = (
    "severity", "cable", "focus", "path", "value", "message", "shape", "component", "source", "position", "line",
)  # fmt: skip
_RDF: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def written(report: Report, form: str, iris: Iris) -> str:
    """The report in a format of FORMATS; `iris` name the nodes of a report on cables in RDF."""
    if form in _RDF:
        triples = ox.parse("".join(_lines(report, iris)).encode(), format=ox.RdfFormat.N_TRIPLES)
        prefixes = None if form == "nt" else PREFIXES
        content = ox.serialize(triples, format=_RDF[form], prefixes=prefixes) or b""
        return content.decode() if content.endswith(b"\n") else content.decode() + "\n"
    return _WRITERS[form](report)


def _text(report: Report) -> str:
    return "".join(f"{line}\n" for line in _text_lines(report))


def _text_lines(report: Report) -> Iterator[str]:
    """Results by cable, or one after the other, then the totals."""
    failures = dict(report.failures)
    by_cable: dict[str | None, list[Entry]] = {name: [] for name in failures}
    for entry in report.entries:
        by_cable.setdefault(entry.cable, []).append(entry)
    for name, entries in by_cable.items():
        if name is not None:
            yield f"{name}: {'refused' if name in (report.refused or ()) else 'accepted'}"
        if name in failures:
            yield f"  could not be validated: {failures[name or '']}"
        for entry in entries:
            yield from result_text(entry.result)
    yield from report.notes
    for name, count in report.shapes.items():
        listed = "" if count.listed == count.results else f", {count.listed} listed"
        seconds = "" if count.seconds is None else f", {count.seconds:.3f} s"
        yield f"{name or 'a shape without a name'}: {count.results}{listed}{seconds}"
    refused = "" if report.refused is None else f", {len(report.refused)} refused"
    validated = ", ".join(f"{count} {what}" for what, count in report.validated.items())
    totals = ", ".join(f"{count} {severity}" for severity, count in report.severities.items())
    yield f"{validated} validated{refused}; results: {totals}"


def _json(report: Report) -> str:
    return json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"


def as_json(report: Report) -> dict[str, Any]:
    """The report as JSON can hold it: totals first, then the results one by one."""
    return {
        "conforms": report.conforms,
        "validated": dict(report.validated),
        "refused": None if report.refused is None else list(report.refused),
        "severities": dict(report.severities),
        "shapes": {
            name: {"results": count.results, "listed": count.listed}
            | ({} if count.seconds is None else {"seconds": round(count.seconds, 6)})
            for name, count in report.shapes.items()
        },
        "failures": [{"cable": name, "reason": reason} for name, reason in report.failures],
        "results": [{"cable": entry.cable, **result_as_json(entry.result)} for entry in report.entries],
        "notes": list(report.notes),
    }


def _csv(report: Report) -> str:
    """One row for each result (RFC 4180)."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for entry in report.entries:
        result, place = entry.result, entry.result.place
        row = (result.severity, entry.cable, result.focus, result.path, result.value, result.message, result.shape)
        place_row = (None, None, None) if place is None else (place.source, place.position, place.line)
        table.writerow([*row, result.component, *place_row])
    return out.getvalue()


def _lines(report: Report, iris: Iris) -> Iterator[str]:
    if report.lines is not None:
        yield from report.lines
        return
    for entry in report.entries:
        yield from lines_of_result(entry.cable or "", entry.number, entry.result, iris)
    failures = (f"{name} could not be validated: {reason}" for name, reason in report.failures)
    yield from report_node_lines(report.conforms, [*failures, *report.cut], iris)


_WRITERS: Final[dict[str, Callable[[Report], str]]] = {"text": _text, "json": _json, "csv": _csv, "html": page}
FORMATS: Final = (*_WRITERS, *_RDF)
