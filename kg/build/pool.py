"""Run a pure function over many tasks: in this process, or in a pool of spawned ones.

A task names files, and a worker opens them itself, so that nothing large crosses a pipe (measured: shipping texts to
workers costs 45 % more CPU).
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_any
from typing import Final, TypeVar

from kg.errors import BuildError

Task = TypeVar("Task")
Result = TypeVar("Result")

# So many tasks a worker are handed out ahead, which keeps all busy and the queue short.
AHEAD: Final = 2


def run(function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int) -> Iterator[Result]:
    """Yield the results as they come, in no fixed order; BuildError where a worker dies."""
    if jobs == 1 or len(tasks) < 2:
        yield from map(function, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context, initializer=leave_with_parent) as pool:
        try:
            yield from _results(pool, function, tasks, jobs)
        except BrokenProcessPool as error:
            raise BuildError(
                "A worker process was ended from outside, most often for want of memory. "
                "What is finished is kept: run the same command again, with fewer --jobs if it was memory."
            ) from error


def _results(
    pool: ProcessPoolExecutor, function: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Iterator[Result]:
    waiting: set[Future[Result]] = set()
    remaining = iter(tasks)
    while True:
        while len(waiting) < jobs * AHEAD and (task := next(remaining, None)) is not None:
            waiting.add(pool.submit(function, task))
        if not waiting:
            return
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


def leave_with_parent(and_its_group: bool = False) -> None:
    """End this worker as soon as its parent is gone: after a kill -9 nobody else would tell it.

    Of one that leads a process group, all of the group.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait_for_any([sentinel])
        if and_its_group:
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
