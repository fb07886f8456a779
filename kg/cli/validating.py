"""Check cables or graphs against shapes: `kg validate`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg import settings
from kg.cli.common import jobs_option, processes, reported
from kg.errors import UsageError
from kg.store.shacl_jobs import SEVERITIES

FORMATS = ("text", "json", "csv", "html", "ttl", "nt", "rdf", "jsonld")


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=None, help="Report on a data folder.")
@click.option(
    "--shapes",
    "own_shapes",
    multiple=True,
    metavar="FILE",
    help="Validate against the shapes of this file; every SOURCE is RDF then.  Repeatable.  [default: the project's]",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print the report."
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file.")
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    help="List results of this severity and graver ones, and fail where there are any.  "
    "[default: list all, fail on violations]",
)
@click.option("--limit", type=click.IntRange(min=0), help="List so many results of a shape; all are counted.")
@click.option("--shape", "names", multiple=True, metavar="NAME", help="Report on this shape alone; repeatable.")
@click.option("--focus", multiple=True, metavar="IRI", help="Report on this focus node alone; repeatable.")
@click.option("--times", is_flag=True, help="Tell the seconds that each shape takes; only for graphs.")
@jobs_option
@reported
def validate(
    sources: Sequence[str], data: Path | None, own_shapes: Sequence[str], form: str, out: Path | None, **options: Any
) -> None:
    """Validate cables against the shapes: those of SOURCE..., or those that a data folder's graph was made of.

    A SOURCE whose name ends in .ttl, .nt, .nq, .trig, .rdf, .owl or .jsonld is no cable but a graph, which is validated
    as it is, against the project's shapes or those of --shapes. Several are one graph.

    Exit code 1 means that a cable is refused, a graph has a violation, or a source could not be read.
    """
    from kg.validation.files import are_graphs

    if bool(sources) == (data is not None):
        raise UsageError("Name sources to validate, or a folder with --data: one of the two.")
    if own_shapes and data is not None:
        raise UsageError("--shapes is for files of RDF. The cables of a data folder have the project's shapes.")
    if own_shapes or are_graphs(sources):
        content, has_failed = _of_graphs(sources, own_shapes, form, options)
    elif options["times"]:
        raise UsageError("--times is for files of RDF: cables are validated in batches, all shapes at once.")
    else:
        content, has_failed = _of_cables(sources, data, form, options)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)
    sys.exit(1 if has_failed else 0)


def _of_cables(sources: Sequence[str], data: Path | None, form: str, options: dict[str, Any]) -> tuple[bytes, bool]:
    from kg.build.validating import choice_of, validate_folder, validate_sources
    from kg.console import progress
    from kg.iris import Iris
    from kg.validation.report_formats import written

    choice = choice_of(options["severity"], options["limit"], options["names"], options["focus"])
    jobs = processes(options["jobs"])
    found = validate_sources(sources, jobs, progress()) if data is None else validate_folder(data, jobs, progress())
    report = found.report(choice)
    return written(report, form, Iris()).encode("utf-8", "replace"), report.has_failures or found.has_unread_sources


def _of_graphs(
    sources: Sequence[str], own_shapes: Sequence[str], form: str, options: dict[str, Any]
) -> tuple[bytes, bool]:
    import signal

    from kg.store.shacl_jobs import DATA, SHAPES, ShaclJob
    from kg.store.validators import validate as validate_graphs
    from kg.validation.files import read_graphs

    # The process that validates does not look for Python's signals; Ctrl-C ends this one, and that one with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    job = ShaclJob(
        graphs=(*read_graphs(sources, DATA), *read_graphs(own_shapes, SHAPES)),
        form=form,
        base=settings.get_base(),
        severity=options["severity"],
        limit=options["limit"],
        shapes=tuple(options["names"]),
        focus=tuple(options["focus"]),
        with_times=options["times"],
    )
    return validate_graphs(job, int(settings.get_number("KG_MEMORY") * 2**20))
