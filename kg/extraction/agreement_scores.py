"""Judge an agreement by its evidence: weights that add up to a score, and the confidence that the score stands for."""

from collections.abc import Iterable
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.tables import rows

ALWAYS: Final = "always"  # what weighs in with any evidence


def score(evidence: Iterable[str]) -> int:
    """The sum of the weights of some evidence; what the table lacks weighs nothing."""
    return sum(weighed(evidence).values())


def weighed(evidence: Iterable[str]) -> dict[str, int]:
    """Each piece of evidence with its weight, and first what weighs in always."""
    weights = _weights()
    return {name: weights.get(name, 0) for name in (ALWAYS, *evidence)}


def confidence_of(evidence: Iterable[str]) -> float:
    """The share of agreements with as high a score that were right on the annotated cables."""
    reached = score(evidence)
    return next((confidence for floor, confidence in _bands() if reached >= floor), 0.0)


@cache
def _weights() -> MappingProxyType[str, int]:
    return MappingProxyType({row["evidence"]: int(row["weight"]) for row in rows("agreement_evidence.tsv")})


@cache
def _bands() -> tuple[tuple[int, float], ...]:
    """The scores from which a confidence holds, the highest first."""
    bands = [(int(row["score"]), float(row["confidence"])) for row in rows("agreement_bands.tsv")]
    return tuple(sorted(bands, reverse=True))
