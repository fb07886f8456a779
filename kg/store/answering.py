"""Answer a job from an open store: evaluate it, serialize the answer, and cut it off where that has to be."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from socket import socket
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.iris import PREFIXES
from kg.store import frames
from kg.store.cutting import Caps
from kg.store.opening import is_damage
from kg.store.output import SMALL, Output, Stopped, TooLong

SOLUTIONS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
ROWS: Final = "rows"
# About what a cell of a table takes besides its text.
CELL: Final = 64
# The whole of the dataset as what is to be dumped; the default graph is "".
DATASET: Final = "*"


# The engine tells of it so, before it evaluates anything.
UNKNOWN_FUNCTION: Final = re.compile(
    r"The \ custom \ function \ (?P<name><.*>) \ is \ not \ supported",  # The custom function <urn:f> is not supported
    re.VERBOSE,
)


class Unacceptable(Exception):
    """The client takes no media type that this kind of answer has."""


class UnknownFunction(Exception):
    """There is no function of that name."""


class Missing(Exception):
    """There is no graph of that name."""


# Exceptions about a job, and the name of each in an X frame. The last ones are the engine's.
ERRORS: Final[dict[type[Exception], str]] = {
    TooLong: "cut",
    Missing: "missing",
    Unacceptable: "unacceptable",
    UnknownFunction: "function",
    SyntaxError: "syntax",
    OSError: "unreadable",
    RuntimeError: "failed",
    ValueError: "failed",
}


def answer(store: ox.Store, job: dict[str, Any], connection: socket) -> None:
    """Answer a job (see kg.store.pool_answers.Job) in frames, or tell why not."""
    try:
        output = _write(store, job, connection)
    except MemoryError:
        # What is left of the process is not worth keeping: the pool starts another.
        connection.sendall(frames.error("memory", ""))
        os._exit(1)
    except tuple(ERRORS) as error:
        connection.sendall(frames.error(_name_of(error), str(error)))
    else:
        output.end()


def _name_of(error: Exception) -> str:
    """The name of an error in an X frame: of damage, of what a syntax cannot hold (triple terms), else by its kind."""
    if is_damage(error):
        return "damaged"
    # The engine has no other sign of it: "JSON-LD does not support RDF 1.2 yet".
    if isinstance(error, OSError) and "does not support" in str(error):
        return "unwritable"
    return next(name for kind, name in ERRORS.items() if isinstance(error, kind))


def _write(store: ox.Store, job: dict[str, Any], connection: socket) -> Output:
    result = None if job["dump"] is not None else _evaluate(store, job)
    kind = "graph" if result is None or isinstance(result, ox.QueryTriples) else "solutions"
    if job[kind] is None:
        raise Unacceptable(kind)
    # A graph that is asked for by its name is given whole: whoever put a part of it back would lose the rest.
    caps = Caps(job["max_rows"], job["max_bytes"]) if result is not None else Caps()
    output = Output(connection, job[kind], encoding=job["encoding"], caps=caps if job[kind] != ROWS else Caps())
    if result is None:
        _dump(store, job["dump"], GRAPHS[job["graph"]], output)
    elif job[kind] == ROWS:
        _write_table(result, job["rows"], caps, output)
    elif isinstance(result, ox.QueryTriples):
        _write_graph(result, GRAPHS[job["graph"]], caps, output)
    else:
        _write_solutions(result, SOLUTIONS[job["solutions"]], output)
    return output


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


def _write_solutions(
    result: ox.QuerySolutions | ox.QueryBoolean, solution_format: ox.QueryResultsFormat, output: Output
) -> None:
    try:
        result.serialize(cast(IO[bytes], output), solution_format)
    except Stopped:
        return


def _write_graph(result: ox.QueryTriples, graph_format: ox.RdfFormat, caps: Caps, output: Output) -> None:
    """Serialize triples, at most so many; those of which all fit into a small cap of bytes."""
    prefixes = _prefixes(graph_format)
    triples = islice(result, caps.rows) if caps.rows else result
    fitting: list[ox.Triple] = []
    is_small = 0 < caps.bytes <= SMALL.bytes
    kept = _kept(triples, fitting, caps.bytes, output) if is_small else triples
    ox.serialize(kept, cast(IO[bytes], output), graph_format, prefixes=prefixes)
    if is_small and output.size > caps.bytes:
        output.cut_off("bytes", _fitted(fitting, output.size, caps.bytes, graph_format))
    elif caps.rows and next(result, None) is not None:
        output.cut_off("rows")


def _kept(triples: Iterable[ox.Triple], kept: list[ox.Triple], most: int, output: Output) -> Iterator[ox.Triple]:
    """Triples, which are kept besides, until the output has more than so many bytes."""
    for triple in triples:
        kept.append(triple)
        yield triple
        if output.size > most:
            return


def _fitted(triples: list[ox.Triple], size: int, most: int, graph_format: ox.RdfFormat) -> bytes:
    """A document of as many of the first triples as surely fit into so many bytes."""
    document = b""
    while triples and size > most:
        del triples[min(len(triples) - 1, len(triples) * most // size) :]
        document = ox.serialize(triples, format=graph_format, prefixes=_prefixes(graph_format)) or b""
        size = len(document)
    return document


def _dump(store: ox.Store, graph: str, graph_format: ox.RdfFormat, output: Output) -> None:
    source: ox.NamedNode | ox.DefaultGraph | None = ox.DefaultGraph()
    if graph == DATASET:
        source = None
    elif graph:
        source = ox.NamedNode(graph)
        if not store.contains_named_graph(source):
            raise Missing(graph)
    store.dump(cast(IO[bytes], output), graph_format, from_graph=source, prefixes=_prefixes(graph_format))


def _prefixes(graph_format: ox.RdfFormat) -> dict[str, str] | None:
    return None if graph_format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS) else PREFIXES


def _write_table(result: Any, rows: int, caps: Caps, output: Output) -> None:
    """Write the first solutions or triples as a table of at most `rows` rows, or fewer where a cap says so."""
    table = _table(result, Caps(min(rows, caps.rows or rows), caps.bytes))
    if cut := table.get("cut"):
        output.cut_off(cut)
    output.write(json.dumps(table).encode())


def _table(result: Any, caps: Caps) -> dict[str, Any]:
    """The first solutions or triples as lists of cells, and the cap at which there were more (None: there were not)."""
    if isinstance(result, ox.QueryBoolean):
        return {"boolean": bool(result)}
    names = ["subject", "predicate", "object"]
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
    rows: list[list[list[str | None] | None]] = []
    size = 0
    for row in islice(result, caps.rows):
        cells = [_cell(term) for term in _terms(row)]
        size += sum(CELL + len((cell[1] or "").encode()) for cell in cells if cell)
        if 0 < caps.bytes < size:
            return {"names": names, "rows": rows, "cut": "bytes"}
        rows.append(cells)
    return {"names": names, "rows": rows, "cut": "rows" if next(result, None) is not None else None}


def _terms(row: ox.QuerySolution | ox.Triple) -> Iterable[Any]:
    return (row.subject, row.predicate, row.object) if isinstance(row, ox.Triple) else row


def _cell(term: Any) -> list[str | None] | None:
    """A term as [kind, value] or, for a literal, [kind, value, datatype, language]."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return ["iri", term.value]
        case ox.Literal():
            return ["literal", term.value, term.datatype.value, term.language]
        case ox.BlankNode():
            return ["blank", term.value]
        case _:
            return ["triple", str(term)]
