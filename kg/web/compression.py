"""Compress what the web process makes itself: pages, style sheets, small documents; query answers come compressed.

A worker compresses the answers to queries, so that the web process has time for other clients.
"""

import gzip
import re
from functools import partial
from typing import Final

import zstandard
from flask import Response, request

from kg.web.threads import beside

# The best first, where a client likes them alike.
ENCODINGS: Final = ("zstd", "gzip")
ALIASES: Final = {"x-gzip": "gzip"}
CODING: Final = re.compile(
    r"\s*(?P<name>[\w!#$%&'*+\-.^`|~]+)\s*(?:;\s*q\s*=\s*(?P<quality>0?\.\d+|0\.?|1(?:\.0*)?)\s*)?", re.IGNORECASE
)  # gzip;q=0.8
TEXT: Final = re.compile(r"text/|application/(?:.*\+)?(?:json|xml|javascript|n-triples|n-quads|trig)\b|image/svg")
# A part of a file is a part of its bytes as they are; the others have no body.
PARTS: Final = (204, 206, 304, 416)
LEAST: Final = 1_024
MOST: Final = 8 * 2**20
# Takes some milliseconds; what is longer keeps no other client waiting.
SHORT: Final = 64 * 2**10
GZIP_LEVEL: Final = 5
ZSTD_LEVEL: Final = 3


def accepted() -> str | None:
    """The encoding that the client of this request likes best: `zstd`, `gzip`, or None for none."""
    return choose(request.headers.get("Accept-Encoding"))


def choose(header: str | None) -> str | None:
    """The encoding that an Accept-Encoding header likes best; none without a header, or where plain bytes are liked."""
    found: dict[str, float] = {}
    for item in (header or "").casefold().split(","):
        if match := CODING.fullmatch(item):
            name = ALIASES.get(match["name"], match["name"])
            found[name] = max(float(match["quality"] or 1), found.get(name, 0.0))
    qualities = [found.get(name, found.get("*", 0.0)) for name in ENCODINGS]
    best = max(qualities)
    if best <= found.get("identity", 0.0) and best < 1:
        return None
    return ENCODINGS[qualities.index(best)] if best > 0 else None


def compress(response: Response) -> None:
    """Compress a response that is text, whole, not yet compressed, and long enough to be worth it."""
    if not _is_worth_it(response):
        return
    response.vary.add("Accept-Encoding")
    encoding = accepted()
    if encoding is None:
        return
    # Files of the static folder come unread.
    response.direct_passthrough = False
    body = response.get_data()
    packed = _pack(encoding, body) if len(body) <= SHORT else beside(partial(_pack, encoding, body))
    response.set_data(packed)
    response.headers["Content-Encoding"] = encoding
    tag, is_weak = response.get_etag()
    if tag is not None:
        response.set_etag(f"{tag}-{encoding}", weak=bool(is_weak))


def _is_worth_it(response: Response) -> bool:
    if response.status_code in PARTS or (response.is_streamed and not response.direct_passthrough):
        return False
    length = response.content_length if response.direct_passthrough else response.calculate_content_length()
    return (
        length is not None
        and LEAST <= length <= MOST
        and "Content-Encoding" not in response.headers
        and TEXT.match(response.mimetype or "") is not None
    )


def _pack(encoding: str, body: bytes) -> bytes:
    if encoding == "gzip":
        # Without the time, the same bytes every time.
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body)
