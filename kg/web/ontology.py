"""/ontology: the terms as a page for people and as RDF for tools, from the files that the project carries."""

from functools import cache
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request

from kg.iris import CK, PREFIXES
from kg.resources import folder
from kg.store.graphs import GRAPHS as SERIALIZERS
from kg.web.freshness import of_snapshot
from kg.web.links import href
from kg.web.negotiation import GRAPHS, HTML, Format, required
from kg.web.rows import Row, query
from kg.web.service import service

blueprint = Blueprint("ontology", __name__)
FORMATS: Final = {form.name: form for form in (*GRAPHS, HTML)}
GROUPS: Final = (
    ("Classes", "Class"),
    ("Relations between things", "ObjectProperty"),
    ("Properties with values", "DatatypeProperty"),
)


@blueprint.get("/ontology")
@of_snapshot
def ontology() -> Response:
    """The ontology in the form that the client likes best."""
    offered = (*GRAPHS, HTML)
    form = required(request.headers.get("Accept"), offered, "ontology")
    response = _page() if form is HTML else Response(_serialized(form), content_type=form.content_type)
    response.vary.add("Accept")
    return response


@blueprint.get(f"/ontology.<any({','.join(FORMATS)}):name>")
@of_snapshot
def document(name: str) -> Response:
    """The ontology in the format that the address names."""
    form = FORMATS[name]
    return _page() if form is HTML else Response(_serialized(form), content_type=form.content_type)


@blueprint.get("/ontology/<path:name>")
def term(name: str) -> Response:
    """A term, for those who write it with a slash."""
    moved: Response = redirect(f"{href(CK)}{quote(name)}", 303)  # type: ignore[assignment]
    return moved


def _page() -> Response:
    terms: dict[str, list[Row]] = {}
    for row in service().rows(query("ontology")):
        terms.setdefault(row["kind"].value.rpartition("#")[2], []).append(row)
    groups = [(heading, terms.get(kind, [])) for heading, kind in GROUPS]
    return Response(render_template("ontology.html", groups=groups, namespace=CK), content_type=HTML.content_type)


@cache
def _serialized(form: Format) -> bytes:
    quads = list(ox.parse(path=folder("ontology") / "ontology.ttl", format=ox.RdfFormat.TURTLE))
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    prefixes = None if form.name in ("nt", "nq") else PREFIXES
    return ox.serialize(triples, format=SERIALIZERS[form.name], prefixes=prefixes) or b""
