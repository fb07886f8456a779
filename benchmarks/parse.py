"""How fast `kg parse` is on one core, where the time goes, and how much memory it takes.

usage: python benchmarks/parse.py [--repeat N] [--rows N ...]

The input is the shared corpus (../shared, or KG_SHARED), else the examples, as a Cablegate CSV that is repeated to the
wanted number of rows on the way into `kg parse -`, so no large file is written. Times are processor time, not clock
time: other work on the machine changes them less. The process is bound to one core where the system allows it.
"""

import argparse
import csv
import gc
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
from kg.cables.body.pieces import as_parts
from kg.cables.clean import clean
from kg.cables.header.transmission import read_header
from kg.cables.identity import identity_of
from kg.cables.layout import lay_out, pieces_of
from kg.sources import RawCable, read

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))

# What was measured for cablemap: 1,305 pages of 9.7 KB in the mean, 75 a second. It needs Python 2.7, so it is not run.
PEER_CABLES_A_SECOND = 75
PEER_KILOBYTES = 9.7

LOOK_EVERY = 250  # lines of output between two looks at the memory of the process


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
    median = sorted(runs, key=lambda done: done.cpu_seconds)[len(runs) // 2]
    print("kg parse, in processor time, with start-up and output:")
    for done in (median, *(run(rows, len(cables), count) for count in larger)):
        speed = done.cables / done.cpu_seconds
        scaled = speed * kilobytes / PEER_KILOBYTES
        print(
            f"  {done.cables:,} rows: {done.cpu_seconds:.1f} s, {done.peak_megabytes:.0f} MB at the peak,"
            f" {speed:,.0f} cables a second, {scaled:,.0f} at {PEER_KILOBYTES} KB a cable:"
            f" {scaled / PEER_CABLES_A_SECOND:.1f} times cablemap's {PEER_CABLES_A_SECOND}"
        )


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

    def timed(work: Callable[..., object], items: Sequence[tuple[object, ...]]) -> float:
        seconds = []
        for _ in range(repeat + 1):
            start = time.process_time()
            for item in items:
                work(*item)
            seconds.append(time.process_time() - start)
        return statistics.median(seconds[1:]) / len(cables) * 1000

    raws = [(raw,) for raw in cables]
    cleaned = [clean(raw.text) for raw in cables]
    laid_out = [(text, lay_out(text.text)) for text in cleaned]
    parsed = [(parse(raw),) for raw in cables]
    gc.freeze()  # what is kept here for the measurements is none of the work that `kg parse` has
    yield "read", timed(read_rows, [(rows,)])
    known = {
        "clean": timed(clean, [(raw.text,) for raw in cables]),
        "identity": timed(identity_of, raws),
        "header": timed(lambda text, layout: read_header(text, layout.header_end), laid_out),
        "class line, fields, signature": timed(lay_out, [(text.text,) for text in cleaned]),
        "body": timed(lambda text, layout: as_parts(text, pieces_of(text, layout)), laid_out),
    }
    yield from known.items()
    whole = timed(parse, raws)
    yield "values of fields, regions", whole - sum(known.values())
    yield "these six: parse", whole
    yield "json", timed(lambda cable: as_line(as_json(cable)), parsed)


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
        lines, peak = 0, 0.0
        for _ in child.stdout:
            lines += 1
            if lines % LOOK_EVERY == 0:
                peak = peak_megabytes(child.pid)
        feeder.join()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if (child.returncode, lines) != (0, cables * times):
        sys.exit(f"kg parse gave {lines} lines for {cables * times} rows, exit code {child.returncode}")
    return Run(cables=lines, cpu_seconds=used.ru_utime + used.ru_stime, peak_megabytes=peak)


def peak_megabytes(pid: int | str) -> float:
    """The most memory that a process has held so far; 0 where the system does not say.

    What `wait4` tells is no use for it: it has the memory of the process that started this one in it.
    """
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:")), 0.0)


def feed(stream: IO[bytes], rows: bytes, times: int) -> None:
    with stream:
        for _ in range(times):
            stream.write(rows)


if __name__ == "__main__":
    main()
