"""Read bodies of requests: in time, whole, and within the memory that all of them share.

A client keeps no place in the server with a body that comes too slowly, and many clients take no more memory with
theirs than is set aside for all. A body that goes into a file (kg.web.uploads) takes none of it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO, TYPE_CHECKING, Final

from flask import Request
from gevent import Timeout, get_hub, getcurrent, monkey
from greenlet import greenlet
from werkzeug.exceptions import BadRequest, RequestTimeout
from werkzeug.wsgi import ClosingIterator, get_content_length

from kg.errors import ServerBusy

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A body may take so many seconds, and one more for each so many bytes of it that have come.
PATIENCE: Final = 5.0
RATE: Final = 8 * 2**10
PIECE: Final = 16 * 2**10
# Bytes that all bodies together may take in memory; of the longest kind there is room for some.
MEMORY: Final = 64 * 2**20
AT_LEAST: Final = 8
HELD: Final = "kg.held"
BUSY: Final = "The bodies of other requests take all the memory that there is for them. Ask again later."


class Held:
    """What of a body is in memory, until its request is answered."""

    def __init__(self, budget: "Budget") -> None:
        # It grows in place; many pieces would leave holes in the process's memory.
        self._body = bytearray()
        self.size = 0
        self.is_dropped = False
        self._budget = budget
        self._reader: greenlet | None = None

    def add(self, piece: bytes) -> None:
        """Hold one more piece; ServerBusy where there is no room for it, or another body has taken the room."""
        if not self.is_dropped:
            self._budget.make_room(self, len(piece))
        if self.is_dropped:
            raise ServerBusy(BUSY)
        self._body += piece
        self.size += len(piece)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While the next piece is awaited; ServerBusy where another body takes the room meanwhile."""
        self._reader = getcurrent()
        try:
            yield
        finally:
            self._reader = None

    def drop(self) -> None:
        """Give the room to another body, and tell who waits for the next piece of this one."""
        self.close()
        self.is_dropped = True
        get_hub().loop.run_callback(self._interrupt)

    def whole(self) -> bytes:
        """The whole body, which no other takes the room of any more."""
        self._budget.settle(self)
        body, self._body = bytes(self._body), bytearray()
        return body

    def close(self) -> None:
        """Give the room back, and what is held."""
        self._budget.free(self)
        self.size = 0
        self._body = bytearray()

    def _interrupt(self) -> None:
        if self._reader is not None:
            self._reader.throw(ServerBusy(BUSY))


class Budget:
    """The memory for bodies.

    Where it is full, the longest body that is not yet whole gives its room to a shorter one.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0
        self._growing: set[Held] = set()

    def make_room(self, held: Held, size: int) -> None:
        """Set so many bytes more aside for a body; or let it be dropped."""
        self._growing.add(held)
        while self.taken + size > self.most:
            longest = max(self._growing, key=lambda each: each.size)
            if longest.size <= held.size + size:
                longest = held
            longest.drop()
            if longest is held:
                return
        self.taken += size

    def settle(self, held: Held) -> None:
        """Let a body keep its room: it is whole."""
        self._growing.discard(held)

    def free(self, held: Held) -> None:
        """Take the room of a body back."""
        self.taken -= held.size
        self._growing.discard(held)


class Paced:
    """The body of a request, read in pieces.

    RequestTimeout (408) where the next one does not come in time, BadRequest where the body ends before its `length`
    (None: it tells its end itself).
    """

    def __init__(self, body: IO[bytes], length: int | None = None) -> None:
        self._body = body
        self._length = length
        self._start = monotonic()
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, fewer at the end only; all for a negative size."""
        pieces: list[bytes] = []
        while size and (piece := self._next(self._body.read, PIECE if size < 0 else min(size, PIECE))):
            pieces.append(piece)
            size -= len(piece) if size > 0 else 0
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """A line, or so much of it."""
        return self._next(self._body.readline, size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _next(self, read: Callable[[int], bytes], size: int) -> bytes:
        with self._in_time():
            piece = read(size)
        self._taken += len(piece)
        if not piece and size and self._length is not None and self._taken < self._length:
            raise BadRequest(f"The body ends after {self._taken} of its {self._length} bytes (Content-Length).")
        return piece

    def _in_time(self) -> Timeout:
        left = PATIENCE + self._taken / RATE - (monotonic() - self._start)
        return Timeout(max(left, 0.0), RequestTimeout(f"The body came more slowly than {RATE} bytes a second."))


class Bodies:
    """A WSGI application whose clients send their bodies in time, and which gives their memory back after its answers.

    How fast they come matters under gevent only.
    """

    def __init__(self, application: "WSGIApplication", longest: int) -> None:
        self._application = application
        self._budget = Budget(max(MEMORY, AT_LEAST * longest))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        held = environ[HELD] = Held(self._budget)
        if monkey.is_module_patched("socket"):
            environ["wsgi.input"] = Paced(environ["wsgi.input"], get_content_length(environ))
        try:
            answer = self._application(environ, start_response)
        except BaseException:
            held.close()
            raise
        # The text of a query is kept as long as it is answered.
        return ClosingIterator(answer, held.close) if held.size else answer


def whole(request: Request) -> bytes:
    """The body of a request in memory; ServerBusy where there is no room for it."""
    held: Held = request.environ[HELD]
    while True:
        with held.reading():
            piece = request.stream.read(PIECE)
        if not piece:
            return held.whole()
        held.add(piece)
