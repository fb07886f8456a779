"""The pipeline: sources in, a published snapshot out.

read → (clean → parse → extract) → gazetteer → (extract again) → resolve → (map → validate) → load → check → publish;
the stages in brackets run over partitions in a pool. A build works in `work/<key>/`, where the key stands for its
inputs, so that the same command goes on where it was broken off.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from kg.build import pool
from kg.build.aliases import write_aliases
from kg.build.checking import all_results, as_json, check, require_usable_shapes, take_out
from kg.build.entailing import NONE
from kg.build.extractors.installed import NOBODY, Consulting, again
from kg.build.extractors.process import ended_afterwards
from kg.build.extractors.tally import reports
from kg.build.inputs import build_key, identity, snapshot_id, versions
from kg.build.partitions import Partition
from kg.build.progress import Progress
from kg.build.quarantine import returning
from kg.build.read import NoCables, ReadReport, cut_up, spool
from kg.build.releasing import parted, read_releases
from kg.build.remembering import verdicts_in
from kg.build.report import BuildReport, counted, problem_counts, reconcile, spread, told_refused
from kg.build.resolving import read_judgements, read_ledger, resolve_partitions
from kg.build.second_pass import make_gazetteer, read_again
from kg.build.settling import settle
from kg.build.snapshots import Draft, Loaded, complete, load, publish, sizes_of, verdicts_of
from kg.build.stages import PartitionTask, analyse, map_and_validate
from kg.errors import BuildError
from kg.iris import Iris
from kg.sources.model import RawCable
from kg.store.folder import DataFolder
from kg.validation.model import SEVERITIES
from kg.validation.releases import Release
from kg.validation.report import short
from kg.validation.store_checks import Checked

# Each time at least one cable goes, nearly always all that will go.
ROUNDS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to build: the sources, where, under which base IRI, with how many processes.

    `kept` are partition files of an earlier build that are built anew with the sources (`kg add`). `consulting`
    names the extractors to be asked. `returning` are fingerprints of raw cables that are read out of quarantine.
    `regime` says what is entailed (`none`, `rdfs`; None takes that of the current snapshot in `kg add`, and nothing in
    `kg build`). `clock` gives seconds for the timings in the manifest; nothing else of a build tells the time.
    """

    arguments: tuple[str, ...]
    data: DataFolder
    iris: Iris
    jobs: int
    clock: Callable[[], float]
    progress: Progress
    kept: tuple[Path, ...] = ()
    returning: tuple[str, ...] = ()
    consulting: Consulting = NOBODY
    regime: str | None = None


def build(plan: Plan) -> BuildReport:
    """Build a snapshot from the sources of the plan and publish it.

    Raises DataFolderBusy where another build holds the folder, DataFolderError where it is not one for builds, and
    BuildError where the build cannot go on; what was served before is untouched then.
    """
    plan.data.require_builds()
    require_usable_shapes()
    with plan.data.held():
        ledger, judgements = read_ledger(plan.data.ledger_of_record), read_judgements(plan.data.judgements)
        releases = read_releases(plan.data.releases)
        work = _work_folder(plan)
        timings: dict[str, float] = {}
        with _timed(plan, timings, "read", None):
            read = spool(plan.arguments, work / "spool", plan.progress.advance, plan.kept, _returned(plan))
        if read.cables == 0:
            raise NoCables(plan.arguments, read.problems)
        with _timed(plan, timings, "partition", None):
            partitions = cut_up(work, plan.data.sources)
        tasks = [_task(plan, partition, work, releases) for partition in partitions]
        entries = _run(plan, timings, "analyse", analyse, tasks, partitions)
        with _timed(plan, timings, "gazetteer", None):
            make_gazetteer(tasks, work)
        with ended_afterwards():
            again = _run(plan, timings, "second pass", read_again, tasks, partitions)
        entries = [{**first, **second} for first, second in zip(entries, again, strict=True)]
        with _timed(plan, timings, "resolve", None):
            write_aliases([task.output("ids", ".json") for task in tasks], work)
            unmatched = resolve_partitions(tasks, ledger, judgements, work, plan.iris)
        draft = Draft(
            folder=work / "snapshot",
            tasks=tasks,
            work=work,
            iris=plan.iris,
            releases=releases,
            regime=_regime(plan),
        )
        mapped, loaded, done = _accepted(plan, timings, draft, partitions)
        counts = counted(read, partitions, entries, mapped)
        reconcile(**counts)
        with _timed(plan, timings, "complete", None):
            sizes = complete(draft, loaded, all_results(done))
            del loaded
        gone_by = parted(releases, mapped)
        report = _report(plan, read, counts, entries, tasks, sizes, partitions, unmatched, done, gone_by)
        manifest = _manifest(plan, partitions, report, timings)
        target = publish(draft, plan.data, {**manifest, "checks": as_json(done)})
        settle(plan.data, target)
        return report


