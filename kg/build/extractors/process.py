"""Run an extractor in a process of its own, so that it can fail, hang or be killed and the build goes on."""

import multiprocessing
import multiprocessing.connection
import multiprocessing.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

from kg.build.extractors.installed import load
from kg.build.pool import leave_with_parent
from kg.extraction.plugins import Suggestion, TextPart

# An extractor that goes on and on is ended before it fills the memory.
MOST: Final = 10_000
LONGEST_MESSAGE: Final = 300
# Seconds that an interpreter and its imports may take on a busy machine, whatever one cable may take.
START: Final = 30.0
# What crosses the pipe is text and numbers, whatever an extractor made of them.
FIELDS: Final = {"part": str, "text": str, "start": int, "end": int, "kind": str, "role": str, "country": str}
MAY_BE_NONE: Final = frozenset(("start", "end", "role", "country"))

_RUNNING: "Final[dict[tuple[str, str, float], ExtractorProcess]]" = {}


class ExtractorFailed(Exception):
    """An extractor gave no answer: `reason` is one of exception, timeout, died."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ExtractorProcess:
    """An extractor at work elsewhere; started when it is first asked, and anew after it was ended."""

    def __init__(self, name: str, version: str, timeout: float) -> None:
        self._name = name
        self._version = version
        self._timeout = timeout
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, parts: Sequence[TextPart]) -> tuple[tuple[Suggestion, ...], tuple[str, ...]]:
        """What the extractor suggests, and what of its answer is no suggestion; ExtractorFailed where it gives none."""
        try:
            pipe = self._pipe or self._started()
            pipe.send(tuple((part.key, part.text, part.cased) for part in parts))
            return _read(self._answer(pipe, self._timeout))
        except (EOFError, OSError) as error:
            code = self._end()
            raise ExtractorFailed("died", f"its process ended with {code}") from error

    def close(self) -> None:
        """End the process, if there is one."""
        self._end()

    def _started(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._name, self._version), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self._answer(self._pipe, max(START, self._timeout))
        except ExtractorFailed:
            self._end()
            raise
        return self._pipe

    def _answer(self, pipe: Connection, seconds: float) -> Any:
        if not pipe.poll(seconds):
            self._end()
            raise ExtractorFailed("timeout", f"no answer within {seconds:g} seconds")
        is_good, value = pipe.recv()
        if not is_good:
            raise ExtractorFailed("exception", value)
        return value

    def _end(self) -> int | None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        multiprocessing.connection.wait([process.sentinel], 0.1)
        # Those that it forked go with it. It is not yet waited for, so its number is nobody else's.
        if process.pid is not None:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()
        code = process.exitcode
        process.close()
        return code


def running(name: str, version: str, timeout: float) -> ExtractorProcess:
    """The process of an extractor that this process asks: one for all partitions, as loading a model takes seconds."""
    if not _RUNNING:
        # A worker ends here without coming back to `ended_afterwards`.
        multiprocessing.util.Finalize(None, _end_all, exitpriority=10)
    return _RUNNING.setdefault((name, version, timeout), ExtractorProcess(name, version, timeout))


def _end_all() -> None:
    while _RUNNING:
        _RUNNING.popitem()[1].close()


@contextmanager
def ended_afterwards() -> Iterator[None]:
    """End the processes of extractors that this process has started by then; those of a worker end with it."""
    try:
        yield
    finally:
        _end_all()


def _serve(pipe: Connection, name: str, version: str) -> None:
    """Answer until nobody asks any more."""
    os.setsid()  # a group of its own, which is ended as a whole
    leave_with_parent(and_its_group=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends this process
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what an extractor prints is no data of ours
    try:
        extractor = load(name)
        if extractor.version != version:
            raise RuntimeError(f"it is of version {extractor.version!r} here, and {version!r} was chosen")
    except Exception as error:  # noqa: BLE001 - all that it raises is told, and none of it ends the build
        pipe.send((False, _message(error)))
        return
    pipe.send((True, None))
    while True:
        try:
            asked = [TextPart(key=key, text=text, cased=cased) for key, text, cased in pipe.recv()]
        except EOFError:
            return
        try:
            answer: tuple[bool, Any] = (True, [_row(item) for item in islice(extractor.suggest(asked), MOST + 1)])
        except Exception as error:  # noqa: BLE001
            answer = (False, _message(error))
        pipe.send(answer)


def _row(item: object) -> tuple[Any, ...] | str:
    """A suggestion as a row of plain values; what is none, as text."""
    if not isinstance(item, Suggestion):
        return _shortened(repr(item))
    row = {name: getattr(item, name) for name in FIELDS}
    is_sound = all(
        type(value) is FIELDS[name] or (value is None and name in MAY_BE_NONE) for name, value in row.items()
    )
    return tuple(row.values()) if is_sound else _shortened(repr(item))


def _read(rows: Sequence[tuple[Any, ...] | str]) -> tuple[tuple[Suggestion, ...], tuple[str, ...]]:
    if len(rows) > MOST:
        raise ExtractorFailed("exception", f"more than {MOST:,} suggestions for one cable")
    made = tuple(Suggestion(**dict(zip(FIELDS, row, strict=True))) for row in rows if not isinstance(row, str))
    return made, tuple(row for row in rows if isinstance(row, str))


def _message(error: Exception) -> str:
    return _shortened(f"{type(error).__name__}: {error}")


def _shortened(text: str) -> str:
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= LONGEST_MESSAGE else plain[: LONGEST_MESSAGE - 1] + "…"
