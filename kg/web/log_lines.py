"""Write lines of a log beside the event loop: a file or pipe that is slow to take them keeps no client waiting."""

import atexit
import os
from collections import deque
from contextlib import suppress
from typing import Any, Final

from gevent import monkey

from kg.errors import UsageError

# Lines that wait to be written; beyond, the oldest are lost, and counted.
MOST: Final = 20_000
# Lines of so many seconds are written at once.
EVERY: Final = 0.1
# At the end, so many seconds are left to a pipe that takes nothing.
LAST: Final = 1.0
MODE: Final = 0o640
# A real thread, under gevent's patching too: its waiting stops no greenlet.
start_thread: Final[Any] = monkey.get_original("_thread", "start_new_thread")
make_lock: Final[Any] = monkey.get_original("_thread", "allocate_lock")
sleep: Final[Any] = monkey.get_original("time", "sleep")


class LogLines:
    """Lines on their way to a descriptor, or to a file, which is opened anew each time so that it may be moved away."""

    def __init__(self, path: str | int) -> None:
        self.lost = 0
        self._path = path
        self._waiting: deque[str] = deque()
        self._writing = make_lock()
        self._wanted = make_lock()
        self._writer_of = 0
        if isinstance(path, str):
            try:
                os.close(self._open())
            except OSError as error:
                raise UsageError(f"No log can be written to {path!r}: {error.strerror}.") from error

    def add(self, line: str) -> None:
        """Take a line, without its end; it is written soon."""
        if len(self._waiting) >= MOST:
            self._waiting.popleft()
            self.lost += 1
        self._waiting.append(line)
        if self._writer_of != os.getpid():
            self._begin()
        elif self._wanted.locked():
            with suppress(RuntimeError):  # Another thread was faster.
                self._wanted.release()

    def flush(self) -> None:
        """Write what waits; at most for a moment where the file takes nothing."""
        if self._writing.acquire(timeout=LAST):
            self._write()

    def _begin(self) -> None:
        """Start the thread of this process, which has none yet or was forked from one that has."""
        self._writer_of = os.getpid()
        self._writing, self._wanted = make_lock(), make_lock()
        start_thread(self._run, ())
        atexit.register(self.flush)

    def _run(self) -> None:
        while True:
            sleep(EVERY)
            self._writing.acquire()
            self._write()
            if not self._waiting:
                self._wanted.acquire()

    def _write(self) -> None:
        lines = []
        with suppress(IndexError):
            while True:
                lines.append(self._waiting.popleft())
        data = "".join(f"{line}\n" for line in lines).encode("ascii", "backslashreplace")
        try:
            descriptor = self._open()
            try:
                while data:
                    data = data[os.write(descriptor, data) :]
            finally:
                os.close(descriptor)
        except OSError:
            self.lost += data.count(b"\n")
        finally:
            self._writing.release()

    def _open(self) -> int:
        if isinstance(self._path, int):
            return os.dup(self._path)
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, MODE)
