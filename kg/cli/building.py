"""Build a graph from cables: `kg build`, `kg add`, `kg init`."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg import settings
from kg.cli.common import (
    consulting,
    data_option,
    extractor_option,
    jobs_option,
    json_option,
    processes,
    reported,
    sources_argument,
)

entail_option = click.option(
    "--entail",
    "regime",
    type=click.Choice(["none", "rdfs"]),
    default=None,
    help="Write what RDFS entails of data and ontology into /graph/entailed.  [default: none; of kg add: as before]",
)


@click.command()
@sources_argument
@data_option
@jobs_option
@extractor_option
@entail_option
@json_option
@reported
def build(
    sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], regime: str | None, as_json: bool
) -> None:
    """Build the graph from exactly these sources, and publish it.

    A build that was broken off goes on where it was when the same command is run again. What was served before stays
    until the new snapshot is whole.
    """
    from kg.build.pipeline import build as run_build

    _finish(run_build(plan_of(sources, data, jobs, extractors, regime)), as_json)


@click.command()
@sources_argument
@data_option
@jobs_option
@extractor_option
@entail_option
@json_option
@reported
def add(
    sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], regime: str | None, as_json: bool
) -> None:
    """Add sources to those of the current graph, and publish the result.

    The graph is built anew from the kept sources and the new ones; the IRIs of what was known stay.
    Where no extractor is named, those that the current graph was built with are asked; without --entail, what was
    entailed for the current graph is entailed again.
    """
    from kg.build.pipeline import add as run_add

    _finish(run_add(plan_of(sources, data, jobs, extractors, regime)), as_json)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base", default=None, help="What relative IRIs start with; ends in a slash.  [default: KG_BASE]")
@reported
def init(folder: Path, base: str | None) -> None:
    """Make an empty data folder, whose graphs belong to its users.

    It has no builds. `kg serve --data FOLDER` serves it, and takes updates where KG_UPDATE_TOKEN is set.
    """
    from kg.build.empty import make_empty
    from kg.store.folder import DataFolder

    make_empty(DataFolder(folder), settings.get_base({"KG_BASE": base} if base else None))
    click.echo(f"Made {folder}.", err=True)


def plan_of(
    sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], regime: str | None = None
) -> Any:
    """The plan of a build from these sources into a data folder, with the settings of the environment."""
    from kg.build.pipeline import Plan
    from kg.console import progress
    from kg.iris import Iris
    from kg.store.folder import DataFolder

    return Plan(
        arguments=tuple(sources),
        data=DataFolder(data),
        iris=Iris(settings.get_base()),
        jobs=processes(jobs),
        clock=time.monotonic,
        progress=progress(),
        consulting=consulting(data, extractors),
        regime=regime,
    )


def _finish(report: Any, as_json: bool) -> None:
    from kg.console import print_report

    print_report(report)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    sys.exit(1 if report.has_failures else 0)
