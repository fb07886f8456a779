"""The web process's side of a query worker or the writer: start it, wait for it, kill it, and tell why it died."""

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
# Of a client that has sent more than its request, departure is looked for so often (seconds).
LOOK: Final = 0.2
# States of a connection whose other side has ended it (tcp_states.h).
ENDED: Final = frozenset([7, 8])  # TCP_CLOSE, TCP_CLOSE_WAIT


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


class Worker(Child):
    """A worker process that is ready for a job."""

    def __init__(self, snapshot: Path, memory: int) -> None:
        super().__init__("kg.store.workers", str(snapshot / "store"), str(memory))
        self.snapshot = snapshot
        self._memory = memory
        # Why the pool has ended it: timeout, slow-reader or killed.
        self.ended_for: str | None = None
        self.unread_since: float | None = None

    @classmethod
    def start(cls, snapshot: Path, memory: int) -> "Worker":
        """Start a worker over the snapshot's store and wait until it is ready; Died where it cannot be."""
        worker = cls(snapshot, memory)
        worker.await_ready()
        return worker

    def why_unopened(self) -> str | None:
        """Why its snapshot cannot be opened any more, as another worker finds; None where it can, or is removed."""
        if not (self.snapshot / "store").is_dir():
            return None
        try:
            Worker.start(self.snapshot, self._memory).stop()
        except Unopened as unopened:
            return str(unopened)
        except (Died, OSError):
            return None
        return None

    def turn_to(self, snapshot: Path) -> None:
        """Let it open another snapshot in place of its own, and wait until it is ready; Died where it is not."""
        try:
            self.send(frames.frame(b"O", str(snapshot / "store").encode()))
        except OSError:
            self.stop()
            raise Died("It was gone before.") from None
        self.await_ready()
        self.snapshot = snapshot

    def wait(self, client: socket.socket) -> bool:
        """Wait for a frame (or the worker's death); false where the client leaves before it."""
        watched = [self._connection, client]
        seconds = None
        while True:
            ready = select.select(watched, [], [], seconds)[0]
            if self._connection in ready:
                return True
            if not is_there(client):
                return False
            # It has sent its next request already, so its socket is always ready.
            watched, seconds = [self._connection], LOOK

    def is_unread(self, since: float) -> bool:
        """Whether the last piece of its answer was handed out by then, and no other has been asked for."""
        return self.unread_since is not None and self.unread_since <= since

    def end(self, reason: str) -> None:
        """Kill it, for this reason."""
        self.ended_for = reason
        self._process.kill()


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


def is_there(client: socket.socket) -> bool:
    """Whether a client has not ended its side of the connection, even if it has sent more than was read of it."""
    try:
        if client.family != socket.AF_UNIX and hasattr(socket, "TCP_INFO"):
            return client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] not in ENDED
        # A proxy's local socket has no state: what was sent last hides the departure.
        return not select.select([client], [], [], 0)[0] or bool(client.recv(1, socket.MSG_PEEK))
    except OSError:
        return False
