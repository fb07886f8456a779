"""/ontology: the terms as a page for people and as RDF for tools, from the files that the project carries.

The address of the present version, `/ontology/0.1.0`, answers as `/ontology` does. Earlier versions are not kept: what
changed since is told in docs/reference/ontology-changes.md.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import NotFound

from kg.iris import CK, PREFIXES
from kg.resources import folder
from kg.store.graphs import GRAPHS as SERIALIZERS
from kg.web.freshness import of_snapshot
from kg.web.links import href
from kg.web.negotiation import GRAPHS, HTML, Format, required
from kg.web.rows import Row, query
from kg.web.service import service

blueprint = Blueprint("ontology", __name__)
CONTEXT: Final = "application/ld+json"
DIAGRAM: Final = "image/svg+xml"
FORMATS: Final = {form.name: form for form in (*GRAPHS, HTML)}
VERSION_INFO: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
NUMBER: Final = re.compile(r"\d+\.\d+\.\d+")  # 0.1.0
# The page that pyLODE makes, where it was made.
REFERENCE: Final = "ontology/reference.html"
GROUPS: Final = (
    ("Classes", "Class"),
    ("Relations between things", "ObjectProperty"),
    ("Properties with values", "DatatypeProperty"),
)


@blueprint.get("/ontology")
@of_snapshot
def ontology() -> Response:
    """The ontology in the form that the client likes best."""
    return _negotiated()


@blueprint.get(f"/ontology.<any({','.join(FORMATS)}):name>")
@of_snapshot
def document(name: str) -> Response:
    """The ontology in the format that the address names."""
    return _as(FORMATS[name])


@blueprint.get("/ontology/context.jsonld")
@of_snapshot
def context() -> Response:
    """The JSON-LD context: the terms by their local names, with the types of their values."""
    return Response((folder("ontology") / "context.jsonld").read_bytes(), content_type=CONTEXT)


@blueprint.get("/ontology/diagram.svg")
@of_snapshot
def diagram() -> Response:
    """The classes and their relations as a picture."""
    return Response((folder("ontology") / "diagram.svg").read_bytes(), content_type=DIAGRAM)


@blueprint.get("/ontology/<path:name>")
def term(name: str) -> Response:
    """The present version by its number, or a term, for those who write it with a slash."""
    if name == version():
        return of_snapshot(_negotiated)()
    if NUMBER.fullmatch(name):
        raise NotFound(f"Version {name} of the ontology is not kept; /ontology is version {version()}.")
    moved: Response = redirect(f"{href(CK)}{quote(name)}", 303)  # type: ignore[assignment]
    return moved


@cache
def version() -> str:
    """The number of the version that the ontology has."""
    (number,) = (quad.object for quad in _quads() if quad.predicate == VERSION_INFO)
    assert isinstance(number, ox.Literal)
    return number.value


def _negotiated() -> Response:
    form = required(request.headers.get("Accept"), (*GRAPHS, HTML), "ontology")
    response = _as(form)
    response.vary.add("Accept")
    return response


def _as(form: Format) -> Response:
    return _page() if form is HTML else Response(_serialized(form), content_type=form.content_type)


def _page() -> Response:
    terms: dict[str, list[Row]] = {}
    for row in service().rows(query("ontology")):
        terms.setdefault(row["kind"].value.rpartition("#")[2], []).append(row)
    groups = [(heading, terms.get(kind, [])) for heading, kind in GROUPS]
    return Response(
        render_template("ontology.html", groups=groups, namespace=CK, version=version(), reference=_has_reference()),
        content_type=HTML.content_type,
    )


@cache
def _has_reference() -> bool:
    """Whether `make ontology-page` has been run."""
    return files("kg.web").joinpath("static", REFERENCE).is_file()


@cache
def _serialized(form: Format) -> bytes:
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in _quads())
    prefixes = None if form.name in ("nt", "nq") else PREFIXES
    return ox.serialize(triples, format=SERIALIZERS[form.name], prefixes=prefixes) or b""


@cache
def _quads() -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(path=folder("ontology") / "ontology.ttl", format=ox.RdfFormat.TURTLE))
