"""Count what extraction found, missed and made up, and how often its roles, countries and dates are right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from kg.evaluation.matching import (
    agreement_likeness,
    is_same_date,
    is_same_role,
    meeting_likeness,
    official_likeness,
    pairs,
)
from kg.evaluation.model import KINDS, Annotation, Entry, MeetingEntry, PersonEntry

_LIKENESS: Final[MappingProxyType[str, Callable[[Any, Any], float]]] = MappingProxyType(
    {"officials": official_likeness, "meetings": meeting_likeness, "agreements": agreement_likeness}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Whether one attribute of an entry that was found is right: `role`, `country` or `date`."""

    name: str
    is_right: bool
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The entries of one kind in one cable, paired: `excused` are persons that the annotation keeps without a role."""

    cable: str
    kind: str
    matched: tuple[tuple[Entry, Entry], ...]
    missed: tuple[Entry, ...]
    false: tuple[Entry, ...]
    excused: tuple[Entry, ...]

    def attributes(self) -> Iterator[tuple[Entry, Attribute]]:
        """What the annotation says of each entry that was found, and whether the same was found."""
        for gold, found in self.matched:
            yield from ((gold, attribute) for attribute in _attributes(gold, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The sums of one kind; `attributes` holds right ones and all by name."""

    right: int
    gold: int
    predicted: int
    attributes: dict[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found; 0 where nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        """The figures by name, to four digits."""
        named = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "gold": self.gold,
            "predicted": self.predicted,
            **{name: right / all_ for name, (right, all_) in self.attributes.items()},
        }
        return {name: round(value, 4) for name, value in named.items()}


def compare(gold: Annotation, found: Annotation, kinds: Sequence[str] = KINDS) -> Iterator[Comparison]:
    """The entries of a cable as annotated and as found, one comparison a kind."""
    for kind in kinds:
        expected, predicted = gold.entries(kind), found.entries(kind)
        paired = pairs(expected, predicted, _LIKENESS[kind])
        seen, used = {i for i, _ in paired}, {j for _, j in paired}
        rest = [entry for j, entry in enumerate(predicted) if j not in used]
        excused = [entry for entry in rest if isinstance(entry, PersonEntry) and _is_known(entry, gold.others)]
        yield Comparison(
            cable=gold.id,
            kind=kind,
            matched=tuple((expected[i], predicted[j]) for i, j in paired),
            missed=tuple(entry for i, entry in enumerate(expected) if i not in seen),
            false=tuple(entry for entry in rest if entry not in excused),
            excused=tuple(excused),
        )


def figures(comparisons: Iterable[Comparison]) -> Figures:
    """The sums over many cables, all of one kind."""
    right = gold = predicted = 0
    attributes: dict[str, tuple[int, int]] = {}
    for one in comparisons:
        right += len(one.matched)
        gold += len(one.matched) + len(one.missed)
        predicted += len(one.matched) + len(one.false)
        for _, attribute in one.attributes():
            hits, of = attributes.get(attribute.name, (0, 0))
            attributes[attribute.name] = (hits + attribute.is_right, of + 1)
    return Figures(right=right, gold=gold, predicted=predicted, attributes=attributes)


def _is_known(found: PersonEntry, others: Iterable[PersonEntry]) -> bool:
    return any(official_likeness(other, found) for other in others)


def _attributes(gold: Entry, found: Entry) -> Iterator[Attribute]:
    if isinstance(gold, PersonEntry) and isinstance(found, PersonEntry):
        if gold.roles:
            is_right = is_same_role(gold, found)
            yield Attribute(
                name="role", is_right=is_right, expected="; ".join(gold.roles), found="; ".join(found.roles)
            )
        if gold.country:
            is_right = gold.country == found.country
            yield Attribute(name="country", is_right=is_right, expected=gold.country, found=found.country or "")
    elif isinstance(gold, MeetingEntry) and isinstance(found, MeetingEntry) and gold.date:
        is_right = is_same_date(gold.date, found.date)
        yield Attribute(name="date", is_right=is_right, expected=gold.date, found=found.date or "")
