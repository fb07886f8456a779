"""Compare the confidence that is stated with the share of finds that are right: by band of confidence and by rule."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.evaluation.matching import folded, person_forms
from kg.evaluation.model import Annotation, PersonEntry
from kg.evaluation.scoring import Comparison

MENTIONS: Final = "mentions"
_EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
# The quantile of the normal distribution that leaves 2.5 % at each end.
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Something that a rule found with a stated confidence, and whether it is right."""

    kind: str
    rule: str | None
    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Finds of one kind that belong together: how many, how many right, the mean confidence that was stated."""

    kind: str
    group: str
    finds: int
    right: int
    stated: float

    @property
    def observed(self) -> float:
        """The share that is right."""
        return self.right / self.finds

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % probability, after Wilson."""
        return wilson(self.right, self.finds)

    @property
    def is_off(self) -> bool:
        """Whether the stated confidence lies outside that interval."""
        low, high = self.interval
        return not low <= self.stated <= high

    def as_json(self) -> dict[str, str | int | float]:
        """The row by column name."""
        low, high = self.interval
        return {
            "kind": self.kind,
            "group": self.group,
            "finds": self.finds,
            "right": self.right,
            "stated": round(self.stated, 4),
            "observed": round(self.observed, 4),
            "low": round(low, 4),
            "high": round(high, 4),
        }


def finds(comparison: Comparison) -> Iterator[Find]:
    """What was found in one cable of one kind; excused persons count neither way."""
    for entries, is_right in (([found for _, found in comparison.matched], True), (comparison.false, False)):
        for entry in entries:
            if entry.confidence is not None:
                yield Find(kind=comparison.kind, rule=entry.rule, confidence=entry.confidence, is_right=is_right)


def mention_finds(gold: Annotation, found: Annotation) -> Iterator[Find]:
    """The forms of persons in the parts of one cable; right is a form that the annotation has for somebody."""
    known = {form for person in (*gold.officials, *gold.others) for form in person_forms(person.names)}
    persons: tuple[PersonEntry, ...] = (*found.officials, *found.others)
    for mention in (mention for person in persons for mention in person.mentions):
        is_right = folded(mention.text) in known
        yield Find(kind=MENTIONS, rule=mention.rule, confidence=mention.confidence, is_right=is_right)


def by_band(all_finds: Iterable[Find]) -> list[Reliability]:
    """The reliability of each band of confidence, kind by kind."""
    return _grouped(all_finds, lambda find: _band(find.confidence))


def by_rule(all_finds: Iterable[Find]) -> list[Reliability]:
    """The reliability of each rule, kind by kind; a person's rules are those of its mentions."""
    return _grouped((find for find in all_finds if find.kind != "officials"), lambda find: find.rule or "")


def calibration_error(rows: Iterable[Reliability]) -> float:
    """The expected calibration error: how far stated and observed lie apart, weighted by the finds."""
    rows = list(rows)
    total = sum(row.finds for row in rows)
    return sum(row.finds * abs(row.observed - row.stated) for row in rows) / total if total else 0.0


def wilson(right: int, finds: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927); the whole range where there are no finds."""
    if not finds:
        return 0.0, 1.0
    share, weight = right / finds, _Z**2 / finds
    middle = share + weight / 2
    half = _Z * math.sqrt(share * (1 - share) / finds + weight / (4 * finds))
    return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))


def _band(confidence: float) -> str:
    for low, high in pairwise(_EDGES):
        if confidence < high or high == _EDGES[-1]:
            return f"{low:.2f}-{high:.2f}"
    raise AssertionError(confidence)


def _grouped(all_finds: Iterable[Find], group: Callable[[Find], str]) -> list[Reliability]:
    together: dict[tuple[str, str], list[Find]] = {}
    for find in all_finds:
        together.setdefault((find.kind, group(find)), []).append(find)
    order = list(dict.fromkeys(kind for kind, _ in together))
    return [
        Reliability(
            kind=kind,
            group=name,
            finds=len(members),
            right=sum(find.is_right for find in members),
            stated=sum(find.confidence for find in members) / len(members),
        )
        for (kind, name), members in sorted(together.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]
