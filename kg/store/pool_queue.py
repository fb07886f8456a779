"""The bounded queue of queries that wait for a worker."""

import threading
import time
from collections import Counter, deque
from socket import socket
from typing import Final

from kg.errors import ServerBusy
from kg.store.pool_failures import ENDS, ClientGone
from kg.store.pool_queries import Query
from kg.store.pool_staff import Staff
from kg.store.pool_worker import Worker, is_there

# Seconds between looks at the answers under way, and at the clients, while queries wait.
LOOK: Final = 0.25
FULL: Final = "All workers are taken and {} queries wait. Ask again later."


class Queue:
    """Who waits for a worker of the staff; at most so many.

    Whose queries hold the fewest workers goes first, of these who got one longest ago. Where it is full, the latest
    query of whoever has most of them in it makes room for one of somebody who has fewer.

    Whoever looks at it holds the staff's `state`. While somebody waits, `nudge` is set again and again: whoever reads
    slowly has to make room.
    """

    def __init__(self, staff: Staff, most: int, events: Counter[str], nudge: threading.Event) -> None:
        self._staff = staff
        self._most = most
        self._events = events
        self._nudge = nudge
        self._line: deque[Query] = deque()
        # When the owners of those who wait got a worker last, by number.
        self._served: dict[str, int] = {}
        self._turns = 0

    def __len__(self) -> int:
        return len(self._line)

    def worker_for(self, query: Query, until: float, client: socket | None) -> Worker:
        """An idle worker, as soon as one is free and nobody is before the query.

        ServerBusy where the queue is full or none becomes free until then; what it was ended for where it is killed.
        """
        if len(self._line) >= self._most + self._staff.free:
            self._make_room(query.owner)
        self._line.append(query)
        try:
            return self._wait(query, until, client)
        finally:
            if not query.is_crowded_out:
                self._line.remove(query)
            self._staff.state.notify_all()

    def _make_room(self, owner: str) -> None:
        """Put out the latest query of whoever has more in the queue than this owner with one more; else ServerBusy."""
        counts = Counter(query.owner for query in self._line)
        crowding = max(self._line, key=lambda query: counts[query.owner], default=None)
        if crowding is None or counts[crowding.owner] <= counts[owner] + 1:
            raise ServerBusy(FULL.format(len(self._line)))
        put_out = next(query for query in reversed(self._line) if query.owner == crowding.owner)
        put_out.is_crowded_out = True
        self._line.remove(put_out)
        self._staff.state.notify_all()

    def _next(self) -> Query:
        """Who gets the next worker."""
        held = Counter(query.owner for query in self._staff.busy.values())
        return min(self._line, key=lambda query: (held[query.owner], self._served.get(query.owner, 0)))

    def _wait(self, query: Query, until: float, client: socket | None) -> Worker:
        # Whichever thread wakes first is chance.
        while query.is_killed or query.is_crowded_out or not self._staff.is_free or query is not self._next():
            if query.is_crowded_out:
                raise ServerBusy(FULL.format(len(self._line)))
            remaining = until - time.monotonic()
            if query.is_killed:
                raise ENDS["killed"](query.work, 0)
            if remaining <= 0 or self._staff.is_closed:
                raise ServerBusy("No worker became free in time. Ask again later.")
            if self._staff.failure is not None:
                raise self._staff.failure
            if client is not None and not is_there(client):
                self._events["client-gone"] += 1
                raise ClientGone("The client left while its query waited.")
            self._nudge.set()
            self._staff.state.wait(remaining if client is None else min(remaining, LOOK))
        self._turns += 1
        self._served[query.owner] = self._turns
        owners = {each.owner for each in self._line}
        self._served = {owner: turn for owner, turn in self._served.items() if owner in owners}
        return self._staff.idle.pop()
