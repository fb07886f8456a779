"""The access log, a JSON line for each request, and the log of slow queries, with their texts.

Neither holds a query string, a token, or where the client came from. What clients send is escaped as JSON does.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from kg import settings
from kg.web import outcome
from kg.web.exchange import Exchange
from kg.web.log_lines import LogLines

OFF: Final = "off"
STANDARD_OUTPUT: Final = "-"
STDOUT: Final = 1
STDERR: Final = 2
# Characters of what clients send that a line holds at most.
LONGEST_FIELD: Final = 300
LONGEST_QUERY: Final = 4_000
encode: Final = json.JSONEncoder(separators=(",", ":")).encode


class AccessLog:
    """A line for each exchange."""

    def __init__(self, path: str) -> None:
        self.lines = LogLines(STDOUT if path == STANDARD_OUTPUT else path)

    def __call__(self, exchange: Exchange) -> None:
        """Note an exchange."""
        environ = exchange.environ
        self.lines.add(
            encode(
                {
                    "time": _moment(exchange.time),
                    "query": environ.get(outcome.QUERY_ID),
                    "client": environ.get("REMOTE_ADDR"),
                    "method": environ["REQUEST_METHOD"][:LONGEST_FIELD],
                    "path": _text(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")),
                    "status": exchange.status,
                    "bytes": exchange.sent,
                    "seconds": round(exchange.seconds, 6),
                    "outcome": exchange.outcome,
                    "cache": environ.get(outcome.CACHE),
                    "agent": _text(environ.get("HTTP_USER_AGENT", "")),
                }
            )
        )


def make() -> AccessLog | None:
    """The access log that the settings name; None where it is off."""
    path = settings.get("KG_ACCESS_LOG")
    return None if path == OFF else AccessLog(path)


class SlowLog:
    """A line on standard error for each query that took longer than so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.lines = LogLines(STDERR)

    def __call__(self, exchange: Exchange) -> None:
        """Note an exchange, if it was slow."""
        text = exchange.environ.get(outcome.QUERY)
        if exchange.seconds < self._seconds or text is None:
            return
        first = exchange.first_byte
        self.lines.add(
            encode(
                {
                    "time": _moment(exchange.time),
                    "slow_query": exchange.environ.get(outcome.QUERY_ID),
                    "client": exchange.environ.get("REMOTE_ADDR"),
                    "seconds": round(exchange.seconds, 3),
                    "first_byte_seconds": None if first is None else round(first, 3),
                    "outcome": exchange.outcome,
                    "text": text if len(text) <= LONGEST_QUERY else f"{text[:LONGEST_QUERY]} …",
                }
            )
        )


def _moment(seconds: float) -> str:
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1000):03}Z"


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _text(value: str) -> str:
    """What a client sent, which WSGI hands on byte by byte, as text."""
    if value.isascii():
        return value[:LONGEST_FIELD]
    return value.encode("latin-1", "replace").decode("utf-8", "replace")[:LONGEST_FIELD]
