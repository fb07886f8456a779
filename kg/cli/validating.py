"""Check cables against the shapes: `kg validate`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.common import jobs_option, json_option, processes, reported
from kg.errors import UsageError


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=None, help="Report on a data folder.")
@jobs_option
@json_option
@reported
def validate(sources: Sequence[str], data: Path | None, jobs: int | None, as_json: bool) -> None:
    """Validate cables against the shapes: those of SOURCE..., or those that a data folder's graph was made of.

    Exit code 1 means that a cable is refused or a source could not be read.
    """
    from kg.build.validating import validate_folder, validate_sources
    from kg.console import progress

    if bool(sources) == (data is not None):
        raise UsageError("Name sources to validate, or a folder with --data: one of the two.")
    if data is not None:
        report = validate_folder(data, processes(jobs), progress())
    else:
        report = validate_sources(sources, processes(jobs), progress())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.as_text())
    sys.exit(1 if report.has_failures else 0)
