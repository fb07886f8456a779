"""The values of validation: results of the shapes, and what they mean for a cable."""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["Violation", "Warning", "Info"]

VIOLATION: Final = "Violation"
# The severities of SHACL, the gravest first.
SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the trouble of a result stands: a source, the cable in it from 1, and the line of its text as found.

    `line` counts from 1 and is None where it is not known, as of what is missing.
    """

    source: str
    position: int
    line: int | None = None

    def __str__(self) -> str:
        """`cables.csv:17, line 12`."""
        return f"{self.source}:{self.position}" + ("" if self.line is None else f", line {self.line}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of a shape: what is wrong with which node.

    `focus`, `path`, `shape` and `component` are IRIs; `path` is None for a result about the node itself or along a path
    of several steps, `shape` is None for a shape without a name. `value` is the term at fault as N-Triples write it, as
    is a `focus` that is no IRI. `place` is None where no source is known.
    """

    focus: str
    path: str | None
    value: str | None
    message: str
    severity: Severity
    shape: str | None
    component: str
    place: Place | None = None

    @property
    def is_about_no_iri(self) -> bool:
        """Whether the focus node is a literal or a blank node."""
        return self.focus.startswith(('"', "_:"))

    @property
    def rank(self) -> tuple[int, str, str, str, str, str, str]:
        """What results are sorted by: the gravest first, then by node."""
        return (
            # Shapes of others may have severities of their own (SHACL, section 2.1.4).
            SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES),
            self.focus,
            self.path or "",
            self.shape or "",
            self.component,
            self.value or "",
            self.message,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an engine says of a graph: results, or why it could not validate it."""

    results: tuple[Result, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CableResults:
    """What the shapes say of one cable; `failure` says why it could not be validated, where that is so."""

    canonical_id: str
    results: tuple[Result, ...] = ()
    failure: str | None = None

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that keep a cable out of the graph."""
        return tuple(result for result in self.results if result.severity == VIOLATION)

    @property
    def is_refused(self) -> bool:
        """Whether the cable goes to quarantine."""
        return self.failure is not None or bool(self.violations)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it goes there, each reason once."""
        failure = (f"validation failed: {self.failure}",) if self.failure is not None else ()
        return failure + tuple(dict.fromkeys(result.message for result in self.violations))
