"""Read a validation from a request: the graphs, by their media types or as fields of a form, and what is wanted."""

from collections.abc import Iterator, Mapping
from typing import Final

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from kg.store.graphs import ENDINGS
from kg.store.shacl_jobs import DATA, SEVERITIES, SHAPES, Sent, ShaclJob
from kg.web.bodies import whole
from kg.web.negotiation import GRAPHS, UTF_8
from kg.web.problems import NotSupported

MULTIPART: Final = "multipart/form-data"
# Results of a shape that are listed, where the request says nothing, and at most.
LISTED: Final = 100
MOST_LISTED: Final = 10_000
KNOWN: Final = ("format", "timeout", "severity", "limit", "shape", "focus")
MOST_PARTS: Final = 64
LONGEST: Final = 60
# How a document begins whose type nobody has told, as of a file that a browser does not know.
_UNTOLD: Final = ("", "application/octet-stream", "text/plain")


def read_job(request: Request, most: int, base: str) -> ShaclJob:
    """The validation that a request asks for, but for the format of its report; an HTTP error where it is none."""
    given = {name: request.args.getlist(name) for name in request.args}
    graphs: list[Sent] = []
    body = _body(request, most)
    if request.mimetype == MULTIPART:
        for name, filename, content_type, content in _parts(request, body):
            if name not in (DATA, SHAPES):
                given.setdefault(name, []).append(content.decode("utf-8", "replace"))
            elif content.strip():
                graphs.append(_sent(name, content_type, filename, content, base))
    else:
        graphs.append(_sent(DATA, request.headers.get("Content-Type", ""), "", body, base, is_told=True))
    if not any(sent.role == DATA for sent in graphs):
        raise BadRequest(f"The {MULTIPART} has no graph in a field or file `{DATA}`.")
    return _job(given, tuple(graphs), base)


def _job(given: Mapping[str, list[str]], graphs: tuple[Sent, ...], base: str) -> ShaclJob:
    if unknown := [name for name in given if name not in KNOWN]:
        listing = ", ".join(f"`{name}`" for name in (DATA, SHAPES, *KNOWN))
        raise BadRequest(f"There is no parameter {unknown[0][:LONGEST]!r} here. There are: {listing}.")
    severity = _one(given, "severity")
    if severity is not None and severity not in SEVERITIES:
        raise BadRequest(f"There is no severity {severity[:LONGEST]!r}; there are {', '.join(SEVERITIES)}.")
    limit = _one(given, "limit")
    if limit is not None and not (limit.isascii() and limit.isdigit()):
        raise BadRequest(f"{limit[:LONGEST]!r} is no number of results (limit).")
    timeout = _one(given, "timeout")
    return ShaclJob(
        graphs=graphs,
        form=_one(given, "format") or "",
        base=base,
        severity=severity,
        limit=LISTED if limit is None else min(int(limit[:LONGEST]), MOST_LISTED),
        shapes=tuple(filter(None, given.get("shape", ()))),
        focus=tuple(filter(None, given.get("focus", ()))),
        seconds=0 if timeout is None else _seconds(timeout),
    )


def _one(given: Mapping[str, list[str]], name: str) -> str | None:
    values = [value for value in given.get(name, ()) if value]
    if len(values) > 1:
        raise BadRequest(f"The parameter `{name}` is given {len(values)} times.")
    return values[0] if values else None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"{text[:LONGEST]!r} is no number of seconds above 0 (timeout).")
    return seconds


def _body(request: Request, most: int) -> bytes:
    if request.headers.get("Content-Encoding", "identity").strip().casefold() != "identity":
        raise NotSupported("A body that is validated comes as it is, not compressed.", _types())
    request.max_content_length = most
    try:
        return whole(request)
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(f"Data and shapes may have {most} bytes together (KG_MAX_SHACL).") from None


def _parts(request: Request, body: bytes) -> Iterator[tuple[str, str, str, bytes]]:
    """The name, the name of the file, the content type and the bytes of each part of a form."""
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise BadRequest(f"The {MULTIPART} has no boundary.")
    decoder = MultipartDecoder(boundary.encode("utf-8"), max_parts=MOST_PARTS)
    decoder.receive_data(body)
    part: Field | File | None = None
    content = bytearray()
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                decoder.receive_data(None)
            elif isinstance(event, Field | File):
                part, content = event, bytearray()
            elif isinstance(event, Data) and part is not None:
                content += event.data
                if not event.more_data:
                    filename = part.filename if isinstance(part, File) else ""
                    yield part.name or "", filename or "", part.headers.get("Content-Type", ""), bytes(content)
    except ValueError as error:
        raise BadRequest(f"The body is no whole {MULTIPART}: {error}.") from None


def _sent(role: str, content_type: str, filename: str, content: bytes, base: str, *, is_told: bool = False) -> Sent:
    """A graph of a request; a file of a form whose type says nothing is known by the ending of its name."""
    kind, options = parse_options_header(content_type)
    form = next((each.name for each in GRAPHS if each.media_type == kind.casefold()), None)
    if form is None and not is_told and kind.casefold() in _UNTOLD:
        # What has no ending is the text of a field: TriG holds Turtle and N-Triples too.
        form = ENDINGS.get(filename.rpartition(".")[2].casefold(), "trig")
    if form is None:
        reason = f"{kind[:LONGEST]!r} is not taken here" if kind else "The body has no Content-Type"
        raise NotSupported(f"{reason}. Taken are {', '.join(_types())}.", _types())
    if options.get("charset", UTF_8[0]).casefold() not in UTF_8:
        raise NotSupported(f"The body is said to be {options['charset'][:LONGEST]!r}; send it as UTF-8.", _types())
    return Sent(role=role, form=form, content=content, name=filename[:LONGEST] or role, base=base)


def _types() -> list[str]:
    return [*(each.media_type for each in GRAPHS), MULTIPART]
