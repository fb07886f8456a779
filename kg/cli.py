"""The command line `kg`: build a graph from cables, ask it, serve it, explain its facts.

Data goes to stdout, talk to stderr. Exit codes: 0 all went well, 1 something could not be done (what could is done), 2
wrong use.
"""

import functools
import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from kg import __version__, settings
from kg.collecting import collect_seldom
from kg.errors import KgError, UsageError

P = ParamSpec("P")
R = TypeVar("R")

FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl", "jsonld")
KINDS = ("officials", "meetings", "agreements")


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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn diplomatic cables into a knowledge graph, and ask it.

    A SOURCE is a file, a folder, an archive, or - for standard input. Formats are found by content.
    """
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)


@main.command()
@sources_argument
@data_option
@jobs_option
@extractor_option
@json_option
@reported
def build(sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], as_json: bool) -> None:
    """Build the graph from exactly these sources, and publish it.

    A build that was broken off goes on where it was when the same command is run again. What was served before stays
    until the new snapshot is whole.
    """
    from kg.build.pipeline import build as run_build

    _finish(run_build(_plan(sources, data, jobs, extractors)), as_json)


@main.command()
@sources_argument
@data_option
@jobs_option
@extractor_option
@json_option
@reported
def add(sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], as_json: bool) -> None:
    """Add sources to those of the current graph, and publish the result.

    The graph is built anew from the kept sources and the new ones; the IRIs of what was known stay.
    Where no extractor is named, those that the current graph was built with are asked.
    """
    from kg.build.pipeline import add as run_add

    _finish(run_add(_plan(sources, data, jobs, extractors)), as_json)


@main.command()
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


@main.command()
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


@main.command()
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
    report = extract_to(sources, out, _jobs(jobs), progress(), passes, _consulting(data, extractors))
    print_extractors(report.extractors, str(out / "extractors.jsonl"))
    for problem in report.problems:
        click.echo(f"{problem.source}: {problem.message}", err=True)
    for name in report.unnamed:
        click.echo(f"{name}: neither the text nor the source names the cable, so it has no file", err=True)
    click.echo(f"{report.files:,} files in {out}", err=True)
    sys.exit(1 if any(problem.is_fatal for problem in report.problems) else 0)


@main.command()
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

    listed = frozenset(_text(only).split()) if only is not None else None
    files = annotation_files(
        gold, listed, frozenset(_text(leave_out).split()) if leave_out is not None else frozenset()
    )
    chosen = [kind for kind in KINDS if kind in (kinds or KINDS)]
    report = evaluate_sources(files, sources, chosen, _jobs(jobs), progress(), _consulting(data, extractors))
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


@main.command()
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


@main.command()
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
        report = validate_folder(data, _jobs(jobs), progress())
    else:
        report = validate_sources(sources, _jobs(jobs), progress())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.as_text())
    sys.exit(1 if report.has_failures else 0)


@main.command()
@click.argument("sparql", required=False)
@click.option("--file", "file", type=click.File(encoding="utf-8"), help="Read the query from a file, or - for stdin.")
@data_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the answer."
)
@reported
def query(sparql: str | None, file: Any, data: Path, form: str) -> None:
    """Ask the graph in SPARQL; the project's prefixes (ck:, skos:, ...) need not be declared.

    CONSTRUCT and DESCRIBE print Turtle for `table`; `ttl` and `jsonld` are for them alone.
    """
    from kg.querying import answer

    if (sparql is None) == (file is None):
        raise UsageError("Give a query as an argument, or a file with --file: one of the two.")
    answer(data, sparql if sparql is not None else _text(file), form, sys.stdout.buffer)


@main.command()
@click.option("--url", default="http://127.0.0.1:8000/", show_default=True, help="The address of the server.")
@click.option("--kill", "query_id", metavar="ID", help="Stop the query of this id.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file with the admin's token.  [default: KG_ADMIN_TOKEN, else KG_ADMIN_TOKEN_FILE]",
)
@json_option
@reported
def queries(url: str, query_id: str | None, token_file: Path | None, as_json: bool) -> None:
    """List the queries and writes that a running server works on, or stop one.

    The server knows the admin's token by KG_ADMIN_TOKEN or KG_ADMIN_TOKEN_FILE.
    """
    from kg.console import print_table
    from kg.remote import RemoteServer, read_token

    server = RemoteServer(url, read_token(token_file))
    if query_id is not None:
        server.stop(query_id)
        click.echo(f"Stopped {query_id}.", err=True)
        return
    found = server.queries()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_table(
            ("id", "state", "seconds", "query"),
            ([each["id"], each["state"], f"{each['seconds']:.1f}", each["query"]] for each in found),
        )


@main.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@reported
def serve(data: Path, host: str, port: int) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, and a page for everything in it.

    Settings are environment variables. The most important: KG_WORKERS and KG_QUEUE (queries at the same time and
    waiting), KG_TIMEOUT (seconds) and KG_MEMORY (MiB) of a query, KG_RATE (requests a second and client), KG_PROXIES
    (proxies in front), KG_UPDATE_TOKEN (who may write), KG_ADMIN_TOKEN (who may stop queries), KG_ACCESS_LOG (a path,
    - or off). docs/reference/settings.md lists all.
    """
    from kg.store.folder import DataFolder

    DataFolder(data).snapshot()
    settings.check()
    _check_address(host, port)
    told = f"Serving {data} at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C ends it)"
    # The server patches the process for gevent as it is imported, so nothing else of it is imported before.
    from kg.web.server import serve as run_server

    run_server(data, host, port, lambda: click.echo(told, err=True))


