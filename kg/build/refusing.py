"""Gather what goes to quarantine: each refused cable with all of its raw cables and why it was refused."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.build.partitions import read_partition
from kg.sources.model import RawCable
from kg.validation import CableResults
from kg.validation.quarantine import RefusedCable
from kg.validation.releases import unreleasable

# What to do about a cable that nothing names.
_NAME_IT: Final = (
    "Give its text a date-time group and a line of the classification with post and number (`SECRET LISBON 009901`), "
    "or have its source state an id (docs/reference/ids.md), and build again."
)


def refused_cables(path: Path, refused: Mapping[str, CableResults | None]) -> Iterator[RefusedCable]:
    """The refused cables of a partition, each with all of its raw cables.

    `refused` has what the shapes say by canonical id, and None by the digest of a text that nothing names.
    """
    raws: dict[str, list[RawCable]] = {key: [] for key in sorted(refused)}
    for identifier, _, raw in read_partition(path) if refused else ():
        if (key := identifier or raw.digest) in raws:
            raws[key].append(raw)
    for key, verdict in sorted(refused.items()):
        yield RefusedCable(
            canonical_id=None if verdict is None else key,
            raw=tuple(raws[key]),
            reasons=(no_id(raws[key][0]),) if verdict is None else verdict.reasons,
            results=() if verdict is None else verdict.results,
            failure=None if verdict is None else verdict.failure,
        )


def released_among(refused: Iterable[RefusedCable], released: frozenset[tuple[str, str]]) -> dict[str, str]:
    """The refused cables that persons accept as they are, each with the digest of its content; `released` has both."""
    return {
        one.canonical_id: one.content
        for one in refused
        if one.canonical_id is not None and (one.canonical_id, one.content) in released and unreleasable(one) is None
    }


def no_id(raw: RawCable) -> str:
    """Why a cable has no canonical id, and what to do."""
    stated = raw.get("reference_id")
    if stated is None:
        what = "neither the text nor the source names the cable"
    else:
        what = f"the source names the cable {stated!r}, which is no id, and the text names none"
    return f"no canonical id: {what}. {_NAME_IT}"
