"""The query page's editor: the script of the page, where it has been built, and the terms that it completes."""

import json
from functools import cache
from importlib.resources import files
from typing import Final

from flask import Blueprint, Response

from kg.iris import PREFIXES
from kg.web.freshness import of_snapshot
from kg.web.rows import query
from kg.web.service import service

blueprint = Blueprint("editor", __name__)
SCRIPT: Final = "yasgui/page.js"
# What the page's script may do: run from here and ask here.
CSP: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def is_built() -> bool:
    """Whether `npm run build` has made the script; without it the page is the plain form."""
    return files("kg.web").joinpath("static", SCRIPT).is_file()


@blueprint.get("/query/terms.json")
@of_snapshot
def terms() -> Response:
    """The base of the graph's IRIs, the prefixes, and the classes and properties that the graph knows, with labels."""
    rows = service().rows(query("terms"))
    found = [
        {"iri": row["term"].value, "kind": row["kind"].value, "label": row["label"].value if "label" in row else ""}
        for row in rows
    ]
    body = {"base": service().iris().base, "prefixes": PREFIXES, "terms": found}
    return Response(json.dumps(body, ensure_ascii=False) + "\n", content_type="application/json")
