"""Run long pure work beside the event loop, so that other clients are answered meanwhile.

Work waits in lanes, each with a thread of its own: texts of clients up to LONG, longer ones, and what the server makes
of its own (pages, compression). So a text waits for no longer one than those of its lane, and a page for no text.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import count
from socket import socket
from typing import Final, TypeVar

from flask import has_request_context, request
from gevent import monkey
from gevent.event import Event
from gevent.threadpool import ThreadPool

from kg.errors import KgError, ServerBusy
from kg.store.pool_failures import ClientGone
from kg.store.pool_worker import is_there
from kg.web.rates import network

T = TypeVar("T")
# The guard takes some 60 ms for the worst text of so many bytes.
LONG: Final = 64 * 2**10
# Work that may wait in a lane, and for so many seconds.
MOST: Final = 32
SECONDS: Final = 5.0
BUSY: Final = "Other long requests are being read. Ask again later, or send a shorter one."


@dataclass(eq=False, slots=True, kw_only=True)
class _Turn:
    """Work that waits: whose it is, over how many bytes, which came first, and whether it has waited enough."""

    client: str
    size: int
    number: int = field(default_factory=count().__next__)
    is_decided: Event = field(default_factory=Event)


class Lane:
    """Work that is done one after the other on a thread.

    Clients take turns, and of each the shortest text goes first. Where too much waits, the longest text of whoever has
    most of it is refused; so a client with many long texts keeps nobody else out.
    """

    def __init__(self) -> None:
        # One thread: more would take the interpreter's lock from the event loop, and from each other.
        self._thread = ThreadPool(1)
        self._current: _Turn | None = None
        self._waiting: list[_Turn] = []
        # When whoever waits had a turn last, by number.
        self._served: dict[str, int] = {}
        self._turns = 0

    def do(self, work: Callable[[], T], size: int, client: str = "", connection: socket | None = None) -> T:
        """The result of some work over so many bytes, or the KgError that it raises.

        ServerBusy where it may not wait, or waits too long; ClientGone where its client has left before it begins.
        """
        turn = _Turn(client=client, size=size)
        try:
            self._await(turn)
            if connection is not None and not is_there(connection):
                raise ClientGone("The client left before its request was read.")
            outcome: T | KgError = self._thread.apply(partial(_caught, work))
        finally:
            self._leave(turn)
        if isinstance(outcome, KgError):
            raise outcome
        return outcome

    def _await(self, turn: _Turn) -> None:
        """Wait until it is this work's turn."""
        if self._current is None:
            self._current = turn
            return
        self._waiting.append(turn)
        if len(self._waiting) > MOST:
            counts = Counter(each.client for each in self._waiting)
            refused = max(self._waiting, key=lambda each: (counts[each.client], each.size, each.number))
            self._waiting.remove(refused)
            refused.is_decided.set()
        turn.is_decided.wait(SECONDS)
        if self._current is not turn:
            raise ServerBusy(BUSY)

    def _leave(self, turn: _Turn) -> None:
        """Give the place of some work to the next."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        if self._current is turn:
            self._turns += 1
            self._served[turn.client] = self._turns
            self._served = {each.client: self._served.get(each.client, 0) for each in (*self._waiting, turn)}
            self._current = min(
                self._waiting, key=lambda each: (self._served[each.client], each.size, each.number), default=None
            )
            if self._current is not None:
                self._waiting.remove(self._current)
                self._current.is_decided.set()


def beside(work: Callable[[], T], size: int | None = None) -> T:
    """The result of some work, or the KgError that it raises; under gevent other clients are answered meanwhile.

    The size is that of the client's text that the work is over; None for what the server makes of its own.
    """
    if not monkey.is_module_patched("threading"):
        return work()
    environ = request.environ if has_request_context() else {}
    lane = _lane("own" if size is None else "long" if size > LONG else "short")
    return lane.do(work, size or 0, network(environ.get("REMOTE_ADDR", "")), environ.get("gunicorn.socket"))


def _caught(work: Callable[[], T]) -> T | KgError:
    """The result or the error of some work; gevent prints whatever is raised in its threads."""
    try:
        return work()
    except KgError as error:
        return error


@cache
def _lane(name: str) -> Lane:
    return Lane()
