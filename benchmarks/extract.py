"""How fast a cable becomes facts on one core, where the time goes, and how much memory it takes.

usage: python benchmarks/extract.py [--repeat N] [--rounds N N]

The input is the shared corpus (../shared, or KG_SHARED), else the examples. Times are processor time, not clock time:
other work on the machine changes them less. The process is bound to one core where the system allows it.
"""

import argparse
import gc
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parse import PEER_KILOBYTES, bind_to_one_core, corpus, peak_megabytes

from kg.cables import parse
from kg.cables.clean import clean
from kg.cables.model import Cable
from kg.extraction import extract
from kg.extraction.actors import Cast
from kg.extraction.agreements import agreements
from kg.extraction.background import setting_of
from kg.extraction.extract import readings_of, survey
from kg.extraction.gazetteer import Gazetteer, gazetteer_of
from kg.extraction.meetings import meetings
from kg.extraction.officials import persons, sightings_of
from kg.extraction.survey import survey_of
from kg.sources import RawCable

GOAL = 80
AIM = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The second pass: how many officials the gazetteer has, and which cables it changes."""

    gazetteer: Gazetteer
    touched: tuple[Cable, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--repeat", type=int, default=5, help="measurements whose median counts")
    options.add_argument(
        "--rounds", type=int, nargs=2, default=[1, 5], help="how often the memory runs read the corpus"
    )
    options.add_argument("--only", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.only is not None:
        read_rounds(chosen.only)
        return
    core = bind_to_one_core()
    name, _, raws = corpus()
    kilobytes = statistics.mean(len(raw.text.encode("utf-8", "replace")) for raw in raws) / 1000
    print(f"{name}: {len(raws)} cables, {kilobytes:.1f} KB in the mean; {core}, Python {platform.python_version()}")
    second = second_pass(raws)
    officials = sum(map(len, second.gazetteer.by_surname.values()))
    print(f"gazetteer: {officials:,} officials; it changes {len(second.touched)} cables")
    for stage, milliseconds in stages(raws, second, chosen.repeat):
        print(f"  {stage:<44}{milliseconds:7.3f} ms a cable")
    show_speed("parse and extract", timed(lambda raw: extract(parse(raw)), raws, len(raws), chosen.repeat), kilobytes)
    show_speed("both passes", timed(lambda _: both_passes(raws), (0,), len(raws), chosen.repeat), kilobytes)
    for rounds in chosen.rounds:
        print(f"memory at the peak, {rounds} round(s) over the cables: {peak_of(rounds):.0f} MB")


def show_speed(what: str, milliseconds: float, kilobytes: float) -> None:
    scaled = 1000 / milliseconds * kilobytes / PEER_KILOBYTES
    print(f"{what}: {milliseconds:.2f} ms a cable, {1000 / milliseconds:,.0f} a second,"
          f" {scaled:,.0f} at {PEER_KILOBYTES} KB a cable (goal {GOAL}, aim {AIM})")  # fmt: skip


def timed(work: Callable[[Any], object], items: Sequence[Any], cables: int, repeat: int) -> float:
    """Milliseconds a cable: the median of several runs after one to warm up."""
    seconds = []
    for _ in range(repeat + 1):
        start = time.process_time()
        for item in items:
            work(item)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds[1:]) / cables * 1000


def stages(raws: Sequence[RawCable], second: Second, repeat: int) -> Iterator[tuple[str, float]]:
    """Milliseconds a cable of each stage, each measured by itself on what the stages before it give."""
    cables = [parse(raw) for raw in raws]
    read = [(cable, readings) for cable in cables for readings in [readings_of(cable)]]
    settings = [(cable, readings, setting_of(cable, readings)) for cable, readings in read]
    seen = [(*before, sightings_of(*before)) for before in settings]
    cast = []
    for cable, readings, setting, found in seen:
        made = persons(cable, readings, setting, found)
        base = cable.sent_at.date() if cable.sent_at is not None else None
        cast.append((readings, Cast(made, setting), base))
    held = [(*one, meetings(*one)) for one in cast]
    gc.freeze()  # what is kept here for the measurements is none of the work that extraction has
    count = len(raws)
    cleaning = timed(lambda raw: clean(raw.text), raws, count, repeat)
    yield "clean", cleaning
    yield "parse, without cleaning", timed(parse, raws, count, repeat) - cleaning
    yield "readings", timed(readings_of, cables, count, repeat)
    yield "setting", timed(lambda one: setting_of(*one), read, count, repeat)
    yield "persons: sightings", timed(lambda one: sightings_of(*one), settings, count, repeat)
    yield "persons: clusters and other places", timed(lambda one: persons(*one), seen, count, repeat)
    yield "meetings", timed(lambda one: meetings(*one), cast, count, repeat)
    yield "agreements", timed(lambda one: agreements(one[0], one[1], one[3], one[2]), held, count, repeat)
    yield (
        "first pass: names and unexplained words",
        timed(lambda one: survey_of("", (), one[1], one[3], one[2]), seen, count, repeat),
    )
    yield "second pass: cables extracted again", timed(again_with(second), second.touched, count, repeat)


def again_with(second: Second) -> Callable[[Cable], object]:
    return lambda cable: extract(cable, second.gazetteer)


def second_pass(raws: Sequence[RawCable]) -> Second:
    surveys = [(cable, survey(cable)[1]) for cable in map(parse, raws)]
    gazetteer = gazetteer_of(naming for _, one in surveys for naming in one.namings)
    return Second(gazetteer=gazetteer, touched=tuple(cable for cable, one in surveys if one.is_changed_by(gazetteer)))


def both_passes(raws: Sequence[RawCable]) -> None:
    second = second_pass(raws)
    for cable in second.touched:
        extract(cable, second.gazetteer)


def peak_of(rounds: int) -> float:
    """The most memory of a process of its own that reads the corpus so many times."""
    command = [sys.executable, __file__, "--only", str(rounds)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1]).stdout)


def read_rounds(rounds: int) -> None:
    _, _, raws = corpus()
    for _ in range(rounds):
        for raw in raws:
            extract(parse(raw))
    print(peak_megabytes("self"))


if __name__ == "__main__":
    main()
