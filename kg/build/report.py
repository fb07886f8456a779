"""What a build says at its end: the counts of every stage, reconciled."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.build.extractors.tally import ExtractorReport
from kg.build.partitions import Partition
from kg.build.read import ReadReport
from kg.build.stages import PartitionTask
from kg.errors import BuildError
from kg.sources.model import SourceProblem
from kg.validation.quarantine import decode as decode_refused


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
    `severities` counts all results on what is loaded, `graph_results` those of each shape for the whole graph.
    `validated` has for each engine how many cables it validated, `verdicts` how many verdicts were found by all shapes,
    by those alone that had changed, and remembered from the build before.
    `released` are the cables that are loaded since a person accepts them in spite of the shapes, `unmatched_releases`
    those that are released and were not refused as they were then: gone, changed, or let pass.
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
    graph_results: Mapping[str, int]
    validated: Mapping[str, int]
    verdicts: Mapping[str, int]
    triples: Mapping[str, int]
    triples_a_cable: Mapping[str, float]
    triples_by_kind: Mapping[str, int]
    extractors: tuple[ExtractorReport, ...] = ()
    released: tuple[str, ...] = ()
    unmatched_releases: tuple[str, ...] = ()

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
            "released": list(self.released),
            "unmatched_releases": list(self.unmatched_releases),
            "unmatched_judgements": list(self.unmatched_judgements),
            "extractors": [one.as_json() for one in self.extractors],
            "problems_in_cables": dict(self.cable_problems),
            "validation": dict(self.severities),
            "graph_results": dict(self.graph_results),
            "validated": dict(self.validated),
            "verdicts": dict(self.verdicts),
            "triples": dict(self.triples),
            "triples_a_cable": dict(self.triples_a_cable),
            "triples_by_kind": dict(self.triples_by_kind),
        }


def counted(
    read: ReadReport,
    partitions: Sequence[Partition],
    entries: Sequence[dict[str, Any]],
    mapped: Sequence[dict[str, Any]],
) -> dict[str, int]:
    """What became of the cables that were read, by the entries of the partitions."""
    repeated = sum(partition.repeated for partition in partitions)
    return {
        "read": read.cables,
        "loaded": sum(entry["loaded"] for entry in mapped),
        "quarantined": sum(entry["quarantined"] for entry in mapped),
        "duplicates": repeated + sum(entry.get("duplicates", 0) for entry in entries),
        "sections_joined": sum(entry.get("sections_joined", 0) for entry in entries),
    }


def reconcile(read: int, loaded: int, quarantined: int, duplicates: int, sections_joined: int) -> None:
    """Check that no cable was lost; BuildError where the counts do not add up."""
    if read != loaded + quarantined + duplicates + sections_joined:
        raise BuildError(
            f"The counts do not add up, so a cable may be lost: read {read}, loaded {loaded}, quarantined "
            f"{quarantined}, duplicates {duplicates}, sections joined {sections_joined}. Nothing was published."
        )


def told_refused(tasks: Sequence[PartitionTask]) -> Iterator[Refused]:
    """The cables that a build puts into quarantine."""
    for task in tasks:
        with task.output("refused", ".jsonl").open(encoding="utf-8") as file:
            for one in map(decode_refused, file):
                sources = tuple(f"{raw.source}:{raw.position}" for raw in one.raw)
                yield Refused(
                    name=one.canonical_id or one.raw[0].digest, sources=sources, reason="; ".join(one.reasons)
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
