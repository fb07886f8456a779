"""What a worker of the pool is given and what comes back: jobs, answers as they stream in, and their errors."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from socket import socket
from typing import Final

from kg.errors import (
    DataFolderError,
    KgError,
    QueryError,
    QueryMemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
)
from kg.store.pool_worker import Worker
from kg.store.workers import receive, send

# An answer goes out whole if it ends within this many bytes and so many seconds after its first piece.
SMALL: Final = 64 * 2**10
SETTLE: Final = 0.01
# Most answers come sooner than this; only for the others is the client watched.
GRACE: Final = 0.05


class NotAcceptable(QueryError):
    """The client takes no media type that this kind of answer has; `kind` is `solutions` or `graph`."""

    title = "Not acceptable"
    status = 406

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class WorkerKilled(QueryMemoryExceeded):
    """A worker was killed by another process; before its answer has begun, another worker gets the job, once."""


class ClientGone(QueryError):
    """The client left before its answer began."""

    title = "Client gone"
    status = 499


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A query for a worker.

    `solutions` and `graph` name the format of either kind of answer (None: the client takes none); `rows` bounds the
    format of that name. A None among the graphs is the store's default graph; None for all is the query's own dataset.
    The worker compresses the answer as `encoding` says (None, gzip, zstd) and cuts it off after `max_rows` rows and
    `max_bytes` bytes (0: no cap; bytes before compression). With `dump` it answers no query but with a whole graph,
    never cut: the default graph (""), the named graph of that IRI, or all of the dataset ("*").
    """

    query: str = ""
    base: str
    solutions: str | None = "json"
    graph: str | None = "ttl"
    default_graph: tuple[str | None, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    rows: int = 0
    encoding: str | None = None
    max_rows: int = 0
    max_bytes: int = 0
    dump: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningQuery:
    """A query that is not yet answered: since how many seconds, and its state (waiting, evaluating, answering)."""

    id: str
    query: str
    seconds: float
    state: str


def new_id() -> str:
    """An id for a query."""
    return secrets.token_hex(6)


class Answer:
    """An answer of a worker: whole in `body` where it is small, else to be read from `pieces()`.

    `cut` tells by which cap it was cut off ("rows" or "bytes"; None: it is whole), `encoding` how its bytes are
    compressed, `snapshot` from which folder it comes. Whoever takes an answer closes it; that frees the worker, which
    is killed where the answer was not read to its end.
    """

    def __init__(self, lease: "Lease", head: dict[str, str | None], start: bytes, *, ended: bool) -> None:
        self.id = lease.id
        self.snapshot = lease.snapshot
        self.format = head["format"]
        self.cut = head.get("cut")
        self.encoding = head.get("encoding")
        self.body = start if ended else None
        self._start = start
        self._lease = lease
        if ended:
            lease.close()

    def pieces(self) -> Iterator[bytes]:
        """The answer piece by piece; an error in its midst is raised, so that nobody takes a part for the whole."""
        try:
            yield self._start
            if self.body is None:
                yield from self._lease.pieces()
        finally:
            self.close()

    def close(self) -> None:
        """Free the worker."""
        self._lease.close()


class Lease:
    """A worker taken for one job, until it has answered or is killed."""

    def __init__(
        self, query_id: str, worker: Worker, seconds: float, give_back: Callable[[Worker, bool], None]
    ) -> None:
        self.id = query_id
        self.snapshot: Path = worker.snapshot
        self._give_back = give_back
        self._worker = worker
        self._seconds = seconds
        self._answered = False
        self._closed = False

    def send(self, job: Job) -> bool:
        """Send the job; false where the worker has died since its last one, so that another can have the job."""
        try:
            send(self._worker.connection, b"Q", json.dumps(asdict(job)).encode())
        except OSError:
            self.close()
            return False
        return True

    def receive(self, client: socket | None) -> Answer:
        """The answer, once its head and a first part are there."""
        try:
            if client is not None and not self._worker.has_more(GRACE) and not self._worker.wait(client):
                raise ClientGone("The client left before its answer began.")
            head = json.loads(self._frame()[1])
            start = bytearray()
            until = None
            while until is None or (len(start) < SMALL and self._worker.has_more(until - time.monotonic())):
                kind, payload = self._frame()
                if kind == b"E":
                    return Answer(self, head, bytes(start), ended=True)
                start += payload
                until = until or time.monotonic() + SETTLE
            self._worker.unread_since = time.monotonic()
            return Answer(self, head, bytes(start), ended=False)
        except BaseException:
            self.close()
            raise

    def pieces(self) -> Iterator[bytes]:
        """The rest of the answer."""
        while (frame := self._frame())[0] == b"D":
            self._worker.unread_since = time.monotonic()
            yield frame[1]

    def close(self) -> None:
        """Give the worker back."""
        if not self._closed:
            self._closed = True
            self._give_back(self._worker, self._answered)

    def _frame(self) -> tuple[bytes, bytes]:
        self._worker.unread_since = None
        try:
            kind, payload = receive(self._worker.connection)
        except (EOFError, OSError):
            raise self._why_dead() from None
        if kind in (b"E", b"X"):
            self._answered = True
        if kind == b"X":
            raise _error(json.loads(payload))
        return kind, payload

    def _why_dead(self) -> KgError:
        if self._worker.is_slow:
            return QueryTimeout("The answer was read too slowly while other queries waited, and was broken off.")
        if self._worker.is_expired:
            return QueryTimeout(f"The query did not end within {self._seconds:g} seconds and was stopped.")
        death = self._worker.reap()
        if death.is_from_outside:
            return WorkerKilled(f"Its worker was killed from outside ({death}), as the kernel does for want of memory.")
        if death.is_memory:
            return _error({"error": "memory", "detail": ""})
        if death.is_overflow:
            return QueryRefused(f"The query is too deep for the engine and ended its worker ({death}).")
        return QueryError(f"The query ended its worker ({death}).")


def _error(frame: dict[str, str]) -> KgError:
    detail = frame["detail"]
    match frame["error"]:
        case "syntax":
            return QuerySyntaxError(detail)
        case "refused":
            return QueryRefused(detail)
        case "unacceptable":
            return NotAcceptable(detail)
        case "memory":
            return QueryMemoryExceeded("The query needed more memory than a query may take.")
        case "unreadable":
            return DataFolderError(f"The engine cannot read the snapshot: {detail}")
        case _:
            return QueryError(detail)