def add(plan: Plan) -> BuildReport:
    """Build a snapshot from the current snapshot's sources and those of the plan; raises as `build` does.

    Where the plan names no extractor, those of the current snapshot are asked; where it names no regime of
    entailment, that of the current snapshot holds.
    """
    plan.data.require_builds()
    current = plan.data.snapshot()
    manifest = current.manifest()
    extractors = plan.consulting.extractors or again(manifest.get("extractors", ()))
    return build(
        replace(
            plan,
            iris=Iris(manifest["base"]),
            kept=tuple(sorted(current.texts.iterdir())),
            consulting=replace(plan.consulting, extractors=extractors),
            regime=plan.regime or manifest.get("entail", NONE),
        )
    )


def _work_folder(plan: Plan) -> Path:
    """The folder of this build: what an unfinished build of the same inputs left there is used, all else removed."""
    key = build_key(
        plan.arguments, plan.kept, plan.iris.base, plan.data, _extractors(plan), plan.returning, _regime(plan)
    )
    work = plan.data.work / key
    for other in plan.data.work.iterdir() if plan.data.work.is_dir() else ():
        # Standard input cannot be read twice, so a build from it never goes on from what another has left.
        if other != work or "-" in plan.arguments:
            shutil.rmtree(other)
    work.mkdir(parents=True, exist_ok=True)
    plan.data.sources.mkdir(exist_ok=True)
    return work


def _returned(plan: Plan) -> Callable[[], Iterator[RawCable]] | None:
    return partial(returning, plan.data, plan.returning) if plan.returning else None


def _task(plan: Plan, partition: Partition, work: Path, releases: Sequence[Release]) -> PartitionTask:
    return PartitionTask(
        bits=partition.bits,
        source=plan.data.sources / partition.file,
        work=work,
        base=plan.iris.base,
        consulting=plan.consulting,
        released=frozenset((release.canonical_id, release.content) for release in releases),
        remembered=verdicts_in(plan.data),
    )


def _regime(plan: Plan) -> str:
    return plan.regime or NONE


def _extractors(plan: Plan) -> list[dict[str, Any]]:
    return [chosen.as_json() for chosen in plan.consulting.extractors]


def _accepted(
    plan: Plan, timings: dict[str, float], draft: Draft, partitions: Sequence[Partition]
) -> tuple[list[dict[str, Any]], Loaded, list[Checked]]:
    """Map, load and check, and again without the cables that the shapes for the whole graph refuse, until none is.

    What these cables alone gave is gone then, which may leave others without what they lead to.
    """
    for _ in range(ROUNDS):
        mapped = _run(plan, timings, "map and validate", map_and_validate, draft.tasks, partitions)
        with _timed(plan, timings, "load", None):
            loaded = load(replace(draft, releases=parted(draft.releases, mapped)[0]))
        with _timed(plan, timings, "check", None):
            done = check(loaded.store, plan.iris, plan.clock)
            is_again = take_out(draft, loaded.store, done)
        if not is_again:
            return mapped, loaded, done
        # The store is made anew in its place; its files cannot be open then.
        del loaded
    raise BuildError(
        f"Each time the cables are taken out that the shapes for the whole graph refuse, they refuse others, {ROUNDS} "
        "times by now. Nothing was published. A shape that nearly every cable violates is at fault itself."
    )


