"""What the commands share: how they report errors, their common options, what these mean."""

import functools
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from kg import settings
from kg.errors import KgError, UsageError

P = ParamSpec("P")
R = TypeVar("R")


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the project's exceptions into a message on stderr and an exit code: 2 for wrong use, else 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except KgError as error:
            click.echo(f"{error.title}: {error}", err=True)
            sys.exit(2 if isinstance(error, UsageError) else 1)
        except OSError as error:
            # The disk said no: no permission, no space, a folder that is a file.
            place = f"{error.filename}: " if error.filename is not None else ""
            click.echo(f"Not possible here: {place}{error.strerror or error}", err=True)
            sys.exit(1)

    return run


data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(settings.get("KG_DATA")),
    show_default="KG_DATA, else data",
    help="The data folder.",
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help="Processes to use.  [default: one a processor]"
)
extractor_option = click.option(
    "--extractor",
    "extractors",
    multiple=True,
    metavar="NAME[=PRECISION]",
    help="Ask this extractor about names that no rule explains (kg extractors); may be given again.  "
    "[default: KG_EXTRACTORS]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")


def text_of(file: Any) -> str:
    """The text of an opened file; UsageError where it is not UTF-8."""
    try:
        return str(file.read())
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name} is no text in UTF-8 ({error.reason} at byte {error.start}).") from error


def consulting(data: Path, extractors: Sequence[str]) -> Any:
    """How the named extractors are asked, those of KG_EXTRACTORS where none is; their answers are kept in `data`."""
    from kg.build.extractors.installed import Consulting, choose
    from kg.store.folder import DataFolder

    wanted = extractors or [name for name in settings.get("KG_EXTRACTORS").split(",") if name.strip()]
    return Consulting(
        extractors=choose(wanted),
        cache=DataFolder(data).cache,
        timeout=settings.get_number("KG_EXTRACTOR_TIMEOUT"),
    )


def processes(jobs: int | None) -> int:
    """How many processes work: as many as asked for, else one for each processor that this one may use."""
    return jobs or len(os.sched_getaffinity(0))
