"""Keep what persons judged free of doubt: one decision a pair, and what contradicts it told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.identity.catalogue import JUDGED
from kg.identity.model import DIFFERENT, PERSON, SAME, Judgement, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A judgement that was taken in: all that stand now, the one that it replaced, and those that it contradicts."""

    judgement: Judgement
    standing: tuple[Judgement, ...]
    replaced: Judgement | None
    contradicted: tuple[Judgement, ...]


def decide(earlier: Iterable[Judgement], a: str, b: str, verdict: Verdict, reason: str = "") -> Decision:
    """Take in a judgement of a person about two anchors; of one pair the newest stands."""
    first, second = sorted((a, b))
    judgement = Judgement(a=first, b=second, verdict=verdict, by=PERSON, rule=JUDGED, reason=" ".join(reason.split()))
    known = tuple(earlier)
    same_pair = [j for j in known if j.by == PERSON and (j.a, j.b) == (first, second)]
    standing = tuple(sorted([*(j for j in known if j not in same_pair), judgement]))
    return Decision(
        judgement=judgement,
        standing=standing,
        replaced=same_pair[0] if same_pair else None,
        contradicted=_contradicted(standing, judgement),
    )


def _contradicted(standing: Sequence[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """The judgements that say that two differ who are one by the chain of the others, where the new one is involved.

    For a new *different* it is the chain of *same* itself.
    """
    sames = [j for j in standing if j.by == PERSON and j.verdict == SAME]
    if new.verdict == DIFFERENT:
        return _chain(sames, new.a, new.b)
    before = [j for j in sames if j != new]
    return tuple(
        j
        for j in standing
        if j.by == PERSON and j.verdict == DIFFERENT and _chain(sames, j.a, j.b) and not _chain(before, j.a, j.b)
    )


def _chain(sames: Sequence[Judgement], start: str, end: str) -> tuple[Judgement, ...]:
    """The judgements that lead from one anchor to another, as few as can be; none where none do."""
    ways: dict[str, tuple[Judgement, ...]] = {start: ()}
    waiting = [start]
    for anchor in waiting:
        for judgement in sames:
            other = {judgement.a: judgement.b, judgement.b: judgement.a}.get(anchor)
            if other is not None and other not in ways:
                ways[other] = (*ways[anchor], judgement)
                waiting.append(other)
    return ways.get(end, ())
