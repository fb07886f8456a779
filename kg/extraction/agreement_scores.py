"""Judge an agreement by its evidence: weights that add up to a score, and the confidence that the score stands for."""

from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

from kg.tables import rows


def score(evidence: Iterable[str]) -> int:
    """The sum of the weights of some evidence; what the table lacks weighs nothing."""
    weights = _weights()
    return weights.get("always", 0) + sum(weights.get(name, 0) for name in evidence)


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
