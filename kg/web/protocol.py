"""/sparql: the SPARQL 1.1 protocol; answers to queries are relayed from the pool."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotAcceptable

from kg.errors import QueryError, QueryRefused, QuerySyntaxError, UpdateAsQuery
from kg.store.guard import Sources, Verdict, check, with_alias
from kg.store.pool_answers import Job, new_id
from kg.store.pool_failures import NotAcceptable as NoFormat
from kg.store.syntax import explained, pointed
from kg.store.updates import Using
from kg.web import authorization, compression, description, forms, freshness, outcome, updating
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, Format, choose, listed, named
from kg.web.parameters import UPDATE, Operation, read_operation, refuse_unknown
from kg.web.relay import relay
from kg.web.service import service
from kg.web.threads import beside

blueprint = Blueprint("protocol", __name__)
T = TypeVar("T")
Formats = Mapping[str, Format | None]
ROWS: Final = "rows"
# The forms of queries whose answers are graphs.
GRAPH_FORMS: Final = ("CONSTRUCT", "DESCRIBE")
CUT_OFF: Final = "KG-Cut-Off"
# The guard takes less than 20 ms for a query of so many characters.
SHORT: Final = 8_192
FORMATS: Final = {"solutions": SOLUTIONS, "graph": GRAPHS}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query, run an update, or without either describe the endpoint."""
    request.environ[outcome.QUERY_ID] = new_id()
    operation = read_operation(request, service().max_query)
    if operation.update is not None:
        return updating.update(operation.update, Using(operation.using_graphs, operation.using_named_graphs))
    if operation.query is None:
        del request.environ[outcome.QUERY_ID]
        refuse_unknown(request.args)
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
    request.environ.setdefault(outcome.QUERY_ID, new_id())
    request.environ[outcome.QUERY] = query
    formats = {kind: _format(operation, kind) for kind in FORMATS}
    vary = ["Accept-Encoding"] if operation.format else ["Accept", "Accept-Encoding"]
    try:
        if not query.strip():
            raise QuerySyntaxError("The query is empty.")
        verdict = _over(query, partial(check, query, service().max_nesting))
        job = _job(operation, query, verdict, formats)
        tag = None if verdict.is_volatile else _tag(job, formats)
        if tag and (had := freshness.known(tag)):
            return freshness.not_modified(had, *vary)
        found = service().ask(_shortened(job), operation.seconds)
    except NoFormat as error:
        raise NotAcceptable(f"The answer can be had as {listed((*FORMATS[error.kind], HTML))}.") from None
    except QueryError as error:
        told = _told(query, error)
        if HTML in formats.values():
            request.environ[outcome.ERROR] = outcome.name_of(told)
            return forms.failure(query, told)
        raise told from None
    if found.format == ROWS:
        table = json.loads(b"".join(found.pieces()))
        response = forms.results(query, table, job)
    else:
        response = relay(found, _by_name(formats, found.format))
    if tag:
        if found.snapshot.name != service().snapshot().id:
            # The answer is from a newer one by now.
            tag = _tag(job, formats, found.snapshot.name)
        tag = f"{tag}-{found.encoding}" if found.encoding else tag
    _set_headers(response, job, tag, found.cut)
    response.vary.update(vary)
    return response


def _set_headers(response: Response, job: Job, tag: str | None, cut: str | None) -> None:
    """Say by which cap the answer was cut off, and how long it stays true."""
    response.headers["Cache-Control"] = freshness.cache_control() if tag else freshness.NO_STORE
    if tag and request.method in freshness.READING:
        response.set_etag(tag)
    if cut is None:
        return
    if request.method == "HEAD" and response.mimetype != HTML.media_type:
        # Its own cap of one row says nothing about the whole answer, nor about its length.
        response.automatically_set_content_length = False
        response.headers.pop("Content-Length", None)
        return
    response.headers[CUT_OFF] = f"rows={job.max_rows}" if cut == "rows" else f"bytes={job.max_bytes}"
    request.environ[outcome.CUT] = cut
    if tag:
        response.headers["Cache-Control"] = freshness.NO_CACHE


def _job(operation: Operation, query: str, verdict: Verdict, formats: Formats) -> Job:
    """The job of a query that has passed the guard, over the dataset of the request or of its own FROM clauses."""
    asked = service()
    max_rows = min(operation.max_rows or asked.max_rows, asked.max_rows)
    max_bytes = min(operation.max_bytes or asked.max_bytes, asked.max_bytes)
    is_page = formats["graph" if verdict.form in GRAPH_FORMS else "solutions"] is HTML
    job = Job(
        query=query,
        base=asked.iris().base,
        solutions=_worker_name(formats["solutions"]),
        graph=_worker_name(formats["graph"]),
        rows=forms.SHOWN,
        encoding=None if is_page else compression.accepted(),
        max_rows=min(forms.SHOWN, max_rows) if is_page else max_rows,
        max_bytes=min(forms.SHOWN_BYTES, max_bytes) if is_page else max_bytes,
    )
    sources = verdict.sources
    if operation.default_graphs or operation.named_graphs:
        sources = Sources(default=operation.default_graphs, named=operation.named_graphs)
    elif asked.iris().graph("facts") not in sources.default:
        # The engine honours the query's own clauses, written in any way.
        return job
    return replace(job, default_graph=with_alias(sources.default, asked.iris()), named_graphs=sources.named)


def _tag(job: Job, formats: Formats, snapshot: str | None = None) -> str:
    """The ETag of the answer to a job but for its encoding; a page has links under the address of the application."""
    page = request.script_root if HTML in formats.values() else ""
    return freshness.tag(replace(job, encoding=None), page, snapshot=snapshot)


def _shortened(job: Job) -> Job:
    """The job for HEAD: what the headers tell, the first row does; but for a page, which tells its own length."""
    return replace(job, max_rows=1) if request.method == "HEAD" and job.solutions != ROWS else job


def _told(query: str, error: QueryError) -> QueryError:
    """The error with the line of the query and a caret under its fault, where it has a place."""
    if isinstance(error, QuerySyntaxError):
        return QuerySyntaxError(_over(query, partial(explained, query, str(error))))
    if isinstance(error, UpdateAsQuery) and authorization.tokens().has("update"):
        word = str(error).partition(" ")[0]
        return QueryRefused(
            f"{word} is an update, but it was sent as a query. Send it by POST as the parameter `update`, or as the "
            f"body with the Content-Type {UPDATE}."
        )
    if isinstance(error, QueryRefused):
        return QueryRefused(_over(query, partial(pointed, query, str(error))))
    return error


def _over(query: str, work: Callable[[], T]) -> T:
    """The result of some work over a query; a long one keeps no other client waiting."""
    return work() if len(query) <= SHORT else beside(work, len(query))


def _worker_name(form: Format | None) -> str | None:
    """The worker's name of a format: a page is made of rows."""
    if form is None:
        return None
    return ROWS if form is HTML else form.name


def _by_name(formats: Formats, name: str | None) -> Format:
    return next(each for each in formats.values() if each and each.name == name)


def _format(operation: Operation, kind: str) -> Format | None:
    offered = (*FORMATS[kind], HTML)
    if operation.format is None:
        return choose(request.headers.get("Accept"), offered)
    form = named(operation.format, offered)
    if form is None and not any(named(operation.format, each) for each in FORMATS.values()):
        names = sorted({each.name for formats in FORMATS.values() for each in formats} | {"html"})
        raise BadRequest(f"There is no format {operation.format!r}; there are {', '.join(names)}.")
    return form
