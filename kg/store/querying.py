"""Answer a query on the current snapshot in this process, for the command line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.console import print_table
from kg.errors import QuerySyntaxError, UsageError
from kg.iris import PREFIXES
from kg.store.folder import DataFolder

SOLUTION_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: Final = {"table": ox.RdfFormat.TURTLE, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


def run(data: Path, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The answer of the engine; QuerySyntaxError where the text is no SPARQL, NoSnapshot where there is no graph."""
    store = ox.Store.read_only(str(DataFolder(data).snapshot().store))
    try:
        return store.query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QuerySyntaxError(str(error)) from error


def answer(data: Path, text: str, form: str, out: BinaryIO) -> None:
    """Run a query and print its answer in one of the formats of `kg query`."""
    result = run(data, text)
    if isinstance(result, ox.QueryTriples):
        if form not in GRAPH_FORMATS:
            raise UsageError(f"A graph cannot be printed as {form}: take one of {', '.join(GRAPH_FORMATS)}.")
        ox.serialize(result, out, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
    elif form in SOLUTION_FORMATS:
        result.serialize(out, format=SOLUTION_FORMATS[form])
    elif form != "table":
        raise UsageError(f"Solutions cannot be printed as {form}: take one of table, {', '.join(SOLUTION_FORMATS)}.")
    elif isinstance(result, ox.QueryBoolean):
        out.write(b"true\n" if result else b"false\n")
    else:
        print_table([variable.value for variable in result.variables], _rows(result))


def _rows(solutions: ox.QuerySolutions) -> Iterator[list[str]]:
    for solution in solutions:
        yield ["" if term is None else _shown(term) for term in solution]


def _shown(term: object) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)
