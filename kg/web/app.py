"""The Flask application: routes, errors, and the headers that every answer has."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from kg import settings
from kg.web import (
    access_log,
    authorization,
    caching,
    description,
    editor,
    freshness,
    graph_store,
    health,
    home,
    links,
    lists,
    metrics,
    ontology,
    openapi,
    problems,
    protocol,
    rates,
    resources,
    running,
    shacl,
)
from kg.web.bodies import Bodies
from kg.web.exchange import Exchange, Observed
from kg.web.service import EXTENSION, Service, make_service

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
OF_PAGES: Final = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OF_OTHERS: Final = {"Content-Security-Policy": "frame-ancestors 'none'"}
# The methods that some address has.
ALLOWED: Final = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization, If-Match, If-None-Match, "
    "If-Unmodified-Since, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


def create_app(data: Path | str | None = None) -> Flask:
    """The application over a data folder, by default the one that KG_DATA names.

    Workers start with the first request; a folder without a snapshot is answered with 503 until it has one.
    """
    app = Flask(__name__)
    for warning in settings.misspelt():
        app.logger.warning("%s", warning)
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
    authorization.register(app)
    health.register(app)
    for module in (
        protocol,
        description,
        editor,
        graph_store,
        home,
        lists,
        ontology,
        openapi,
        resources,
        running,
        shacl,
    ):
        app.register_blueprint(module.blueprint)
    app.before_request(_options_of_all)
    app.after_request(_finish)
    _wrap(app, service)
    return app


def _wrap(app: Flask, service: Service) -> None:
    """Put around the application, from the inside out: bodies, the cache, the rate, log and metrics, proxies."""
    bare = app.wsgi_app = Bodies(app.wsgi_app, app.config["MAX_CONTENT_LENGTH"])  # type: ignore[method-assign]
    caching.register(app, service)
    if rate := settings.get_number("KG_RATE"):
        rates.register(app)
        app.wsgi_app = rates.Limited(app.wsgi_app, bare, rate)  # type: ignore[method-assign]
    log = access_log.make()
    counted = metrics.register(app, service, log)
    sinks: list[Callable[[Exchange], None]] = [counted, access_log.SlowLog(settings.get_number("KG_SLOW"))]
    if log is not None:
        sinks.append(log)
    app.wsgi_app = Observed(app.wsgi_app, sinks)  # type: ignore[method-assign]
    if proxies := int(settings.get_number("KG_PROXIES")):
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=0
        )


def _options_of_all() -> Response | None:
    """The answer to `OPTIONS *`, which is about the server and no address of it (RFC 9110, 9.3.7)."""
    if request.method != "OPTIONS" or request.environ.get("RAW_URI") != "*":
        return None
    response = Response(status=204, headers={"Allow": ALLOWED})
    del response.headers["Content-Type"]
    return response


def _finish(response: Response) -> Response:
    response = freshness.finish(response)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.extend(PREFLIGHT)
    # A 304 has no type, and its headers would replace those of what it stands for.
    if response.mimetype:
        for name, value in (OF_PAGES if response.mimetype == "text/html" else OF_OTHERS).items():
            response.headers.setdefault(name, value)
    return response
