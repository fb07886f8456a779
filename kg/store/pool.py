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

from kg.store.pool_answers import Answer, Lease, RunningQuery, Task, new_id
from kg.store.pool_failures import WorkerKilled
from kg.store.pool_queries import Query
from kg.store.pool_queue import Queue
from kg.store.pool_staff import Staff
from kg.store.pool_watch import Watch
from kg.store.pool_worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may take: workers at the same time, queries in the queue, seconds, bytes."""

    workers: int
    queue: int
    seconds: float
    memory: int


class Pool:
    """The workers over the snapshot that is served, and who waits for one."""

    def __init__(self, limits: Limits, worker: type[Worker] = Worker) -> None:
        self.limits = limits
        self._work = worker.work
        # What happened to queries and workers since the start: timeout, memory, overflow, slow-reader, client-gone,
        # killed, died, spawned.
        self.events: Counter[str] = Counter()
        self.staff = Staff(limits.workers, limits.memory, self.events, worker)
        self._state = self.staff.state
        self._nudge = threading.Event()
        self._queue = Queue(self.staff, limits.queue, self.events, self._nudge)
        self._watch = Watch(self.staff, self._queue, self._nudge)
        self._queries: dict[str, Query] = {}

    def ask(
        self,
        job: Task,
        snapshot: Path,
        *,
        seconds: float | None = None,
        client: socket | None = None,
        query_id: str | None = None,
        owner: str = "",
    ) -> Answer:
        """Answer a job from a snapshot's folder within its seconds.

        A `client` that closes its side before the answer has ended ends the query (ClientGone). Owners share the
        workers and the queue.
        """
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        query = Query(query_id or new_id(), job.query, owner, self._work)
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
            self.staff.turn_to(snapshot)

    def running(self) -> list[RunningQuery]:
        """The queries that are not yet answered, the oldest first."""
        now = time.monotonic()
        with self._state:
            queries = list(self._queries.values())
        return [query.running(now) for query in sorted(queries, key=lambda query: query.since)]

    def kill(self, query_id: str) -> bool:
        """Stop a query (QueryKilled for its client); false where there is none of that id."""
        with self._state:
            query = self._queries.get(query_id)
            if query is None or query.is_killed:
                return False
            query.is_killed = True
            if query.lease is not None:
                self.staff.end(query.lease.worker, "killed")
            else:
                self.events["killed"] += 1
            self.staff.top_up()
            self._state.notify_all()
        return True

    def counts(self) -> dict[str, int]:
        """How many workers are idle, busy and starting, and how many queries wait."""
        with self._state:
            return {
                "idle": len(self.staff.idle),
                "busy": len(self.staff.busy),
                "starting": self.staff.starting,
                "waiting": len(self._queue),
            }

    def close(self) -> None:
        """End all workers."""
        self.staff.close()
        self._nudge.set()

    def _lease(self, query: Query, snapshot: Path, seconds: float, client: socket | None) -> Lease:
        """A worker for a query, as soon as one is free."""
        until = time.monotonic() + seconds
        with self._state:
            self.staff.turn_to(snapshot)
            self._queries[query.id] = query
            try:
                worker = self._queue.worker_for(query, until, client)
            except BaseException:
                del self._queries[query.id]
                raise
            query.lease = Lease(query.id, worker, seconds, client, self._give_back, self._count)
            query.deadline = time.monotonic() + seconds
            self.staff.busy[worker] = query
            self._watch.note(query.deadline)
            return query.lease

    def _give_back(self, lease: Lease) -> None:
        with self._state:
            self._queries.pop(lease.id, None)
        self.staff.give_back(lease.worker, is_answered=lease.is_answered and not lease.is_last)

    def _count(self, event: str) -> None:
        self.events[event] += 1
