"""Answer a query on the current snapshot in this process, for the command line."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg import settings
from kg.console import print_table
from kg.errors import QuerySyntaxError, UsageError
from kg.iris import PREFIXES, Iris
from kg.store.folder import DataFolder
from kg.store.guard import check, with_alias
from kg.store.opening import damaged, is_damage, open_store
from kg.store.syntax import explained

SOLUTION_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: Final = {"table": ox.RdfFormat.TURTLE, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


def run(data: Path, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The answer of the engine, without limits of time and memory.

    Raises NoSnapshot where there is no graph, QueryRefused for an update, SERVICE or nesting that would end the
    process, QuerySyntaxError where the text is no SPARQL, and DataFolderError where the snapshot is damaged.
    """
    snapshot = DataFolder(data).snapshot()
    iris = Iris(snapshot.manifest()["base"])
    sources = check(text, int(settings.get_number("KG_MAX_NESTING"))).sources
    has_alias = iris.graph("facts") in sources.default
    store = open_store(snapshot.store)
    try:
        return store.query(
            text,
            base_iri=iris.base,
            prefixes=PREFIXES,
            default_graph=[_graph(name) for name in with_alias(sources.default, iris)] if has_alias else None,
            named_graphs=[ox.NamedNode(name) for name in sources.named] if has_alias else None,
        )
    except SyntaxError as error:
        raise QuerySyntaxError(explained(text, str(error))) from error


def _graph(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name is None else ox.NamedNode(name)


def answer(data: Path, text: str, form: str, out: BinaryIO) -> None:
    """Run a query and print its answer in one of the formats of `kg query`."""
    # The engine does not look for Python's signals while it works, so Ctrl-C ends the process itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        _print(run(data, text), form, out)
    except RuntimeError as error:
        if not is_damage(error):
            raise
        raise damaged(DataFolder(data).snapshot().store, str(error)) from error


def _print(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str, out: BinaryIO) -> None:
    if isinstance(result, ox.QueryTriples):
        if form not in GRAPH_FORMATS:
            raise UsageError(f"A graph cannot be printed as {form}: take one of {', '.join(GRAPH_FORMATS)}.")
        ox.serialize(result, out, format=GRAPH_FORMATS[form], prefixes=PREFIXES)
    elif form in SOLUTION_FORMATS:
        _serialize(result, out, form)
    elif form != "table":
        raise UsageError(f"Solutions cannot be printed as {form}: take one of table, {', '.join(SOLUTION_FORMATS)}.")
    elif isinstance(result, ox.QueryBoolean):
        out.write(b"true\n" if result else b"false\n")
    else:
        print_table([variable.value for variable in result.variables], _rows(result))


def _serialize(result: ox.QuerySolutions | ox.QueryBoolean, out: BinaryIO, form: str) -> None:
    if isinstance(result, ox.QueryBoolean) and form not in ("json", "xml"):
        raise UsageError(f"A yes or no cannot be printed as {form}: take one of table, json, xml.")
    result.serialize(out, format=SOLUTION_FORMATS[form])
    if form in ("json", "xml"):
        out.write(b"\n")


def _rows(solutions: ox.QuerySolutions) -> Iterator[list[str]]:
    for solution in solutions:
        yield ["" if term is None else _shown(term) for term in solution]


def _shown(term: object) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)
