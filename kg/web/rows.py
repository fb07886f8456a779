"""The rows of a query for pages: terms as values, and how terms get into a query's text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term of an answer; `kind` is iri, literal, blank or triple."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return self.value


Row = Mapping[str, Term]


def read(table: Mapping[str, Any]) -> list[Row]:
    """The rows of a table as mappings from names to terms; what is unbound is left out."""
    names = table["names"]
    return [{name: Term(*cell) for name, cell in zip(names, row, strict=True) if cell} for row in table["rows"]]


@cache
def query(name: str) -> str:
    """The text of one of the server's own queries (kg/web/queries)."""
    return files("kg.web").joinpath(f"queries/{name}.rq").read_text(encoding="utf-8")


def bind(text: str, **terms: str | int | list[str]) -> str:
    """A query with IRIs in the place of its `VALUES ?name {}`; an integer replaces a `LIMIT` or `OFFSET`'s.

    Every value passes through the engine's own serializer, so that none can break out of its term: ValueError for
    what is no IRI.
    """
    for name, value in terms.items():
        if isinstance(value, int):
            marker, filling = f"{name.upper()} 0", f"{name.upper()} {value:d}"
        else:
            iris = [value] if isinstance(value, str) else value
            marker = f"VALUES ?{name} {{}}"
            filling = f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
        if marker not in text:
            raise KeyError(marker)
        text = text.replace(marker, filling)
    return text
