"""The pool of query workers: leases, deadlines, a bounded queue, and answers as they stream in.

The process that holds the pool never opens a store. A query that overruns its deadline or its memory loses its worker
by SIGKILL or abort, and another takes its place. Plain threads and sockets: under gevent's patching they are greenlets.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Final

from kg.errors import DataFolderError, KgError, ServerBusy
from kg.store.pool_answers import Answer, Job, Lease, RunningQuery, WorkerKilled, new_id
from kg.store.pool_worker import Died, Worker

SPARE: Final = 1
# Seconds that a client may leave a piece of its answer unread while other queries wait for a worker.
PATIENCE: Final = 2.0
# Seconds between looks at the answers under way while queries wait.
LOOK: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may take: workers at the same time, queries in the queue, seconds, bytes."""

    workers: int
    queue: int
    seconds: float
    memory: int


class Pool:
    """The workers over the snapshot that is served, and who waits for one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        # What happened to queries and workers since the start; the names are those of /metrics.
        self.events: Counter[str] = Counter()
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

    def ask(
        self,
        job: Job,
        snapshot: Path,
        *,
        seconds: float | None = None,
        client: socket | None = None,
        query_id: str | None = None,
    ) -> Answer:
        """Answer a job from a snapshot's folder within its seconds.

        A `client` that closes its side before the answer begins ends the query (ClientGone).
        """
        query_id = query_id or new_id()
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        again = True
        while True:
            lease = Lease(query_id, self._take(snapshot, seconds), seconds, self.give_back)
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

    def running(self) -> list[RunningQuery]:
        """The queries that are not yet answered, the oldest first."""
        return []

    def kill(self, query_id: str) -> bool:
        """Stop a query (QueryKilled for its client); false where there is none of that id."""
        return False

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
            # Whoever reads slowly has to make room.
            self._nudge.set()
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
                slow = self._slow(self._waiting - len(overdue), now)
                for worker in (*overdue, *slow):
                    # Its place is free at once, though whoever reads its answer slowly may still hold the lease.
                    worker.expire(slow=worker in slow)
                    del self._busy[worker]
                self._next_kill = min(self._busy.values(), default=float("inf"))
                if self._waiting:
                    self._next_kill = min(self._next_kill, now + LOOK)
                self._top_up()
                self._state.notify(len(overdue) + len(slow))
            self._nudge.wait(min(self._next_kill - now, threading.TIMEOUT_MAX))
            self._nudge.clear()

    def _slow(self, wanted: int, now: float) -> list[Worker]:
        """At most so many workers whose clients leave their answers unread beyond PATIENCE."""
        slow = [
            worker for worker, deadline in self._busy.items() if deadline > now and worker.is_unread(now - PATIENCE)
        ]
        return slow[: max(wanted, 0)]


def _stop(workers: list[Worker]) -> None:
    for worker in workers:
        worker.stop()
