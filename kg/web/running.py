"""/queries: the queries and writes that run now, for whoever has the admin's token; each can be stopped till it writes.

Another site could make an admin's browser send the form that stops a query, but would have to know its random id; and
where the browser says that it is another site, it is refused.
"""

import json
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden, NotFound

from kg.web.authorization import require
from kg.web.freshness import NO_STORE
from kg.web.health import JSON
from kg.web.negotiation import HTML, choose
from kg.web.service import service

blueprint = Blueprint("running", __name__)
# Characters of a query that the list shows at most.
SHOWN: Final = 4_000
SEE_OTHER: Final = 303
# What Sec-Fetch-Site tells of a page of this server, and of what the user does without a page.
OWN_SITE: Final = ("same-origin", "none")
LONGEST: Final = 100


@blueprint.get("/queries")
def queries() -> Response:
    """The queries and validations that are not yet answered, and the writes that are not yet done, the oldest first."""
    require("admin")
    asked = service()
    running = [*asked.pool.running(), *asked.validators.running(), *asked.writer.running()]
    found = [
        {
            "id": query.id,
            "state": query.state,
            "seconds": round(query.seconds, 3),
            "query": query.query if len(query.query) <= SHOWN else f"{query.query[:SHOWN]} …",
        }
        for query in sorted(running, key=lambda query: -query.seconds)
    ]
    if _is_browser():
        response = Response(render_template("queries.html", queries=found), content_type=HTML.content_type)
    else:
        response = _json({"queries": found})
    response.vary.add("Accept")
    response.headers["Cache-Control"] = NO_STORE
    # Without it a browser does not tell where the page's own form comes from.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@blueprint.route("/queries/<name>", methods=["DELETE", "POST"])
def stop(name: str) -> Response:
    """Stop a query or a write that waits; its client gets 503, or a broken-off answer. 409 where a write has begun."""
    require("admin")
    if request.method == "POST":
        _refuse_other_sites()
    asked = service()
    if not asked.pool.kill(name) and not asked.validators.kill(name) and not asked.writer.stop(name):
        raise NotFound(f"No query, validation or write {name!r} runs.")
    if request.method == "POST" and _is_browser():
        moved: Response = redirect(url_for("running.queries"), SEE_OTHER)  # type: ignore[assignment]
        return moved
    return _json({"stopped": name})


def _refuse_other_sites() -> None:
    """Refuse the form of another site: a browser that knows the token sends it along with that one, too.

    A browser says so itself (Sec-Fetch-Site), or names the site (Origin). A program does neither, and sends the token
    on purpose.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_own = site in OWN_SITE if site is not None else origin is None or urlsplit(origin).netloc == request.host
    if not is_own:
        raise Forbidden(f"This form is of another site ({(origin or site or '')[:LONGEST]}). Use the one at /queries.")


def _is_browser() -> bool:
    return choose(request.headers.get("Accept"), (JSON, HTML)) is HTML


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False) + "\n", content_type=JSON.content_type)
