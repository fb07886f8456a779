"""What a worker of the pool is given and what comes back: jobs, and answers as they stream in."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from socket import SHUT_RDWR, socket
from typing import Any, Final, Protocol

from kg.errors import KgError
from kg.store import frames
from kg.store.pool_failures import ClientGone, error_of, why_dead
from kg.store.pool_worker import Worker

# An answer goes out whole if it ends within this many bytes and so many seconds after its first piece; the worker holds
# it back for some milliseconds itself.
SMALL: Final = 256 * 2**10
SETTLE: Final = 0.01
# Most answers come sooner than this; only for the others is the client watched.
GRACE: Final = 0.05


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

    @property
    def frame(self) -> bytes:
        """The job as a frame."""
        return frames.frame(b"Q", json.dumps({name: getattr(self, name) for name in FIELDS}).encode())


FIELDS: Final = tuple(field.name for field in fields(Job))


class Task(Protocol):
    """What a worker may be given: its frame, and the text that it is listed with."""

    @property
    def query(self) -> str:
        """The text of a query, or what else it is."""

    @property
    def frame(self) -> bytes:
        """It as a frame."""


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
    compressed, `snapshot` from which folder it comes, `has_failures` whether a report has what counts as a failure.
    Whoever takes an answer closes it; that frees the worker, which is killed where the answer was not read to its end.
    """

    def __init__(self, lease: "Lease", head: dict[str, Any], start: bytes, *, ended: bool) -> None:
        self.id = lease.id
        self.snapshot = lease.snapshot
        self.format = head["format"]
        self.cut = head.get("cut")
        self.encoding = head.get("encoding")
        self.has_failures = bool(head.get("has_failures"))
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
        self,
        query_id: str,
        worker: Worker,
        seconds: float,
        client: socket | None,
        give_back: Callable[["Lease"], None],
        count: Callable[[str], None],
    ) -> None:
        self.id = query_id
        self.worker = worker
        self.snapshot: Path = worker.snapshot
        self.is_answering = False
        self.is_answered = False
        # Whether the worker ends itself after this answer.
        self.is_last = False
        self._seconds = seconds
        self._client = client
        self._give_back = give_back
        self._count = count
        self._has_failed = False
        self._closed = False

    def send(self, job: Task) -> bool:
        """Send the job; false where the worker has died since its last one, so that another can have the job.

        Raises what the pool has ended it for since it was taken for this query.
        """
        try:
            self.worker.send(job.frame)
        except OSError:
            self.close()
            if self.worker.ended_for is not None:
                raise self._failure(*why_dead(self.worker, self._seconds)) from None
            return False
        return True

    def receive(self) -> Answer:
        """The answer, once its head and a first part are there."""
        try:
            head = json.loads(self._frame()[1])
            self.is_answering = True
            start = bytearray()
            until = None
            while until is None or (len(start) < SMALL and self.worker.has_more(until - time.monotonic())):
                kind, payload = self._frame()
                if kind == b"E":
                    return Answer(self, head, bytes(start), ended=True)
                start += payload
                until = until or time.monotonic() + SETTLE
            self.worker.unread_since = time.monotonic()
            return Answer(self, head, bytes(start), ended=False)
        except BaseException:
            self.close()
            raise

    def pieces(self) -> Iterator[bytes]:
        """The rest of the answer."""
        while (frame := self._frame())[0] == b"D":
            self.worker.unread_since = time.monotonic()
            yield frame[1]

    def close(self) -> None:
        """Give the worker back."""
        if not self._closed:
            self._closed = True
            if self.is_answering and not self.is_answered and not self._has_failed:
                self._count("client-gone")
            self._give_back(self)

    def break_off(self) -> None:
        """Break the connection to a client off that leaves a piece of its answer unread."""
        if self._client is not None and self.worker.unread_since is not None:
            with suppress(OSError):
                self._client.shutdown(SHUT_RDWR)

    def _frame(self) -> tuple[bytes, bytes]:
        self.worker.unread_since = None
        if self._client is not None and not self.worker.has_more(GRACE) and not self.worker.wait(self._client):
            raise self._failure("client-gone", ClientGone("The client left before its answer was there."))
        try:
            kind, payload = self.worker.arriving.next()
        except (EOFError, OSError):
            raise self._failure(*why_dead(self.worker, self._seconds)) from None
        if kind in (b"E", b"X"):
            self.is_answered = True
            frame = json.loads(payload or b"{}")
            self.is_last = "last" in frame
        if kind == b"X":
            is_memory = frame["error"] == "memory"
            told = {**frame, "detail": self.worker.work} if is_memory else frame
            raise self._failure("memory" if is_memory else None, error_of(told))
        return kind, payload

    def _failure(self, event: str | None, error: KgError) -> KgError:
        """An error, after its event is counted."""
        self._has_failed = True
        if event is not None:
            self._count(event)
        return error
