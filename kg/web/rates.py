"""Bound the requests of each client: a bucket of tokens for each that has asked lately, and a bound on the buckets."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A client may send so many seconds' worth of requests at once.
BURST_SECONDS: Final = 5.0
# The clients that are remembered; the one that has been silent longest is forgotten for a new one.
CLIENTS: Final = 10_000
# What is for whoever watches the server, and what costs nothing.
FREE: Final = ("/health", "/ready", "/metrics", "/robots.txt", "/favicon.ico")
FREE_FOLDER: Final = "/static/"
# One holder of IPv6 addresses has 2**64 of them.
NETWORK: Final = 64
WAIT: Final = "kg.wait"


class Buckets:
    """A bucket for each client: it gains `rate` tokens a second up to its size, and a request takes one."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._size = max(1.0, rate * BURST_SECONDS)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take a token for a request: 0, or the seconds until there is one."""
        now = self._clock()
        tokens, since = self._buckets.get(client, (self._size, now))
        tokens = min(self._size, tokens + (now - since) * self._rate)
        is_enough = tokens >= 1
        self._buckets[client] = (tokens - 1 if is_enough else tokens, now)
        self._buckets.move_to_end(client)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if is_enough else (1 - tokens) / self._rate


class Limited:
    """A WSGI application that hands requests over the rate to another one, which refuses them."""

    def __init__(self, application: "WSGIApplication", refusing: "WSGIApplication", rate: float) -> None:
        self._application = application
        self._refusing = refusing
        self._buckets = Buckets(rate)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] == "OPTIONS" or path in FREE or path.startswith(FREE_FOLDER):
            return self._application(environ, start_response)
        wait = self._buckets.take(network(environ.get("REMOTE_ADDR", "")))
        if not wait:
            return self._application(environ, start_response)
        environ[WAIT] = math.ceil(wait)
        return self._refusing(environ, start_response)


def register(app: Flask) -> None:
    """Let the application refuse what comes to it as over the rate."""
    app.before_request(_refuse)


def _refuse() -> None:
    wait = request.environ.get(WAIT)
    if wait is not None:
        raise TooManyRequests("You ask more often than this server allows. Ask again later.", retry_after=wait)


def network(client: str) -> str:
    """Whom an address belongs to: one of IPv4 to itself, in its form for IPv6 sockets too, else the network."""
    if ":" not in client:
        return client
    try:
        address = ipaddress.IPv6Address(client.partition("%")[0])
    except ValueError:
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, NETWORK), strict=False))
