"""Read heads of requests as gunicorn does, but with bounds of ours: on headers, hosts, transfer codings, and memory.

All of it is set in gunicorn's own modules, which have no settings for it.
"""

import re
from typing import Any, Final

import gevent
from gunicorn.http import errors, message, parser, unreader

# Queries go by GET as long as that works; tools send some of tens of kilobytes.
REQUEST_LINE: Final = 128 * 2**10
# Bytes of all headers of a request.
HEADERS: Final = 64 * 2**10
# Bytes of a head that count for nothing, and those that all longer heads, while they come, may take together.
FREE: Final = 16 * 2**10
MEMORY: Final = 32 * 2**20
# Bytes of a body that are taken from a connection at once: what has been read ahead is counted nowhere.
PIECE: Final = 16 * 2**10


# The highest version that is answered; a higher one of the same first number is answered as this (RFC 9110, 2.5).
VERSION: Final = (1, 1)
HOST: Final = re.compile(
    r"""
    (?: (?:[A-Za-z0-9_-]{1,63}\.)* [A-Za-z0-9_-]{1,63} \.?  # a name, or an address of IPv4
      | \[ [0-9A-Fa-f:.]+ \] )                             # one of IPv6
    (?: : (?P<port>[0-9]{0,5}) )?
    """,
    re.VERBOSE,
)  # cables.example.org:8000
LAST_PORT: Final = 65_535


class OtherVersion(errors.ParseException):
    """A version of HTTP with another first number."""

    def __init__(self, version: tuple[int, int]) -> None:
        self.version = version

    def __str__(self) -> str:
        return "HTTP/{}.{} is not spoken here".format(*self.version)


class NoHost(errors.ParseException):
    """A request without a Host, or with one that is no name of a host (RFC 9112, 3.2)."""

    def __init__(self, *, is_there: bool) -> None:
        self.is_there = is_there

    def __str__(self) -> str:
        return "The Host is no name or address of one" if self.is_there else "There is no Host"


class HeadsBusy(errors.ParseException):
    """Long heads of other requests take all the memory that there is for them."""

    def __str__(self) -> str:
        return "The heads of other requests take all the memory that there is for them"


class Request(message.Request):
    """A request whose head is bounded, and whose body may be chunked but not otherwise coded."""

    # Bytes that the heads take which are being read.
    taken = 0

    def parse(self, unreader: Any) -> bytes:
        """Read the head; what of the body has come with it."""
        self.max_buffer_headers = min(self.max_buffer_headers, HEADERS)
        self._size = self._counted = 0
        try:
            rest: bytes = super().parse(unreader)
        except errors.InvalidHTTPVersion as error:
            raise OtherVersion(error.version) if isinstance(error.version, tuple) else error from None
        finally:
            Request.taken -= self._counted
        return rest

    def read_into(self, unreader: Any, buf: bytearray, stop: bool | None = False) -> None:
        """Read on into a buffer."""
        before = len(buf)
        super().read_into(unreader, buf, stop)
        self._size += len(buf) - before
        if self._size > FREE:
            more = self._size - self._counted
            if Request.taken + more > MEMORY:
                raise HeadsBusy
            Request.taken += more
            self._counted += more

    def set_body_reader(self) -> None:
        """Choose how the body is read; UnsupportedTransferCoding where it is compressed on its way.

        The head is whole by now, and its version and Host are looked at first.
        """
        version = self.version = min(self.version or VERSION, VERSION)
        _check_host(next((value for name, value in self.headers if name == "HOST"), None), version)
        for name, value in self.headers:
            codings = [coding.strip(" \t").casefold() for coding in value.split(",")]
            if name == "TRANSFER-ENCODING" and any(coding != "chunked" for coding in codings):
                raise errors.UnsupportedTransferCoding(value)
        super().set_body_reader()


def _check_host(host: str | None, version: tuple[int, int]) -> None:
    if host is None and version < VERSION:
        return
    match = None if host is None else HOST.fullmatch(host)
    if match is None or int(match["port"] or 0) > LAST_PORT:
        raise NoHost(is_there=host is not None)


def finish_body(found: parser.Parser, *_: object) -> bool:
    """Read what is left of a body after its request is answered; false where the next request cannot be found."""
    body = getattr(found.mesg, "body", None)
    while body is not None and not body.failed and body.read(PIECE):
        # The next piece of a fast client is there at once; others get their turn between the two.
        gevent.sleep(0)
    return body is None or not body.failed


def install() -> None:
    """Let gunicorn read heads so, and the rest of bodies in larger pieces: it takes a kilobyte at a time."""
    # It takes the setting `limit_request_line` up to this only.
    message.MAX_REQUEST_LINE = REQUEST_LINE  # type: ignore[misc]
    parser.RequestParser.mesg_class = Request
    setattr(parser.Parser, "finish_body", finish_body)  # noqa: B010 (its stub says otherwise)
    unreader.SocketUnreader.max_body_chunk = PIECE  # type: ignore[attr-defined]
