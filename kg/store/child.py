"""A process that works for the web process, a query worker or the writer: start it, kill it, and tell why it died."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import kg
from kg.store import frames
from kg.store.frames import Frames

# What the engine (Rust, then RocksDB in C++) prints before it aborts for want of memory.
MEMORY_NOTES: Final = ("memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory")
ENVIRONMENT: Final = {
    # Few arenas: else the address space at open varies by hundreds of MB and no memory limit fits.
    "MALLOC_ARENA_MAX": "2",
    # A backtrace would push the reason out of the last of what is printed.
    "RUST_BACKTRACE": "0",
    "RUST_LIB_BACKTRACE": "0",
}
STACK_NOTE: Final = "has overflowed its stack"
STDERR_TAIL: Final = 2000


@dataclass(frozen=True, slots=True)
class Death:
    """How a worker ended: its return code (negative: a signal) and the last of what it printed."""

    code: int
    printed: str

    @property
    def is_memory(self) -> bool:
        """Whether it ran into its memory limit."""
        return any(note in self.printed for note in MEMORY_NOTES)

    @property
    def is_from_outside(self) -> bool:
        """Whether another process killed it: the kernel when memory runs out, or a person."""
        return -self.code in (signal.SIGKILL, signal.SIGTERM)

    @property
    def is_overflow(self) -> bool:
        """Whether the engine's recursion overflowed the stack."""
        return -self.code in (signal.SIGSEGV, signal.SIGBUS) or STACK_NOTE in self.printed

    def __str__(self) -> str:
        return signal.Signals(-self.code).name if self.code < 0 else f"exit code {self.code}"


class Died(Exception):
    """A process that ended before it was ready."""


class Unopened(Died):
    """One that ended since it could not open its store, and said why."""


class Child:
    """A process that serves one connection in frames."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start a module (see kg.store.process) with these arguments."""
        self._connection, theirs = socket.socketpair()
        # Under gevent's patching both ends are made non-blocking; the child's must block.
        os.set_blocking(theirs.fileno(), True)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the child)
        with theirs:
            self._process = _spawn(module, theirs.fileno(), arguments, self._errors)
        self.arriving = Frames(self._connection)

    def await_ready(self) -> None:
        """Wait until it is ready; Died where it cannot be."""
        try:
            kind, payload = self.arriving.next()
        except (EOFError, OSError):
            kind, payload = b"X", b""
        if kind != b"R":
            death = self.reap()
            self.stop()
            raise Unopened(payload.decode()) if payload else Died(f"{death} {death.printed}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, frame: bytes) -> None:
        """Send it a frame; OSError where it has gone."""
        self._connection.sendall(frame)

    def send_files(self, files: Sequence[int]) -> None:
        """Send it descriptors of open files, which the next frame is about."""
        # They come with some byte, and the byte is to be the first of a frame.
        socket.send_fds(self._connection, [frames.frame(b"F")], list(files))

    def has_more(self, seconds: float) -> bool:
        """Whether a frame begins to arrive within so many seconds."""
        return self.arriving.has_begun or bool(select.select([self._connection], [], [], max(seconds, 0))[0])

    def stop(self) -> None:
        """Kill it, if it still runs, and leave nothing behind."""
        self._process.kill()
        self._process.wait()
        self._connection.close()
        self._errors.close()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def reap(self) -> Death:
        """Wait for its end, after its connection has broken."""
        code = self._process.wait()
        size = os.fstat(self._errors.fileno()).st_size
        tail = os.pread(self._errors.fileno(), STDERR_TAIL, max(0, size - STDERR_TAIL))
        return Death(code, tail.decode(errors="replace").strip())


def _spawn(module: str, descriptor: int, arguments: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    package = str(Path(kg.__file__).parent.parent)
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", module, str(descriptor), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=(descriptor,),
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": path},
        # Ctrl-C in a terminal is for the server; workers end with it.
        start_new_session=True,
    )
