"""Give up bodies of requests that come too slowly: a client keeps no place in the server with one."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import IO, TYPE_CHECKING, Final

from gevent import Timeout, monkey
from werkzeug.exceptions import RequestTimeout

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A body may take so many seconds, and one more for each so many bytes of it that have come.
PATIENCE: Final = 5.0
RATE: Final = 8 * 2**10
PIECE: Final = 16 * 2**10


class Paced:
    """The body of a request, read in pieces; RequestTimeout (408) where the next one does not come in time."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body
        self._start = monotonic()
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, fewer at the end only; all for a negative size."""
        pieces: list[bytes] = []
        while size and (piece := self._piece(PIECE if size < 0 else min(size, PIECE))):
            pieces.append(piece)
            size -= len(piece) if size > 0 else 0
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """A line, or so much of it."""
        with self._in_time():
            return self._counted(self._body.readline(size))

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _piece(self, size: int) -> bytes:
        with self._in_time():
            return self._counted(self._body.read(size))

    def _counted(self, piece: bytes) -> bytes:
        self._taken += len(piece)
        return piece

    def _in_time(self) -> Timeout:
        left = PATIENCE + self._taken / RATE - (monotonic() - self._start)
        return Timeout(max(left, 0.0), RequestTimeout(f"The body came more slowly than {RATE} bytes a second."))


class Hurried:
    """A WSGI application whose clients have to send their bodies in time; under gevent only, elsewhere as they like."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if monkey.is_module_patched("socket"):
            environ["wsgi.input"] = Paced(environ["wsgi.input"])
        return self._application(environ, start_response)
