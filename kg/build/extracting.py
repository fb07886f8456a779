"""What `kg extract` does: the facts of each cable as one JSON file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import pool
from kg.build.partitions import Partition
from kg.build.progress import Progress
from kg.build.scratch import partitioned
from kg.build.second_pass import gazetteer_for, make_gazetteer
from kg.build.stages import PartitionTask, by_cable, write_surveys
from kg.cables import merge
from kg.cables.model import Cable
from kg.extraction import as_json, extract
from kg.extraction.extract import survey
from kg.extraction.model import Facts
from kg.files import write_bytes
from kg.sources.model import SourceProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport:
    """The outcome: the number of files, the cables that have no id to name a file by, and what gave no cable."""

    files: int
    unnamed: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """How often the cables are read: once, or again with a gazetteer, of a file or made of the cables themselves."""

    is_single: bool = False
    gazetteer: Path | None = None


def extract_to(
    sources: Sequence[str], out: Path, jobs: int, progress: Progress, passes: Passes = Passes()
) -> ExtractReport:
    """Extract the facts of all cables of the sources into `out`, one `<id>.json` a cable."""
    with partitioned(sources, progress) as (report, partitions, tasks):
        files, unnamed = extract_partitions(partitions, tasks, out, jobs, progress, passes)
    return ExtractReport(files=files, unnamed=unnamed, problems=report.problems)


def extract_partitions(
    partitions: Sequence[Partition],
    tasks: Sequence[PartitionTask],
    out: Path,
    jobs: int,
    progress: Progress,
    passes: Passes = Passes(),
) -> tuple[int, tuple[str, ...]]:
    """Extract the facts of all cables of some partitions into `out`; the number of files, the cables without an id."""
    out.mkdir(parents=True, exist_ok=True)
    total = sum(partition.cables for partition in partitions)
    files, unnamed = 0, []
    progress.start("extract", total)
    for cables, written, names in pool.run(_Extract(out), tasks, jobs):
        files += written
        unnamed += names
        progress.advance(cables)
    progress.finish()
    if not passes.is_single:
        gazetteer = passes.gazetteer or make_gazetteer(tasks, tasks[0].work)
        progress.start("second pass", total)
        for cables in pool.run(_ExtractAgain(out, gazetteer), tasks, jobs):
            progress.advance(cables)
        progress.finish()
    return files, tuple(sorted(unnamed))


@dataclass(frozen=True, slots=True)
class _Extract:
    """The first pass over a partition: returns the raw cables in it, the files written, and the sources without an id.

    Leaves what the second pass has to know.
    """

    out: Path

    def __call__(self, task: PartitionTask) -> tuple[int, int, list[str]]:
        unnamed, surveys, raw_cables = [], [], 0
        for raws in by_cable(task.source):
            cable = merge(raws).cable
            raw_cables += len(raws)
            if cable.canonical_id is None:
                unnamed.append(f"{raws[0].source}:{raws[0].position}")
                continue
            facts, seen = survey(cable)
            _write(cable, facts, self.out)
            surveys.append(seen)
        write_surveys(task, surveys)
        return raw_cables, len(surveys), unnamed


@dataclass(frozen=True, slots=True)
class _ExtractAgain:
    """The second pass over a partition: writes anew the files that the gazetteer changes; returns the raw cables."""

    out: Path
    gazetteer: Path

    def __call__(self, task: PartitionTask) -> int:
        gazetteer, touched = gazetteer_for(task, self.gazetteer)
        raw_cables = 0
        for raws in by_cable(task.source):
            raw_cables += len(raws)
            if touched and (cable := merge(raws).cable).canonical_id in touched:
                _write(cable, extract(cable, gazetteer), self.out)
        return raw_cables


def _write(cable: Cable, facts: Facts, out: Path) -> None:
    text = json.dumps(as_json(cable, facts), ensure_ascii=False, indent=1) + "\n"
    write_bytes(out / f"{cable.canonical_id}.json", text.encode("utf-8", "replace"))
