"""The watch over busy workers: it ends those at their deadlines, and those read too slowly while others wait."""

import threading
import time
from typing import Final

from kg.store.pool_queue import LOOK, Queue
from kg.store.pool_staff import Staff
from kg.store.pool_worker import Worker

# Seconds that a client may leave a piece of its answer unread while other queries wait for a worker.
PATIENCE: Final = 2.0


class Watch:
    """A thread that sleeps until the next deadline, or until `nudge` is set; it runs from the first query on."""

    def __init__(self, staff: Staff, queue: Queue, nudge: threading.Event) -> None:
        self._staff = staff
        self._queue = queue
        self._nudge = nudge
        self._is_running = False
        self._next = float("inf")

    def note(self, deadline: float) -> None:
        """See to it that the thread runs and knows of a deadline."""
        if not self._is_running:
            self._is_running = True
            threading.Thread(target=self._run, daemon=True).start()
        elif deadline < self._next:
            self._nudge.set()

    def _run(self) -> None:
        while not self._staff.is_closed:
            with self._staff.state:
                now = time.monotonic()
                self._end_overdue(now)
                self._next = min((query.deadline for query in self._staff.busy.values()), default=float("inf"))
                if self._queue:
                    self._next = min(self._next, now + LOOK)
                self._staff.top_up()
            self._nudge.wait(min(self._next - now, threading.TIMEOUT_MAX))
            self._nudge.clear()

    def _end_overdue(self, now: float) -> None:
        overdue = [worker for worker, query in self._staff.busy.items() if query.deadline <= now]
        for worker in overdue:
            self._staff.end(worker, "timeout")
        for worker in self._slow(len(self._queue) - len(overdue), now):
            self._staff.end(worker, "slow-reader")

    def _slow(self, wanted: int, now: float) -> list[Worker]:
        """At most so many workers whose clients leave their answers unread beyond PATIENCE."""
        slow = [worker for worker in self._staff.busy if worker.is_unread(now - PATIENCE)]
        return slow[: max(wanted, 0)]
