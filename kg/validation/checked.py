"""Validate cables with the fast engine, and again with the reference those that it refuses and a sample of the others.

The fast engine may be wrong where no test has looked. Nothing is refused on its word alone, and of what it lets pass
one cable in a hundred goes to the reference as well. The two have to find the same results, warnings and their messages
too; a difference ends the build, since nobody can say how many more cables it holds of.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from rdflib import Graph

from kg.errors import BuildError
from kg.validation.batch import Lines, validate_cables
from kg.validation.engine import Engine, PyShaclEngine
from kg.validation.fast import fast_engine
from kg.validation.model import CableResults, Result

# Of the cables that the fast engine lets pass, one in so many is validated by the reference too.
SAMPLED: Final = 100
# The fast engine takes as long for cables one by one as in batches, and one by one no result has to be attributed.
ONE_BY_ONE: Final = 1
# A report of a disagreement shows so many results.
SHOWN: Final = 5


class EnginesDisagree(BuildError):
    """Two engines find different results in a cable, so that neither can be relied upon."""

    title: ClassVar[str] = "Validation engines disagree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The engines that validate cables: pySHACL as the reference, and a fast one where it is installed."""

    reference: Engine
    fast: Engine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The results of cables by canonical id, and how many cables each engine has validated."""

    cables: Mapping[str, CableResults]
    validated: Mapping[str, int]


def engines_for(shapes: Graph) -> Engines:
    """The engines for these shapes; without the package of the fast one, the reference alone."""
    return Engines(reference=PyShaclEngine(shapes), fast=fast_engine(shapes))


def validate_and_check(cables: Mapping[str, Lines], engines: Engines) -> Verdicts:
    """The verdicts on cables, each by the N-Triples lines of its own; EnginesDisagree where the engines do."""
    if engines.fast is None:
        return Verdicts(
            cables=validate_cables(cables, engines.reference), validated={engines.reference.name: len(cables)}
        )
    found = validate_cables(cables, engines.fast, size=ONE_BY_ONE)
    again = {one: lines for one, lines in cables.items() if found[one].is_refused or is_sampled(one, lines)}
    checked = validate_cables(again, engines.reference)
    told = [said for one in again for said in _differences(found[one], checked[one], engines.fast, engines.reference)]
    if told:
        raise EnginesDisagree(_message(told))
    return Verdicts(
        cables=found | {one: _agreed(found[one], checked[one]) for one in again},
        validated={engines.fast.name: len(cables), engines.reference.name: len(again)},
    )


def is_sampled(canonical_id: str, lines: Lines) -> bool:
    """Whether a cable is of the sample: told by the cable alone, so that no division of labour changes it.

    The number of its triples counts, so that what is mapped anew may be drawn anew.
    """
    digest = hashlib.sha256(f"{canonical_id} {len(lines)}".encode()).digest()
    return int.from_bytes(digest[:8]) % SAMPLED == 0


def _agreed(fast: CableResults, reference: CableResults) -> CableResults:
    """What both engines say; where one of them failed, the results of the other.

    A cable that breaks the reference is refused, whatever the fast engine found besides; one that breaks the fast
    engine alone has the reference's verdict.
    """
    if reference.failure is not None:
        return replace(fast, failure=reference.failure)
    return reference


def _differences(fast: CableResults, reference: CableResults, *engines: Engine) -> Iterator[str]:
    """A line for each result that one engine alone has, and for a failure over a cable that the other lets pass."""
    if reference.failure is not None and not fast.is_refused:
        yield f"{fast.canonical_id}: {engines[1].name} fails ({reference.failure}), {engines[0].name} lets it pass"
    if fast.failure is None and reference.failure is None:
        for engine, own, others in ((engines[0], fast, reference), (engines[1], reference, fast)):
            missing = set(others.results)
            yield from (
                f"{fast.canonical_id}: {engine.name} alone finds {_told(one)}"
                for one in own.results
                if one not in missing
            )


def _told(result: Result) -> str:
    place = " ".join(word for word in (f"<{result.focus}>", result.path, result.value) if word)
    return f"{result.severity} {result.shape} ({result.component.rpartition('#')[2]}) at {place}: {result.message!r}"


def _message(told: list[str]) -> str:
    more = f"\n  and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return (
        "The engines that validate cables do not find the same, so that no verdict of this build can be relied upon:"
        + "".join(f"\n  {line}" for line in told[:SHOWN])
        + more
        + "\nNothing was published. Please report it with these lines. To build all the same, take the fast engine away"
        " (`pip uninstall shacl`) and run the same command again: pySHACL then validates every cable, and takes longer."
    )
