"""The operations of the server: what each address takes and what may come of it; the OpenAPI document is made of these.

A new route is a new row of OPERATIONS; a test compares them with the routes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.web.lists import CLASSES
from kg.web.negotiation import GRAPHS, HTML, REPORTS, SOLUTIONS, VERSIONS
from kg.web.parameters import FORM, QUERY, UPDATE
from kg.web.resources import FORMATS as DOCUMENTS
from kg.web.resources import KINDS
from kg.web.validations import LISTED, MOST_LISTED

JSON: Final = "application/json"
TEXT: Final = "text/plain"
JSON_LD: Final = "application/ld+json"
SVG: Final = "image/svg+xml"
OPENMETRICS: Final = "application/openmetrics-text"
GRAPH_TYPES: Final = tuple(form.media_type for form in GRAPHS)
SOLUTION_TYPES: Final = tuple(form.media_type for form in SOLUTIONS)
PAGE: Final = (HTML.media_type,)
MULTIPART: Final = "multipart/form-data"
PROBLEM: Final = ("application/problem+json", HTML.media_type)
ANSWER_FORMATS: Final = sorted({form.name for form in (*SOLUTIONS, *GRAPHS)} | {HTML.name})
REPORT_TYPES: Final = tuple(form.media_type for form in REPORTS)

NOBODY: Final = ""
# What any request may come to, and besides what one that a worker answers may.
ANY: Final = (400, 405, 414, 417, 429, 431, 500, 501, 503, 505)
ASKED: Final = (*ANY, 499, 504)
# What reading an address may come to, on conditions and without.
READ: Final = (200, 304, 412)
# What a write may come to besides.
WRITTEN: Final = (*ASKED, 401, 403, 408, 412, 413, 415)
MEANINGS: Final[Mapping[int, str]] = {
    200: "The answer.",
    201: "The graph was made.",
    204: "It is done.",
    206: "The part of the file that Range asks for.",
    301: "It has moved.",
    303: "The answer is at another address.",
    304: "What the client has is still true.",
    400: "The query or a parameter is wrong, or the endpoint does not run such a query.",
    401: "A token is missing or wrong.",
    403: "Not allowed here, or off.",
    404: "There is nothing of that name.",
    406: "There is no format that the client takes.",
    405: "The address has other methods; Allow names them.",
    408: "The body comes too slowly.",
    409: "The graphs do not allow the update, or the write has begun and cannot be stopped.",
    412: "A condition of the request (If-Match and its like) does not hold.",
    413: "The query or the body is too long.",
    414: "The address is too long.",
    415: "A body of this type is not taken.",
    416: "The file does not have that part.",
    417: "An expectation that is not known here.",
    429: "The client asks too often; Retry-After says when to come back.",
    431: "A header is too long, or there are too many.",
    500: "The server failed.",
    499: "The client has closed its side of the connection; seldom seen but in the access log.",
    501: "A transfer coding that is not known here.",
    503: "No snapshot, no free worker, too much at once, or a query over its memory or stopped.",
    504: "The query ran over its time.",
    505: "A version of HTTP that is not spoken here.",
}


def _one(kind: str, **more: Any) -> dict[str, Any]:
    return {"schema": {"type": kind, **more}}


GRAPH_NAMES: Final = {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}, "explode": True}
# The parameters of the query string by name.
PARAMETERS: Final[Mapping[str, dict[str, Any]]] = {
    "query": _one("string") | {"description": "The query. Without one the endpoint describes itself."},
    "default-graph-uri": GRAPH_NAMES | {"description": "Graphs whose union is the default graph."},
    "named-graph-uri": GRAPH_NAMES | {"description": "Graphs that the query may name."},
    "timeout": _one("number", exclusiveMinimum=0) | {"description": "Seconds; the server's own limit holds besides."},
    "max-rows": _one("integer", minimum=1) | {"description": "Rows after which the answer is cut off."},
    "max-bytes": _one("integer", minimum=1) | {"description": "Bytes after which the answer is cut off."},
    "version": _one("string", enum=list(VERSIONS)) | {"description": "The version of SPARQL that the query needs."},
    "format": _one("string", enum=ANSWER_FORMATS) | {"description": "The format, for who cannot send Accept."},
    "output": _one("string", enum=ANSWER_FORMATS) | {"description": "The same as format."},
    "using-graph-uri": GRAPH_NAMES | {"description": "Graphs that an update takes for its default graph."},
    "using-named-graph-uri": GRAPH_NAMES | {"description": "Graphs that an update may name where it reads."},
    "graph": _one("string", format="iri") | {"description": "The graph of this name."},
    "default": _one("string", enum=[""]) | {"description": "The default graph.", "allowEmptyValue": True},
    "severity": _one("string", enum=["violation", "warning", "info"])
    | {"description": "List results that are at least so grave; all are counted."},
    "limit": _one("integer", minimum=0, maximum=MOST_LISTED, default=LISTED)
    | {"description": "Results of a shape that are listed; all are counted."},
    "shape": _one("string") | {"description": "Report on this shape alone: its IRI, or with a prefix of the project."},
    "focus": _one("string") | {"description": "Report on this focus node alone."},
    "page": _one("integer", minimum=1, default=1) | {"description": "The page of a list."},
}
OF_GRAPHS: Final = ("graph", "default")
OF_UPDATES: Final = ("using-graph-uri", "using-named-graph-uri")
OF_VALIDATIONS: Final = ("format", "timeout", "severity", "limit", "shape", "focus")
_OF_OTHERS: Final = ("page", "severity", "limit", "shape", "focus", *OF_GRAPHS, *OF_UPDATES)
OF_QUERIES: Final = tuple(name for name in PARAMETERS if name not in _OF_OTHERS)
NAME: Final = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A method of some addresses of one kind, and what may come of it."""

    paths: tuple[str, ...]
    method: str = "get"
    summary: str
    parameters: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[int, ...]
    body: Mapping[str, Any] = field(default_factory=dict)
    # The schemes of which one has to be fulfilled; with NOBODY among them none has to.
    needs: tuple[str, ...] = ()


