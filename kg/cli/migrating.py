"""Follow a change of the ontology: `kg migrate`."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import reported
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.vocabulary.changes import Change

# What is rewritten, by the ends of names; other forms write terms in ways of their own.
ENDINGS = (".ttl", ".trig", ".nt", ".nq", ".n3", ".rq", ".ru", ".sparql")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE...]")
@click.option("--write", is_flag=True, help="Write the files anew, in place.")
@click.option(
    "--update", "as_update", is_flag=True, help="Print a SPARQL update that does it in a store's named graphs."
)
@click.option(
    "--changes",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another table of changes.  [default: the ontology's changes.tsv]",
)
@reported
def migrate(files: Sequence[Path], write: bool, as_update: bool, table: Path | None) -> None:
    """Find terms of earlier versions of the ontology in your data and queries, and replace them.

    Each FILE is Turtle, TriG, N-Triples, N-Quads or SPARQL. Every term that is gone is listed with its line and with
    what takes its place, or with what to write instead where nothing does so everywhere. Only --write changes files;
    layout and comments stay.

    Exit code 1 means that terms that are gone are left in the files.
    """
    from kg.vocabulary.changes import changes, gone
    from kg.vocabulary.migrating import update

    if bool(files) == as_update:
        raise UsageError("Name files to migrate, or ask for --update: one of the two.")
    if strange := [str(path) for path in files if path.suffix not in ENDINGS]:
        raise UsageError(f"{', '.join(strange)}: only files that end in {' '.join(ENDINGS)} are rewritten.")
    old = gone(changes(table))
    if as_update:
        click.echo(update(old) or "# No term of an earlier version has one that takes its place everywhere.")
        return
    left = [_migrated(path, old, write) for path in files]
    sys.exit(int(any(left)))


def _migrated(path: Path, old: "Mapping[str, Change]", write: bool) -> bool:
    """Report on a file, and write it anew if wanted; whether terms that are gone are left in it."""
    from kg.files import write_bytes
    from kg.vocabulary.migrating import migrate as migrate_text

    try:
        result = migrate_text(path.read_bytes().decode("utf-8"), old)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8 ({error.reason} at byte {error.start}).") from error
    for found in sorted((*result.replaced, *result.left), key=lambda one: one.line):
        change = found.change
        instead = f"ck:{change.replacement}" if change.replacement is not None else "nothing"
        note = f" {change.note}" if change.note else ""
        click.echo(f"{path}:{found.line}: ck:{change.term} ({change.change} in {change.version}) -> {instead}.{note}")
    if write and result.replaced:
        write_bytes(path, result.text.encode())
    return bool(result.left) or bool(result.replaced and not write)
