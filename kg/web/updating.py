"""Updates at /sparql: from the request to the writer."""

from functools import partial
from http import HTTPStatus
from typing import Final

from flask import Response, request
from werkzeug.exceptions import Forbidden

from kg.errors import QueryRefused, QuerySyntaxError, UpdateConflict, UpdateRefused, UpdateSyntaxError
from kg.store.syntax import explained, pointed
from kg.store.updates import LOAD_REASON, NO_LOAD, Using, prepared
from kg.store.writer_jobs import UNCHANGED, Write, Written
from kg.web import authorization, outcome
from kg.web.conditions import update_on_conditions
from kg.web.service import service
from kg.web.threads import beside

# The header with the id of the snapshot that holds what was written.
SNAPSHOT: Final = "KG-Snapshot"
# The same errors, told of an update.
OF_UPDATES: Final = {QueryRefused: UpdateRefused, QuerySyntaxError: UpdateSyntaxError}


def check_writable() -> None:
    """Let the request pass that may write: to a folder whose graphs belong to its users, and with the token."""
    # First what no token would change.
    if not service().folder.is_writable_store:
        raise Forbidden(
            "This graph is made by builds (`kg build`), and they own all of its graphs: it cannot be written to. "
            "`kg init FOLDER` makes a data folder that can, with a server that has KG_UPDATE_TOKEN."
        )
    authorization.require("update")


def update(text: str, using: Using) -> Response:
    """Run an update; what it does is on the disk when it is answered, and the next query sees it."""
    request.environ[outcome.QUERY] = text
    request.environ[outcome.WRITE] = "update"
    check_writable()
    asked = service()
    iris = asked.iris()
    prepare = partial(prepared, text, using=using, max_nesting=asked.max_nesting, iris=iris)
    try:
        ready = beside(prepare, len(text))
    except (QueryRefused, QuerySyntaxError) as error:
        raise OF_UPDATES[type(error)](beside(partial(pointed, text, str(error)), len(text))) from None
    try:
        written = asked.write(update_on_conditions(Write(kind="update", base=iris.base, text=ready)), text=text)
    except UpdateConflict as error:
        raise UpdateRefused(f"{LOAD_REASON}. {UNCHANGED}") if NO_LOAD in str(error) else error from None
    except QuerySyntaxError as error:
        raise UpdateSyntaxError(beside(partial(explained, ready, str(error), "update"), len(text))) from None
    return done(written)


def done(written: Written) -> Response:
    """Say that a write is done, and nothing else."""
    response = Response(status=HTTPStatus.NO_CONTENT, headers={SNAPSHOT: written.snapshot})
    del response.headers["Content-Type"]
    return response