@main.command()
@data_option
@json_option
@reported
def describe(data: Path, as_json: bool) -> None:
    """Describe the graph: counts of each stage, triples a cable and by kind of node, versions."""
    from kg.describe import describe as describe_folder

    description = describe_folder(data)
    if as_json:
        click.echo(json.dumps(description.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(description.as_text())


@main.command()
@click.argument("iri")
@data_option
@json_option
@reported
def explain(iri: str, data: Path, as_json: bool) -> None:
    """Explain a fact: what it says, the words it came from, the rule and the confidence.

    IRI is a full one or short: 09BOGOTA335, 09BOGOTA335#p6, meeting/09BOGOTA335-1, official/k3v7mzq2ta.
    """
    from kg.explain import explain_in

    explanation = explain_in(data, iri)
    if as_json:
        click.echo(json.dumps(explanation.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(explanation.as_text(marks=sys.stdout.isatty()))


@main.command()
@click.argument("verdict", type=click.Choice(["SAME", "DIFFERENT"], case_sensitive=False), required=False)
@click.argument("pair", nargs=-1, metavar="[A B]")
@click.option("--reason", default="", help="Why, in your words; kept with the judgement.")
@click.option("--list", "is_list", is_flag=True, help="List the judgements of persons.")
@click.option("--withdraw", nargs=2, metavar="A B", help="Take back the judgement about A and B.")
@data_option
@json_option
@reported
def judge(
    verdict: str | None,
    pair: tuple[str, ...],
    reason: str,
    is_list: bool,
    withdraw: tuple[str, str] | None,
    data: Path,
    as_json: bool,
) -> None:
    """Judge that two officials are the SAME person, or DIFFERENT ones: every later build goes by it.

    A and B are IRIs (official/hkhw74zhhw), their ten characters, or mentions as `kg explain` shows them
    (07QUITO41#p2-8). A judgement outranks all rules until it is withdrawn, and the next build applies it.
    """
    from kg import judging
    from kg.console import print_table

    if sum((verdict is not None, is_list, withdraw is not None)) != 1 or len(pair) != (2 if verdict else 0):
        raise UsageError("Say SAME or DIFFERENT and two officials, or --list, or --withdraw and two officials.")
    if is_list:
        found = judging.listed(data)
        if as_json:
            keys = ("verdict", "a", "b", "reason")
            click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in found], ensure_ascii=False, indent=2))
        else:
            print_table(("verdict", "a", "b", "reason"), found)
        return
    if withdraw is not None:
        outcome = judging.withdraw(data, *withdraw)
    else:
        outcome = judging.judge(data, judging.VERDICTS[str(verdict).lower()], pair[0], pair[1], reason)
    for warning in outcome.warnings:
        click.echo(f"Warning: {warning}", err=True)
    if as_json:
        click.echo(json.dumps({"told": outcome.told, "warnings": outcome.warnings}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(outcome.told))


def _check_address(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before the server starts and tries it again and again."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Choose another --port (make serve: PORT=...)."
        ) from error


def _text(file: Any) -> str:
    try:
        return str(file.read())
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name} is no text in UTF-8 ({error.reason} at byte {error.start}).") from error


def _consulting(data: Path, extractors: Sequence[str]) -> Any:
    from kg.build.extractors.installed import Consulting, choose
    from kg.store.folder import DataFolder

    wanted = extractors or [name for name in settings.get("KG_EXTRACTORS").split(",") if name.strip()]
    return Consulting(
        extractors=choose(wanted),
        cache=DataFolder(data).cache,
        timeout=settings.get_number("KG_EXTRACTOR_TIMEOUT"),
    )


def _plan(sources: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str]) -> Any:
    from kg.build.pipeline import Plan
    from kg.console import progress
    from kg.iris import Iris
    from kg.store.folder import DataFolder

    return Plan(
        arguments=tuple(sources),
        data=DataFolder(data),
        iris=Iris(settings.get_base()),
        jobs=_jobs(jobs),
        clock=time.monotonic,
        progress=progress(),
        consulting=_consulting(data, extractors),
    )


def _jobs(jobs: int | None) -> int:
    import os

    return jobs or len(os.sched_getaffinity(0))


def _finish(report: Any, as_json: bool) -> None:
    from kg.console import print_report

    print_report(report)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    sys.exit(1 if report.has_failures else 0)


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


if __name__ == "__main__":
    main()
