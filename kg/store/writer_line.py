"""The line of writes: one is done at a time, in the order of arrival; an operator sees it, and stops who waits."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from typing import Final

from kg.errors import QueryKilled, ServerBusy, WriteUnderWay
from kg.store.pool_answers import RunningQuery
from kg.store.pool_failures import ClientGone
from kg.store.pool_worker import is_there
from kg.store.writer_jobs import UNCHANGED

WAITING: Final = "waiting"
WRITING: Final = "writing"
# Seconds between looks at a client whose write waits.
LOOK: Final = 0.25


class _Pending:
    """A write from its arrival to its end."""

    def __init__(self, write_id: str, text: str) -> None:
        self.id = write_id
        self.text = text
        self.since = time.monotonic()
        self.is_stopped = False
        self.state = WAITING


class Line:
    """The writes that are not yet done."""

    def __init__(self, queue: int, seconds: float) -> None:
        """A line in which so many may wait, each so long."""
        self._queue = queue
        self._seconds = seconds
        self._changed = threading.Condition()
        self._line: deque[_Pending] = deque()

    @contextmanager
    def turn(self, write_id: str, text: str, client: socket | None) -> Iterator[None]:
        """Wait for the turn of a write and have it: ServerBusy, QueryKilled or ClientGone where it does not come."""
        pending = _Pending(write_id, text)
        with self._changed:
            # The first one does not wait.
            if len(self._line) > self._queue:
                raise ServerBusy(f"{len(self._line) - 1} writes wait already. Try again later.")
            self._line.append(pending)
        try:
            self._wait(pending, client)
            yield
        finally:
            with self._changed:
                self._line.remove(pending)
                self._changed.notify_all()

    def running(self) -> list[RunningQuery]:
        """The writes that are not yet done, the first to come first."""
        now = time.monotonic()
        with self._changed:
            return [
                RunningQuery(id=each.id, query=each.text, seconds=now - each.since, state=each.state)
                for each in self._line
            ]

    def stop(self, write_id: str) -> bool:
        """Stop a write that waits; false where there is none of that id, WriteUnderWay where it has begun."""
        with self._changed:
            pending = next((each for each in self._line if each.id == write_id and not each.is_stopped), None)
            if pending is None:
                return False
            if pending.state == WRITING:
                raise WriteUnderWay(
                    f"The write {write_id} has begun and cannot be stopped. It ends by itself within "
                    f"{self._seconds:g} seconds, whole or not done at all."
                )
            pending.is_stopped = True
            self._changed.notify_all()
        return True

    def _wait(self, pending: _Pending, client: socket | None) -> None:
        until = pending.since + self._seconds
        with self._changed:
            while True:
                if pending.is_stopped:
                    raise QueryKilled(f"The write was stopped before it began. {UNCHANGED}")
                if client is not None and not is_there(client):
                    raise ClientGone("The client left while its write waited.")
                if pending is self._line[0]:
                    pending.state = WRITING
                    return
                remaining = until - time.monotonic()
                if remaining <= 0:
                    raise ServerBusy("The writes before took too long. Try again later.")
                self._changed.wait(remaining if client is None else min(remaining, LOOK))
