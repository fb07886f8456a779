"""Answer a job from an open store: evaluate it, serialize the answer, or tell why there is none."""

import os
import re
from contextlib import suppress
from socket import socket
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.iris import PREFIXES
from kg.store import frames
from kg.store.cutting import Caps
from kg.store.graphs import GRAPHS, Missing, dump, write_graph
from kg.store.opening import is_damage
from kg.store.output import Output, Stopped, TooLong
from kg.store.rows import write_csv, write_table
from kg.store.soundness import Unwritable

SOLUTIONS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
ROWS: Final = "rows"

# The engine tells of it so, before it evaluates anything.
UNKNOWN_FUNCTION: Final = re.compile(
    r"The \ custom \ function \ (?P<name><.*>) \ is \ not \ supported",  # The custom function <urn:f> is not supported
    re.VERBOSE,
)
# The engine has no other sign of what a syntax cannot hold: "JSON-LD does not support RDF 1.2 yet", "RDF/XML reserved
# syntax term is not allowed as a predicate".
UNWRITABLE: Final = ("does not support", "is not allowed as")


class Unacceptable(Exception):
    """The client takes no media type that this kind of answer has."""


class UnknownFunction(Exception):
    """There is no function of that name."""


# Exceptions about a job, and the name of each in an X frame. The last ones are the engine's.
ERRORS: Final[dict[type[Exception], str]] = {
    TooLong: "cut",
    Missing: "missing",
    Unacceptable: "unacceptable",
    Unwritable: "unwritable",
    UnknownFunction: "function",
    SyntaxError: "syntax",
    OSError: "unreadable",
    RuntimeError: "failed",
    ValueError: "failed",
}


def answer(store: ox.Store, job: dict[str, Any], connection: socket) -> None:
    """Answer a job (see kg.store.pool_answers.Job) in frames, or tell why not."""
    try:
        _answer(store, job, connection)
    except MemoryError:
        # What is left of the process is not worth keeping: the pool starts another.
        connection.sendall(frames.error("memory", ""))
        os._exit(1)
    except tuple(ERRORS) as error:
        connection.sendall(frames.error(_name_of(error), str(error)))


def _name_of(error: Exception) -> str:
    """The name of an error in an X frame: of damage, of what a syntax cannot hold (triple terms), else by its kind."""
    if is_damage(error):
        return "damaged"
    if isinstance(error, OSError) and any(sign in str(error) for sign in UNWRITABLE):
        return "unwritable"
    return next(name for kind, name in ERRORS.items() if isinstance(error, kind))


def _answer(store: ox.Store, job: dict[str, Any], connection: socket) -> None:
    result = None if job["dump"] is not None else _evaluate(store, job)
    kind = "graph" if result is None or isinstance(result, ox.QueryTriples) else "solutions"
    if job[kind] is None:
        raise Unacceptable(kind)
    # A graph that is asked for by its name is given whole: whoever put a part of it back would lose the rest.
    caps = Caps(job["max_rows"], job["max_bytes"]) if result is not None else Caps()
    output = _output(job, kind, caps, connection)
    try:
        _write(store, job, kind, result, caps, output)
        output.end()
    except Unwritable as error:
        if job[kind] != "csv":
            raise
        _rewrite(store, job, caps, output, error)


def _rewrite(store: ox.Store, job: dict[str, Any], caps: Caps, output: Output, reason: Unwritable) -> None:
    """Write an answer once more, row by row, since the engine's CSV is not sound; what has gone of it stays."""
    result = cast(ox.QuerySolutions, _evaluate(store, job))
    if output.has_begun:
        again = output.again(reason)
        write_csv(result, again, caps.rows)
        again.end()
    else:
        output = _output(job, "solutions", caps, output.connection)
        with suppress(Stopped):
            write_csv(result, output)
    output.end()


def _output(job: dict[str, Any], kind: str, caps: Caps, connection: socket) -> Output:
    # The rows of a page are bounded by whoever writes them.
    return Output(connection, job[kind], encoding=job["encoding"], caps=Caps() if job[kind] == ROWS else caps)


def _write(store: ox.Store, job: dict[str, Any], kind: str, result: Any, caps: Caps, output: Output) -> None:
    if result is None:
        dump(store, job["dump"], GRAPHS[job["graph"]], output)
    elif job[kind] == ROWS:
        write_table(result, job["rows"], caps, output)
    elif kind == "graph":
        write_graph(result, GRAPHS[job["graph"]], caps, output)
    else:
        with suppress(Stopped):
            result.serialize(cast(IO[bytes], output), SOLUTIONS[job["solutions"]])


def _evaluate(store: ox.Store, job: dict[str, Any]) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    try:
        return store.query(
            job["query"],
            base_iri=job["base"],
            prefixes=PREFIXES,
            default_graph=_graphs(job["default_graph"]),
            named_graphs=_graphs(job["named_graphs"]),
        )
    except RuntimeError as error:
        if found := UNKNOWN_FUNCTION.fullmatch(str(error)):
            raise UnknownFunction(found["name"]) from None
        raise


def _graphs(names: list[str | None] | None) -> Any:
    """Graph names for the engine; None in the list stands for the default graph of the store."""
    if names is None:
        return None
    return [ox.DefaultGraph() if name is None else ox.NamedNode(name) for name in names]
