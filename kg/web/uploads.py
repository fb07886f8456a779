"""Take the graphs that a request brings: into nameless files, one for each part, never parsed here."""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, Final

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from kg.web.negotiation import GRAPHS, UTF_8, Format
from kg.web.problems import NotSupported
from kg.web.service import service

# In the order of preference where a client takes several alike.
DATASETS: Final = tuple(form for name in ("trig", "nq", "jsonld") for form in GRAPHS if form.name == name)
MULTIPART: Final = "multipart/form-data"
MOST_PARTS: Final = 64
PIECE: Final = 2**18
# So many signs of a type that is not taken are told back.
LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What a request brings: the format and the file of each graph, and how they are compressed (None, gzip)."""

    formats: tuple[str, ...]
    files: tuple[IO[bytes], ...]
    encoding: str | None


@contextmanager
def upload(taken: tuple[Format, ...], hint: str = "") -> Iterator[Upload]:
    """The graphs of the request, in the formats that are taken; an HTTP error where they cannot be.

    The hint is told where the body is a graph of another format.
    """
    encoding = _encoding(taken)
    with ExitStack() as stack:
        folder = service().folder.path
        parts: list[tuple[str, IO[bytes]]] = []

        def begin(content_type: str) -> IO[bytes]:
            form = _format(content_type, taken, hint)
            file = stack.enter_context(tempfile.TemporaryFile(dir=folder))
            parts.append((form, file))
            return file

        if request.mimetype == MULTIPART:
            for content_type, pieces in _parts():
                _fill(begin(content_type), pieces)
        else:
            _fill(begin(request.headers.get("Content-Type", "")), _body())
        if not parts:
            raise BadRequest(f"The {MULTIPART} brings no file.")
        yield Upload(
            formats=tuple(form for form, _ in parts), files=tuple(file for _, file in parts), encoding=encoding
        )


def _fill(file: IO[bytes], pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        file.write(piece)
        # The next piece of a fast client is there at once; others get their turn between the two.
        time.sleep(0)
    file.flush()


def _body() -> Iterator[bytes]:
    most = service().max_upload
    request.max_content_length = most
    try:
        while piece := request.stream.read(PIECE):
            yield piece
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(f"A body may have {most} bytes (KG_MAX_UPLOAD).") from None


def _parts() -> Iterator[tuple[str, Iterator[bytes]]]:
    """The content type and the bytes of each part of a form; each has to be read before the next."""
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise BadRequest(f"The {MULTIPART} has no boundary.")
    events = _events(MultipartDecoder(boundary.encode("utf-8"), max_parts=MOST_PARTS))
    for event in events:
        if isinstance(event, Field | File):
            yield event.headers.get("Content-Type", ""), _data(events)


def _data(events: Iterator[object]) -> Iterator[bytes]:
    for event in events:
        assert isinstance(event, Data)
        yield event.data
        if not event.more_data:
            return


def _events(decoder: MultipartDecoder) -> Iterator[object]:
    pieces = _body()
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                decoder.receive_data(next(pieces, None))
            else:
                yield event
    except ValueError as error:
        raise BadRequest(f"The body is no whole {MULTIPART}: {error}.") from None


def _format(content_type: str, taken: tuple[Format, ...], hint: str) -> str:
    kind, options = parse_options_header(content_type)
    form = next((each for each in taken if each.media_type == kind.casefold()), None)
    if form is None:
        reason = f"{kind[:LONGEST]!r} is not taken here" if kind else "The body has no Content-Type"
        is_graph = any(each.media_type == kind.casefold() for each in GRAPHS)
        raise _unsupported(f"{reason}. {hint}" if is_graph and hint else reason, taken)
    if options.get("charset", UTF_8[0]).casefold() not in UTF_8:
        raise _unsupported(f"The body is said to be {options['charset']!r}; send it as UTF-8", taken)
    return form.name


def _encoding(taken: tuple[Format, ...]) -> str | None:
    encoding = request.headers.get("Content-Encoding", "identity").strip().casefold()
    if encoding == "identity":
        return None
    if encoding != "gzip" or request.mimetype == MULTIPART:
        raise _unsupported(f"The body is said to be compressed ({encoding!r}); send it as it is or as gzip", taken)
    return encoding


def _unsupported(reason: str, taken: tuple[Format, ...]) -> NotSupported:
    types = [each.media_type for each in taken]
    return NotSupported(f"{reason}. Taken are {', '.join(types)}.", types)
