"""/sparql: the SPARQL 1.1 protocol for queries, answers relayed from the pool."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotAcceptable

from kg.errors import QueryError, QuerySyntaxError
from kg.store.guard import Sources, check, with_alias
from kg.store.pool_answers import Job
from kg.store.pool_answers import NotAcceptable as NoFormat
from kg.store.syntax import explained
from kg.web import description, forms
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, Format, choose, named
from kg.web.parameters import Operation, read_operation
from kg.web.relay import relay
from kg.web.service import service
from kg.web.threads import beside

blueprint = Blueprint("protocol", __name__)
T = TypeVar("T")
ROWS: Final = "rows"
# The guard takes less than 20 ms for a query of so many characters.
SHORT: Final = 8_192
FORMATS: Final = {"solutions": SOLUTIONS, "graph": GRAPHS}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query, or without one describe the endpoint."""
    operation = read_operation(request, service().max_query)
    if operation.query is None:
        return description.describe(operation.format)
    return answer(operation, operation.query)


@blueprint.get("/query")
def form() -> Response:
    """The query form: empty of answers without a query, else with the answer or the error under it."""
    operation = read_operation(request, service().max_query)
    if operation.query is None or not operation.query.strip():
        return forms.form()
    return answer(replace(operation, format=HTML.name), operation.query)


def answer(operation: Operation, query: str) -> Response:
    """The answer to a query in the format that the client likes best."""
    formats = {kind: _format(operation, kind) for kind in FORMATS}
    try:
        found = service().ask(_job(operation, query, {kind: _worker_name(form) for kind, form in formats.items()}))
    except NoFormat as error:
        offered = ", ".join(each.media_type for each in (*FORMATS[error.kind], HTML))
        raise NotAcceptable(f"The answer can be had as {offered}.") from None
    except QueryError as error:
        told = _told(query, error)
        if HTML in formats.values():
            return forms.failure(query, told)
        raise told from None
    if found.format == ROWS:
        return forms.results(query, json.loads(b"".join(found.pieces())))
    return relay(found, next(each for each in formats.values() if each and each.name == found.format))


def _job(operation: Operation, query: str, formats: dict[str, str | None]) -> Job:
    """The job of a query that has passed the guard, over the dataset of the request or of its own FROM clauses."""
    sources = _over(query, partial(check, query, service().max_nesting)).sources
    iris = service().iris()
    job = Job(query=query, base=iris.base, solutions=formats["solutions"], graph=formats["graph"], rows=forms.SHOWN)
    if operation.default_graphs or operation.named_graphs:
        sources = Sources(default=operation.default_graphs, named=operation.named_graphs)
    elif iris.graph("facts") not in sources.default:
        # The engine honours the query's own clauses, written in any way.
        return job
    return replace(job, default_graph=with_alias(sources.default, iris), named_graphs=sources.named)


def _told(query: str, error: QueryError) -> QueryError:
    if isinstance(error, QuerySyntaxError):
        return QuerySyntaxError(_over(query, partial(explained, query, str(error))))
    return error


def _over(query: str, work: Callable[[], T]) -> T:
    """The result of some work over a query; a long one keeps no other client waiting."""
    return work() if len(query) <= SHORT else beside(work)


def _worker_name(form: Format | None) -> str | None:
    """The worker's name of a format: a page is made of rows."""
    if form is None:
        return None
    return ROWS if form is HTML else form.name


def _format(operation: Operation, kind: str) -> Format | None:
    offered = (*FORMATS[kind], HTML)
    if operation.format is None:
        return choose(request.headers.get("Accept"), offered)
    form = named(operation.format, offered)
    if form is None and not any(named(operation.format, each) for each in FORMATS.values()):
        names = sorted({each.name for formats in FORMATS.values() for each in formats} | {"html"})
        raise BadRequest(f"There is no format {operation.format!r}; there are {', '.join(names)}.")
    return form
