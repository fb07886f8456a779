"""The lists of all cables, officials, meetings, agreements, posts and TAGS terms, page by page."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from kg.iris import CK
from kg.web import home, pages
from kg.web.freshness import of_snapshot
from kg.web.negotiation import HTML
from kg.web.rows import bind, query
from kg.web.service import service

blueprint = Blueprint("lists", __name__)
PAGE: Final = 100
# The columns that tell officials of one name apart.
APART: Final = ("roles", "mentions", "first_year", "last_year")
CLASSES: Final = {
    "cables": f"{CK}Cable",
    "officials": f"{CK}Official",
    "meetings": f"{CK}Meeting",
    "agreements": f"{CK}Agreement",
    "posts": f"{CK}Post",
    "tags": f"{CK}Tag",
}


@blueprint.get(f"/<any({','.join(CLASSES)}):name>")
@of_snapshot
def listing(name: str) -> Response:
    """One page of a list."""
    number = _number(request.args.get("page", "1"))
    total = home.counts().get(CLASSES[name], 0)
    last = max(1, -(-total // PAGE))
    if number > last:
        raise NotFound("The list has one page." if last == 1 else f"The list has {last} pages.")
    table = pages.table(f"list-{name}", limit=PAGE, offset=(number - 1) * PAGE)
    if name == "officials" and table.rows:
        table = _told_apart(table)
    body = render_template("list.html", name=name, table=table, number=number, last=last, total=total)
    return Response(body, content_type=HTML.content_type)


def _told_apart(table: pages.Table) -> pages.Table:
    """The officials of a page with what tells those of one name apart: roles, number of mentions, years."""
    # Asked for the page alone: the same over all officials takes seconds in a graph of some thousand cables.
    found = service().rows(bind(query("officials-apart"), official=[row["official"].value for row in table.rows]))
    known = {row["official"]: row for row in found}
    rows = [{**row, **known.get(row["official"], {})} for row in table.rows]
    return replace(
        table, columns=(*table.columns, *(name for name in APART if any(name in row for row in rows))), rows=rows
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadRequest(f"{text!r} is no number of a page.")
    return int(text)
