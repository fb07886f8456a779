"""Dereference the IRIs of the graph: a thing is answered with 303 to its document, a document with what is known."""

from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotAcceptable, NotFound

from kg.store.pool_answers import Job
from kg.web import pages
from kg.web.links import href
from kg.web.negotiation import GRAPHS, HTML, Format, choose
from kg.web.relay import relay
from kg.web.rows import bind, query
from kg.web.service import service

blueprint = Blueprint("resources", __name__)
FORMATS: Final = {form.name: form for form in (*GRAPHS, HTML)}
# What kg.iris leaves as it is in a path segment.
SAFE: Final = "-._~!$&'()*+,;=:@"
KINDS: Final = (
    "cable", "official", "meeting", "agreement", "tenure", "position", "post", "org", "country", "place", "tag",
    "term", "example",
)  # fmt: skip
SEE_OTHER: Final = 303
MOVED: Final = 301


@blueprint.get(f"/<any({','.join(KINDS)}):kind>/<path:name>")
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


@blueprint.get("/prefixes")
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
    form = choose(request.headers.get("Accept"), offered)
    if form is None:
        raise NotAcceptable(f"The document can be had as {', '.join(each.media_type for each in offered)}.")
    response = _redirect(f"{href(iri)}.{form.name}", SEE_OTHER)
    response.vary.add("Accept")
    return response


def _document(iri: str, form: Format) -> Response:
    text = bind(query("document"), thing=iri, node=iri)
    return relay(service().ask(Job(query=text, base=service().iris().base, graph=form.name)), form)


def _redirect(address: str, status: int) -> Response:
    response: Response = redirect(address, status)  # type: ignore[assignment]
    return response