def _run(
    plan: Plan,
    timings: dict[str, float],
    stage: str,
    function: Callable[[PartitionTask], dict[str, Any]],
    tasks: Sequence[PartitionTask],
    partitions: Sequence[Partition],
) -> list[dict[str, Any]]:
    cables = {task.bits: partition.cables for task, partition in zip(tasks, partitions, strict=True)}
    found: dict[str, dict[str, Any]] = {}
    with _timed(plan, timings, stage, sum(cables.values())):
        for bits, entry in pool.run(_Named(function), tasks, plan.jobs):
            found[bits] = entry
            plan.progress.advance(cables[bits])
    return [found[task.bits] for task in tasks]


@dataclass(frozen=True, slots=True)
class _Named:
    """A stage whose result comes with the bits of its partition, since a pool gives results in any order."""

    function: Callable[[PartitionTask], dict[str, Any]]

    def __call__(self, task: PartitionTask) -> tuple[str, dict[str, Any]]:
        return task.bits, self.function(task)


@contextmanager
def _timed(plan: Plan, timings: dict[str, float], stage: str, total: int | None) -> Iterator[None]:
    start = plan.clock()
    plan.progress.start(stage, total)
    yield
    plan.progress.finish()
    # A stage that is done again counts as one.
    timings[stage] = round(timings.get(stage, 0.0) + plan.clock() - start, 3)


def _report(
    plan: Plan,
    read: ReadReport,
    counts: dict[str, int],
    entries: Sequence[dict[str, Any]],
    tasks: Sequence[PartitionTask],
    sizes: dict[str, int],
    partitions: Sequence[Partition],
    unmatched: tuple[str, ...],
    done: Sequence[Checked],
    releases: tuple[Sequence[Release], Sequence[Release]],
) -> BuildReport:
    triples, kinds, severities, validated = sizes_of(tasks)
    severities.update(
        {severity: sum(one.count for one in done if one.check.severity == severity) for severity in SEVERITIES}
    )
    return BuildReport(
        snapshot=snapshot_id(
            partitions,
            plan.iris.base,
            plan.data,
            [entry["suggested"] for entry in entries if "suggested" in entry],
            _regime(plan),
        ),
        extractors=reports(plan.consulting.extractors, [entry.get("extractors", {}) for entry in entries]),
        refused=tuple(told_refused(tasks)),
        source_problems=read.problems,
        unmatched_judgements=unmatched,
        cable_problems=problem_counts(entries),
        severities=dict(sorted(severities.items())),
        graph_results={short(one.check.shape): one.count for one in done if one.count},
        validated=dict(validated.most_common()),
        verdicts=verdicts_of(tasks),
        triples=sizes,
        triples_a_cable=spread(triples),
        triples_by_kind=dict(kinds.most_common()),
        released=tuple(release.canonical_id for release in releases[0]),
        unmatched_releases=tuple(release.canonical_id for release in releases[1]),
        **counts,
    )


def _manifest(
    plan: Plan, partitions: Sequence[Partition], report: BuildReport, timings: dict[str, float]
) -> dict[str, Any]:
    return {
        "id": report.snapshot,
        "base": plan.iris.base,
        "versions": versions(),
        "arguments": list(plan.arguments),
        "partitions": [{"bits": p.bits, "file": p.file, "cables": p.cables} for p in partitions],
        "identity": identity(plan.data),
        "extractors": _extractors(plan),
        "entail": _regime(plan),
        "report": report.as_json(),
        "timings": timings,
    }
