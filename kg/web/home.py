"""The home page: what this is, how much of it there is, and where to begin."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, url_for

from kg.iris import CK
from kg.web import forms
from kg.web.freshness import of_snapshot
from kg.web.negotiation import HTML
from kg.web.rows import Row, query
from kg.web.service import Service, service

blueprint = Blueprint("home", __name__)
EXAMPLES: Final = 8
# What the page counts: its word, the class, and its list.
COUNTED: Final = (
    ("cables", f"{CK}Cable", "cables"),
    ("officials", f"{CK}Official", "officials"),
    ("meetings", f"{CK}Meeting", "meetings"),
    ("agreements", f"{CK}Agreement", "agreements"),
    ("mentions", f"{CK}Mention", None),
    ("posts", f"{CK}Post", "posts"),
    ("TAGS terms", f"{CK}Tag", "tags"),
)
STARTS: Final = (
    ("Officials most often mentioned", "home-officials"),
    ("Posts with most cables", "home-posts"),
    ("TAGS terms most used", "home-tags"),
)


@blueprint.get("/")
@of_snapshot
def home() -> Response:
    """The home page."""
    counted = counts()
    body = render_template(
        "home.html",
        is_empty=service().folder.is_writable_store and not service().rows(query("any")),
        endpoint=url_for("protocol.sparql", _external=True),
        counts=[(word, counted[iri], name) for word, iri, name in COUNTED if counted.get(iri)],
        cables=service().rows(query("home-cables")),
        starts=_starts(service(), service().snapshot().path),
        examples=forms.examples()[:EXAMPLES],
        first_query=forms.FIRST_QUERY,
        formats=forms.FORMATS,
    )
    return Response(body, content_type=HTML.content_type)


@lru_cache(maxsize=2)
def _starts(asked: Service, snapshot: Path) -> list[tuple[str, list[Row]]]:
    """The rows of STARTS, which go over the whole graph and are the same as long as its snapshot is served."""
    return [(heading, asked.rows(query(name))) for heading, name in STARTS]


def counts() -> dict[str, int]:
    """How many things of each class the graph has, by VoID's count."""
    return {row["class"].value: int(row["count"].value) for row in service().rows(query("counts"))}
