"""The first stage: from sources to the spool of raw cables; finished sources are not read again after a kill."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.build.partitions import (
    RUN_CABLES,
    RUN_CHARACTERS,
    Partition,
    read_partition,
    spool_line,
    write_partitions,
    write_run,
)
from kg.errors import BuildError
from kg.files import read_json, write_json
from kg.sources import read, source_names
from kg.sources.model import RawCable, SourceProblem


class NoCables(BuildError):
    """The sources hold no cable, so that a build would put an empty graph in the place of what is served."""

    def __init__(self, arguments: Sequence[str], problems: Sequence[SourceProblem]) -> None:
        told = "".join(f"\n  {problem.source}: {problem.message}" for problem in problems)
        super().__init__(
            f"No cable was found in {', '.join(arguments)}, so nothing was published and what was served stays.{told}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What reading gave: the number of raw cables, and what gave none."""

    cables: int
    problems: tuple[SourceProblem, ...]


def cut_up(work: Path, sources: Path) -> list[Partition]:
    """Cut the spool of a build's work folder into partition files under `sources`; done already, it is read back."""
    note = work / "partitions.json"
    if note.exists():
        return [Partition(**record) for record in read_json(note)]
    partitions = write_partitions(runs(work / "spool"), sources, work / "spool")
    write_json(note, [{"bits": p.bits, "file": p.file, "cables": p.cables, "repeated": p.repeated} for p in partitions])
    for run in runs(work / "spool"):
        run.unlink()
    return partitions


def spool(
    arguments: Sequence[str],
    folder: Path,
    tick: Callable[[int], None],
    kept: Sequence[Path] = (),
    returned: Callable[[], Iterator[RawCable]] | None = None,
) -> ReadReport:
    """Read every argument, every partition that is kept, and what is returned, into sorted runs under `folder`.

    `tick` is told of each raw cable. An argument is the unit of resuming: its runs count once its note is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    inputs: list[Callable[[], Iterator[RawCable | SourceProblem]]] = [
        partial(read, [argument], names=[name])
        for argument, name in zip(arguments, source_names(arguments), strict=True)
    ]
    inputs += [partial(_kept, path) for path in kept]
    inputs += [returned] if returned is not None else []
    reports = [_spool_one(items, number, folder, tick) for number, items in enumerate(inputs)]
    return ReadReport(
        cables=sum(report.cables for report in reports),
        problems=tuple(problem for report in reports for problem in report.problems),
    )


def runs(folder: Path) -> list[Path]:
    """The finished runs of a spool, in a fixed order."""
    return sorted(folder.glob("*.run"))


def _kept(path: Path) -> Iterator[RawCable]:
    return (raw for _, _, raw in read_partition(path))


def _spool_one(
    items: Callable[[], Iterator[RawCable | SourceProblem]], number: int, folder: Path, tick: Callable[[int], None]
) -> ReadReport:
    note = folder / f"{number:04d}.json"
    if note.exists():
        report = _decode(read_json(note))
        tick(report.cables)
        return report
    for unfinished in folder.glob(f"{number:04d}-*.run"):
        unfinished.unlink()
    problems: list[SourceProblem] = []
    cables = 0
    for run, lines in enumerate(_sorted_runs(items(), problems, tick)):
        cables += len(lines)
        write_run(lines, folder / f"{number:04d}-{run:06d}.run")
    report = ReadReport(cables=cables, problems=tuple(problems))
    write_json(note, {"cables": cables, "problems": [asdict(problem) for problem in problems]})
    return report


def _sorted_runs(
    items: Iterator[RawCable | SourceProblem], problems: list[SourceProblem], tick: Callable[[int], None]
) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    characters = 0
    for item in items:
        if isinstance(item, SourceProblem):
            problems.append(item)
            continue
        lines.append(spool_line(item))
        characters += len(item.text)
        tick(1)
        if len(lines) >= RUN_CABLES or characters >= RUN_CHARACTERS:
            yield lines
            lines, characters = [], 0
    if lines:
        yield lines


def _decode(record: dict[str, Any]) -> ReadReport:
    return ReadReport(
        cables=record["cables"], problems=tuple(SourceProblem(**problem) for problem in record["problems"])
    )
