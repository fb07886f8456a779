"""The pool of query workers: leases, deadlines, a bounded queue, and answers as they stream in.

The process that holds the pool never opens a store. A query that overruns its deadline or its memory loses its worker
by SIGKILL or abort, and another takes its place. Plain threads and sockets: under gevent's patching they are greenlets.
"""

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Final

from kg.errors import DataFolderError, KgError, ServerBusy
from kg.store.pool_answers import ENDS, Answer, ClientGone, Job, Lease, RunningQuery, WorkerKilled, new_id
from kg.store.pool_worker import Died, Worker, is_there

SPARE: Final = 1
# Seconds that a client may leave a piece of its answer unread while other queries wait for a worker.
PATIENCE: Final = 2.0
# Seconds between looks at the answers under way, and at the clients, while queries wait.
LOOK: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may take: workers at the same time, queries in the queue, seconds, bytes."""

    workers: int
    queue: int
    seconds: float
    memory: int


class _Query:
    """A query from its arrival to the end of its answer."""

    def __init__(self, query_id: str, text: str) -> None:
        self.id = query_id
        self.text = text
        self.since = time.monotonic()
        self.is_killed = False
        self.deadline = float("inf")
        self.lease: Lease | None = None

    @property
    def state(self) -> str:
        """Whether it waits for a worker, is evaluated, or its answer is on the way."""
        if self.lease is None:
            return "waiting"
        return "answering" if self.lease.is_answering else "evaluating"


class Pool:
    """The workers over the snapshot that is served, and who waits for one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        # What happened to queries and workers since the start: timeout, memory, overflow, slow-reader, client-gone,
        # killed, died, spawned.
        self.events: Counter[str] = Counter()
        self._state = threading.Condition()
        self._snapshot: Path | None = None
        self._idle: list[Worker] = []
        self._busy: dict[Worker, _Query] = {}
        self._queries: dict[str, _Query] = {}
        self._starting = 0
        self._line: deque[_Query] = deque()
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

        A `client` that closes its side before the answer has ended ends the query (ClientGone).
        """
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        query = _Query(query_id or new_id(), job.query)
        again = True
        while True:
            lease = self._lease(query, snapshot, seconds, client)
            if not lease.send(job):
                continue
            try:
                return lease.receive()
            except WorkerKilled:
                if not again:
                    raise
                again = False

    def warm(self, snapshot: Path) -> None:
        """Start the workers for a snapshot before the first query."""
        with self._state:
            self._turn_to(snapshot)

    def running(self) -> list[RunningQuery]:
        """The queries that are not yet answered, the oldest first."""
        now = time.monotonic()
        with self._state:
            queries = list(self._queries.values())
        return [
            RunningQuery(id=query.id, query=query.text, seconds=now - query.since, state=query.state)
            for query in sorted(queries, key=lambda query: query.since)
        ]

    def kill(self, query_id: str) -> bool:
        """Stop a query (QueryKilled for its client); false where there is none of that id."""
        with self._state:
            query = self._queries.get(query_id)
            if query is None or query.is_killed:
                return False
            query.is_killed = True
            if query.lease is not None:
                self._end(query.lease.worker, "killed")
            else:
                self.events["killed"] += 1
            self._top_up()
            self._state.notify_all()
        return True

    def counts(self) -> dict[str, int]:
        """How many workers are idle, busy and starting, and how many queries wait."""
        with self._state:
            return {
                "idle": len(self._idle),
                "busy": len(self._busy),
                "starting": self._starting,
                "waiting": len(self._line),
            }

    def close(self) -> None:
        """End all workers."""
        with self._state:
            self._closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
            self._state.notify_all()
        self._nudge.set()
        for worker in workers:
            worker.stop()

    def _lease(self, query: _Query, snapshot: Path, seconds: float, client: socket | None) -> Lease:
        """A worker for a query, as soon as one is free."""
        until = time.monotonic() + seconds
        with self._state:
            self._turn_to(snapshot)
            if not self._is_free() and len(self._line) >= self.limits.queue:
                raise ServerBusy(f"All workers are taken and {len(self._line)} queries wait. Ask again later.")
            self._line.append(query)
            self._queries[query.id] = query
            try:
                worker = self._wait(query, until, client)
            except BaseException:
                del self._queries[query.id]
                raise
            finally:
                self._line.remove(query)
                self._state.notify_all()
            query.lease = Lease(query.id, worker, seconds, client, self._give_back, self._count)
            query.deadline = time.monotonic() + seconds
            self._busy[worker] = query
            self._watch(query.deadline)
            return query.lease

    def _wait(self, query: _Query, until: float, client: socket | None) -> Worker:
        # Who came first goes first; whichever thread wakes first is chance.
        while query.is_killed or query is not self._line[0] or not self._is_free():
            remaining = until - time.monotonic()
            if query.is_killed:
                raise ENDS["killed"](0)
            if remaining <= 0 or self._closed:
                raise ServerBusy("No worker became free in time. Ask again later.")
            if self._failure is not None:
                raise self._failure
            if client is not None and not is_there(client):
                self.events["client-gone"] += 1
                raise ClientGone("The client left while its query waited.")
            # Whoever reads slowly has to make room.
            self._nudge.set()
            self._state.wait(remaining if client is None else min(remaining, LOOK))
        return self._idle.pop()

    def _is_free(self) -> bool:
        return bool(self._idle) and len(self._busy) < self.limits.workers

    def _give_back(self, lease: Lease) -> None:
        """Take a worker back: to the others where it has answered, else end it."""
        worker = lease.worker
        with self._state:
            self._busy.pop(worker, None)
            self._queries.pop(lease.id, None)
            keep = lease.is_answered and worker.ended_for is None and not self._closed
            if keep:
                self._take_in(worker)
            self._state.notify_all()
        if not keep:
            worker.stop()
            with self._state:
                self._top_up()

    def _take_in(self, worker: Worker) -> None:
        """Count a worker among the idle ones; let one of another snapshot turn to the one that is served first."""
        if worker.snapshot == self._snapshot:
            self._idle.append(worker)
            self._state.notify_all()
        else:
            self._starting += 1
            threading.Thread(target=self._turn, args=(worker, self._snapshot), daemon=True).start()

    def _turn_to(self, snapshot: Path) -> None:
        """Serve from this snapshot from now on."""
        if snapshot != self._snapshot:
            self._snapshot = snapshot
            idle, self._idle = self._idle, []
            for worker in idle:
                self._take_in(worker)
        if self._starting == 0:
            self._failure = None
        self._top_up()

    def _turn(self, worker: Worker, snapshot: Path) -> None:
        """Let a worker open another snapshot; one that cannot is replaced, and its successor tells why."""
        try:
            worker.turn_to(snapshot)
        except Died:
            turned = False
        else:
            turned = True
        with self._state:
            self._starting -= 1
            if turned and not self._closed:
                self._take_in(worker)
            self._top_up()
        if turned and self._closed:
            worker.stop()

    def _top_up(self) -> None:
        """Start as many workers as are missing, each on a thread of its own."""
        if self._snapshot is None or self._closed or self._failure is not None:
            return
        for _ in range(self.limits.workers + SPARE - len(self._busy) - len(self._idle) - self._starting):
            self._starting += 1
            self.events["spawned"] += 1
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
            is_wanted = worker is not None and not self._closed
            if is_wanted and worker is not None:
                self._failure = None
                self._take_in(worker)
            elif snapshot == self._snapshot:
                self._failure = failure
            self._top_up()
            self._state.notify_all()
        if worker is not None and not is_wanted:
            worker.stop()

    def _watch(self, deadline: float) -> None:
        """See to it that the thread that kills at the deadline runs and knows of this one."""
        if not self._watching:
            self._watching = True
            threading.Thread(target=self._end_overdue, daemon=True).start()
        elif deadline < self._next_kill:
            self._nudge.set()

    def _end_overdue(self) -> None:
        while not self._closed:
            with self._state:
                now = time.monotonic()
                overdue = [worker for worker, query in self._busy.items() if query.deadline <= now]
                for worker in overdue:
                    self._end(worker, "timeout")
                for worker in self._slow(len(self._line) - len(overdue), now):
                    self._end(worker, "slow-reader")
                self._next_kill = min((query.deadline for query in self._busy.values()), default=float("inf"))
                if self._line:
                    self._next_kill = min(self._next_kill, now + LOOK)
                self._top_up()
            self._nudge.wait(min(self._next_kill - now, threading.TIMEOUT_MAX))
            self._nudge.clear()

    def _end(self, worker: Worker, reason: str) -> None:
        """End a busy worker. Its place is free at once, though whoever reads its answer may still hold the lease."""
        query = self._busy.pop(worker, None)
        if query is None or query.lease is None:
            return
        worker.end(reason)
        query.lease.break_off()
        self.events[reason] += 1
        self._state.notify_all()

    def _slow(self, wanted: int, now: float) -> list[Worker]:
        """At most so many workers whose clients leave their answers unread beyond PATIENCE."""
        slow = [worker for worker in self._busy if worker.is_unread(now - PATIENCE)]
        return slow[: max(wanted, 0)]

    def _count(self, event: str) -> None:
        self.events[event] += 1
