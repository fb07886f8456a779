"""What a build says at its end: the counts of every stage, reconciled."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.build.extractors.tally import ExtractorReport
from kg.errors import BuildError
from kg.sources.model import SourceProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A cable in quarantine: its id (or the digest of its text) and why it was refused."""

    name: str
    sources: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The outcome of a build.

    `unmatched_judgements` are those of persons whose anchors no cable of the build has: kept, and without effect.
    """

    snapshot: str
    read: int
    loaded: int
    quarantined: int
    duplicates: int
    sections_joined: int
    refused: tuple[Refused, ...]
    source_problems: tuple[SourceProblem, ...]
    unmatched_judgements: tuple[str, ...]
    cable_problems: Mapping[str, int]
    severities: Mapping[str, int]
    triples: Mapping[str, int]
    triples_a_cable: Mapping[str, float]
    triples_by_kind: Mapping[str, int]
    extractors: tuple[ExtractorReport, ...] = ()

    @property
    def has_failures(self) -> bool:
        """Whether a source could not be read."""
        return any(problem.is_fatal for problem in self.source_problems)

    def as_json(self) -> dict[str, Any]:
        """The report for the manifest and for `--json`."""
        return {
            "snapshot": self.snapshot,
            "cables": {
                "read": self.read,
                "loaded": self.loaded,
                "quarantined": self.quarantined,
                "duplicates": self.duplicates,
                "sections_joined": self.sections_joined,
            },
            "quarantine": [
                {"cable": one.name, "sources": list(one.sources), "reason": one.reason} for one in self.refused
            ],
            "sources_without_a_cable": [
                {"source": p.source, "position": p.position, "code": p.code, "message": p.message, "fatal": p.is_fatal}
                for p in self.source_problems
            ],
            "unmatched_judgements": list(self.unmatched_judgements),
            "extractors": [one.as_json() for one in self.extractors],
            "problems_in_cables": dict(self.cable_problems),
            "validation": dict(self.severities),
            "triples": dict(self.triples),
            "triples_a_cable": dict(self.triples_a_cable),
            "triples_by_kind": dict(self.triples_by_kind),
        }


def reconcile(read: int, loaded: int, quarantined: int, duplicates: int, sections_joined: int) -> None:
    """Check that no cable was lost; BuildError where the counts do not add up."""
    if read != loaded + quarantined + duplicates + sections_joined:
        raise BuildError(
            f"The counts do not add up, so a cable may be lost: read {read}, loaded {loaded}, quarantined "
            f"{quarantined}, duplicates {duplicates}, sections joined {sections_joined}. Nothing was published."
        )


def spread(sizes: Sequence[int]) -> dict[str, float]:
    """Median, mean, least and most of the triples a cable; empty where there is no cable."""
    if not sizes:
        return {}
    return {
        "median": statistics.median(sizes),
        "mean": round(statistics.fmean(sizes), 1),
        "least": min(sizes),
        "most": max(sizes),
    }


def problem_counts(entries: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """How many cables have each code of problem, by the entries of the analysed partitions."""
    total: Counter[str] = Counter()
    for entry in entries:
        total.update({k.removeprefix("problem:"): n for k, n in entry.items() if k.startswith("problem:")})
    return dict(sorted(total.items()))
