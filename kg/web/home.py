"""The home page: what this is, how much of it there is, and where to begin."""

from typing import Final

from flask import Blueprint, Response, render_template

from kg.iris import CK, PREFIXES
from kg.web import forms
from kg.web.negotiation import HTML
from kg.web.rows import query
from kg.web.service import service

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
def home() -> Response:
    """The home page."""
    body = render_template(
        "home.html",
        counts=[(word, count, name) for word, iri, name in COUNTED if (count := counts().get(iri, 0))],
        cables=service().rows(query("home-cables")),
        starts=[(heading, service().rows(query(name))) for heading, name in STARTS],
        examples=forms.examples()[:EXAMPLES],
        first_query=forms.FIRST_QUERY,
        formats=forms.FORMATS,
        void=f"{PREFIXES['void']}Dataset",
    )
    return Response(body, content_type=HTML.content_type)


def counts() -> dict[str, int]:
    """How many things of each class the graph has, by VoID's count."""
    return {row["class"].value: int(row["count"].value) for row in service().rows(query("counts"))}
