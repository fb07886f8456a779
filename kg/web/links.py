"""IRIs as links: those of the graph become links on this host, whatever its name; others stay as they are."""

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, request

from kg.iris import CK, PREFIXES
from kg.web.service import service

WEB: Final = ("http", "https")
# Longest prefix first, so that `ck:` wins over a prefix that it starts with.
NAMESPACES: Final = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
SHORTEST: Final = "/"


def register(app: Flask) -> None:
    """Give the templates `href`, `short` and `is_local`."""
    app.add_template_filter(href)
    app.add_template_filter(short)
    app.add_template_filter(is_local)


def href(iri: str) -> str:
    """The address behind an IRI for a link on a page: relative to the host for things of the graph.

    An IRI that is no web address (`javascript:`, `urn:`) gives an empty address.
    """
    iri = str(iri)
    ontology = CK.removesuffix("#")
    if iri == ontology or iri.startswith(CK):
        return f"{request.script_root}/ontology{iri.removeprefix(ontology)}"
    base = service().iris().base
    if iri.startswith(base):
        return f"{request.script_root}/{iri.removeprefix(base)}"
    return iri if urlsplit(iri).scheme in WEB else ""


def is_local(iri: str) -> bool:
    """Whether an IRI is one of the graph's own, so that this host has a page for it."""
    return str(iri).startswith((service().iris().base, CK))


def short(iri: str) -> str:
    """An IRI for people: `ck:Cable`, `cable/09BOGOTA335`, or as it is."""
    iri = str(iri)
    for prefix, namespace in NAMESPACES:
        if iri.startswith(namespace) and SHORTEST not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    base = service().iris().base
    return iri.removeprefix(base) or iri
