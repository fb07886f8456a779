"""How fast cables are validated on one core, beside pySHACL alone, and how much memory it takes.

usage: python benchmarks/validate.py [--cables N N] [--reference N] [--repeat N]

The cables are those of the shared corpus (../shared, or KG_SHARED), else the examples, mapped once and taken again and
again under other ids until there are as many as wanted. One in a hundred has lost its id and is refused. They come in
partitions as in a build, so that no more than one is in memory. Times are processor time of the validation alone, not
clock time; each figure comes from a process of its own, bound to one core where the system allows it.
"""

import argparse
import json
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyshacl
from parse import bind_to_one_core, corpus, peak_megabytes
from rdflib import Graph

from kg.build.validating import lines_of
from kg.cables import parse
from kg.extraction import extract
from kg.validation import engines_for, local_shapes, validate_and_check, validate_cables
from kg.validation.checked import ONE_BY_ONE

PARTITION = 500  # cables, as in a build
BATCH = 50  # cables a call of pySHACL
FAULTY = 100  # one cable in so many is refused
FAST = "the fast engine"
STAGE = "the stage, with all that is checked again"
GOALS = {FAST: 25, STAGE: 10}  # times pySHACL in batches of 50

Cables = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took: milliseconds a cable, and the peak of memory."""

    milliseconds: float
    peak_megabytes: float
    validated: Mapping[str, int]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--cables", type=int, nargs="+", default=[1_000, 10_000], help="how many are validated")
    options.add_argument("--reference", type=int, default=500, help="how many pySHACL alone validates")
    options.add_argument("--repeat", type=int, default=3, help="runs of the smallest number whose median counts")
    options.add_argument("--only", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.only is not None:
        way, count, file = chosen.only
        print(json.dumps(measured(way, int(count), Path(file))))
        return
    core = bind_to_one_core()
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder) / "lines.json"
        print(f"{write_lines(file)}; {core}, Python {platform.python_version()}")
        show(chosen.cables, chosen.reference, chosen.repeat, file)


def show(counts: list[int], reference: int, repeat: int, file: Path) -> None:
    least, *more = sorted(counts)
    alone, plain = (median_of(way, reference, file, repeat) for way in ("reference", "plain"))
    runs = {way: [median_of(way, least, file, repeat), *(run(way, n, file) for n in more)] for way in GOALS}
    for way, goal in GOALS.items():
        best = runs[way][0].milliseconds
        print(f"{way}: {plain.milliseconds / best:.1f} times pySHACL as it comes,"
              f" {alone.milliseconds / best:.1f} times pySHACL as it is called here (goal {goal})")  # fmt: skip
    flat = runs[STAGE][-1].peak_megabytes / runs[STAGE][0].peak_megabytes
    print(f"memory of the stage, {sorted(counts)[-1]:,} cables to {least:,}: {flat:.2f}")
    show_run(f"pySHACL as it comes, in batches of {BATCH}", reference, plain)
    show_run(f"pySHACL as it is called here, in batches of {BATCH}", reference, alone)
    for way, found in runs.items():
        for count, one in zip((least, *more), found, strict=True):
            show_run(way, count, one)


def show_run(words: str, count: int, one: Run) -> None:
    validated = ", ".join(f"{number:,} by {name}" for name, number in one.validated.items())
    print(f"  {words}, {count:,} cables: {one.milliseconds:.2f} ms a cable, {1000 / one.milliseconds:,.0f} a second,"
          f" {one.peak_megabytes:.0f} MB at the peak; {validated}")  # fmt: skip


def write_lines(file: Path) -> str:
    """Map the cables once, and say what they are."""
    name, _, raws = corpus()
    cables = [parse(raw) for raw in raws]
    named = {one.canonical_id: (one, extract(one)) for one in cables if one.canonical_id is not None}
    lines = lines_of(named)
    file.write_text(json.dumps(lines), encoding="utf-8")
    return f"{name}: {len(lines)} cables of {statistics.mean(map(len, lines.values())):.0f} triples in the mean"


def median_of(way: str, count: int, file: Path, repeat: int) -> Run:
    return sorted((run(way, count, file) for _ in range(repeat)), key=lambda one: one.milliseconds)[repeat // 2]


def run(way: str, count: int, file: Path) -> Run:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--only", way, str(count), str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return Run(**json.loads(done.stdout))


def measured(way: str, count: int, file: Path) -> dict[str, Any]:
    validate = WAYS[way]()
    seconds, validated = 0.0, Counter[str]()
    for cables in partitions(json.loads(file.read_text(encoding="utf-8")), count):
        start = time.process_time()
        validated.update(validate(cables))
        seconds += time.process_time() - start
    return {
        "milliseconds": seconds / count * 1000,
        "peak_megabytes": peak_megabytes("self"),
        "validated": dict(validated),
    }


def partitions(cables: Cables, count: int) -> Iterator[dict[str, list[str]]]:
    """So many cables in partitions, each under an id of its own."""
    rest = copies(cables, count)
    while partition := dict(islice(rest, PARTITION)):
        yield partition


def copies(cables: Cables, count: int) -> Iterator[tuple[str, list[str]]]:
    names = sorted(cables)
    for number in range(count):
        name = names[number % len(names)]
        fresh = re.sub(r"\d+$", str(500_000 + number), name)
        lost = "#canonicalId>" if number % FAULTY == 0 else "\0"
        yield fresh, [line.replace(name, fresh) for line in cables[name] if lost not in line]


def fast() -> Callable[[Cables], Mapping[str, int]]:
    engine = engines_for(local_shapes()).fast
    assert engine is not None, "the fast engine is not installed: pip install shacl"
    return lambda cables: {engine.name: len(validate_cables(cables, engine, size=ONE_BY_ONE))}


def stage() -> Callable[[Cables], Mapping[str, int]]:
    engines = engines_for(local_shapes())
    return lambda cables: validate_and_check(cables, engines).validated


def reference() -> Callable[[Cables], Mapping[str, int]]:
    engine = engines_for(local_shapes()).reference
    return lambda cables: {engine.name: len(validate_cables(cables, engine, size=BATCH))}


def plain() -> Callable[[Cables], Mapping[str, int]]:
    """pySHACL with rdflib's own parser and the shapes as they are."""
    shapes = local_shapes()

    def validate(cables: Cables) -> Mapping[str, int]:
        rest = iter(cables.values())
        while batch := list(islice(rest, BATCH)):
            graph = Graph().parse(data="".join(chain.from_iterable(batch)), format="nt")
            pyshacl.validate(graph, shacl_graph=shapes)
        return {f"pySHACL {pyshacl.__version__}": len(cables)}

    return validate


WAYS: Mapping[str, Callable[[], Callable[[Cables], Mapping[str, int]]]] = {
    FAST: fast,
    STAGE: stage,
    "reference": reference,
    "plain": plain,
}


if __name__ == "__main__":
    main()
