"""Write a report as a page for people: one file without scripts, its results filtered by links to anchors."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from kg.resources import PACKAGE
from kg.validation.model import SEVERITIES
from kg.validation.report import short
from kg.validation.report_model import Entry, Report

# Only such an IRI is made a link: one with another scheme (javascript:) would run.
_LINKED: Final = ("https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """The listed results of one severity and shape, under an anchor."""

    anchor: str
    severity: str
    shape: str
    entries: tuple[Entry, ...]


def page(report: Report) -> str:
    """The report as HTML; whatever a result says is escaped."""
    sections = _sections(report)
    # A shape of several severities leads to its gravest results.
    anchors = {section.shape: section.anchor for section in reversed(sections)}
    return _template().render(report=report, sections=sections, anchors=anchors, severities=SEVERITIES, style=style())


def prepare() -> None:
    """Read the files of the page, for a process that can read none later."""
    _template()
    style()


@cache
def style() -> str:
    """The style sheet within the page."""
    return (PACKAGE / "validation" / "templates" / "report.css").read_text(encoding="utf-8")


def _sections(report: Report) -> list[_Section]:
    """The results by severity and shape, the gravest first, then in the order of the shapes."""
    order = {name: place for place, name in enumerate(report.shapes)}

    def key(entry: Entry) -> tuple[int, int, str]:
        name = short(entry.result.shape or "")
        return SEVERITIES.index(entry.result.severity), order[name], name

    groups = groupby(sorted(report.entries, key=key), key=key)
    return [
        _Section(anchor=f"s{number}", severity=SEVERITIES[severity], shape=name, entries=tuple(entries))
        for number, ((severity, _, name), entries) in enumerate(groups, 1)
    ]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("kg.validation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["short"] = short
    environment.tests["linked"] = lambda iri: str(iri).startswith(_LINKED)
    return environment.get_template("report.html")
