"""Run long pure work beside the event loop, so that other clients are answered meanwhile."""

from collections.abc import Callable
from functools import cache, partial
from typing import Final, TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

from kg.errors import KgError

T = TypeVar("T")
# One thread: more would take the interpreter's lock from the event loop, and from each other.
THREADS: Final = 1


def beside(work: Callable[[], T]) -> T:
    """The result of some work, or the KgError that it raises; under gevent other clients are answered meanwhile."""
    if not monkey.is_module_patched("threading"):
        return work()
    outcome: T | KgError = _pool().apply(partial(_caught, work))
    if isinstance(outcome, KgError):
        raise outcome
    return outcome


def _caught(work: Callable[[], T]) -> T | KgError:
    """The result or the error of some work; gevent prints whatever is raised in its threads."""
    try:
        return work()
    except KgError as error:
        return error


@cache
def _pool() -> ThreadPool:
    return ThreadPool(THREADS)
