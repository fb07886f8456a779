"""Dereference the IRIs of the graph: a thing is answered with 303 to its document, a document with what is known."""

from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import NotFound

from kg.store.pool_answers import Job
from kg.web import compression, pages
from kg.web.freshness import of_snapshot
from kg.web.links import href
from kg.web.negotiation import GRAPHS, HTML, Format, choose, required
from kg.web.relay import relay
from kg.web.rows import bind, query
from kg.web.service import service

blueprint = Blueprint("resources", __name__)
FORMATS: Final = {form.name: form for form in (*GRAPHS, HTML)}
# What kg.iris leaves as it is in a path segment.
SAFE: Final = "-._~!$&'()*+,;=:@"
KINDS: Final = (
    "cable", "official", "meeting", "occasion", "agreement", "instrument", "tenure", "position", "post", "org",
    "country", "place", "tag", "term", "example",
)  # fmt: skip
# The graphs of the store and what each holds.
GRAPHS_HELD: Final = {
    "facts": "what the cables say, the default graph",
    "provenance": "the run that made the facts, judgements of identity, releases from quarantine",
    "candidates": "pairs of officials that may be one person, and facts below the threshold of confidence",
    "validation": "what the shapes have to say about cables that were loaded all the same",
}
SEE_OTHER: Final = 303
MOVED: Final = 301


@blueprint.get(f"/<any({','.join(KINDS)}):kind>/<path:name>")
@of_snapshot
def resource(kind: str, name: str) -> Response:
    """A thing, or with the ending of a format its document."""
    stem, dot, ending = name.rpartition(".")
    form = FORMATS.get(ending) if dot else None
    iri = f"{service().iris().base}{kind}/{quote(stem if form else name, safe=SAFE)}"
    if moved := _moved(kind, iri, stem if form else name):
        return moved
    if form is None:
        return _see_document(iri)
    if form is HTML:
        return pages.page(kind, iri)
    return _document(iri, form)


@blueprint.get("/graph/<name>")
@of_snapshot
def graph(name: str) -> Response:
    """A graph of the store: a page with a query for it and a first answer, or all that it holds as RDF."""
    if name not in GRAPHS_HELD:
        raise NotFound(f"There is no graph {name!r}; there are {', '.join(GRAPHS_HELD)}.")
    pattern = "?s ?p ?o" if name == "facts" else f"GRAPH <{service().iris().graph(name)}> {{ ?s ?p ?o }}"
    form = required(request.headers.get("Accept"), (*GRAPHS, HTML), "graph")
    if form is HTML:
        text = f"# /graph/{name}: {GRAPHS_HELD[name]}\nSELECT ?s ?p ?o WHERE {{ {pattern} }} LIMIT 100"
        response = _redirect(url_for("protocol.form", query=text), SEE_OTHER)
    else:
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        response = _redirect(url_for("protocol.sparql", query=text, format=form.name), SEE_OTHER)
    response.vary.add("Accept")
    return response


@blueprint.get("/prefixes")
@of_snapshot
def prefixes() -> Response:
    """The prefixes of the example queries: the document of their IRI, in RDF alone."""
    form = choose(request.headers.get("Accept"), GRAPHS) or GRAPHS[0]
    return _document(f"{service().iris().base}prefixes", form)


def _moved(kind: str, iri: str, name: str) -> Response | None:
    """A redirection from an alias of a cable or a retired official; NotFound for what the graph does not know."""
    try:
        status = service().rows(bind(query("status"), thing=iri))
    except ValueError:
        raise NotFound(f"{iri} is no IRI.") from None
    if kind == "official":
        for row in status:
            if "replacement" in row:
                return _redirect(href(row["replacement"].value), SEE_OTHER)
    if status:
        return None
    if kind == "cable":
        for row in service().rows(bind(query("alias"), alias=ox.Literal(name))):
            return _redirect(href(row["cable"].value), MOVED)
    raise NotFound(f"The graph says nothing about <{iri}>.")


def _see_document(iri: str) -> Response:
    offered = (*GRAPHS, HTML)
    form = required(request.headers.get("Accept"), offered, "document")
    response = _redirect(f"{href(iri)}.{form.name}", SEE_OTHER)
    response.vary.add("Accept")
    return response


def _document(iri: str, form: Format) -> Response:
    text = bind(query("document"), thing=iri, node=iri)
    job = Job(query=text, base=service().iris().base, graph=form.name, encoding=compression.accepted())
    return relay(service().ask(job), form)


def _redirect(address: str, status: int) -> Response:
    response: Response = redirect(address, status)  # type: ignore[assignment]
    return response
