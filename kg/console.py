"""What the command line shows: progress on stderr, tables and reports for people."""

import sys
import time
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from kg.build.extractors.tally import ExtractorReport
from kg.build.report import BuildReport
from kg.validation.verdicts import ANEW

Item = TypeVar("Item")

# Lines of progress for a file or a pipe come no more often than this, in seconds.
EVERY = 5.0

# So many refused cables and sources are listed on the terminal; the manifest and the quarantine hold all.
LISTED = 20


class Bars:
    """Progress as bars with rate and time left, for a terminal."""

    def __init__(self) -> None:
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None

    def start(self, stage: str, total: int | None) -> None:
        """Show a bar for the stage; without a total it only counts."""
        self._bars.start()
        self._task = self._bars.add_task(stage, total=total, rate="")

    def advance(self, number: int) -> None:
        """Move the bar of the stage on."""
        assert self._task is not None
        task = self._bars.tasks[self._task]
        rate = f"{task.completed / task.elapsed:,.0f}/s" if task.elapsed else ""
        self._bars.update(self._task, advance=number, rate=rate)

    def finish(self) -> None:
        """Let the bar stand as done."""
        assert self._task is not None
        task = self._bars.tasks[self._task]
        self._bars.update(self._task, total=task.completed, completed=task.completed)
        self._bars.stop()


class Lines:
    """Progress as a line now and then, for a file or a pipe."""

    def __init__(self) -> None:
        self._stage, self._total = "", 0
        self._done, self._started, self._told = 0, 0.0, 0.0

    def start(self, stage: str, total: int | None) -> None:
        """Begin to count a stage."""
        self._stage, self._total, self._done = stage, total or 0, 0
        self._started = self._told = time.monotonic()

    def advance(self, number: int) -> None:
        """Say how far the stage is, at most every few seconds."""
        self._done += number
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            self._say(now)

    def finish(self) -> None:
        """Say that the stage is done."""
        self._say(time.monotonic())

    def _say(self, now: float) -> None:
        seconds = max(now - self._started, 1e-9)
        text = f"{self._stage}: {seconds:.1f} s"
        if self._done:
            text = f"{self._stage}: {self._done:,} cables, {self._done / seconds:,.0f} a second, {seconds:.1f} s"
        if self._done and self._done < self._total:
            text += f", about {(self._total - self._done) * seconds / self._done:.0f} s left"
        print(text, file=sys.stderr, flush=True)


def progress() -> Bars | Lines:
    """Progress that fits where stderr goes."""
    return Bars() if sys.stderr.isatty() else Lines()


def print_report(report: BuildReport) -> None:
    """Print the outcome of a build to stderr: counts, what was refused, what gave no cable."""
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    out.print(
        f"read {report.read:,} = loaded {report.loaded:,} + quarantined {report.quarantined:,} + duplicates "
        f"{report.duplicates:,} + sections joined {report.sections_joined:,}"
    )
    for refused in _listed(report.refused, out, "cables in quarantine"):
        out.print(f"  quarantined {refused.name} ({', '.join(refused.sources)}): {refused.reason}", markup=False)
    without = [problem for problem in report.source_problems if not problem.is_fatal]
    failed = [problem for problem in report.source_problems if problem.is_fatal]
    if without:
        out.print(f"sources without a cable: {len(without):,}")
    for problem in _listed(without, out, "sources without a cable"):
        out.print(f"  {problem.source}: {problem.message}", markup=False)
    if failed:
        out.print(f"sources that could not be read: {len(failed):,}", style="bold")
    for problem in failed:
        out.print(f"  {problem.source}: {problem.message}", markup=False)
    if report.verdicts[ANEW] < sum(report.verdicts.values()):
        counted = ", ".join(f"{count:,} {way}" for way, count in report.verdicts.items() if count)
        out.print(f"verdicts of the shapes for single cables: {counted}")
    if report.released:
        out.print(
            f"loaded in spite of the shapes, as persons released them: {', '.join(report.released)}", markup=False
        )
    for cable in _listed(report.unmatched_releases, out, "releases without effect"):
        out.print(f"  a release without effect, as its cable is gone, has changed or passes: {cable}", markup=False)
    for judgement in _listed(report.unmatched_judgements, out, "judgements without a cable"):
        out.print(f"  a judgement without effect, as no cable has its anchors: {judgement}", markup=False)
    print_extractors(report.extractors, "extractors.jsonl of the snapshot")
    if report.triples_a_cable:
        out.print(
            f"triples: {report.triples['default']:,} in the default graph; "
            f"median {report.triples_a_cable['median']:,.0f} a cable"
        )
    out.print(f"published snapshot {report.snapshot}")


def print_extractors(extractors: Sequence[ExtractorReport], file: str | None = None) -> None:
    """Print to stderr what extractors did, and the file that names their refusals and failures, if there is one."""
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    for one in extractors:
        out.print(_plain(one.as_text()), markup=False)
    if file is not None and any(one.refused or one.failed for one in extractors):
        out.print(f"  {file} names each span that was refused and each cable without an answer", markup=False)


def print_table(variables: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print solutions as a table on stdout: drawn for a terminal, whole and aligned for a pipe."""
    table = Table(show_edge=False)
    for variable in variables:
        table.add_column(variable, overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
        count += 1
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 400)
    console.print(table)
    Console(stderr=True, highlight=False).print(f"{count:,} {'row' if count == 1 else 'rows'}")


def _plain(cell: str) -> str:
    # Control characters of a literal must not drive the reader's terminal.
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in cell)


def _listed(items: Sequence[Item], out: Console, what: str) -> Sequence[Item]:
    if len(items) > LISTED:
        out.print(f"the first {LISTED} of {len(items):,} {what}; the manifest lists all")
    return items[:LISTED]
