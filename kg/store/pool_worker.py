"""The pool's side of one query worker: start it, wait for it, kill it, and tell why it died."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import kg
from kg.store.workers import receive

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
    """A worker that ended before it was ready."""


class Worker:
    """A worker process that is ready for a job."""

    def __init__(self, snapshot: Path, process: subprocess.Popen[bytes], connection: socket.socket, errors: IO[bytes]):
        self.snapshot = snapshot
        self.connection = connection
        self.is_expired = False
        self.is_slow = False
        self.unread_since: float | None = None
        self._process = process
        self._errors = errors

    @classmethod
    def start(cls, snapshot: Path, memory: int) -> "Worker":
        """Start a worker over the snapshot's store and wait until it is ready; Died where it cannot be."""
        ours, theirs = socket.socketpair()
        # Under gevent's patching both ends are made non-blocking; the worker's must block.
        os.set_blocking(theirs.fileno(), True)
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the worker)
        with theirs:
            process = _spawn(snapshot / "store", memory, theirs.fileno(), errors)
        worker = cls(snapshot, process, ours, errors)
        try:
            kind, payload = receive(ours)
        except (EOFError, OSError):
            kind, payload = b"X", b""
        if kind != b"R":
            death = worker.reap()
            worker.stop()
            raise Died(payload.decode() or f"{death} {death.printed}")
        return worker

    @property
    def pid(self) -> int:
        return self._process.pid

    def has_more(self, seconds: float) -> bool:
        """Whether a frame begins to arrive within so many seconds."""
        return bool(select.select([self.connection], [], [], max(seconds, 0))[0])

    def wait(self, client: socket.socket) -> bool:
        """Wait for a frame (or the worker's death); false where the client leaves before it."""
        watched = [self.connection, client]
        while True:
            ready = select.select(watched, [], [])[0]
            if self.connection in ready:
                return True
            if not _is_there(client):
                return False
            # It has sent its next request already: nothing more can be told from its socket.
            watched = [self.connection]

    def is_unread(self, since: float) -> bool:
        """Whether the last piece of its answer was handed out by then, and no other has been asked for."""
        return self.unread_since is not None and self.unread_since <= since

    def expire(self, *, slow: bool) -> None:
        """Kill it for its deadline, or for a client that reads slowly."""
        self.is_expired = True
        self.is_slow = slow
        self._process.kill()

    def stop(self) -> None:
        """Kill it, if it still runs, and leave nothing behind."""
        self._process.kill()
        self._process.wait()
        self.connection.close()
        self._errors.close()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def reap(self) -> Death:
        """Wait for its end, after its connection has broken."""
        code = self._process.wait()
        size = os.fstat(self._errors.fileno()).st_size
        tail = os.pread(self._errors.fileno(), STDERR_TAIL, max(0, size - STDERR_TAIL))
        return Death(code, tail.decode(errors="replace").strip())


def _spawn(store: Path, memory: int, descriptor: int, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    package = str(Path(kg.__file__).parent.parent)
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "kg.store.workers", str(descriptor), str(store), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=(descriptor,),
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": path},
        # Ctrl-C in a terminal is for the server; workers end with it.
        start_new_session=True,
    )


def _is_there(client: socket.socket) -> bool:
    try:
        return bool(client.recv(1, socket.MSG_PEEK))
    except OSError:
        return False
