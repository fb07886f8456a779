"""The pool of query workers: leases, deadlines, a bounded queue, and answers as they stream in.

The process that holds the pool never opens a store. A query that overruns its deadline or its memory loses its worker
by SIGKILL or abort, and another takes its place. Plain threads and sockets: under gevent's patching they are greenlets.
"""

import json
import threading
import time
from collections.abc import Iterator
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
    ServerBusy,
)
from kg.store.pool_worker import Died, Worker
from kg.store.workers import receive, send

SMALL: Final = 64 * 2**10
SETTLE: Final = 0.01
SPARE: Final = 1
# Most answers come sooner than this; only for the others is the client watched.
GRACE: Final = 0.05


class NotAcceptable(QueryError):
    """The client takes no media type that this kind of answer has; `kind` is `solutions` or `graph`."""

    title = "Not acceptable"
    status = 406

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may take: workers at the same time, queries in the queue, seconds, bytes."""

    workers: int
    queue: int
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A query for a worker.

    `solutions` and `graph` name the format of either kind of answer (None: the client takes none); `rows` bounds the
    format of that name. A None among the graphs is the store's default graph; None for all is the query's own dataset.
    """

    query: str
    base: str
    solutions: str | None = "json"
    graph: str | None = "ttl"
    default_graph: tuple[str | None, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    rows: int = 0


class Answer:
    """An answer of a worker: whole in `body` where it is small, else to be read from `pieces()`.

    Whoever takes an answer closes it; that frees the worker, which is killed where the answer was not read to its end.
    """

    def __init__(self, lease: "Lease", form: str, start: bytes, *, ended: bool) -> None:
        self.format = form
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
        self._lease.close()


class Lease:
    """A worker taken for one job, until it has answered or is killed."""

    def __init__(self, pool: "Pool", worker: Worker, seconds: float) -> None:
        self._pool = pool
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
            form = json.loads(self._frame()[1])["format"]
            start = bytearray()
            until = None
            while until is None or (len(start) < SMALL and self._worker.has_more(until - time.monotonic())):
                kind, payload = self._frame()
                if kind == b"E":
                    return Answer(self, form, bytes(start), ended=True)
                start += payload
                until = until or time.monotonic() + SETTLE
            return Answer(self, form, bytes(start), ended=False)
        except BaseException:
            self.close()
            raise

    def pieces(self) -> Iterator[bytes]:
        while (frame := self._frame())[0] == b"D":
            yield frame[1]

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._pool.give_back(self._worker, self._answered)

    def _frame(self) -> tuple[bytes, bytes]:
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
        if self._worker.is_expired:
            return QueryTimeout(f"The query did not end within {self._seconds:g} seconds and was stopped.")
        death = self._worker.reap()
        if death.is_from_outside:
            return WorkerKilled(f"Its worker was killed from outside ({death}), as the kernel does for want of memory.")
        if death.is_memory:
            return _error({"error": "memory", "detail": ""})
        return QueryError(f"The query ended its worker ({death}).")


class WorkerKilled(QueryMemoryExceeded):
    """A worker was killed by another process; before its answer has begun, another worker gets the job, once."""


class ClientGone(QueryError):
    """The client left before its answer began."""

    title = "Client gone"
    status = 499


class Pool:
    """The workers over the snapshot that is served, and who waits for one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._state = threading.Condition()
        self._snapshot: Path | None = None
        self._idle: list[Worker] = []
        self._busy: dict[Worker, float] = {}
        self._starting = 0
        self._waiting = 0
        self._failure: KgError | None = None
        self._closed = False
        self._watching = False
        self._next_kill = float("inf")
        self._nudge = threading.Event()

    def ask(self, job: Job, snapshot: Path, *, seconds: float | None = None, client: socket | None = None) -> Answer:
        """Answer a job from a snapshot's folder within its seconds.

        A `client` that closes its side before the answer begins ends the query (ClientGone).
        """
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        again = True
        while True:
            lease = Lease(self, self._take(snapshot, seconds), seconds)
            if not lease.send(job):
                continue
            try:
                return lease.receive(client)
            except WorkerKilled:
                if not again:
                    raise
                again = False

    def warm(self, snapshot: Path) -> None:
        """Start the workers for a snapshot before the first query."""
        with self._state:
            retired = self._turn_to(snapshot)
        _stop(retired)

    def give_back(self, worker: Worker, answered: bool) -> None:
        """Take a worker back: to the others where it has answered and its snapshot is still served, else end it."""
        with self._state:
            self._busy.pop(worker, None)
            keep = answered and not worker.is_expired and worker.snapshot == self._snapshot and not self._closed
            if keep:
                self._idle.append(worker)
            self._state.notify()
        if not keep:
            _stop([worker])
            with self._state:
                self._top_up()

    def counts(self) -> dict[str, int]:
        """How many workers are idle, busy and starting, and how many queries wait."""
        with self._state:
            return {
                "idle": len(self._idle),
                "busy": len(self._busy),
                "starting": self._starting,
                "waiting": self._waiting,
            }

    def close(self) -> None:
        """End all workers."""
        with self._state:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
            self._state.notify_all()
        self._nudge.set()
        _stop(workers)

    def _take(self, snapshot: Path, seconds: float) -> Worker:
        until = time.monotonic() + seconds
        with self._state:
            retired = self._turn_to(snapshot)
            if not self._is_free() and self._waiting >= self.limits.queue:
                raise ServerBusy(f"All workers are taken and {self._waiting} queries wait. Ask again later.")
            self._waiting += 1
            try:
                worker = self._wait(until)
            finally:
                self._waiting -= 1
            self._busy[worker] = deadline = time.monotonic() + seconds
            self._watch(deadline)
        _stop(retired)
        return worker

    def _is_free(self) -> bool:
        return bool(self._idle) and len(self._busy) < self.limits.workers

    def _wait(self, until: float) -> Worker:
        while not self._is_free():
            remaining = until - time.monotonic()
            if remaining <= 0 or self._closed:
                raise ServerBusy("No worker became free in time. Ask again later.")
            if self._failure is not None:
                raise self._failure
            self._state.wait(remaining)
        return self._idle.pop()

    def _turn_to(self, snapshot: Path) -> list[Worker]:
        """Serve from this snapshot from now on; the idle workers of another one, for the caller to stop."""
        retired = [worker for worker in self._idle if worker.snapshot != snapshot]
        self._idle = [worker for worker in self._idle if worker.snapshot == snapshot]
        self._snapshot = snapshot
        if self._starting == 0:
            self._failure = None
        self._top_up()
        return retired

    def _top_up(self) -> None:
        """Start as many workers as are missing, each on a thread of its own."""
        busy = sum(worker.snapshot == self._snapshot for worker in self._busy)
        missing = self.limits.workers + SPARE - busy - len(self._idle) - self._starting
        if self._snapshot is None or self._closed or self._failure is not None:
            return
        for _ in range(missing):
            self._starting += 1
            threading.Thread(target=self._start, args=(self._snapshot,), daemon=True).start()

    def _start(self, snapshot: Path) -> None:
        failure = None
        worker = None
        try:
            worker = Worker.start(snapshot, self.limits.memory)
        except (Died, OSError) as error:
            failure = DataFolderError(f"No worker can open the snapshot {snapshot.name}: {error}")
        with self._state:
            self._starting -= 1
            wanted = worker is not None and snapshot == self._snapshot and not self._closed
            if wanted and worker is not None:
                self._idle.append(worker)
                self._failure = None
            elif snapshot == self._snapshot:
                self._failure = failure
            self._top_up()
            self._state.notify_all()
        if worker is not None and not wanted:
            _stop([worker])

    def _watch(self, deadline: float) -> None:
        """See to it that the thread that kills at the deadline runs and knows of this one."""
        if not self._watching:
            self._watching = True
            threading.Thread(target=self._kill_overdue, daemon=True).start()
        elif deadline < self._next_kill:
            self._nudge.set()

    def _kill_overdue(self) -> None:
        while not self._closed:
            with self._state:
                now = time.monotonic()
                overdue = [worker for worker, deadline in self._busy.items() if deadline <= now]
                for worker in overdue:
                    # Its place is free at once, though whoever reads its answer slowly may still hold the lease.
                    worker.expire()
                    del self._busy[worker]
                self._next_kill = min(self._busy.values(), default=float("inf"))
                self._top_up()
                self._state.notify(len(overdue))
            self._nudge.wait(min(self._next_kill - now, threading.TIMEOUT_MAX))
            self._nudge.clear()


def _stop(workers: list[Worker]) -> None:
    for worker in workers:
        worker.stop()


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
        case _:
            return QueryError(detail)
