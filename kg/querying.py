"""Answer a query on the current snapshot for the command line, in a worker process, whose memory is bounded."""

import io
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg import settings
from kg.console import print_table
from kg.errors import DataFolderError, QueryError, QueryMemoryExceeded, QuerySyntaxError, UsageError
from kg.iris import Iris
from kg.store.child import Died
from kg.store.folder import DataFolder, Snapshot
from kg.store.guard import check, with_alias
from kg.store.pool_answers import Answer, Job, Lease
from kg.store.pool_worker import Worker
from kg.store.syntax import explained

# The worker's name of the format for each way to print an answer.
SOLUTION_FORMATS: Final = {"table": "json", "json": "json", "csv": "csv", "tsv": "tsv", "xml": "xml"}
GRAPH_FORMATS: Final = {"table": "ttl", "ttl": "ttl", "jsonld": "jsonld"}
# Of the formats of solutions, those that have a truth; and those whose documents do not end a line.
TRUTHS: Final = ("table", "json", "xml")
DOCUMENTS: Final = ("json", "xml")
GRAPHS: Final = ("CONSTRUCT", "DESCRIBE")


def answer(data: Path, text: str, form: str, out: BinaryIO) -> None:
    """Run a query and print its answer in one of the formats of `kg query`; it may take any time.

    Raises NoSnapshot where there is no graph, QueryRefused for an update, SERVICE or nesting that would end the
    worker, QuerySyntaxError where the text is no SPARQL, QueryMemoryExceeded where it needs more than KG_MEMORY, and
    DataFolderError where the snapshot is damaged.
    """
    # The engine's answer does not look for Python's signals, so Ctrl-C ends the process itself, and the worker with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    snapshot = DataFolder(data).snapshot()
    verdict = check(text, int(settings.get_number("KG_MAX_NESTING")))
    iris = Iris(snapshot.manifest()["base"])
    has_alias = iris.graph("facts") in verdict.sources.default
    formats = GRAPH_FORMATS if verdict.form in GRAPHS else SOLUTION_FORMATS
    _refuse(verdict.form, form, formats)
    job = Job(
        query=text,
        base=iris.base,
        solutions=SOLUTION_FORMATS.get(form),
        graph=GRAPH_FORMATS.get(form),
        default_graph=with_alias(verdict.sources.default, iris) if has_alias else None,
        named_graphs=verdict.sources.named if has_alias else None,
    )
    memory = settings.get_number("KG_MEMORY")
    try:
        _print(_ask(snapshot, job, int(memory * 2**20)), verdict.form, form, out)
    except QuerySyntaxError as error:
        raise QuerySyntaxError(explained(text, str(error))) from error
    except QueryMemoryExceeded as error:
        raise QueryMemoryExceeded(f"{error} KG_MEMORY says how much: {memory:g} MiB.") from error


def _refuse(kind: str, form: str, formats: dict[str, str]) -> None:
    """Refuse formats that the form of a query does not have."""
    if kind in GRAPHS and form not in formats:
        raise UsageError(f"A graph cannot be printed as {form}: take one of {', '.join(formats)}.")
    if kind == "ASK" and form in formats and form not in TRUTHS:
        raise UsageError(f"A yes or no cannot be printed as {form}: take one of {', '.join(TRUTHS)}.")
    if form not in formats:
        raise UsageError(f"Solutions cannot be printed as {form}: take one of {', '.join(formats)}.")


def _ask(snapshot: Snapshot, job: Job, memory: int) -> Answer:
    try:
        worker = Worker.start(snapshot.path, memory)
    except Died as died:
        raise DataFolderError(str(died)) from None
    lease = Lease("", worker, float("inf"), None, lambda _: worker.stop(), lambda _: None)
    if not lease.send(job):
        raise QueryError("The worker was gone before it had the query. Ask again.")
    return lease.receive()


def _print(answer: Answer, kind: str, form: str, out: BinaryIO) -> None:
    if form != "table" or kind in GRAPHS:
        for piece in answer.pieces():
            out.write(piece)
        out.write(b"\n" if form in DOCUMENTS else b"")
        return
    found = ox.parse_query_results(io.BufferedReader(_Reader(answer)), ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        out.write(b"true\n" if found else b"false\n")
    else:
        print_table([variable.value for variable in found.variables], _rows(found))


class _Reader(io.RawIOBase):
    """An answer as a file."""

    def __init__(self, answer: Answer) -> None:
        self._pieces = answer.pieces()
        self._rest = b""

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as the next piece goes."""
        while not self._rest and (piece := next(self._pieces, None)) is not None:
            self._rest = piece
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _rows(solutions: ox.QuerySolutions) -> Iterator[list[str]]:
    for solution in solutions:
        yield ["" if term is None else _shown(term) for term in solution]


def _shown(term: object) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)
