"""/store: the SPARQL 1.1 Graph Store HTTP Protocol, graphs named by `?graph=`, `?default`, or the request's own IRI."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import IO, Final

import pyoxigraph as ox
from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import BadRequest

from kg.store.graphs import DATASET
from kg.store.pool_answers import Job, new_id
from kg.store.writer_jobs import Kind, Write, Written, name_of
from kg.web import compression, freshness, outcome
from kg.web.conditions import on_conditions
from kg.web.negotiation import GRAPHS, Format, named, required
from kg.web.relay import relay
from kg.web.service import service
from kg.web.updating import SNAPSHOT, check_writable, done
from kg.web.uploads import DATASETS, Upload, upload

blueprint = Blueprint("graph_store", __name__)
METHODS: Final = ["GET", "PUT", "POST", "DELETE"]
DEFAULT: Final = ""
NAMES: Final = ("graph", "default")
# What reading takes besides.
READING: Final = ("format",)
NAME_ONE: Final = "Name one graph: ?graph=IRI, ?default, or the address itself."
# What holds several graphs, and no other format does better.
DATASETS_ONLY: Final = tuple(form for form in DATASETS if form.name in ("trig", "nq"))
NO_NAME: Final = "For one graph, ?graph=IRI or ?default is missing in the address"


@blueprint.route("/store", methods=METHODS)
@blueprint.route("/store/<path:name>", methods=METHODS)
def store(name: str | None = None) -> Response:
    """Read, replace, add to or remove a graph."""
    request.environ[outcome.QUERY_ID] = new_id()
    if request.method not in freshness.READING:
        request.environ[outcome.WRITE] = request.method.lower()
    return HANDLERS[request.method](_graph(name))


def _read(graph: str) -> Response:
    offered = DATASETS if graph == DATASET else GRAPHS
    form = _chosen(offered)
    asked = service()
    # What it is listed as; with `dump` nothing is evaluated.
    text = request.environ[outcome.QUERY] = f"GET {name_of(graph)}"
    job = Job(query=text, base=asked.iris().base, graph=form.name, dump=graph, encoding=compression.accepted())
    if had := freshness.known(f"{_tag(graph, asked.snapshot().id)}.{form.name}"):
        return freshness.not_modified(had, "Accept", "Accept-Encoding")
    found = asked.ask(job)
    response = relay(found, form)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = freshness.cache_control()
    # Of the snapshot that the answer is from: a write on the condition of this ETag undoes none that the client has not
    # seen.
    tag = f"{_tag(graph, found.snapshot.name)}.{form.name}"
    response.set_etag(f"{tag}-{found.encoding}" if found.encoding else tag)
    return response


def _tag(graph: str, snapshot: str) -> str:
    """What the ETags of a graph of a snapshot have in common; the format and the encoding come after it."""
    return freshness.tag("graph", graph, snapshot=snapshot)


def _put(graph: str) -> Response:
    check_writable()
    if "Content-Range" in request.headers:
        raise BadRequest("A part of a graph cannot be put (Content-Range). Send all of it, or add to it by POST.")
    is_whole = graph == DATASET
    # What may hold one graph alone never takes the place of all of them: its client has left out the name.
    with upload(DATASETS_ONLY if is_whole else GRAPHS, NO_NAME if is_whole else "") as sent:
        written = _write("put", graph, sent)
    return done(written) if written.existed else _told(written, HTTPStatus.CREATED)


def _post(graph: str) -> Response:
    check_writable()
    with upload(GRAPHS) as sent:
        if graph != DATASET:
            written = _write("post", graph, sent)
            return _told(written, HTTPStatus.OK if written.existed else HTTPStatus.CREATED)
        if all(named(form, DATASETS_ONLY) for form in sent.formats):
            return _told(_write("post", DATASET, sent), HTTPStatus.OK)
        # A graph without a name gets one.
        location = url_for("graph_store.store", name=new_id(), _external=True)
        response = _told(_write("post", location, sent, about=graph), HTTPStatus.CREATED)
    response.headers["Location"] = location
    return response


def _delete(graph: str) -> Response:
    check_writable()
    if graph == DATASET:
        raise BadRequest("Name the graph that is to go: ?graph=IRI or ?default. DROP ALL, as an update, removes all.")
    return _told(_done(Write(kind="delete", base=service().iris().base, graph=graph), graph), HTTPStatus.OK)


HANDLERS: Final[dict[str, Callable[[str], Response]]] = {
    "GET": _read,
    "HEAD": _read,
    "PUT": _put,
    "POST": _post,
    "DELETE": _delete,
}


def _write(kind: Kind, graph: str, sent: Upload, about: str | None = None) -> Written:
    base = request.base_url if graph in (DEFAULT, DATASET) else graph
    write = Write(
        kind=kind, base=base, graph=graph, formats=sent.formats, encoding=sent.encoding, most=service().max_upload
    )
    return _done(write, graph if about is None else about, sent.files)


def _done(write: Write, about: str, files: Sequence[IO[bytes]] = ()) -> Written:
    """Do a write on the conditions of the request, whose ETags are of the graph that its address names."""

    def is_current(snapshot: str, tag: str) -> bool:
        return tag.rpartition(".")[0] == _tag(about, snapshot)

    text = request.environ[outcome.QUERY] = f"{request.method} {write.name}"
    return service().write(on_conditions(write, is_current), files, text)


def _told(written: Written, status: int) -> Response:
    body = f'{{"snapshot": "{written.snapshot}"}}\n'
    return Response(body, status, {SNAPSHOT: written.snapshot}, content_type="application/json")


def _graph(name: str | None) -> str:
    """The graph that the request is about, in the words of Job.dump and Write.graph."""
    _refuse_unknown(name)
    graphs, defaults = request.args.getlist("graph"), request.args.getlist("default")
    if len(graphs) + len(defaults) + (name is not None) > 1:
        raise BadRequest(f"Several graphs are named ({', '.join(map(repr, graphs)) or 'default'}). {NAME_ONE}")
    if defaults:
        if defaults != [""]:
            raise BadRequest(f"The parameter `default` has no value, and here it has {defaults[0]!r}. {NAME_ONE}")
        return DEFAULT
    if not graphs and name is None:
        return DATASET
    iri = graphs[0] if graphs else _own_iri()
    try:
        ox.NamedNode(iri)
    except ValueError:
        raise BadRequest(f"{iri!r} is no absolute IRI, so it names no graph.") from None
    return DEFAULT if iri == service().iris().graph("facts") else iri


def _refuse_unknown(name: str | None) -> None:
    """Refuse a parameter that is not known here: passed over, it would make all of the dataset of one graph."""
    known = (*(NAMES if name is None else ()), *(READING if request.method in ("GET", "HEAD") else ()))
    for given in request.args:
        if given not in {*known, *NAMES}:
            listing = ", ".join(f"`{each}`" for each in known) or "none"
            raise BadRequest(f"There is no parameter {given!r} for {request.method} here. There are: {listing}.")


def _own_iri() -> str:
    """The IRI of the request as the client wrote it, without a query string."""
    target: str = request.environ.get("RAW_URI", request.path).partition("?")[0]
    # An address that is sent whole counts before the Host (RFC 9112, 3.2.2).
    return request.host_url.rstrip("/") + target if target.startswith("/") else target


def _chosen(offered: tuple[Format, ...]) -> Format:
    return required(request.headers.get("Accept"), offered, "graph", request.args.get("format"))
