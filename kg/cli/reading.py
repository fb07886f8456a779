"""Read cables without building a graph: `kg parse`, `kg extract`, `kg evaluate`, `kg extractors`."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.common import (
    consulting,
    data_option,
    extractor_option,
    jobs_option,
    json_option,
    processes,
    reported,
    sources_argument,
    text_of,
)
from kg.collecting import collect_seldom

KINDS = ("officials", "meetings", "agreements")


@click.command()
@sources_argument
@click.option(
    "--account",
    "is_account",
    is_flag=True,
    help="Print instead every line of each cable with the rule that consumed it, and the sum by rule at the end.",
)
@reported
def parse(sources: Sequence[str], is_account: bool) -> None:
    """Parse cables: one JSON line on stdout for each cable of the sources, in their order.

    Sections and versions of one cable that lie in several places give a line each; `kg build` joins them.
    """
    from kg.cables import as_json, merge
    from kg.cables.account.table import Account

    collect_seldom()
    account = Account()
    failed = False
    out = sys.stdout.buffer
    for raw in _raw_cables(sources):
        if raw is None:
            failed = True
        elif is_account:
            for row in account.rows(merge([raw]).cable):
                click.echo(row.encode("utf-8", "replace"))
        else:
            line = json.dumps(as_json(merge([raw]).cable), ensure_ascii=False, check_circular=False)
            out.write(line.encode("utf-8", "replace") + b"\n")
    out.flush()
    for row in account.summary() if is_account else ():
        click.echo(row)
    sys.exit(1 if failed else 0)


@click.command()
@sources_argument
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for the files, one <id>.json a cable.",
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Officials known by name, as a build leaves them in current/gazetteer.tsv, in place of those of these cables.",
)
@click.option("--no-gazetteer", is_flag=True, help="Extract each cable by itself, in one pass.")
@jobs_option
@extractor_option
@data_option
@reported
def extract(
    sources: Sequence[str],
    out: Path,
    gazetteer: Path | None,
    no_gazetteer: bool,
    jobs: int | None,
    extractors: Sequence[str],
    data: Path,
) -> None:
    """Extract officials, meetings and agreements: one <id>.json a cable in the folder OUT.

    Sections and versions of one cable are joined as `kg build` joins them. The cables are read in two passes: an
    official whom one names with a title is known by name in the others. The data folder is written to only where
    extractors are asked: it keeps their answers.
    """
    from kg.build.extracting import Passes, check_gazetteer, extract_to
    from kg.console import print_extractors, progress

    if gazetteer is not None and no_gazetteer:
        raise click.UsageError("--gazetteer and --no-gazetteer exclude each other: give one of them.")
    if gazetteer is not None:
        check_gazetteer(gazetteer)
    passes = Passes(is_single=no_gazetteer, gazetteer=gazetteer)
    report = extract_to(sources, out, processes(jobs), progress(), passes, consulting(data, extractors))
    print_extractors(report.extractors, str(out / "extractors.jsonl"))
    for problem in report.problems:
        click.echo(f"{problem.source}: {problem.message}", err=True)
    for name in report.unnamed:
        click.echo(f"{name}: neither the text nor the source names the cable, so it has no file", err=True)
    click.echo(f"{report.files:,} files in {out}", err=True)
    sys.exit(1 if any(problem.is_fatal for problem in report.problems) else 0)


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@sources_argument
@click.option("--misses", is_flag=True, help="List what was missed, false or told wrongly, each with place and words.")
@click.option("--by-rule", is_flag=True, help="Print how reliable each rule is, beside the bands of confidence.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Measure this kind alone; repeatable.")
@click.option("--only", type=click.File(encoding="utf-8"), help="Measure only the cables of this list, one id a line.")
@click.option("--leave-out", type=click.File(encoding="utf-8"), help="Leave the cables of this list out.")
@jobs_option
@extractor_option
@data_option
@json_option
@reported
def evaluate(
    gold: Path,
    sources: Sequence[str],
    misses: bool,
    by_rule: bool,
    kinds: Sequence[str],
    only: Any,
    leave_out: Any,
    jobs: int | None,
    extractors: Sequence[str],
    data: Path,
    as_json: bool,
) -> None:
    """Measure what is extracted from cables against annotations: the <id>.json files of the folder GOLD.

    Prints precision, recall and F1, and beside each stated confidence what was observed. Exit code 1 means that an
    annotation is broken or has no cable in the sources; the others are measured. The data folder keeps the answers of
    extractors, where such are asked.
    """
    from kg.build.evaluating import annotation_files, evaluate_sources
    from kg.console import print_extractors, progress

    listed = frozenset(text_of(only).split()) if only is not None else None
    files = annotation_files(
        gold, listed, frozenset(text_of(leave_out).split()) if leave_out is not None else frozenset()
    )
    chosen = [kind for kind in KINDS if kind in (kinds or KINDS)]
    report = evaluate_sources(files, sources, chosen, processes(jobs), progress(), consulting(data, extractors))
    print_extractors(report.extractors)
    for problem in report.source_problems:
        click.echo(f"{problem.source}: {problem.message}", err=True)
    for wrong in report.evaluation.problems:
        click.echo(str(wrong), err=True)
    options = {"with_misses": misses, "with_rules": by_rule}
    if as_json:
        click.echo(json.dumps(report.evaluation.as_json(**options), ensure_ascii=False, indent=2))
    else:
        click.echo(report.evaluation.as_text(**options))
    sys.exit(1 if report.has_failures else 0)


@click.command()
@json_option
@reported
def extractors(as_json: bool) -> None:
    """List the extractors that are installed, with their versions.

    The rules need none of them; `kg build --extractor NAME` asks one about names that no rule explains.
    """
    from dataclasses import asdict

    from kg.build.extractors.installed import installed
    from kg.console import print_table

    found = installed()
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        rows = ([each.name, each.version or "cannot be used", each.problem or each.target] for each in found)
        print_table(("name", "version", "code, or what is wrong"), rows)


def _raw_cables(sources: Iterable[str]) -> Iterator[Any]:
    """The raw cables of the sources; problems are told on stderr, and None stands for a fatal one."""
    from kg.sources import read
    from kg.sources.model import SourceProblem

    for item in read(list(sources)):
        if isinstance(item, SourceProblem):
            click.echo(f"{item.source}: {item.message}", err=True)
            if item.is_fatal:
                yield None
        else:
            yield item
