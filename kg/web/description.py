"""What the endpoint says about itself: the service description, VoID, health, robots."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import BadRequest, NotAcceptable

from kg.iris import PREFIXES, Iris
from kg.store.pool_answers import Job
from kg.store.workers import GRAPHS as SERIALIZERS
from kg.web import forms
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, Format, choose, named
from kg.web.rows import query
from kg.web.service import service

blueprint = Blueprint("description", __name__)
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMAT_IRI: Final = "http://www.w3.org/ns/formats/"
FORMATS: Final = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG",
    "rdf": "RDF_XML", "jsonld": "JSON-LD",
}  # fmt: skip
LANGUAGES: Final = ("SPARQL10Query", "SPARQL11Query")
VERSIONS: Final = ("1.0", "1.1", "1.2")
NAMED_GRAPHS: Final = ("provenance", "candidates", "validation")


def describe(name: str | None = None) -> Response:
    """The service description as RDF; for a browser the query form."""
    form = _choose(name, (*GRAPHS, HTML))
    if form is HTML:
        return forms.form()
    endpoint = url_for("protocol.sparql", _external=True)
    job = Job(query=query("description"), base=service().iris().base, graph="nt")
    known = b"".join(service().ask(job).pieces())
    dataset = ox.Dataset(ox.parse(known, format=ox.RdfFormat.N_TRIPLES))
    for triple in _triples(endpoint, service().iris()):
        dataset.add(ox.Quad(*triple))
    return _response((ox.Triple(q.subject, q.predicate, q.object) for q in dataset), form)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The VoID description of the snapshot."""
    form = _choose(request.args.get("format"), GRAPHS)
    path = service().snapshot().path / "void.ttl"
    if form.name == "ttl":
        response = Response(path.read_bytes(), content_type=form.content_type)
        response.vary.add("Accept")
        return response
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return _response(triples, form)


@blueprint.get("/health")
def health() -> Response:
    """Say that the process answers, and what its pool does; needs no snapshot and no worker."""
    counts = " ".join(f"{name}={count}" for name, count in service().pool.counts().items())
    return Response(f"ok {counts}\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let robots read pages, but not run queries."""
    return Response("User-agent: *\nDisallow: /sparql\nDisallow: /query\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The icon that browsers ask for by this name."""
    moved: Response = redirect(url_for("static", filename="icon.svg"), 301)  # type: ignore[assignment]
    return moved


def _triples(endpoint: str, iris: Iris) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    """The triples that describe the endpoint, its formats and its graphs."""
    subject, dataset, default = endpoint, iris.dataset, f"{endpoint}#default-graph"
    rdf_type = f"{PREFIXES['rdf']}type"
    out = [(subject, rdf_type, f"{SD}Service"), (subject, f"{SD}endpoint", endpoint)]
    out += [(subject, f"{SD}supportedLanguage", f"{SD}{language}") for language in LANGUAGES]
    out += [(subject, f"{SD}supportedVersion", f"http://www.w3.org/ns/sparql#version-{v}") for v in VERSIONS]
    out += [(subject, f"{SD}resultFormat", f"{FORMAT_IRI}{FORMATS[f.name]}") for f in (*SOLUTIONS, *GRAPHS)]
    out += [
        (subject, f"{SD}defaultDataset", dataset),
        (dataset, rdf_type, f"{SD}Dataset"),
        (dataset, f"{SD}defaultGraph", default),
        (default, rdf_type, f"{SD}Graph"),
    ]
    for name in NAMED_GRAPHS:
        node = f"{endpoint}#graph-{name}"
        out += [
            (dataset, f"{SD}namedGraph", node),
            (node, rdf_type, f"{SD}NamedGraph"),
            (node, f"{SD}name", iris.graph(name)),
        ]
    return [(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in out]


def _response(triples: Iterable[ox.Triple], form: Format) -> Response:
    serializer = SERIALIZERS[form.name]
    prefixes = None if form.name in ("nt", "nq") else {**PREFIXES, "sd": SD}
    body = ox.serialize(triples, format=serializer, prefixes=prefixes)
    response = Response(body, content_type=form.content_type)
    response.vary.add("Accept")
    return response


def _choose(name: str | None, offered: tuple[Format, ...]) -> Format:
    form = named(name, offered) if name else choose(request.headers.get("Accept"), offered)
    if form is None and name:
        raise BadRequest(f"There is no format {name!r} here; there are {', '.join(each.name for each in offered)}.")
    if form is None:
        raise NotAcceptable(f"The answer can be had as {', '.join(each.media_type for each in offered)}.")
    return form
