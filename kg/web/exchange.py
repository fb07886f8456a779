"""One request and its answer as it goes out: what the access log and the metrics are made of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter, time
from typing import TYPE_CHECKING, Any, Final

from kg.web import outcome

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

INTERNAL_ERROR: Final = 500
BAD_REQUEST: Final = 400


class Exchange:
    """The body of an answer as the server takes it, and how far it came.

    `sent` counts the bytes of pieces that were written whole: that in which a client left does not count. `seconds` end
    with the last piece, `first_byte` with the first one that was handed out (None: there was no body).
    """

    __slots__ = ("_body", "_pending", "_pieces", "_sinks", "_start", "environ", "first_byte", "is_whole", "seconds",
                 "sent", "status", "time")  # fmt: skip

    def __init__(self, environ: "WSGIEnvironment", sinks: "Sequence[Callable[[Exchange], None]]") -> None:
        self.environ = environ
        self.status = 0
        self.sent = 0
        self.time = time()
        self.seconds = 0.0
        self.first_byte: float | None = None
        self.is_whole = False
        self._start = perf_counter()
        self._pending = 0
        self._sinks = sinks
        self._body: Iterable[bytes] = ()
        self._pieces: Iterator[bytes] = iter(())

    def ask(self, application: "WSGIApplication", start_response: "StartResponse") -> "Exchange":
        """Let the application answer."""

        def note(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            self.status = int(status[:3])
            return start_response(status, headers, *exc_info)

        try:
            self._body = application(self.environ, note)
        except BaseException:
            self.status = INTERNAL_ERROR
            self._tell()
            raise
        self._pieces = iter(self._body)
        return self

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.sent += self._pending
        self._pending = 0
        try:
            piece = next(self._pieces)
        except StopIteration:
            self.is_whole = True
            raise
        except Exception:
            self.environ.setdefault(outcome.ERROR, outcome.FAILED)
            raise
        if self.first_byte is None:
            self.first_byte = perf_counter() - self._start
        self._pending = len(piece)
        return piece

    def close(self) -> None:
        """End the answer; the server does so in any case."""
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._tell()

    @property
    def outcome(self) -> str:
        """What it came to, one of kg.web.outcome.OUTCOMES."""
        error: str | None = self.environ.get(outcome.ERROR)
        if error is not None:
            return error
        if self.status >= INTERNAL_ERROR:
            return outcome.FAILED
        if self.status >= BAD_REQUEST:
            return outcome.REJECTED
        if not self.is_whole:
            return outcome.LEFT
        return outcome.CUT_OFF if outcome.CUT in self.environ else outcome.ANSWERED

    def _tell(self) -> None:
        self.seconds = perf_counter() - self._start
        for sink in self._sinks:
            sink(self)


class Observed:
    """A WSGI application whose exchanges are told to sinks as each ends."""

    def __init__(self, application: "WSGIApplication", sinks: Sequence[Callable[[Exchange], None]]) -> None:
        self._application = application
        self._sinks = sinks

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        return Exchange(environ, self._sinks).ask(self._application, start_response)
