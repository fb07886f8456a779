"""What the endpoint says about itself: the service description, VoID, robots."""

from functools import partial
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from kg.iris import PREFIXES
from kg.store.folder import Snapshot
from kg.store.graphs import GRAPHS as SERIALIZERS
from kg.store.pool_answers import Job
from kg.web import authorization, capabilities, compression, forms, pages
from kg.web.freshness import of_snapshot
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, VERSIONS, Format, required
from kg.web.relay import relay
from kg.web.rows import bind, bind_rows, query
from kg.web.service import service
from kg.web.threads import beside

blueprint = Blueprint("description", __name__)
# The named graphs that the description lists at most.
MOST_GRAPHS: Final = 1_000
TABLES: Final = ("service-classes", "service-properties")


@of_snapshot
def describe(name: str | None = None) -> Response:
    """The service description as RDF; for a browser the query form."""
    form = _choose(name, (*GRAPHS, HTML))
    return forms.form() if form is HTML else _described(form)


@blueprint.get("/service")
@of_snapshot
def service_page() -> Response:
    """The service description for people, or as RDF the same as at the endpoint."""
    form = _choose(request.args.get("format"), (*GRAPHS, HTML))
    if form is not HTML:
        return _described(form)
    asked = service()
    dataset = asked.iris().dataset
    body = render_template(
        "service.html",
        endpoint=url_for("protocol.sparql", _external=True),
        versions=VERSIONS,
        solutions=SOLUTIONS,
        graphs=GRAPHS,
        prefixes=PREFIXES,
        updates=_takes_updates(),
        seconds=asked.pool.limits.seconds,
        max_rows=asked.max_rows,
        max_bytes=asked.max_bytes,
        tables=[
            pages.table("service-graphs", limit=MOST_GRAPHS),
            *(pages.table(name, dataset=dataset) for name in TABLES),
        ],
    )
    response = Response(body, content_type=HTML.content_type)
    response.vary.add("Accept")
    return response


@blueprint.get("/.well-known/void")
@of_snapshot
def void() -> Response:
    """The VoID description of the snapshot."""
    form = _choose(request.args.get("format"), GRAPHS)
    body = beside(partial(_void, service().snapshot(), form))
    response = Response(body, content_type=form.content_type)
    response.vary.add("Accept")
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let robots read pages, but not run queries."""
    return Response("User-agent: *\nDisallow: /sparql\nDisallow: /query\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon that browsers ask for by this name."""
    moved: Response = redirect(url_for("static", filename="icon.svg"), 301)  # type: ignore[assignment]
    return moved


def _described(form: Format) -> Response:
    """The description in a format; a worker puts it together."""
    endpoint, iris = url_for("protocol.sparql", _external=True), service().iris()
    validator = url_for("shacl.shacl", _external=True)
    try:
        if not request.host:
            raise ValueError("no host")
        statements = list(capabilities.statements(endpoint, validator, iris, updates=_takes_updates()))
        text = bind(query("description"), dataset=iris.dataset, endpoint=endpoint, limit=MOST_GRAPHS)
        text = bind_rows(text, "?s ?p ?o", statements)
    except ValueError:
        raise BadRequest("The Host header makes no IRI for the endpoint.") from None
    job = Job(query=text, base=iris.base, graph=form.name, encoding=compression.accepted())
    response = relay(service().ask(job), form)
    response.vary.add("Accept")
    return response


def _takes_updates() -> bool:
    """Whether somebody may send updates."""
    return authorization.tokens().has("update")


def _void(snapshot: Snapshot, form: Format) -> bytes:
    path = snapshot.path / "void.ttl"
    if form.name == "ttl":
        return path.read_bytes()
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    prefixes = None if form.name in ("nt", "nq") else PREFIXES
    return ox.serialize(triples, format=SERIALIZERS[form.name], prefixes=prefixes) or b""


def _choose(name: str | None, offered: tuple[Format, ...]) -> Format:
    return required(request.headers.get("Accept"), offered, "answer", name)
