"""/shacl: validate a graph that is sent, against the project's shapes or one's own; a form for people."""

import base64
import hashlib
from dataclasses import replace
from functools import cache
from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from kg.resources import PACKAGE
from kg.store.pool_answers import new_id
from kg.web import freshness, outcome
from kg.web.negotiation import HTML, REPORTS, required
from kg.web.relay import relay
from kg.web.service import service
from kg.web.validations import read_job

blueprint = Blueprint("shacl", __name__)
# Relative IRIs of data and shapes count from here: no address of a server, so that nothing is fetched by mistake.
BASE: Final = "urn:x-shacl:"


@blueprint.get("/shacl")
def shacl() -> Response:
    """The form."""
    if request.args:
        raise BadRequest("A graph is sent by POST, and the parameters with it.")
    response = Response(render_template("shacl.html", formats=REPORTS), content_type=HTML.content_type)
    response.headers["Cache-Control"] = freshness.NO_CACHE
    return response


@blueprint.post("/shacl")
def validate() -> Response:
    """The report on a graph in the format that the client likes best; whether it conforms stands in it."""
    request.environ[outcome.QUERY_ID] = new_id()
    request.environ[outcome.VALIDATION] = True
    asked = service()
    job = read_job(request, asked.max_shacl, BASE)
    form = required(request.headers.get("Accept"), REPORTS, "report", job.form or None)
    seconds = min(job.seconds or asked.validators.limits.seconds, asked.validators.limits.seconds)
    job = replace(job, form=form.name, seconds=seconds, max_bytes=asked.max_bytes)
    request.environ[outcome.QUERY] = job.query
    response = relay(asked.validate(job, seconds), form)
    response.headers["Cache-Control"] = freshness.NO_STORE
    response.vary.add("Accept")
    if form is HTML:
        response.headers["Content-Security-Policy"] = _policy()
    return response


@cache
def _policy() -> str:
    """The policy of the page of a report, which has its style sheet within."""
    style = (PACKAGE / "validation" / "templates" / "report.css").read_bytes()
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
