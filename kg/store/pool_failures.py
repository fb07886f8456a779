"""Why a query of the pool fails: the errors that workers tell of, what deaths mean, and why the pool ends workers."""

from collections.abc import Callable
from typing import Final

from kg.errors import (
    DataFolderError,
    DataSyntaxError,
    KgError,
    NotInGraph,
    QueryCutOff,
    QueryError,
    QueryKilled,
    QueryMemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ShapesRefused,
    UnknownFunction,
    UsageError,
)
from kg.store.pool_worker import Worker


class NotAcceptable(QueryError):
    """The client takes no media type that this kind of answer has; `kind` is `solutions` or `graph`."""

    title = "Not acceptable"
    status = 406

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class WorkerKilled(QueryMemoryExceeded):
    """A worker was killed by another process; before its answer has begun, another worker gets the job, once."""


class ClientGone(QueryError):
    """The client left before its answer began."""

    title = "Client gone"
    status = 499


# Why the pool ends a worker (the names of its events), and the error that the client gets.
ENDS: Final[dict[str, Callable[[str, float], KgError]]] = {
    "timeout": lambda work, seconds: QueryTimeout(
        f"The {work} did not end within {seconds:g} seconds and was stopped."
    ),
    "slow-reader": lambda work, _: QueryTimeout(
        "The answer was read too slowly while others waited, and was broken off."
    ),
    "killed": lambda work, _: QueryKilled(f"The {work} was stopped by whoever runs the server."),
}
# The errors in X frames.
FAILURES: Final[dict[str, Callable[[str], KgError]]] = {
    "syntax": QuerySyntaxError,
    "refused": QueryRefused,
    "function": lambda name: UnknownFunction(f"There is no function {name} here."),
    "unacceptable": NotAcceptable,
    "memory": lambda work: QueryMemoryExceeded(f"The {work} needed more memory than a {work} may take."),
    "unreadable": lambda detail: DataFolderError(f"The engine cannot read the snapshot: {detail}"),
    "unwritable": lambda detail: QueryRefused(
        f"The answer cannot be had in this format: {detail}. Ask for another one."
    ),
    "damaged": lambda detail: DataFolderError(f"The snapshot is damaged: {detail}"),
    "missing": lambda graph: NotInGraph(f"There is no graph <{graph}> here."),
    "data": DataSyntaxError,
    "shapes": ShapesRefused,
    "usage": UsageError,
    "cut": lambda cap: QueryCutOff(f"The answer has more {cap} than an answer may have, and was broken off."),
}


def error_of(frame: dict[str, str]) -> KgError:
    """The error that an X frame tells of."""
    return FAILURES.get(frame["error"], QueryError)(frame["detail"])


def why_dead(worker: Worker, seconds: float) -> tuple[str | None, KgError]:
    """The event that a worker's death is, where the pool has not counted it, and the error; it had so many seconds."""
    if worker.ended_for is not None:
        return None, ENDS[worker.ended_for](worker.work, seconds)
    death = worker.reap()
    if death.is_from_outside:
        why = f"Its worker was killed from outside ({death}), as the kernel does for want of memory."
        return "died", WorkerKilled(why)
    if death.is_memory:
        # The sizes that the engine reads out of a damaged file make it ask for more memory than there is. Of files
        # that were open already, the engine sees that when it opens them anew.
        if (found := worker.why_unopened()) is not None:
            return "died", DataFolderError(found)
        return "memory", error_of({"error": "memory", "detail": worker.work})
    if death.is_overflow:
        why = f"The {worker.work}, or a term that it reads, is too deep for the engine and ended its worker ({death})."
        return "overflow", QueryRefused(why)
    return "died", QueryError(f"The {worker.work} ended its worker ({death}).")
