"""Read an operation of the SPARQL protocol from a request: a query by GET, either kind by form POST and direct POST."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from kg.web.bodies import whole
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, UTF_8, VERSIONS, named
from kg.web.problems import NotSupported
from kg.web.threads import beside

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
BODIES: Final = (QUERY, UPDATE, FORM)
DIRECT: Final = {QUERY: "query", UPDATE: "update"}
MOST_FIELDS: Final = 1000
# A form of so many bytes is read in some milliseconds; a longer one keeps no other client waiting.
SHORT: Final = 65_536
FORMAT: Final = ("format", "output")
KNOWN: Final = (
    "query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri", *FORMAT,
    "timeout", "max-rows", "max-bytes", "version",
)  # fmt: skip
NUMBER: Final = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,9})?")  # 2.5
WHOLE: Final = re.compile(r"[0-9]{1,30}")  # 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation: a query or an update; both are None where the request has none (it asks for the description).

    `seconds`, `max_rows` and `max_bytes` are the limits that the client asks for; the server's own hold besides.
    """

    query: str | None
    update: str | None = None
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    seconds: float | None = None
    max_rows: int | None = None
    max_bytes: int | None = None


def read_operation(request: Request, max_query: int) -> Operation:
    """The operation of a request; an HTTP error where it is none."""
    pairs = _pairs(request.query_string, "The query string")
    if request.method == "POST":
        kind = request.mimetype
        _check_encodings(request)
        body = whole(request)
        if name := DIRECT.get(kind):
            if any(key == name for key, _ in pairs):
                raise BadRequest(f"A direct POST has its {name} in the body; there is another in the query string.")
            pairs.append((name, _decode(body, f"The {name}")))
            pairs += [("version", version) for version in [request.mimetype_params.get("version")] if version]
        elif kind == FORM:
            pairs += _pairs(body, "The form")
        else:
            raise _unsupported(kind)
    elif any(key == "update" for key, _ in pairs):
        raise BadRequest("An update is sent by POST.")
    return _operation(pairs, max_query, required=request.method == "POST")


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse a request with neither query nor update that has a parameter which is not known: a misspelt `query`.

    Beside a query such parameters are passed over, since clients send them for other servers.
    """
    if unknown := [name for name in names if name not in KNOWN]:
        told = ", ".join(repr(name[:30]) for name in unknown[:3])
        raise BadRequest(f"There is no query, and no parameter {told}. There are: {', '.join(KNOWN)}.")


def _operation(pairs: list[tuple[str, str]], max_query: int, *, required: bool) -> Operation:
    query, update = _single(pairs, "query"), _single(pairs, "update")
    if query is None and update is None and required:
        refuse_unknown(key for key, _ in pairs)
        raise BadRequest("There is no query: send it as the parameter `query`, or an update as `update`.")
    if query is not None and update is not None:
        raise BadRequest("There are a query and an update; send one of the two.")
    for text in (query, update):
        if text is not None and len(text.encode()) > max_query:
            raise RequestEntityTooLarge(f"A query may be {max_query} bytes long; this one has {len(text.encode())}.")
    _check_version(pairs)
    return Operation(
        query=query,
        update=update,
        using_graphs=_graphs(pairs, "using-graph-uri"),
        using_named_graphs=_graphs(pairs, "using-named-graph-uri"),
        default_graphs=_graphs(pairs, "default-graph-uri"),
        named_graphs=_graphs(pairs, "named-graph-uri"),
        format=_format(pairs),
        seconds=_number(pairs, "timeout"),
        max_rows=_whole(pairs, "max-rows"),
        max_bytes=_whole(pairs, "max-bytes"),
    )


def _format(pairs: list[tuple[str, str]]) -> str | None:
    """The format that is asked for; SPARQLWrapper sends one by several names, for servers that know but one of them."""
    values = [value for key, value in pairs if key in FORMAT and value]
    known = {found: value for value in values if (found := named(value, (*SOLUTIONS, *GRAPHS, HTML)))}
    if len(known) > 1:
        raise BadRequest(f"Several formats are asked for at once: {', '.join(known.values())}.")
    return next(iter([*known.values(), *values]), None)


def _number(pairs: list[tuple[str, str]], name: str) -> float | None:
    text = _above_zero(pairs, name, NUMBER, "number")
    return None if text is None else float(text)


def _whole(pairs: list[tuple[str, str]], name: str) -> int | None:
    text = _above_zero(pairs, name, WHOLE, "whole number")
    return None if text is None else int(text)


def _above_zero(pairs: list[tuple[str, str]], name: str, form: re.Pattern[str], what: str) -> str | None:
    text = _single(pairs, name)
    if text is not None and not (form.fullmatch(text) and float(text) > 0):
        raise BadRequest(f"{name}={text!r} is no {what} above 0.")
    return text


def _check_version(pairs: list[tuple[str, str]]) -> None:
    """Refuse a query of a version of SPARQL that the engine does not have."""
    for version in (value for key, value in pairs if key == "version"):
        if version not in VERSIONS:
            raise BadRequest(f"SPARQL {version!r} is not answered here; {', '.join(VERSIONS)} are.")


def _check_encodings(request: Request) -> None:
    """Refuse a body in another charset than UTF-8, or compressed."""
    charset = request.mimetype_params.get("charset", "utf-8").casefold()
    if charset not in UTF_8:
        raise NotSupported(f"The body is said to be {charset!r}; send it as UTF-8.", BODIES)
    encoding = request.headers.get("Content-Encoding", "identity").strip().casefold()
    if encoding != "identity":
        raise NotSupported(f"The body is said to be compressed ({encoding!r}); send it as it is.", BODIES)


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
    parse = partial(_parse, raw)
    found = parse() if len(raw) <= SHORT else beside(parse, len(raw))
    if isinstance(found, str):
        raise BadRequest(f"{what} {found}.")
    return found


def _parse(raw: bytes) -> list[tuple[str, str]] | str:
    """The fields of a form, or what is wrong with it."""
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        return "is not percent-encoded UTF-8"
    except ValueError:
        return f"has more than {MOST_FIELDS} fields"


def _decode(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{what} is not UTF-8: byte {error.start}.") from None


def _unsupported(kind: str) -> NotSupported:
    return NotSupported(
        f"Send a query as {QUERY} or {FORM}, an update as {UPDATE} or {FORM}, "
        f"not as {kind or 'a body without Content-Type'}.",
        BODIES,
    )
