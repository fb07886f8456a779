"""The Flask application: routes, errors, and the headers that every answer has."""

from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from kg import settings
from kg.web import caching, description, editor, freshness, home, links, lists, ontology, problems, protocol, resources
from kg.web.service import EXTENSION, make_service

# A form encodes a byte of the query in up to three.
FORM_FACTOR: Final = 3
FORM_MARGIN: Final = 65_536
CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization, If-None-Match, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


def create_app(data: Path | str | None = None) -> Flask:
    """The application over a data folder, by default the one that KG_DATA names.

    Workers start with the first request; a folder without a snapshot is answered with 503 until it has one.
    """
    app = Flask(__name__)
    service = make_service(Path(data if data is not None else settings.get("KG_DATA")))
    app.extensions[EXTENSION] = service
    app.config["MAX_CONTENT_LENGTH"] = service.max_query * FORM_FACTOR + FORM_MARGIN
    app.url_map.strict_slashes = False
    # Merged by a redirect, which would name whatever host the client has sent.
    app.url_map.merge_slashes = False
    # Pages differ in no white space that is nobody's.
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    links.register(app)
    problems.register(app)
    for module in (protocol, description, editor, home, lists, ontology, resources):
        app.register_blueprint(module.blueprint)
    app.after_request(_finish)
    caching.register(app, service)
    return app


def _finish(response: Response) -> Response:
    response = freshness.finish(response)
    response.headers.extend(HEADERS)
    if request.method == "OPTIONS":
        response.headers.extend(PREFLIGHT)
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", CSP)
    return response
