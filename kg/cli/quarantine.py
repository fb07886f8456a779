"""See to refused cables: `kg quarantine list|show|replay|release`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.building import plan_of
from kg.cli.common import data_option, extractor_option, jobs_option, json_option, reported
from kg.errors import UsageError

# A reason is cut at so many characters in the table; show and --json have it whole.
LONGEST_REASON = 60


@click.group()
def quarantine() -> None:
    """See to the cables that are not loaded: what they are, why, and what to do about them.

    A cable in quarantine is kept whole. ID is its canonical id, or the first eight digits or more of its text's digest
    where it has none, as `kg quarantine list` shows it.
    """


@quarantine.command(name="list")
@data_option
@json_option
@reported
def list_(data: Path, as_json: bool) -> None:
    """List the cables in quarantine: id, since which snapshot, where they were found, why they are there."""
    from kg import quarantining
    from kg.console import print_table

    found = quarantining.listed(data)
    if as_json:
        _print([quarantining.as_json(one, is_whole=False) for one in found])
        return
    rows = [
        (
            one.refused.canonical_id or one.refused.name[:16],
            one.refused.since if one.is_current else f"{one.refused.since} (earlier)",
            " ".join(one.refused.sources),
            _cut("; ".join(one.refused.reasons)),
        )
        for one in found
    ]
    print_table(("cable", "since", "sources", "reasons"), rows)


@quarantine.command()
@click.argument("name", metavar="ID")
@click.option("--raw", is_flag=True, help="Write the text as found and nothing else; several one after the other.")
@data_option
@json_option
@reported
def show(name: str, raw: bool, data: Path, as_json: bool) -> None:
    """Show a cable in quarantine whole: its texts, where they were found, every result of the shapes."""
    from kg import quarantining

    if raw and as_json:
        raise UsageError("--raw writes the text alone, --json the whole record: one of the two.")
    found = quarantining.found(data, name)
    if as_json:
        _print([quarantining.as_json(one, is_whole=True) for one in found])
    elif raw:
        for text in dict.fromkeys(raw.text for one in found for raw in one.refused.raw):
            # A lone surrogate of a text goes out as the three bytes that its code point would have.
            sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    else:
        click.echo("\n\n".join("\n".join(quarantining.as_text(one)) for one in found).encode("utf-8", "replace"))


@quarantine.command()
@click.argument("names", nargs=-1, metavar="[ID...]")
@data_option
@jobs_option
@extractor_option
@json_option
@reported
def replay(names: Sequence[str], data: Path, jobs: int | None, extractors: Sequence[str], as_json: bool) -> None:
    """Read refused cables again with the code and the shapes of today, and publish what passes now.

    The graph is built anew from its sources, which judges all its refused cables again; what is left of earlier builds
    joins them: what is named, or all where nothing is. Exit code 1 means that one of them is still refused.
    """
    from kg.build.replaying import replay as run_replay
    from kg.console import print_report

    report = run_replay(plan_of((), data, jobs, extractors), names)
    if report is None:
        click.echo("Nothing is in quarantine, so nothing was built.", err=True)
        if as_json:
            _print({"passed": [], "refused": [], "build": None})
        return
    print_report(report.build)
    if as_json:
        _print(report.as_json())
    else:
        for name in report.passed:
            click.echo(f"passed: {name}")
        for one in report.refused:
            click.echo(f"still refused: {one.name}: {_cut('; '.join(one.reasons))}")
    sys.exit(1 if report.refused or report.build.has_failures else 0)


@quarantine.command()
@click.argument("name", required=False, metavar="[ID]")
@click.option("--reason", default="", help="Why it is accepted, in your words; kept, and told by the graph.")
@click.option("--by", default="", metavar="NAME", help="Who accepts it; kept, and told by the graph.")
@click.option("--list", "is_list", is_flag=True, help="List the releases.")
@click.option("--withdraw", metavar="ID", help="Take back the release of this cable.")
@data_option
@json_option
@reported
def release(
    name: str | None, reason: str, by: str, is_list: bool, withdraw: str | None, data: Path, as_json: bool
) -> None:
    """Accept a refused cable as it is: every later build loads it, in spite of the shapes.

    Its results stay in the report, and /graph/provenance tells who accepted it and why. A release holds for the texts
    that the cable has now; with another one it is judged anew. A cable without an id, or one that could not be
    validated, cannot be released.
    """
    from kg import quarantining
    from kg.console import print_table

    if sum((name is not None, is_list, withdraw is not None)) != 1:
        raise UsageError("Name a cable to release, or --list, or --withdraw and a cable.")
    if is_list:
        found = quarantining.releases(data)
        if as_json:
            _print([{"cable": r.canonical_id, "content": r.content, "by": r.by, "reason": r.reason} for r in found])
        else:
            print_table(
                ("cable", "by", "reason", "content"), [(r.canonical_id, r.by, r.reason, r.content) for r in found]
            )
        return
    if withdraw is not None:
        decided = quarantining.withdraw(data, withdraw)
    else:
        decided = quarantining.release(data, str(name), reason, by)
    if as_json:
        _print({"told": decided.told})
    else:
        click.echo("\n".join(decided.told))


def _print(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace"))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1] + "…"
