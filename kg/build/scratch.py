"""Partitions of sources in a scratch folder, for commands that need the cables joined but build no graph."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.build.extractors.installed import NOBODY, Consulting
from kg.build.partitions import Partition, write_partitions
from kg.build.progress import Progress
from kg.build.read import ReadReport, runs, spool
from kg.build.stages import PartitionTask
from kg.iris import DEFAULT_BASE


@contextmanager
def partitioned(
    sources: Sequence[str], progress: Progress, consulting: Consulting = NOBODY
) -> Iterator[tuple[ReadReport, list[Partition], list[PartitionTask]]]:
    """The partitions of some sources; the folder that holds them is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kg-") as name:
        work = Path(name)
        progress.start("read", None)
        report = spool(sources, work / "spool", progress.advance)
        progress.finish()
        partitions = write_partitions(runs(work / "spool"), work, work / "spool")
        tasks = [
            PartitionTask(bits=p.bits, source=work / p.file, work=work, base=DEFAULT_BASE, consulting=consulting)
            for p in partitions
        ]
        yield report, partitions, tasks
