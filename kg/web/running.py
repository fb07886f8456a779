"""/queries: the queries that run now, for whoever has the admin's token; each can be stopped.

Another site could make an admin's browser send the form that stops a query, but would have to know its random id.
"""

import json
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from kg.web.authorization import require
from kg.web.freshness import NO_STORE
from kg.web.health import JSON
from kg.web.negotiation import HTML, choose
from kg.web.service import service

blueprint = Blueprint("running", __name__)
# Characters of a query that the list shows at most.
SHOWN: Final = 4_000
SEE_OTHER: Final = 303


@blueprint.get("/queries")
def queries() -> Response:
    """The queries that are not yet answered, the oldest first."""
    require("admin")
    found = [
        {
            "id": query.id,
            "state": query.state,
            "seconds": round(query.seconds, 3),
            "query": query.query if len(query.query) <= SHOWN else f"{query.query[:SHOWN]} …",
        }
        for query in service().pool.running()
    ]
    if _is_browser():
        response = Response(render_template("queries.html", queries=found), content_type=HTML.content_type)
    else:
        response = _json({"queries": found})
    response.vary.add("Accept")
    response.headers["Cache-Control"] = NO_STORE
    return response


@blueprint.route("/queries/<name>", methods=["DELETE", "POST"])
def stop(name: str) -> Response:
    """Stop a query; its client gets 503, or a broken-off answer."""
    require("admin")
    if not service().pool.kill(name):
        raise NotFound(f"No query {name!r} runs.")
    if request.method == "POST" and _is_browser():
        moved: Response = redirect(url_for("running.queries"), SEE_OTHER)  # type: ignore[assignment]
        return moved
    return _json({"stopped": name})


def _is_browser() -> bool:
    return choose(request.headers.get("Accept"), (JSON, HTML)) is HTML


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False) + "\n", content_type=JSON.content_type)
