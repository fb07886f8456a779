"""The bounded queue of queries that wait for a worker."""

import threading
import time
from collections import Counter, deque
from socket import socket
from typing import Final

from kg.errors import ServerBusy
from kg.store.pool_answers import ENDS, ClientGone
from kg.store.pool_queries import Query
from kg.store.pool_staff import Staff
from kg.store.pool_worker import Worker, is_there

# Seconds between looks at the answers under way, and at the clients, while queries wait.
LOOK: Final = 0.25


class Queue:
    """Who waits for a worker of the staff, in the order of arrival; at most so many.

    Whoever looks at it holds the staff's `state`. While somebody waits, `nudge` is set again and again: whoever reads
    slowly has to make room.
    """

    def __init__(self, staff: Staff, most: int, events: Counter[str], nudge: threading.Event) -> None:
        self._staff = staff
        self._most = most
        self._events = events
        self._nudge = nudge
        self._line: deque[Query] = deque()

    def __len__(self) -> int:
        return len(self._line)

    def worker_for(self, query: Query, until: float, client: socket | None) -> Worker:
        """An idle worker, as soon as one is free and nobody is before the query.

        ServerBusy where the queue is full or none becomes free until then; what it was ended for where it is killed.
        """
        if not self._staff.is_free and len(self._line) >= self._most:
            raise ServerBusy(f"All workers are taken and {len(self._line)} queries wait. Ask again later.")
        self._line.append(query)
        try:
            return self._wait(query, until, client)
        finally:
            self._line.remove(query)
            self._staff.state.notify_all()

    def _wait(self, query: Query, until: float, client: socket | None) -> Worker:
        # Who came first goes first; whichever thread wakes first is chance.
        while query.is_killed or query is not self._line[0] or not self._staff.is_free:
            remaining = until - time.monotonic()
            if query.is_killed:
                raise ENDS["killed"](0)
            if remaining <= 0 or self._staff.is_closed:
                raise ServerBusy("No worker became free in time. Ask again later.")
            if self._staff.failure is not None:
                raise self._staff.failure
            if client is not None and not is_there(client):
                self._events["client-gone"] += 1
                raise ClientGone("The client left while its query waited.")
            self._nudge.set()
            self._staff.state.wait(remaining if client is None else min(remaining, LOOK))
        return self._staff.idle.pop()
