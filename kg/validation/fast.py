"""Validate graphs with `shacl`, an engine in Rust that takes a small part of pySHACL's time.

It is not the reference: `kg.validation.checked` has pySHACL look again at what it refuses and at a sample of what it
lets pass. It has no wheels for some machines; there pySHACL does it all (docs/explanation/validation.md).

It starts threads, and those do not survive a fork: in a child forked after the first validation the next one hangs. So
processes that validate are spawned, as the workers of a build are (kg.build.pool).
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, cast

from rdflib import Graph

from kg.errors import UsageError
from kg.validation.graphs import term_of, written
from kg.validation.model import Outcome, Result, Severity

if TYPE_CHECKING:
    import shacl

# Matches <https://w3id.org/cablekg/ontology#sentAt>
_ONE_IRI: Final = re.compile(r"< [^<>]* >", re.VERBOSE)


def fast_engine(shapes: Graph) -> "ShaclEngine | None":
    """The fast engine for these shapes; None where it is not installed."""
    try:
        import shacl  # noqa: F401 - whether it is there is the question
    except ImportError:
        return None
    return ShaclEngine(shapes)


class ShaclEngine:
    """The engine of the package `shacl`: no inference, shapes compiled once."""

    def __init__(self, shapes: Graph) -> None:
        """Compile the shapes; UsageError where they are no sound shapes, misspelt parameters apart."""
        import shacl

        self.name = f"shacl {shacl.__version__}"
        try:
            self._shapes = shacl.Shapes.from_text(shapes.serialize(format="nt"), "ntriples")
        except ValueError as error:
            raise UsageError(f"These shapes cannot be used ({error}). Correct them and try again.") from error

    def validate(self, lines: Iterable[str]) -> Outcome:
        """The results for a graph of N-Triples lines, sorted, the gravest first."""
        try:
            report = self._shapes.validate_text("".join(lines), "ntriples")
        except ValueError as fault:
            return Outcome(failure=f"{type(fault).__name__}: {fault}")
        return Outcome(results=tuple(sorted(map(_result, report.results), key=lambda result: result.rank)))


def _result(found: "shacl.Result") -> Result:
    return Result(
        focus=_iri(found.focus_node) or written(term_of(found.focus_node)),
        path=_iri(found.path),
        value=None if found.value is None else written(term_of(found.value)),
        message=" ".join(sorted(found.messages)),
        severity=cast(Severity, found.severity),
        shape=_iri(found.source_shape),
        component=found.component_iri,
    )


def _iri(text: str | None) -> str | None:
    # A path of several steps comes as SPARQL writes it, <a>|<b>, and a shape without a name as a blank node.
    return text[1:-1] if text is not None and _ONE_IRI.fullmatch(text) else None
