"""How fast `kg parse` is on one core, where the time goes, and how much memory it takes.

usage: python benchmarks/parse.py [--repeat N] [--rows N ...]

The input is the shared corpus (../shared, or KG_SHARED), else the examples, as a Cablegate CSV that is repeated to the
wanted number of rows on the way into `kg parse -`, so no large file is written. Times are processor time, not clock
time: other work on the machine changes them less. The process is bound to one core where the system allows it.
"""

import argparse
import csv
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.cables import as_json, parse
from kg.cables.body import as_parts
from kg.cables.clean import clean
from kg.cables.header import read_header
from kg.cables.identity import identity_of
from kg.cables.layout import lay_out, pieces_of
from kg.sources import RawCable, read

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))

# What was measured for cablemap: 1,305 pages of 9.7 KB in the mean, 75 a second. It needs Python 2.7, so it is not run.
PEER_CABLES_A_SECOND = 75
PEER_KILOBYTES = 9.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of `kg parse` took."""

    cables: int
    cpu_seconds: float
    peak_megabytes: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--repeat", type=int, default=5, help="measurements whose median counts")
    options.add_argument("--rows", type=int, nargs="+", default=[5_000, 50_000], help="rows of the inputs")
    chosen = options.parse_args()
    core = bind_to_one_core()
    name, rows, cables = corpus()
    kilobytes = statistics.mean(len(raw.text.encode("utf-8", "replace")) for raw in cables) / 1000
    print(f"{name}: {len(cables)} cables, {kilobytes:.1f} KB in the mean; {core}, Python {platform.python_version()}")
    for stage, milliseconds in stages(rows, cables, chosen.repeat):
        print(f"  {stage:<32}{milliseconds:7.3f} ms a cable")
    first, *larger = sorted(chosen.rows)
    runs = [run(rows, len(cables), first) for _ in range(chosen.repeat)]
    speed = statistics.median(done.cables / done.cpu_seconds for done in runs)
    scaled = speed * kilobytes / PEER_KILOBYTES
    print(f"kg parse: {speed:,.0f} cables a second of processor time, start-up and output in it")
    print(
        f"  at {PEER_KILOBYTES} KB a cable: {scaled:,.0f}, {scaled / PEER_CABLES_A_SECOND:.1f} times"
        f" the {PEER_CABLES_A_SECOND} that were measured for cablemap"
    )
    for done in (runs[0], *(run(rows, len(cables), count) for count in larger)):
        print(f"  {done.cables:,} rows: {done.peak_megabytes:.0f} MB at the peak, {done.cpu_seconds:.1f} s")


def bind_to_one_core() -> str:
    if not hasattr(os, "sched_setaffinity"):
        return "not bound to a core"
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return "one core"


def corpus() -> tuple[str, bytes, list[RawCable]]:
    """The name of the input, its rows as they stand in a CSV, and its cables."""
    path = SHARED / "corpus" / "cables.csv"
    if path.exists():
        rows = path.read_bytes()
        return "shared corpus", rows if rows.endswith(b"\n") else rows + b"\n", read_rows(rows)
    found = [raw for raw in read([ROOT / "examples"]) if isinstance(raw, RawCable)]
    rows = "".join(row(at, raw) for at, raw in enumerate(found, start=1)).encode("utf-8", "replace")
    return "examples", rows, read_rows(rows)


def read_rows(rows: bytes) -> list[RawCable]:
    return [raw for raw in read(["-"], stdin=io.BytesIO(rows)) if isinstance(raw, RawCable)]


def row(number: int, raw: RawCable) -> str:
    """A cable as a row of the Cablegate CSV, all of it as its body."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\", lineterminator="\n")
    writer.writerow([number, "1/2/2009 3:04", "", "", "", "", "", raw.text])
    return out.getvalue()


def stages(rows: bytes, cables: Sequence[RawCable], repeat: int) -> Iterator[tuple[str, float]]:
    """Milliseconds a cable of each stage, each measured by itself; the values of fields are what is left of parsing."""

    def timed(work: Callable[[], object]) -> float:
        work()
        seconds = []
        for _ in range(repeat):
            start = time.process_time()
            work()
            seconds.append(time.process_time() - start)
        return statistics.median(seconds) / len(cables) * 1000

    cleaned = [clean(raw.text) for raw in cables]
    laid_out = [(text, lay_out(text.text)) for text in cleaned]
    parsed = [parse(raw) for raw in cables]
    yield "read", timed(lambda: read_rows(rows))
    known = {
        "clean": timed(lambda: [clean(raw.text) for raw in cables]),
        "identity": timed(lambda: [identity_of(raw) for raw in cables]),
        "header": timed(lambda: [read_header(text, layout.header_end) for text, layout in laid_out]),
        "class line, fields, signature": timed(lambda: [lay_out(text.text) for text in cleaned]),
        "body": timed(lambda: [as_parts(text, pieces_of(text, layout)) for text, layout in laid_out]),
    }
    yield from known.items()
    whole = timed(lambda: [parse(raw) for raw in cables])
    yield "values of fields, regions", whole - sum(known.values())
    yield "these six: parse", whole
    yield "json", timed(lambda: [as_line(as_json(cable)) for cable in parsed])


def as_line(plain: dict[str, object]) -> bytes:
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def run(rows: bytes, cables: int, wanted: int) -> Run:
    """`kg parse -` over the rows repeated to at least so many."""
    times = -(-wanted // cables)
    command = [sys.executable, "-m", "kg.cli", "parse", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        feeder = threading.Thread(target=feed, args=(child.stdin, rows, times))
        feeder.start()
        lines = sum(1 for _ in child.stdout)
        feeder.join()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if (child.returncode, lines) != (0, cables * times):
        sys.exit(f"kg parse gave {lines} lines for {cables * times} rows, exit code {child.returncode}")
    megabyte = 1e6 if sys.platform == "darwin" else 1e3  # ru_maxrss counts bytes there, KB elsewhere
    return Run(cables=lines, cpu_seconds=used.ru_utime + used.ru_stime, peak_megabytes=used.ru_maxrss / megabyte)


def feed(stream: IO[bytes], rows: bytes, times: int) -> None:
    with stream:
        for _ in range(times):
            stream.write(rows)


if __name__ == "__main__":
    main()
