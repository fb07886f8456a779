"""Queries for the tests, and how they are asked."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask
from flask.testing import FlaskClient

Serve = Callable[..., AbstractContextManager[Flask]]
CABLES = "SELECT ?c ?l { ?c a ck:Cable ; rdfs:label ?l }"
NUMBERS = "SELECT * { ?s <urn:number> ?n }"
LABEL = "09ATLANTIS7: A <b>BOLD</b> & DAMP PROPOSAL"
BASE = "https://w3id.org/cablekg/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def get(client: FlaskClient, query: str, accept: str | None = None, **parameters):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)
