"""Relay an answer of a worker to the client: whole where it is small, else piece by piece."""

from collections.abc import Iterator
from logging import Logger

from flask import Response, current_app

from kg.errors import KgError
from kg.store.pool_answers import Answer
from kg.web.negotiation import Format


def relay(found: Answer, form: Format) -> Response:
    """An answer as a response; a small one has a Content-Length."""
    body = found.body if found.body is not None else _logged(found, current_app.logger)
    response = Response(body, content_type=form.content_type)
    # A body that is never begun (HEAD) ends without its own clean-up.
    response.call_on_close(found.close)
    response.vary.add("Accept-Encoding")
    if found.encoding:
        response.headers["Content-Encoding"] = found.encoding
    return response


def _logged(found: Answer, log: Logger) -> Iterator[bytes]:
    """The pieces of an answer; what breaks it off is logged and raised on, so that the connection is broken off too."""
    try:
        yield from found.pieces()
    except KgError as error:
        log.warning("An answer was broken off: %s", error)
        raise
