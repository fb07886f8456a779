"""The merged report of a validation: what is listed of the results, and the totals of all of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import Graph

from kg.errors import UsageError
from kg.iris import PREFIXES
from kg.validation.model import SEVERITIES, VIOLATION, CableResults, Result, Severity
from kg.validation.report import short
from kg.validation.shapes import shapes_under


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of the results a person wants to see.

    `shapes` and `focus` choose results, as IRIs; where either is empty all are chosen. Of the chosen ones those at
    least as grave as `severity` are listed, at most `limit` for each shape; all are counted. `severity` also says what
    counts as a failure; None lists everything, and violations alone fail.
    """

    severity: Severity | None = None
    limit: int | None = None
    shapes: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()

    def chooses(self, result: Result) -> bool:
        """Whether a result counts."""
        return (not self.shapes or result.shape in self.shapes) and (not self.focus or result.focus in self.focus)

    def lists(self, result: Result) -> bool:
        """Whether a result that counts is grave enough to be listed."""
        return _is_as_grave(result.severity, self.severity or SEVERITIES[-1])

    def fails(self, severity: Severity) -> bool:
        """Whether a result of this severity is a failure."""
        return _is_as_grave(severity, self.severity or VIOLATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A result that is listed; `cable` is whose it is, and `number` its place among all results of that cable."""

    result: Result
    number: int
    cable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeCount:
    """How many results a shape has, how many are listed, and the seconds that it took where it was timed."""

    results: int
    listed: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the shapes say of cables or of a graph.

    `validated` counts what was validated (cables; or triples and focus nodes). `refused` are the cables that may not be
    loaded; None for a graph. `failures` are cables that could not be validated, with the reason. `shapes` are by short
    name, the most frequent first. `lines` are the N-Triples lines of the report as the engine gives it for a graph;
    None for cables, whose report is made of the entries.
    """

    validated: Mapping[str, int]
    refused: tuple[str, ...] | None
    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, str], ...]
    severities: Mapping[str, int]
    shapes: Mapping[str, ShapeCount]
    has_failures: bool
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] | None = None

    @property
    def conforms(self) -> bool:
        """Whether no shape has any result, as SHACL means it."""
        return not self.failures and not any(self.severities.values())

    @property
    def cut(self) -> Iterator[str]:
        """A sentence for each shape of which not all results are listed."""
        for name, count in self.shapes.items():
            if count.listed < count.results:
                yield f"{name or 'a shape without a name'}: {count.listed} of {count.results} results are listed"


def report_of_cables(
    cables: Sequence[CableResults],
    choice: Choice = Choice(),
    *,
    notes: Iterable[str] = (),
) -> Report:
    """The report on cables."""
    numbered = [
        Entry(result=result, number=number, cable=one.canonical_id)
        for one in cables
        for number, result in enumerate(one.results, 1)
    ]
    return _report(
        numbered,
        choice,
        validated={"cables": len(cables)},
        refused=tuple(one.canonical_id for one in cables if one.is_refused),
        failures=tuple((one.canonical_id, one.failure) for one in cables if one.failure is not None),
        notes=tuple(notes),
        seconds={},
    )


def report_of_graph(
    results: Iterable[Result],
    choice: Choice,
    *,
    validated: Mapping[str, int],
    notes: Iterable[str] = (),
    seconds: Mapping[str, float] | None = None,
) -> Report:
    """The report on a graph, without lines."""
    numbered = [Entry(result=result, number=number) for number, result in enumerate(results, 1)]
    return _report(
        numbered, choice, validated=validated, refused=None, failures=(), notes=tuple(notes), seconds=seconds or {}
    )


def choice_of(
    shapes: Graph, severity: str | None, limit: int | None, names: Iterable[str], focus: Iterable[str]
) -> Choice:
    """The choice that a person makes by names (`warning`, `cks:cable-tag`); UsageError where one means nothing."""
    named = {one.lower(): one for one in SEVERITIES}
    return Choice(
        severity=None if severity is None else named[severity],
        limit=limit,
        shapes=chosen_shapes(names, shapes),
        focus=frozenset(map(expanded, focus)),
    )


def chosen_shapes(names: Iterable[str], shapes: Graph) -> frozenset[str]:
    """The IRIs of named shapes and of the property shapes under them; UsageError for a name that no shape has."""
    found: set[str] = set()
    for name in names:
        under = shapes_under(shapes, expanded(name))
        if not under:
            raise UsageError(f"There is no shape {name}. A report names the shapes of its results.")
        found |= under
    return frozenset(found)


def expanded(name: str) -> str:
    """The IRI that a person gives in full or with a prefix of the project: `cks:cable-tag-missing`."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


@dataclass(slots=True)
class _Listing:
    """How many results of each shape there are and are listed, while they are gone through."""

    counts: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)

    def takes(self, result: Result, choice: Choice) -> bool:
        """Count a result; whether it is listed."""
        name = short(result.shape or "")
        self.counts[name] += 1
        is_listed = choice.lists(result) and (choice.limit is None or self.listed[name] < choice.limit)
        self.listed[name] += is_listed
        return is_listed


def _report(
    entries: Sequence[Entry],
    choice: Choice,
    *,
    validated: Mapping[str, int],
    refused: tuple[str, ...] | None,
    failures: tuple[tuple[str, str], ...],
    notes: tuple[str, ...],
    seconds: Mapping[str, float],
) -> Report:
    chosen = [entry for entry in entries if choice.chooses(entry.result)]
    listing = _Listing()
    listed = tuple(entry for entry in chosen if listing.takes(entry.result, choice))
    severities = Counter(entry.result.severity for entry in chosen)
    names = sorted({*listing.counts, *seconds}, key=lambda name: (-listing.counts[name], name))
    return Report(
        validated=validated,
        refused=refused,
        entries=listed,
        failures=failures,
        severities={severity: severities[severity] for severity in SEVERITIES},
        shapes={
            name: ShapeCount(results=listing.counts[name], listed=listing.listed[name], seconds=seconds.get(name))
            for name in names
        },
        has_failures=bool(failures) or any(map(choice.fails, severities)),
        notes=notes,
    )


def _is_as_grave(severity: Severity, least: Severity) -> bool:
    return SEVERITIES.index(severity) <= SEVERITIES.index(least)