def _form_fields() -> dict[str, Any]:
    fields = {name: PARAMETERS[name]["schema"] for name in OF_QUERIES}
    fields |= {"update": {"type": "string"}} | dict.fromkeys(OF_UPDATES, GRAPH_NAMES["schema"])
    return {"type": "object", "properties": fields, "oneOf": [{"required": ["query"]}, {"required": ["update"]}]}


def _validation_fields() -> dict[str, Any]:
    files = {name: {"type": "string", "format": "binary"} for name in ("data", "shapes")}
    fields = {name: PARAMETERS[name]["schema"] for name in OF_VALIDATIONS if name != "timeout"}
    return {"type": "object", "properties": files | fields, "required": ["data"]}


def _graph_bodies(*more: str) -> dict[str, Any]:
    return {media_type: {"type": "string", "format": "binary"} for media_type in (*GRAPH_TYPES, *more)}


def _of_store(path: str) -> "tuple[Operation, ...]":
    """What can be done with a graph of the store: one that parameters name, or the one of this address."""
    parameters = OF_GRAPHS if path == "/store" else ()
    return (
        Operation(
            paths=(path,),
            summary="Read a graph",
            parameters=(*parameters, "format"),
            types=GRAPH_TYPES,
            statuses=(*READ, 404, 406, *ASKED),
        ),
        Operation(
            paths=(path,),
            method="put",
            summary="Replace a graph",
            parameters=parameters,
            types=(JSON,),
            statuses=(201, 204, *WRITTEN),
            body=_graph_bodies(),
            needs=("update",),
        ),
        Operation(
            paths=(path,),
            method="post",
            summary="Add to a graph",
            parameters=parameters,
            types=(JSON,),
            statuses=(200, 201, *WRITTEN),
            body=_graph_bodies(MULTIPART),
            needs=("update",),
        ),
        Operation(
            paths=(path,),
            method="delete",
            summary="Remove a graph",
            parameters=parameters,
            types=(JSON,),
            statuses=(200, 404, *WRITTEN),
            needs=("update",),
        ),
    )


