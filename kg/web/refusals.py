"""Refuse what is no HTTP request, or too long a one, as problems too: gunicorn's worker with answers of ours.

Such requests never reach the application. Gunicorn itself takes no address beyond 8,190 bytes, and answers in HTML.
"""

import errno
import json
import socket
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from gunicorn.http import errors
from gunicorn.workers.ggevent import GeventWorker

from kg.web import heads
from kg.web.heads import HEADERS as MOST_HEADERS
from kg.web.heads import REQUEST_LINE
from kg.web.negotiation import PROBLEM

heads.install()

# By the exception, the most special first: the status, and what to say; {} stands for what gunicorn says.
REFUSALS: Final[tuple[tuple[type[Exception], int, str, str], ...]] = (
    (
        errors.LimitRequestLine,
        414,
        "URI Too Long",
        f"The address is longer than {REQUEST_LINE} bytes. Send a long query by POST.",
    ),
    (
        errors.LimitRequestHeaders,
        431,
        "Request Header Fields Too Large",
        f"There may be 100 headers of 8190 bytes each at most, and {MOST_HEADERS} bytes of all.",
    ),
    (heads.HeadsBusy, 503, "Server busy", "{}. Ask again later."),
    (heads.OtherVersion, 505, "HTTP Version Not Supported", "{}; HTTP/1.1 and HTTP/1.0 are."),
    (heads.NoHost, 400, "Bad Request", "{}. Name the server that the request is for: Host: NAME or NAME:PORT."),
    (errors.UnsupportedTransferCoding, 501, "Not Implemented", "{}."),
    (errors.ExpectationFailed, 417, "Expectation Failed", "{}."),
    (errors.ParseException, 400, "Bad Request", "This is no HTTP request that can be read: {}."),
)
HEADERS: Final = {
    "Connection": "close",
    "Content-Type": PROBLEM.media_type,
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
}
LONGEST: Final = 300
# What a client has still to send is read for so long and so far, or it would not see the answer.
LINGER_SECONDS: Final = 1.0
LINGER_BYTES: Final = 2**20


class Worker(GeventWorker):
    """Gunicorn's gevent worker, which answers malformed requests as problems."""

    def handle_request(self, listener_name: Any, req: Any, sock: socket.socket, addr: Any) -> bool:
        """Answer a request; where the pool breaks the connection off, one line tells it, not a traceback."""
        try:
            return super().handle_request(listener_name, req, sock, addr)
        except OSError as error:
            if error.errno != errno.EBADF:
                raise
            self.log.warning(
                "The answer to %s was broken off: left unread while others waited", addr[0] if addr else "?"
            )
            raise ConnectionResetError(errno.ECONNRESET, str(error)) from error

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer what could not be read as a request; all else is gunicorn's."""
        refusal = next((each for each in REFUSALS if isinstance(exc, each[0])), None)
        if refusal is None:
            super().handle_error(req, client, addr, exc)
            return
        _, status, title, detail = refusal
        self.log.warning("Refused a request from %s: %s", addr[0] if addr else "?", str(exc)[:LONGEST])
        with suppress(OSError):
            client.sendall(answer(status, title, detail.format(str(exc).rstrip(".")[:LONGEST])))
            _linger(client)


def answer(status: int, title: str, detail: str) -> bytes:
    """A whole HTTP answer with a problem."""
    fields = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(fields).encode() + b"\n"
    retry = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    fixed = {**HEADERS, **retry, "Content-Length": len(body)}
    headers = "".join(f"{name}: {value}\r\n" for name, value in fixed.items())
    return f"HTTP/1.1 {status} {title}\r\n{headers}\r\n".encode("ascii") + body


def _linger(client: socket.socket) -> None:
    """Read what the client still sends: closed before, the connection would be reset and the answer lost."""
    client.shutdown(socket.SHUT_WR)
    client.settimeout(LINGER_SECONDS)
    taken = 0
    while taken < LINGER_BYTES and (piece := client.recv(65_536)):
        taken += len(piece)
