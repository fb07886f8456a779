"""Read ontology/changes.tsv: what became of each term, by version, and what takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.iris import CK
from kg.resources import folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of the table: a term by its local name was added, changed, deprecated or removed in a version.

    `replacement` is the local name of the term that stands in its place everywhere, where there is one; `note` says to
    people what to write instead.
    """

    version: str
    change: str
    term: str
    replacement: str | None
    note: str


@cache
def changes(path: Path | None = None) -> tuple[Change, ...]:
    """The rows of the table, newest version first as it has them."""
    lines = (path or folder("ontology") / "changes.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return tuple(
        Change(version=version, change=change, term=term, replacement=replacement or None, note=note)
        for version, change, term, replacement, note in rows
    )


def gone(rows: tuple[Change, ...]) -> Mapping[str, Change]:
    """The deprecated and removed terms by their IRIs, each with the newest row about it."""
    last = {CK + row.term: row for row in reversed(rows)}
    return {iri: row for iri, row in last.items() if row.change in ("deprecated", "removed")}
