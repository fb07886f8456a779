"""Ask the graph: `kg query`, `kg describe`, `kg explain`; and say who is whom: `kg judge`."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.common import data_option, json_option, reported, text_of
from kg.errors import UsageError

FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl", "jsonld")


@click.command()
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
    answer(data, sparql if sparql is not None else text_of(file), form, sys.stdout.buffer)


@click.command()
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


@click.command()
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


@click.command()
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
