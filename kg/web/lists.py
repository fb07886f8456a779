"""The lists of all cables, officials, meetings, agreements, posts and TAGS terms, page by page."""

from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from kg.iris import CK
from kg.web import home, pages
from kg.web.negotiation import HTML

blueprint = Blueprint("lists", __name__)
PAGE: Final = 100
CLASSES: Final = {
    "cables": f"{CK}Cable",
    "officials": f"{CK}Official",
    "meetings": f"{CK}Meeting",
    "agreements": f"{CK}Agreement",
    "posts": f"{CK}Post",
    "tags": f"{CK}Tag",
}


@blueprint.get(f"/<any({','.join(CLASSES)}):name>")
def listing(name: str) -> Response:
    """One page of a list."""
    number = _number(request.args.get("page", "1"))
    total = home.counts().get(CLASSES[name], 0)
    last = max(1, -(-total // PAGE))
    if number > last:
        raise NotFound(f"The list has {last} pages.")
    table = pages.table(f"list-{name}", limit=PAGE, offset=(number - 1) * PAGE)
    body = render_template("list.html", name=name, table=table, number=number, last=last, total=total)
    return Response(body, content_type=HTML.content_type)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadRequest(f"{text!r} is no number of a page.")
    return int(text)
