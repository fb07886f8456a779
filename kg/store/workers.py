"""A query worker: a process that opens one snapshot read-only and answers queries over a socket.

Run by the pool as `python -m kg.store.workers FD STORE MEMORY`. It reads one job at a time and answers it in frames. A
frame is a kind (one byte), a length (four bytes, big-endian) and as many bytes:

    R   worker to pool   ready: the store is open
    Q   pool to worker   a job, JSON (see kg.store.pool_answers.Job)
    H   worker to pool   the head of an answer, JSON: {"format": ...}
    D   worker to pool   a piece of the answer
    E   worker to pool   the end of the answer
    X   worker to pool   an error, JSON: {"error": ..., "detail": ...}; ends the answer

The worker never outlives the pool: its standard input is a pipe that the pool holds, and at its end the process exits,
in the middle of a query too. Queries run on a thread with a large stack, since the engine's parser recurses.
"""

import json
import os
import re
import resource
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Iterable
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.iris import PREFIXES

FRAME: Final = struct.Struct(">cI")
STACK: Final = 256 * 2**20
PIECE: Final = 64 * 2**10

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
# Exceptions that the engine raises about a query, and the name of each in an X frame.
ERRORS: Final[dict[type[Exception], str]] = {
    SyntaxError: "syntax",
    OSError: "unreadable",
    RuntimeError: "failed",
    ValueError: "failed",
}


class Unacceptable(Exception):
    """The client takes no media type that this kind of answer has."""


class Output:
    """A binary file for serializers: the first write goes out at once, later ones in pieces of 64 KiB."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._pending = bytearray()
        self._started = False

    def write(self, data: bytes) -> int:
        """Take what a serializer gives."""
        self._pending += data
        if not self._started or len(self._pending) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what waits."""
        if self._pending:
            self._started = True
            send(self._connection, b"D", bytes(self._pending))
            self._pending.clear()


def send(connection: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Send one frame."""
    connection.sendall(FRAME.pack(kind, len(payload)) + payload)


def receive(connection: socket.socket) -> tuple[bytes, bytes]:
    """The kind and the payload of the next frame; EOFError where the other side has gone."""
    kind, length = FRAME.unpack(_exactly(connection, FRAME.size))
    return kind, _exactly(connection, length)


def main(arguments: list[str]) -> None:
    """Serve on the socket until standard input ends."""
    descriptor, path, memory = arguments
    threading.excepthook = _die
    threading.stack_size(STACK)
    worker = (socket.socket(fileno=int(descriptor)), path, int(memory))
    threading.Thread(target=_serve, args=worker, daemon=True).start()
    while os.read(0, 1):
        pass
    os._exit(0)


def _serve(connection: socket.socket, path: str, memory: int) -> None:
    try:
        store = ox.Store.read_only(path)
    except OSError as error:
        _error(connection, "open", str(error))
        os._exit(1)
    _limit_memory(memory)
    send(connection, b"R")
    while True:
        _, payload = receive(connection)
        _answer(connection, store, json.loads(payload))


def _answer(connection: socket.socket, store: ox.Store, job: dict[str, Any]) -> None:
    output = Output(connection)
    try:
        _write(_evaluate(store, job), job, connection, output)
    except Unacceptable as error:
        _error(connection, "unacceptable", str(error))
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        _error(connection, next(name for kind, name in ERRORS.items() if isinstance(error, kind)), str(error))
    except MemoryError:
        # What is left of the process is not worth keeping: the pool starts another.
        _error(connection, "memory", "")
        os._exit(1)
    else:
        output.flush()
        send(connection, b"E")


def _evaluate(store: ox.Store, job: dict[str, Any]) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    return store.query(
        job["query"],
        base_iri=job["base"],
        prefixes=PREFIXES,
        default_graph=_graphs(job["default_graph"]),
        named_graphs=_graphs(job["named_graphs"]),
    )


def _graphs(names: list[str | None] | None) -> Any:
    """Graph names for the engine; None in the list stands for the default graph of the store."""
    if names is None:
        return None
    return [ox.DefaultGraph() if name is None else ox.NamedNode(name) for name in names]


def _write(result: Any, job: dict[str, Any], connection: socket.socket, output: Output) -> None:
    kind = "graph" if isinstance(result, ox.QueryTriples) else "solutions"
    name = job[kind]
    if name is None:
        raise Unacceptable(kind)
    send(connection, b"H", json.dumps({"format": name}).encode())
    if name == "rows":
        output.write(json.dumps(_rows(result, job["rows"])).encode())
    elif kind == "solutions":
        result.serialize(cast(IO[bytes], output), SOLUTIONS[name])
    else:
        ox.serialize(result, cast(IO[bytes], output), GRAPHS[name], prefixes=_prefixes(GRAPHS[name]))


def _prefixes(graph_format: ox.RdfFormat) -> dict[str, str] | None:
    return None if graph_format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS) else PREFIXES


def _rows(result: Any, limit: int) -> dict[str, Any]:
    """The first `limit` solutions or triples as lists of cells, and whether there were more."""
    if isinstance(result, ox.QueryBoolean):
        return {"boolean": bool(result)}
    names = ["subject", "predicate", "object"]
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
    rows: list[list[object]] = []
    for row in result:
        if len(rows) == limit:
            return {"names": names, "rows": rows, "cut": True}
        rows.append([_cell(term) for term in _terms(row)])
    return {"names": names, "rows": rows, "cut": False}


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


def _limit_memory(budget: int) -> None:
    """Let the process's data grow by `budget` bytes beyond what it takes now; where /proc is missing, no limit."""
    # VmData, not VmSize: mapped files of the store do not count.
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            match = re.search(r"^VmData:\s+(\d+) kB", status.read(), re.MULTILINE)
    except FileNotFoundError:
        return
    if match:
        limit = int(match[1]) * 1024 + budget
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = connection.recv(min(length - len(data), 2**20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def _error(connection: socket.socket, error: str, detail: str) -> None:
    send(connection, b"X", json.dumps({"error": error, "detail": detail}).encode())


def _die(what: threading.ExceptHookArgs) -> None:
    """End the process with the thread: a worker without its thread would only look alive."""
    if what.exc_type is not EOFError:
        traceback.print_exception(what.exc_type, what.exc_value, what.exc_traceback)
        sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
