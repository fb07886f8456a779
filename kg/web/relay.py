"""Relay an answer of a worker to the client: whole where it is small, else piece by piece."""

import errno
import socket
import struct
from collections.abc import Iterator
from logging import Logger
from typing import Any, Final

from flask import Response, current_app, request

from kg.errors import KgError
from kg.store.pool_answers import Answer
from kg.web import outcome
from kg.web.freshness import settle
from kg.web.negotiation import Format

# l_onoff and l_linger of a socket that is reset when it closes.
RESET: Final = struct.pack("ii", 1, 0)


def relay(found: Answer, form: Format) -> Response:
    """An answer as a response; a small one has a Content-Length."""
    settle(found)
    body = found.body if found.body is not None else _logged(found, current_app.logger, request.environ)
    response = Response(body, content_type=form.content_type)
    # A body that is never begun (HEAD) ends without its own clean-up.
    response.call_on_close(found.close)
    response.vary.add("Accept-Encoding")
    if found.encoding:
        response.headers["Content-Encoding"] = found.encoding
    return response


def _logged(found: Answer, log: Logger, environ: dict[str, Any]) -> Iterator[bytes]:
    """The pieces of an answer; what breaks it off is logged, and raised as a reset, which ends the connection too.

    Of a reset gunicorn makes no words of its own; of any other error, a traceback.
    """
    try:
        yield from found.pieces()
    except KgError as error:
        log.warning("The answer to query %s was broken off: %s", found.id, error)
        environ[outcome.ERROR] = outcome.name_of(error)
        if (unframed := _unframed(environ)) is not None:
            unframed.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            unframed.close()
        raise ConnectionResetError(errno.ECONNRESET, str(error)) from error


def _unframed(environ: dict[str, Any]) -> socket.socket | None:
    """The client's socket where a body has no end but the connection's (HTTP/1.0): only a reset shows a broken one."""
    if environ.get("SERVER_PROTOCOL") != "HTTP/1.0":
        return None
    connection: socket.socket | None = environ.get("gunicorn.socket")
    return connection
