"""What `kg extract` does: the facts of each cable as one JSON file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import pool
from kg.build.partitions import Partition, read_partition
from kg.build.progress import Progress
from kg.build.scratch import partitioned
from kg.build.stages import PartitionTask, by_cable
from kg.cables import merge
from kg.extraction import as_json, extract
from kg.files import write_bytes
from kg.sources.model import SourceProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport:
    """The outcome: the number of files, the cables that have no id to name a file by, and what gave no cable."""

    files: int
    unnamed: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


def extract_to(sources: Sequence[str], out: Path, jobs: int, progress: Progress) -> ExtractReport:
    """Extract the facts of all cables of the sources into `out`, one `<id>.json` a cable."""
    with partitioned(sources, progress) as (report, partitions, tasks):
        files, unnamed = extract_partitions(partitions, tasks, out, jobs, progress)
    return ExtractReport(files=files, unnamed=unnamed, problems=report.problems)


def extract_partitions(
    partitions: Sequence[Partition], tasks: Sequence[PartitionTask], out: Path, jobs: int, progress: Progress
) -> tuple[int, tuple[str, ...]]:
    """Extract the facts of all cables of some partitions into `out`; the number of files, the cables without an id."""
    out.mkdir(parents=True, exist_ok=True)
    files, unnamed = 0, []
    progress.start("extract", sum(partition.cables for partition in partitions))
    for cables, written, names in pool.run(_Extract(out), tasks, jobs):
        files += written
        unnamed += names
        progress.advance(cables)
    progress.finish()
    return files, tuple(sorted(unnamed))


@dataclass(frozen=True, slots=True)
class _Extract:
    """The work on one partition: returns the raw cables in it, the files written, and the sources without an id."""

    out: Path

    def __call__(self, task: PartitionTask) -> tuple[int, int, list[str]]:
        written, unnamed = 0, []
        for raws in by_cable(task.source):
            cable = merge(raws).cable
            if cable.canonical_id is None:
                unnamed.append(f"{raws[0].source}:{raws[0].position}")
                continue
            text = json.dumps(as_json(cable, extract(cable)), ensure_ascii=False, indent=1) + "\n"
            write_bytes(self.out / f"{cable.canonical_id}.json", text.encode("utf-8", "replace"))
            written += 1
        return sum(1 for _ in read_partition(task.source)), written, unnamed