OPERATIONS: Final = (
    Operation(
        paths=("/sparql",),
        summary="Answer a query, or describe the endpoint",
        parameters=OF_QUERIES,
        types=(*SOLUTION_TYPES, *GRAPH_TYPES, *PAGE),
        statuses=(*READ, 403, 406, 413, *ASKED),
    ),
    Operation(
        paths=("/sparql",),
        method="post",
        summary="Answer a query, or run an update, which needs the token",
        parameters=(*(name for name in OF_QUERIES if name != "query"), *OF_UPDATES),
        types=(*SOLUTION_TYPES, *GRAPH_TYPES, *PAGE),
        statuses=(200, 204, 406, 409, *WRITTEN),
        body={QUERY: {"type": "string"}, UPDATE: {"type": "string"}, FORM: _form_fields()},
        needs=(NOBODY, "update"),
    ),
    *(operation for path in ("/store", "/store/{name}") for operation in _of_store(path)),
    Operation(
        paths=("/query",),
        summary="The query form, and under it the answer",
        parameters=OF_QUERIES,
        types=PAGE,
        statuses=(*READ, 403, 406, 413, *ASKED),
    ),
    Operation(
        paths=("/query/terms.json",),
        summary="The terms that the query page completes",
        types=(JSON,),
        statuses=(*READ, *ASKED),
    ),
    Operation(paths=("/shacl",), summary="The form of a validation", types=PAGE, statuses=(*READ, *ASKED)),
    Operation(
        paths=("/shacl",),
        method="post",
        summary="Validate a graph against the project's shapes, or against those that are sent with it",
        parameters=OF_VALIDATIONS,
        types=REPORT_TYPES,
        statuses=(200, 406, 408, 413, 415, *ASKED),
        body={**_graph_bodies(), MULTIPART: _validation_fields()},
    ),
    Operation(
        paths=("/service",),
        summary="The service description",
        parameters=("format",),
        types=(*GRAPH_TYPES, *PAGE),
        statuses=(*READ, 406, *ASKED),
    ),
    Operation(
        paths=("/.well-known/void",),
        summary="The VoID description of the snapshot",
        parameters=("format",),
        types=GRAPH_TYPES,
        statuses=(*READ, 406, *ASKED),
    ),
    Operation(
        paths=("/prefixes",),
        summary="The prefixes of the example queries",
        types=GRAPH_TYPES,
        statuses=(*READ, *ASKED),
    ),
    Operation(paths=("/",), summary="The first page", types=PAGE, statuses=(*READ, *ASKED)),
    Operation(
        paths=tuple(f"/{name}" for name in CLASSES),
        summary="A list, a hundred things to a page",
        parameters=("page",),
        types=PAGE,
        statuses=(*READ, 404, *ASKED),
    ),
    Operation(
        paths=tuple(f"/{kind}/{{name}}" for kind in KINDS),
        summary="A thing: a redirection to its document, or with the ending of a format the document",
        types=(*GRAPH_TYPES, *PAGE),
        statuses=(*READ, 301, 303, 404, 406, *ASKED),
    ),
    Operation(
        paths=("/graph/{name}",),
        summary="A graph of the store: a redirection to a query for it",
        statuses=(303, 304, 404, 406, *ASKED),
    ),
    Operation(
        paths=("/ontology",),
        summary="The ontology",
        types=(*GRAPH_TYPES, *PAGE),
        statuses=(*READ, 406, *ASKED),
    ),
    Operation(
        paths=tuple(f"/ontology.{name}" for name in DOCUMENTS),
        summary="The ontology in one format",
        types=(*GRAPH_TYPES, *PAGE),
        statuses=(*READ, *ASKED),
    ),
    Operation(
        paths=("/ontology/context.jsonld",), summary="The JSON-LD context", types=(JSON_LD,), statuses=(*READ, *ASKED)
    ),
    Operation(
        paths=("/ontology/diagram.svg",), summary="The classes as a picture", types=(SVG,), statuses=(*READ, *ASKED)
    ),
    Operation(
        paths=("/ontology/{name}",),
        summary="A term of the ontology, or its present version by its number",
        types=(*GRAPH_TYPES, *PAGE),
        statuses=(*READ, 303, 404, 406, *ASKED),
    ),
    Operation(paths=("/health",), summary="Whether the process answers", types=(TEXT, JSON), statuses=(*READ, *ANY)),
    Operation(
        paths=("/ready",),
        summary="Whether queries can be answered",
        types=(TEXT, JSON),
        statuses=(*READ, *ASKED),
    ),
    Operation(
        paths=("/metrics",),
        summary="What the server counts, for Prometheus",
        types=(TEXT, OPENMETRICS),
        statuses=(*READ, *ANY),
    ),
    Operation(
        paths=("/queries",),
        summary="The queries that run now",
        types=(JSON, *PAGE),
        statuses=(*READ, 401, 403, *ANY),
        needs=("admin", "adminOfBrowser"),
    ),
    *(
        Operation(
            paths=("/queries/{name}",),
            method=method,
            summary="Stop a query",
            types=(JSON,),
            statuses=statuses,
            needs=("admin", "adminOfBrowser"),
        )
        for method, statuses in (
            ("delete", (200, 401, 403, 404, 409, *ANY)),
            ("post", (200, 303, 401, 403, 404, 409, *ANY)),
        )
    ),
    Operation(paths=("/openapi.json",), summary="This document", types=(JSON,), statuses=(*READ, *ANY)),
    Operation(paths=("/robots.txt",), summary="What robots may read", types=(TEXT,), statuses=(*READ, *ANY)),
    Operation(paths=("/favicon.ico",), summary="The icon", statuses=(301, *ANY)),
    Operation(
        paths=("/static/{name}",),
        summary="Style sheets, scripts and icons",
        types=("text/css", "text/javascript", "image/svg+xml", "application/octet-stream"),
        statuses=(*READ, 206, 404, 416, *ANY),
    ),
)
