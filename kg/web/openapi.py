"""/openapi.json: every address, method, parameter, status and media type of the server, after OpenAPI 3.1."""

import json
from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Response, request

from kg import __version__
from kg.web.negotiation import HTML
from kg.web.operations import JSON, MEANINGS, NAME, OPERATIONS, PARAMETERS, PROBLEM, Operation

blueprint = Blueprint("openapi", __name__)
NO_BODY: Final = (204, 304)
MOVED: Final = (301, 303)
SCHEMES: Final = {
    "update": {"type": "http", "scheme": "bearer", "description": "The token of KG_UPDATE_TOKEN."},
    "admin": {"type": "http", "scheme": "bearer", "description": "The token of KG_ADMIN_TOKEN."},
    "adminOfBrowser": {"type": "http", "scheme": "basic", "description": "The same token, as the password."},
}
ABOUT: Final = (
    "A knowledge graph of diplomatic cables: a SPARQL endpoint, and a page for everything in the graph. "
    "The format of an answer is chosen by Accept. HEAD is answered wherever GET is, and OPTIONS everywhere."
)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this server."""
    return Response(json.dumps(document(request.script_root or "/")) + "\n", content_type=JSON)


def document(server: str) -> dict[str, Any]:
    """The description of a server under this address."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        for path in operation.paths:
            paths.setdefault(path, {})[operation.method] = _described(operation, path)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cablekg",
            "version": __version__,
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": {"Problem": _problem()}, "securitySchemes": SCHEMES},
    }


def _described(operation: Operation, path: str) -> dict[str, Any]:
    parameters = [{"name": name, "in": "query", **PARAMETERS[name]} for name in operation.parameters]
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [*([NAME] if "{name}" in path else []), *parameters],
        "responses": {str(status): answer for status, answer in _answers(operation)},
    }
    if operation.body:
        content = {media_type: {"schema": schema} for media_type, schema in operation.body.items()}
        described["requestBody"] = {"required": True, "content": content}
    if operation.needs:
        described["security"] = [{name: []} if name else {} for name in operation.needs]
    return described


def _answers(operation: Operation) -> Iterator[tuple[int, dict[str, Any]]]:
    for status in sorted(operation.statuses):
        answer: dict[str, Any] = {"description": MEANINGS[status]}
        if status in MOVED:
            answer["headers"] = {"Location": {"schema": {"type": "string"}}}
            answer["content"] = {HTML.media_type: {}}
        elif status >= 400:
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            answer["content"] = {PROBLEM[0]: problem, PROBLEM[1]: {}}
        elif status not in NO_BODY:
            answer["content"] = {media_type: {} for media_type in operation.types}
        yield status, answer


def _problem() -> dict[str, Any]:
    """The schema of a problem (RFC 9457)."""
    texts = {name: {"type": "string"} for name in ("type", "title", "detail", "query_id", "excerpt", "caret")}
    numbers = {name: {"type": "integer"} for name in ("status", "line", "column")}
    return {"type": "object", "properties": texts | numbers, "required": ["type", "title", "status", "detail"]}
