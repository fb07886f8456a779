"""Tell which meetings of different cables are one occasion: the same persons, on the same day, in no other place.

Pure: the same reports give the same occasions, in whatever order they come. Both reports stay; they are only linked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

# A large gathering is told apart by its day and place well enough: so many parties of it make the pairs to look up.
MOST_PARTIES: Final = 12
FEWEST_SHARED: Final = 2
POSITION: Final = ":"  # between a post and an unnamed position of it
MAY_BE_CALLS: Final = frozenset(("call", "embassy contact", "other", "working level"))
# By rule and whether both cables name the place. Judged, not measured: few cables of one occasion are annotated.
SCORES: Final = {
    ("same-persons-same-day", True): 0.95,
    ("same-persons-same-day", False): 0.9,
    ("shared-persons-same-day", True): 0.85,
    ("shared-persons-same-day", False): 0.75,
}


class Report(NamedTuple):
    """A meeting as one cable reports it: the number of the meeting, its day (ISO 8601), and who was there.

    `place` is a slug, empty where the cable names none; `kind` as extraction has it. `parties` are sorted and joined by
    a space: the names of officials, and unnamed positions with their post (`madrid:acting-dcm`).
    """

    canonical_id: str
    number: int
    day: str
    place: str
    kind: str
    parties: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An encounter that several cables report: its reports, sorted, and the rule and score of the weakest link."""

    reports: tuple[Report, ...]
    rule: str
    score: float


class _Link(NamedTuple):
    """Two reports, by their places in the sorted list, and why they are of one occasion; the surest sorts first."""

    against: float
    one: int
    other: int
    rule: str


def occasions(reports: Iterable[Report]) -> tuple[Occasion, ...]:
    """The occasions that two cables or more report, sorted by their first report.

    A report joins others only if it goes with each of them, and no two of one cable come together: that cable tells
    them apart.
    """
    ordered = sorted(set(reports))
    groups = {place: [place] for place in range(len(ordered))}
    for link in sorted(_links(ordered)):
        a, b = groups[link.one], groups[link.other]
        if a is not b and all(_link(ordered, x, y) is not None for x in a for y in b):
            joined = sorted([*a, *b])
            groups.update((place, joined) for place in joined)
    found = [group for place, group in groups.items() if len(group) > 1 and group[0] == place]
    return tuple(_occasion(ordered, group) for group in found)


def _occasion(ordered: Sequence[Report], group: Sequence[int]) -> Occasion:
    links = [link for one, other in combinations(group, 2) if (link := _link(ordered, one, other)) is not None]
    weakest = max(links)
    return Occasion(reports=tuple(ordered[place] for place in group), rule=weakest.rule, score=-weakest.against)


def _links(reports: Sequence[Report]) -> Iterator[_Link]:
    """The links between reports that share a day and two officials."""
    by_pair: dict[tuple[str, str, str], list[int]] = {}
    for place, report in enumerate(reports):
        for a, b in combinations(report.parties.split()[:MOST_PARTIES], FEWEST_SHARED):
            by_pair.setdefault((report.day, a, b), []).append(place)
    pairs = {pair for places in by_pair.values() for pair in combinations(places, 2)}
    return (link for one, other in sorted(pairs) if (link := _link(reports, one, other)) is not None)


def _link(reports: Sequence[Report], one: int, other: int) -> _Link | None:
    """Why two reports are of one occasion; None where they are not."""
    a, b = reports[one], reports[other]
    mine, theirs = frozenset(a.parties.split()), frozenset(b.parties.split())
    shared = mine & theirs
    if a.canonical_id == b.canonical_id or a.day != b.day or len(shared) < FEWEST_SHARED:
        return None
    if all(POSITION in party for party in shared) or not _may_be_one(a, b):
        return None
    rule = "same-persons-same-day" if mine <= theirs or theirs <= mine else "shared-persons-same-day"
    return _Link(-SCORES[rule, bool(a.place and b.place)], one, other, rule)


def _may_be_one(a: Report, b: Report) -> bool:
    """Whether place and kind do not speak against it: who spoke by telephone did not sit at a summit."""
    kinds = {a.kind, b.kind}
    return (not a.place or not b.place or a.place == b.place) and ("call" not in kinds or kinds <= MAY_BE_CALLS)
