"""/health and /ready: whether the process answers, and whether it can answer queries, for whoever watches it."""

import json
import threading
import time
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request

from kg.errors import DataFolderError, KgError, QueryError, ServerBusy
from kg.store.pool import Pool
from kg.store.pool_answers import Job
from kg.web.freshness import NO_STORE
from kg.web.negotiation import Format, choose
from kg.web.service import Service, service

blueprint = Blueprint("health", __name__)
EXTENSION: Final = "kg.readiness"
JSON: Final = Format(name="json", media_type="application/json")
TEXT: Final = Format(name="text", media_type="text/plain")
# A verdict holds for so many seconds, and a worker has so many to answer the question behind it.
HOLDS: Final = 1.0
PATIENCE: Final = 3.0
QUESTION: Final = "ASK {}"
# So many refused cables are named; `kg quarantine list` names all.
NAMED: Final = 100


class Readiness:
    """Whether a worker has the current snapshot open, asked at most once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verdict: KgError | None = None
        self._until = 0.0

    def check(self, asked: Service) -> None:
        """Raise what keeps the server from answering queries."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._verdict = _verdict(asked)
                self._until = time.monotonic() + HOLDS
        if self._verdict is not None:
            raise self._verdict


def register(app: Flask) -> None:
    """Let the application tell how it is."""
    app.extensions[EXTENSION] = Readiness()
    app.register_blueprint(blueprint)


@blueprint.get("/health")
def health() -> Response:
    """Say that the process answers, and what its pool does; needs no snapshot and no worker."""
    return _told("ok", service().pool.counts())


@blueprint.get("/ready")
def ready() -> Response:
    """Say that queries can be answered, and what is in quarantine; 503 with the reason where they cannot."""
    readiness: Readiness = current_app.extensions[EXTENSION]
    readiness.check(service())
    refused = service().refused()
    return _told("ready", {} if refused is None else {"quarantined": len(refused)}, refused[:NAMED] if refused else [])


def _verdict(asked: Service) -> KgError | None:
    try:
        snapshot = asked.snapshot()
        if _is_full(asked.pool):
            return None
        asked.pool.ask(Job(query=QUESTION, base=asked.iris().base), snapshot.path, seconds=PATIENCE).close()
    except ServerBusy as error:
        return None if _is_full(asked.pool) else error
    except (DataFolderError, QueryError) as error:
        return error
    return None


def _is_full(pool: Pool) -> bool:
    """Whether every worker is at work on a query: then they have the snapshot open."""
    return pool.counts()["busy"] >= pool.limits.workers


def _told(word: str, counts: dict[str, int], names: Sequence[str] = ()) -> Response:
    if choose(request.headers.get("Accept"), (TEXT, JSON)) is JSON:
        told = {"status": word, **counts, **({"quarantine": names} if names else {})}
        body, content_type = json.dumps(told) + "\n", JSON.content_type
    else:
        body = " ".join([word, *(f"{name}={count}" for name, count in counts.items())]) + "\n"
        content_type = TEXT.content_type
    response = Response(body, content_type=content_type)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = NO_STORE
    return response
