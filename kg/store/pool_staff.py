"""The workers over the snapshot that is served: start them, turn them to another one, replace those that are lost."""

import threading
from collections import Counter
from pathlib import Path
from typing import Final

from kg.errors import DataFolderError, KgError
from kg.store.child import Died
from kg.store.pool_queries import Query
from kg.store.pool_worker import Worker

# Workers that are kept ready beyond those that may be busy at the same time.
SPARE: Final = 1


class Staff:
    """The workers of a pool, of which `most` may be busy at the same time.

    Whoever looks at them holds `state`, on which waits who needs a change of them. `failure` is why none can be
    started for the snapshot.
    """

    def __init__(self, most: int, memory: int, events: Counter[str], worker: type[Worker]) -> None:
        self.state = threading.Condition()
        self.idle: list[Worker] = []
        self.busy: dict[Worker, Query] = {}
        self.starting = 0
        self.failure: KgError | None = None
        self.is_closed = False
        self._most = most
        self._memory = memory
        self._events = events
        self._worker = worker
        self._snapshot: Path | None = None

    @property
    def is_free(self) -> bool:
        """Whether a worker may be taken."""
        return self.free > 0

    @property
    def free(self) -> int:
        """How many workers may be taken."""
        return min(len(self.idle), self._most - len(self.busy))

    def turn_to(self, snapshot: Path) -> None:
        """Serve from this snapshot from now on."""
        if snapshot != self._snapshot:
            self._snapshot = snapshot
            idle, self.idle = self.idle, []
            for worker in idle:
                self._take_in(worker)
        if self.starting == 0:
            self.failure = None
        self.top_up()

    def give_back(self, worker: Worker, *, is_answered: bool) -> None:
        """Take a worker back: to the others where it has answered, else end it."""
        with self.state:
            self.busy.pop(worker, None)
            keep = is_answered and worker.ended_for is None and not self.is_closed
            if keep:
                self._take_in(worker)
            self.state.notify_all()
        if not keep:
            worker.stop()
            with self.state:
                self.top_up()

    def end(self, worker: Worker, reason: str) -> None:
        """End a busy worker. Its place is free at once, though whoever reads its answer may still hold the lease."""
        query = self.busy.pop(worker, None)
        if query is None or query.lease is None:
            return
        worker.end(reason)
        query.lease.break_off()
        self._events[reason] += 1
        self.state.notify_all()

    def top_up(self) -> None:
        """Start as many workers as are missing, each on a thread of its own."""
        if self._snapshot is None or self.is_closed or self.failure is not None:
            return
        for _ in range(self._most + SPARE - len(self.busy) - len(self.idle) - self.starting):
            self.starting += 1
            self._events["spawned"] += 1
            threading.Thread(target=self._start, args=(self._snapshot,), daemon=True).start()

    def close(self) -> None:
        """End all workers; those that are starting end as soon as they are there."""
        with self.state:
            self.is_closed = True
            workers = [*self.idle, *self.busy]
            self.idle.clear()
            self.state.notify_all()
        for worker in workers:
            worker.stop()

    def _take_in(self, worker: Worker) -> None:
        """Count a worker among the idle ones; let one of another snapshot turn to the one that is served first."""
        if worker.snapshot == self._snapshot:
            self.idle.append(worker)
            self.state.notify_all()
        else:
            self.starting += 1
            threading.Thread(target=self._turn, args=(worker, self._snapshot), daemon=True).start()

    def _turn(self, worker: Worker, snapshot: Path) -> None:
        """Let a worker open another snapshot; one that cannot is replaced, and its successor tells why."""
        try:
            worker.turn_to(snapshot)
        except Died:
            turned = False
        else:
            turned = True
        with self.state:
            self.starting -= 1
            if turned and not self.is_closed:
                self._take_in(worker)
            self.top_up()
        if turned and self.is_closed:
            worker.stop()

    def _start(self, snapshot: Path) -> None:
        failure = None
        worker = None
        try:
            worker = self._worker.start(snapshot, self._memory)
        except (Died, OSError) as error:
            failure = DataFolderError(f"No worker can open the snapshot {snapshot.name}: {error}")
        with self.state:
            self.starting -= 1
            is_wanted = worker is not None and not self.is_closed
            if is_wanted and worker is not None:
                self.failure = None
                self._take_in(worker)
            elif snapshot == self._snapshot:
                self.failure = failure
            self.top_up()
            self.state.notify_all()
        if worker is not None and not is_wanted:
            worker.stop()
