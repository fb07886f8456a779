"""Read a query operation of the SPARQL protocol from a request: GET, form POST and direct POST."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import Request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
MOST_FIELDS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A query operation; `query` is None where the request has none (it asks for the description)."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


def read_operation(request: Request, max_query: int) -> Operation:
    """The operation of a request; an HTTP error where it is none."""
    pairs = _pairs(request.query_string, "The query string")
    if request.method == "POST":
        kind = request.mimetype
        body = request.get_data(cache=False)
        if kind == QUERY:
            if any(key == "query" for key, _ in pairs):
                raise BadRequest("A direct POST has its query in the body; there is another in the query string.")
            pairs.append(("query", _decode(body, "The query")))
        elif kind == FORM:
            pairs += _pairs(body, "The form")
        else:
            raise _unsupported(kind)
    if any(key == "update" for key, _ in pairs):
        raise Forbidden("This endpoint answers queries; it takes no updates.")
    return _operation(pairs, max_query, required=request.method == "POST")


def _operation(pairs: list[tuple[str, str]], max_query: int, *, required: bool) -> Operation:
    query = _single(pairs, "query")
    if query is None and required:
        raise BadRequest("There is no query: send it as the parameter `query`.")
    if query is not None and len(query.encode()) > max_query:
        raise RequestEntityTooLarge(f"A query may be {max_query} bytes long; this one has {len(query.encode())}.")
    return Operation(
        query=query,
        default_graphs=_graphs(pairs, "default-graph-uri"),
        named_graphs=_graphs(pairs, "named-graph-uri"),
        format=_single(pairs, "format") or _single(pairs, "output"),
    )


def _graphs(pairs: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    values = tuple(value for key, value in pairs if key == name)
    for value in values:
        try:
            ox.NamedNode(value)
        except ValueError:
            raise BadRequest(f"{name}={value!r} is no absolute IRI.") from None
    return values


def _single(pairs: list[tuple[str, str]], name: str) -> str | None:
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise BadRequest(f"The parameter `{name}` stands {len(values)} times; it may stand once.")
    return values[0] if values else None


def _pairs(raw: bytes, what: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise BadRequest(f"{what} is not percent-encoded UTF-8.") from None
    except ValueError:
        raise BadRequest(f"{what} has more than {MOST_FIELDS} fields.") from None


def _decode(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{what} is not UTF-8: byte {error.start}.") from None


def _unsupported(kind: str) -> UnsupportedMediaType | Forbidden:
    if kind == UPDATE:
        return Forbidden("This endpoint answers queries; it takes no updates.")
    return UnsupportedMediaType(f"Send a query as {QUERY} or {FORM}, not as {kind or 'a body without Content-Type'}.")
