"""What `kg validate` does: the results of the shapes for cables of sources, or for those kept in a data folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import pool
from kg.build.partitions import Partition
from kg.build.progress import Progress
from kg.build.refusing import no_id
from kg.build.scratch import partitioned
from kg.build.stages import PartitionTask, by_cable, engines
from kg.cables import merge
from kg.cables.model import Cable
from kg.errors import DataFolderError
from kg.extraction import extract
from kg.extraction.model import Facts
from kg.identity.model import CableResolution, Ledger
from kg.identity.names import local_persons
from kg.identity.resolve import resolve
from kg.iris import DEFAULT_BASE, Iris
from kg.mapping import map_cable, map_doubtful
from kg.sources.model import SourceProblem
from kg.store.folder import DataFolder
from kg.validation import CableResults, validate_and_check
from kg.validation.places import with_places
from kg.validation.report_model import Choice, Report, report_of_cables
from kg.validation.report_model import choice_of as chosen
from kg.validation.shapes import project_shapes

NOBODY = CableResolution(persons={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """What the shapes say of some cables, and what gave none."""

    cables: tuple[CableResults, ...]
    problems: tuple[SourceProblem, ...] = ()

    @property
    def has_unread_sources(self) -> bool:
        """Whether a source could not be read."""
        return any(problem.is_fatal for problem in self.problems)

    def report(self, choice: Choice) -> Report:
        """The merged report; sources without a cable are notes in it."""
        return report_of_cables(self.cables, choice, notes=(f"{one.source}: {one.message}" for one in self.problems))


def choice_of(severity: str | None, limit: int | None, names: Iterable[str], focus: Iterable[str]) -> Choice:
    """What a person wants to see of the results of the project's shapes; UsageError where a name means nothing."""
    iris = Iris(DEFAULT_BASE)
    return chosen(project_shapes(), severity, limit, names, (iris.expand(one) for one in focus))


def validate_sources(sources: Sequence[str], jobs: int, progress: Progress) -> Validated:
    """Validate the cables of sources, sections and versions joined."""
    with partitioned(sources, progress) as (report, partitions, tasks):
        return Validated(cables=_validated(partitions, tasks, jobs, progress), problems=report.problems)


def validate_folder(data: Path, jobs: int, progress: Progress) -> Validated:
    """Validate the cables that the current snapshot of a data folder was made of, with the shapes of this version."""
    folder = DataFolder(data)
    if folder.is_writable_store:
        raise DataFolderError(f"{data} was made by `kg init`: no cables are in it that could be validated.")
    snapshot = folder.snapshot()
    partitions = [Partition(**record, repeated=0) for record in snapshot.manifest()["partitions"]]
    tasks = [
        PartitionTask(bits=one.bits, source=snapshot.partition(one.bits, one.file), work=data, base=DEFAULT_BASE)
        for one in partitions
    ]
    return Validated(cables=_validated(partitions, tasks, jobs, progress))


def validate_partition(task: PartitionTask) -> list[CableResults]:
    """The results for the cables of one partition, those without an id as failures under the digest of their text."""
    cables = [merge(raws).cable for raws in by_cable(task.source)]
    named = {cable.canonical_id: (cable, extract(cable)) for cable in cables if cable.canonical_id is not None}
    unnamed = [
        CableResults(canonical_id=one.raw.digest, failure=no_id(one.raw)) for one in cables if one.canonical_id is None
    ]
    lines = lines_of(named)
    verdicts = validate_and_check(lines, engines()).cables
    return [*(with_places(verdicts[key], named[key][0], lines[key]) for key in lines), *unnamed]


def lines_of(named: Mapping[str, tuple[Cable, Facts]]) -> dict[str, list[str]]:
    """The lines that each cable is validated by, those below the threshold too, by canonical id."""
    # No shape looks at the name of an official, so the persons of a partition are resolved among themselves.
    persons = [person for cable, facts in named.values() for person in local_persons(cable, facts)]
    resolved = resolve(persons, Ledger(), ()).cables
    iris = Iris(DEFAULT_BASE)
    lines = {}
    for key, (cable, facts) in named.items():
        known = resolved.get(key, NOBODY)
        lines[key] = [*map_cable(cable, facts, known, iris), *map_doubtful(cable, facts, known, iris)]
    return lines


def _validated(
    partitions: Sequence[Partition], tasks: Sequence[PartitionTask], jobs: int, progress: Progress
) -> tuple[CableResults, ...]:
    progress.start("validate", sum(partition.cables for partition in partitions))
    found: list[CableResults] = []
    for results in pool.run(validate_partition, tasks, jobs):
        found += results
        progress.advance(len(results))
    progress.finish()
    return tuple(sorted(found, key=lambda one: one.canonical_id))
