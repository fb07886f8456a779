"""What `kg extract` does: the facts of each cable as one JSON file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build import pool
from kg.build.extractors.advising import Advisers
from kg.build.extractors.installed import NOBODY, Consulting
from kg.build.extractors.process import ended_afterwards
from kg.build.extractors.tally import ExtractorReport, reports
from kg.build.partitions import Partition
from kg.build.progress import Progress
from kg.build.scratch import partitioned
from kg.build.second_pass import gazetteer_for, make_gazetteer
from kg.build.stages import PartitionTask, by_cable, write_surveys
from kg.cables import merge
from kg.cables.model import Cable
from kg.errors import UsageError
from kg.extraction import as_json, extract, gazetteer_table
from kg.extraction.extract import survey
from kg.extraction.gazetteer import EMPTY
from kg.extraction.model import Facts
from kg.files import write_bytes
from kg.sources.model import SourceProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport:
    """The outcome: the number of files, the cables that have no id to name a file by, and what gave no cable."""

    files: int
    unnamed: tuple[str, ...]
    problems: tuple[SourceProblem, ...]
    extractors: tuple[ExtractorReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """How often the cables are read: once, or again with a gazetteer, of a file or made of the cables themselves."""

    is_single: bool = False
    gazetteer: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What some partitions gave: the number of files, the cables without an id, and what extractors did.

    `tallies` has the counts of extractors for each partition, `named` a line for each refusal and failure.
    """

    files: int
    unnamed: tuple[str, ...]
    tallies: tuple[dict[str, Any], ...]
    named: tuple[str, ...]


def extract_to(
    sources: Sequence[str],
    out: Path,
    jobs: int,
    progress: Progress,
    passes: Passes = Passes(),
    consulting: Consulting = NOBODY,
) -> ExtractReport:
    """Extract the facts of all cables of the sources into `out`, one `<id>.json` a cable.

    Where extractors are asked, `extractors.jsonl` there names what was refused of their answers.
    """
    with partitioned(sources, progress, consulting) as (report, partitions, tasks):
        made = extract_partitions(partitions, tasks, out, jobs, progress, passes)
    if consulting.extractors:
        write_bytes(out / "extractors.jsonl", "".join(made.named).encode("utf-8", "replace"))
    return ExtractReport(
        files=made.files,
        unnamed=made.unnamed,
        problems=report.problems,
        extractors=reports(consulting.extractors, made.tallies),
    )


def extract_partitions(
    partitions: Sequence[Partition],
    tasks: Sequence[PartitionTask],
    out: Path,
    jobs: int,
    progress: Progress,
    passes: Passes = Passes(),
) -> Extracted:
    """Extract the facts of all cables of some partitions into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    total = sum(partition.cables for partition in partitions)
    files, unnamed = 0, []
    progress.start("extract", total)
    for cables, written, names in pool.run(_Extract(out), tasks, jobs):
        files += written
        unnamed += names
        progress.advance(cables)
    progress.finish()
    tallies, named = [], []
    if not passes.is_single or any(task.consulting.extractors for task in tasks):
        gazetteer = None if passes.is_single else passes.gazetteer or make_gazetteer(tasks, tasks[0].work)
        progress.start("second pass", total)
        with ended_afterwards():
            for cables, tally, lines in pool.run(_ExtractAgain(out, gazetteer), tasks, jobs):
                tallies.append(tally)
                named += lines
                progress.advance(cables)
        progress.finish()
    return Extracted(files=files, unnamed=tuple(sorted(unnamed)), tallies=tuple(tallies), named=tuple(sorted(named)))


def check_gazetteer(path: Path) -> None:
    """Refuse a file that is no gazetteer, in which nobody would be found: UsageError says why."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        wrong = gazetteer_table.fault(file)
    if wrong is not None:
        raise UsageError(f"{path} is no gazetteer: {wrong}. A build leaves one in current/gazetteer.tsv.")


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
    """The second pass over a partition: writes anew the files that the gazetteer or an extractor changes.

    Returns the raw cables, the counts of the extractors, and a line for each of their refusals and failures.
    """

    out: Path
    gazetteer: Path | None

    def __call__(self, task: PartitionTask) -> tuple[int, dict[str, Any], list[str]]:
        gazetteer, touched = (
            (EMPTY, frozenset[str]()) if self.gazetteer is None else gazetteer_for(task, self.gazetteer)
        )
        raw_cables = 0
        advisers = Advisers(task.consulting)
        for raws in by_cable(task.source):
            raw_cables += len(raws)
            if not touched and not task.consulting.extractors:
                continue
            cable = merge(raws).cable
            suggestions = advisers.suggestions(cable, gazetteer) if cable.canonical_id is not None else ()
            if suggestions or cable.canonical_id in touched:
                _write(cable, extract(cable, gazetteer, suggestions), self.out)
        return raw_cables, advisers.entry().get("extractors", {}), advisers.named()


def _write(cable: Cable, facts: Facts, out: Path) -> None:
    text = json.dumps(as_json(cable, facts), ensure_ascii=False, indent=1) + "\n"
    write_bytes(out / f"{cable.canonical_id}.json", text.encode("utf-8", "replace"))
