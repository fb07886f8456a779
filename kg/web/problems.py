"""Errors as answers: application/problem+json (RFC 9457) for programs, a page for browsers."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, current_app, render_template, request
from gunicorn.http.errors import NoMoreData, ParseException
from werkzeug.exceptions import BadHost, HTTPException, MethodNotAllowed, UnsupportedMediaType

from kg.errors import DataFolderError, KgError, NoSnapshot, NotWritable, ServerBusy
from kg.web import outcome
from kg.web.negotiation import HTML, PROBLEM, choose

RETRY_AFTER: Final[Mapping[type[KgError], str]] = {
    NoSnapshot: "10",
    DataFolderError: "10",
    NotWritable: "10",
    ServerBusy: "1",
}
FOLDERS: Final[dict[type[KgError], str]] = {
    NoSnapshot: "The server holds no graph yet. Build one: kg build SOURCE...",
    NotWritable: "The store cannot be written to now. The server's log has the reason.",
}
UNREADABLE: Final = "The snapshot that is served is damaged or gone. Build it again; the server's log has the reason."
PLACE: Final = re.compile(r"error[ ]at[ ](\d+):(\d+):\s*", re.VERBOSE)  # error at 2:10: expected OPTIONAL
# The engine lists the characters that it could have read on; nobody reads them.
LONGEST: Final = 300


# The fields for the line of a query and the caret under its fault.
SHOWN: Final = ("excerpt", "caret")
INDENT: Final = 2
# Headers of an error that its answer keeps.
KEPT: Final = ("Allow", "Retry-After", "Accept", "Accept-Post", "Accept-Patch", "WWW-Authenticate")


class NotSupported(UnsupportedMediaType):
    """A body of a media type that is not taken here; the answer tells which ones are."""

    def __init__(self, description: str, accepted: Sequence[str]) -> None:
        super().__init__(description)
        self._accepted = ", ".join(accepted)

    def get_headers(self, *arguments: Any, **named: Any) -> list[tuple[str, str]]:
        """The headers of the answer."""
        return [*super().get_headers(*arguments, **named), ("Accept-Post", self._accepted)]


def register(app: Flask) -> None:
    """Let the application answer its errors as problems."""
    app.register_error_handler(KgError, _of_project)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(ParseException, _of_body)
    app.register_error_handler(NoMoreData, _of_body)
    app.register_error_handler(Exception, _of_program)


def problem(status: int, title: str, detail: str, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """The answer for an error, as the client likes it.

    The detail may begin with a place (`error at 2:10: …`), and have the line of the query and its caret under it.
    """
    fields: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": short(detail)}
    if place := PLACE.search(detail):
        fields |= {"line": int(place[1]), "column": int(place[2])}
        fields |= dict(zip(SHOWN, (line[INDENT:] for line in detail.split("\n")[1:]), strict=False))
    if outcome.QUERY_ID in request.environ:
        fields["query_id"] = request.environ[outcome.QUERY_ID]
    # A page has links, which need a host.
    has_host = not isinstance(request.routing_exception, BadHost)
    if has_host and choose(request.headers.get("Accept"), (PROBLEM, HTML)) is HTML:
        body, content_type = render_template("problem.html", problem=fields), HTML.content_type
    else:
        body, content_type = json.dumps(fields, ensure_ascii=False) + "\n", PROBLEM.media_type
    response = Response(body, status, list(headers), content_type=content_type)
    response.vary.add("Accept")
    return response


def _of_project(error: KgError) -> Response:
    request.environ[outcome.ERROR] = outcome.name_of(error)
    headers = [("Retry-After", seconds)] if (seconds := RETRY_AFTER.get(type(error))) else []
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
    if isinstance(error, DataFolderError):
        # What it says is for whoever runs the server, and names folders.
        detail = FOLDERS.get(type(error), UNREADABLE)
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, error.title, detail, headers)
    return problem(error.status, error.title, str(error), headers)


def _of_http(error: HTTPException) -> Response:
    original = error.get_response()
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return Response(original.get_data(), original.status_code, original.headers)
    headers = [(key, value) for key, value in original.headers if key in KEPT]
    detail = error.description or ""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        detail = f"There is no {request.method} here. There are {', '.join(sorted(error.valid_methods))}."
    return problem(error.code, error.name, detail, headers)


def _of_body(error: Exception) -> Response:
    """The answer for a body whose chunks turn out malformed while it is read."""
    return problem(HTTPStatus.BAD_REQUEST, "Bad Request", f"The body cannot be read: {str(error).rstrip('.')}.")


def _of_program(error: Exception) -> Response:
    current_app.logger.exception("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "Internal error", "The server failed on this request. Its log has the reason.")


def short(detail: str) -> str:
    """The first line of a detail, with its place in words; under it a detail may show the line of a query."""
    text = " ".join(PLACE.sub(r"Line \1, column \2: ", detail.partition("\n")[0]).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
