"""Validate cables in batches and give every cable its own results.

A call of pySHACL costs some 20 ms whatever it validates, so cables share one; shapes for single cables look at nothing
that two cables have in common, so a cable has the same results in any batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from kg.validation.engine import Engine
from kg.validation.model import CableResults, Result

BATCH: Final = 50

Lines = Sequence[str]


def validate_cables(cables: Mapping[str, Lines], engine: Engine, *, size: int = BATCH) -> dict[str, CableResults]:
    """The results of each cable, by canonical id, for the N-Triples lines of each, sorted as the mapping gives them."""
    results: dict[str, CableResults] = {}
    for batch in _batches(cables, size):
        results |= validate_batch(batch, engine)
    return results


def validate_batch(cables: Mapping[str, Lines], engine: Engine) -> dict[str, CableResults]:
    """The results of each cable of one batch.

    Where some cable breaks the engine, the batch is halved until that cable stands alone; it gets the failure.
    """
    outcome = engine.validate(chain.from_iterable(cables.values()))
    if len(cables) == 1:
        return {one: CableResults(canonical_id=one, results=outcome.results, failure=outcome.failure) for one in cables}
    if outcome.failure is None:
        return _attributed(cables, outcome.results)
    first, second = _batches(cables, (len(cables) + 1) // 2)
    return validate_batch(first, engine) | validate_batch(second, engine)


def _batches(cables: Mapping[str, Lines], size: int) -> Iterator[dict[str, Lines]]:
    rest = iter(cables.items())
    while batch := dict(islice(rest, size)):
        yield batch


def _attributed(cables: Mapping[str, Lines], results: Sequence[Result]) -> dict[str, CableResults]:
    owners = _owners(cables) if results else {}
    of_cable: dict[str, list[Result]] = {one: [] for one in cables}
    for result in results:
        for owner in owners.get(f"<{result.focus}>") or _mentioning(cables, result.focus):
            of_cable[owner].append(result)
    return {one: CableResults(canonical_id=one, results=tuple(found)) for one, found in of_cable.items()}


def _owners(cables: Mapping[str, Lines]) -> dict[str, list[str]]:
    # A node of a cable has its triples in that cable alone; an official's evidence may stand in several.
    owners: dict[str, list[str]] = {}
    for one, lines in cables.items():
        for subject in dict.fromkeys(line.partition(" ")[0] for line in lines):
            owners.setdefault(subject, []).append(one)
    return owners


def _mentioning(cables: Mapping[str, Lines], focus: str) -> list[str]:
    # The focus node of a shape with sh:targetObjectsOf may have no triple of its own.
    return [one for one, lines in cables.items() if any(f"<{focus}>" in line for line in lines)]
