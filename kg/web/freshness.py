"""How long an answer stays true: its ETag, conditional requests, and what caches may do with it.

A snapshot never changes, so an answer is told by the snapshot, by what was asked and by the code that made it. Its ETag
is known before it is made: a client that has it already costs no query. It begins with the state of the snapshot, so
that a write can be bound to what its client has read (kg.web.conditions).
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, wraps
from hashlib import blake2b
from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, ParamSpec

from flask import Response, request

from kg import __version__
from kg.errors import DataFolderError, PreconditionFailed
from kg.store.pool_answers import Answer
from kg.web import authorization, compression, outcome
from kg.web.problems import problem
from kg.web.service import service

P = ParamSpec("P")
READING: Final = ("GET", "HEAD")
TAGS: Final = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')  # W/"5d41402abc4b2a76-zstd"
DIGEST: Final = 16
STATE: Final = 8
# What a 304 keeps of the answer that it stands for (RFC 9110, 15.4.5).
KEPT: Final = ("ETag", "Cache-Control", "Vary", "KG-Query-Id", "KG-Cut-Off")
IF_MATCH: Final = "If-Match"
OTHER: Final = "The answer has another ETag than those that If-Match names. Ask without it for the present one."
NO_STORE: Final = "no-store"
NO_CACHE: Final = "no-cache"


def tag(*parts: object, snapshot: str | None = None) -> str:
    """The ETag, without quotes and encoding, of what a snapshot, the code, its limits and these parts tell.

    The snapshot is the request's own, where none is given.
    """
    return f"{state(snapshot or service().snapshot().id)}.{_digest(parts, DIGEST)}"


def state(snapshot: str) -> str:
    """What all ETags of a snapshot begin with."""
    asked = service()
    # The description tells these.
    told_of = (asked.pool.limits, asked.max_rows, asked.max_bytes, authorization.tokens().has("update"))
    return _digest((_code(), told_of, snapshot), STATE)


def cache_control() -> str:
    """The Cache-Control of an answer: shared caches may keep one from a folder of builds for a while."""
    asked = service()
    if request.method not in READING or "Authorization" in request.headers or asked.folder.is_writable_store:
        return NO_CACHE
    if not asked.cache_seconds:
        return NO_CACHE
    return f"public, max-age=0, must-revalidate, s-maxage={asked.cache_seconds}"


def known(found: str) -> str | None:
    """Of the ETags that an answer may have, by its encoding, the one that the client has already."""
    if request.method not in READING or IF_MATCH in request.headers:
        return None
    had = _had()
    encoding = compression.accepted()
    return next((each for each in (f"{found}-{encoding}", found) if each in had), None)


def not_modified(found: str, *vary: str) -> Response:
    """Say that what the client has is still true."""
    response = _empty()
    response.set_etag(found)
    response.headers["Cache-Control"] = cache_control()
    response.vary.update(vary)
    return response


def of_snapshot(view: Callable[P, Response]) -> Callable[P, Response]:
    """Give the answers of a view that depends on the snapshot and the request alone an ETag, and make none in vain."""

    @wraps(view)
    def fresh(*arguments: P.args, **named: P.kwargs) -> Response:
        try:
            service().snapshot()
        except DataFolderError:
            return view(*arguments, **named)
        found = tag(request.root_url, request.path, request.query_string, request.headers.get("Accept"))
        if had := known(found):
            return not_modified(had, "Accept", "Accept-Encoding")
        response = view(*arguments, **named)
        response.headers.setdefault("Cache-Control", cache_control())
        if response.status_code == HTTPStatus.OK and request.method in READING:
            encoding = response.headers.get("Content-Encoding")
            response.set_etag(f"{found}-{encoding}" if encoding else found)
        return response

    return fresh


def finish(response: Response) -> Response:
    """The answer as it goes out: compressed, 304 for one that the client has, and never kept where it is an error."""
    compression.compress(response)
    if _is_unwanted(response):
        response.close()
        response = problem(PreconditionFailed.status, PreconditionFailed.title, OTHER)
    if outcome.QUERY_ID in request.environ:
        response.headers["KG-Query-Id"] = request.environ[outcome.QUERY_ID]
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = NO_STORE
    response.headers.setdefault("Cache-Control", NO_CACHE)
    if response.status_code != HTTPStatus.OK or request.method not in READING:
        return response
    found = response.get_etag()[0]
    if found in _had() or is_star(request.headers.get("If-None-Match")):
        kept = [(name, value) for name, value in response.headers if name in KEPT]
        response.close()
        response = _empty()
        response.headers.extend(kept)
    return response


def _is_unwanted(response: Response) -> bool:
    """Whether an answer is another one than the client asks for by If-Match (RFC 9110, 13.1.1)."""
    wanted = request.headers.get(IF_MATCH)
    if response.status_code != HTTPStatus.OK or request.method not in READING or wanted is None or is_star(wanted):
        return False
    return response.get_etag() not in [(each, False) for each in strong_tags(wanted)]


def _empty() -> Response:
    """A 304; it says nothing of a body, since what it says would replace what the client knows of its own."""
    response = Response(status=HTTPStatus.NOT_MODIFIED)
    del response.headers["Content-Type"]
    return response


def settle(found: Answer) -> None:
    """Read an answer to its end where the client asks only whether there is one; what breaks it off is raised.

    A 304 stands for a whole answer, and of a long one the head does not tell that it will be whole.
    """
    if request.method == "GET" and is_star(request.headers.get("If-None-Match")) and found.body is None:
        for _ in found.pieces():
            pass


def is_star(header: str | None) -> bool:
    """Whether an If-Match or If-None-Match header is about any representation."""
    return header is not None and header.strip() == "*"


def _had() -> frozenset[str]:
    return tags(request.headers.get("If-None-Match", ""))


def tags(header: str) -> frozenset[str]:
    """The ETags of an If-None-Match header, weak ones too: they are compared weakly (RFC 9110, 13.1.2)."""
    return frozenset(TAGS.findall(header))


def strong_tags(header: str) -> frozenset[str]:
    """The ETags of an If-Match header but for weak ones: they are compared strongly (RFC 9110, 13.1.1)."""
    return frozenset(match[1] for match in TAGS.finditer(header) if not match[0].startswith("W/"))


def _digest(told: object, size: int) -> str:
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


@cache
def _code() -> str:
    """The code that makes answers: its version, and a digest of the files of this package for those who change them."""
    digest = blake2b(__version__.encode(), digest_size=DIGEST)
    for file in _sources(files("kg.web")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda file: file.name):
        if each.is_file() and each.name.endswith((".py", ".html", ".rq", ".js")):
            yield each
        elif each.is_dir():
            yield from _sources(each)
