"""The rows of a query for pages: terms as values, and how terms get into a query's text."""

from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A property of a thing with all its values, each with its label."""

    property: str
    label: str
    values: tuple[tuple[Term, str], ...]


Row = Mapping[str, Term]
Value = str | int | ox.Literal | Sequence[str]


def read(table: Mapping[str, Any]) -> list[Row]:
    """The rows of a table as mappings from names to terms; what is unbound is left out."""
    names = table["names"]
    return [{name: Term(*cell) for name, cell in zip(names, row, strict=True) if cell} for row in table["rows"]]


@cache
def query(name: str) -> str:
    """The text of one of the server's own queries (kg/web/queries)."""
    return files("kg.web").joinpath(f"queries/{name}.rq").read_text(encoding="utf-8")


def title(name: str) -> str:
    """What the first line of a query says: the heading of its table."""
    return query(name).partition("\n")[0].removeprefix("# ")


def bind(text: str, **values: Value) -> str:
    """A query with an IRI (a string), several, or a literal in the place of its `VALUES ?name {}`.

    An integer takes the place of the zero in `LIMIT 0` or `OFFSET 0`. Terms pass through the engine's own serializer,
    so that none can break out of its place: ValueError for what is no IRI, KeyError where the query has no such place.
    """
    for name, value in values.items():
        if isinstance(value, int):
            place, filled = f"{name.upper()} 0", f"{name.upper()} {value}"
        else:
            place, filled = f"VALUES ?{name} {{}}", f"VALUES ?{name} {{ {_terms(value)} }}"
        if place not in text:
            raise KeyError(place)
        text = text.replace(place, filled)
    return text


def bind_rows(text: str, names: str, rows: Iterable[Iterable[str | ox.Literal]]) -> str:
    """A query with rows of terms in the place of its `VALUES (?s ?p ?o) {}`; a string is an IRI."""
    place = f"VALUES ({names}) {{}}"
    if place not in text:
        raise KeyError(place)
    return text.replace(place, place[:-1] + " ".join(f"({' '.join(map(_terms, row))})" for row in rows) + "}")


def _terms(value: str | ox.Literal | Sequence[str]) -> str:
    if isinstance(value, ox.Literal):
        return str(value)
    return " ".join(str(ox.NamedNode(iri)) for iri in ([value] if isinstance(value, str) else value))
