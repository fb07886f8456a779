"""Keep small whole answers of the current snapshot in memory, and give them before the application is asked.

An answer is kept by the request's address and the headers that choose its form. It has an ETag (kg.web.freshness), so
the snapshot and the request alone tell it; what is volatile, an error, cut off or authorised is not kept. Which
snapshot is current is looked up on every request.
"""

import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask

from kg.store.pool_answers import new_id
from kg.web import outcome
from kg.web.freshness import NO_STORE, tags
from kg.web.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

EXTENSION: Final = "kg.cache"
LARGEST: Final = 2**20
# Bytes of an entry besides its body and its key: headers and what Python takes for them.
OVERHEAD: Final = 4_096
Headers = list[tuple[str, str]]
# What a cached answer is chosen by; the names after the address are of the environ.
CHOSEN_BY: Final = (
    "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST", "SCRIPT_NAME", "wsgi.url_scheme",
)  # fmt: skip
# With these the answer is not for everybody, not whole, or perhaps none.
NOT_WITH: Final = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MATCH")
NOT_IN_304: Final = frozenset(["content-type", "content-length", "content-encoding"])
QUERY_ID: Final = "kg-query-id"
OF_ONE_REQUEST: Final = frozenset([QUERY_ID, "date"])
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer: its headers, those of the 304 that stands for it, its ETag, and whether a query was answered."""

    headers: Headers
    unmodified: Headers
    etag: str
    is_query: bool
    body: bytes


class Cache:
    """Answers of one snapshot by request, the least used of them dropped where they take too many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._snapshot = ""
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._hits = 0
        self._misses = 0

    def get(self, snapshot: str, key: Key) -> Entry | None:
        """The answer kept for a request; with another snapshot than before, all that was kept is dropped."""
        if snapshot != self._snapshot:
            self._snapshot = snapshot
            self._entries.clear()
            self._bytes = 0
        found = self._entries.get(key)
        if found is None:
            self._misses += 1
        else:
            self._hits += 1
            self._entries.move_to_end(key)
        return found

    def put(self, snapshot: str, key: Key, entry: Entry) -> None:
        """Keep an answer of the snapshot."""
        if snapshot != self._snapshot or (size := _size(key, entry)) > self._most:
            return
        if (old := self._entries.pop(key, None)) is not None:
            self._bytes -= _size(key, old)
        self._entries[key] = entry
        self._bytes += size
        while self._bytes > self._most:
            self._bytes -= _size(*self._entries.popitem(last=False))

    def counts(self) -> dict[str, int]:
        """How many answers are kept, in how many bytes, and how many requests found theirs and did not."""
        return {"entries": len(self._entries), "bytes": self._bytes, "hits": self._hits, "misses": self._misses}


class Cached:
    """A WSGI application that answers from a cache before the one that it is put around."""

    def __init__(self, application: "WSGIApplication", current: Path, cache: Cache) -> None:
        self._application = application
        self._current = str(current)
        self._cache = cache

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in NOT_WITH):
            return self._application(environ, start_response)
        try:
            snapshot = os.readlink(self._current)
        except OSError:
            return self._application(environ, start_response)
        key = tuple([environ.get(name, "") for name in CHOSEN_BY])
        found = self._cache.get(snapshot, key)
        if found is not None:
            return _answer(found, environ, start_response)
        environ[outcome.CACHE] = "miss"
        return self._ask(environ, start_response, snapshot, key)

    def _ask(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", snapshot: str, key: Key
    ) -> Iterable[bytes]:
        """The application's answer, kept where it may be."""
        head: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> Any:
            head[:] = [status, headers]
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        answer = self._application(environ, note)
        made_from = environ.get(outcome.SNAPSHOT, os.path.basename(snapshot))
        etag = _etag_to_keep(environ, *head) if head else None
        if etag is None or made_from != os.path.basename(snapshot):
            return answer
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        self._cache.put(snapshot, key, _entry(head[1], etag, body))
        return [body]


def register(app: Flask, served: Service) -> None:
    """Put a cache around the application, of the size that the settings give."""
    cache = Cache(served.cache_bytes)
    app.extensions[EXTENSION] = cache
    if served.cache_bytes:
        app.wsgi_app = Cached(app.wsgi_app, served.folder.current, cache)  # type: ignore[method-assign]


def _answer(found: Entry, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    environ[outcome.CACHE] = "hit"
    known = environ.get("HTTP_IF_NONE_MATCH")
    is_known = known is not None and (known.strip() == "*" or found.etag in tags(known))
    headers = [*(found.unmodified if is_known else found.headers)]
    if found.is_query:
        environ[outcome.QUERY_ID] = new_id()
        headers.append(("KG-Query-Id", environ[outcome.QUERY_ID]))
    start_response("304 NOT MODIFIED" if is_known else "200 OK", headers)
    return [] if is_known or environ["REQUEST_METHOD"] == "HEAD" else [found.body]


def _etag_to_keep(environ: "WSGIEnvironment", status: str, headers: Headers) -> str | None:
    """The ETag of an answer that may be kept, without its quotes; None for all others."""
    found = {name.lower(): value for name, value in headers}
    etag = found.get("etag", "")
    length = found.get("content-length", "")
    if environ["REQUEST_METHOD"] != "GET" or not status.startswith("200") or not etag.startswith('"'):
        return None
    if NO_STORE in found.get("cache-control", "") or "kg-cut-off" in found:
        return None
    return etag.strip('"') if length.isdigit() and int(length) <= LARGEST else None


def _entry(headers: Headers, etag: str, body: bytes) -> Entry:
    kept = [(name, value) for name, value in headers if name.lower() not in OF_ONE_REQUEST]
    return Entry(
        headers=kept,
        unmodified=[(name, value) for name, value in kept if name.lower() not in NOT_IN_304],
        etag=etag,
        is_query=any(name.lower() == QUERY_ID for name, _ in headers),
        body=body,
    )


def _size(key: Key, entry: Entry) -> int:
    return len(entry.body) + sum(map(len, key)) + OVERHEAD
