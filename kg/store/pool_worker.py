"""The web process's side of a query worker: start it, let it turn to a snapshot, wait for it, and for its client."""

import select
import socket
from pathlib import Path
from typing import Final, Self

from kg.store import frames
from kg.store.child import Child, Died, Unopened

# Of a client that has sent more than its request, departure is looked for so often (seconds).
LOOK: Final = 0.2
# States of a connection whose other side has ended it (tcp_states.h).
ENDED: Final = frozenset([7, 8])  # TCP_CLOSE, TCP_CLOSE_WAIT


class Worker(Child):
    """A worker process that is ready for a job; `work` is what one of its jobs is called."""

    work = "query"

    def __init__(self, snapshot: Path, memory: int) -> None:
        super().__init__("kg.store.workers", str(snapshot / "store"), str(memory))
        self.snapshot = snapshot
        self._memory = memory
        # Why the pool has ended it: timeout, slow-reader or killed.
        self.ended_for: str | None = None
        self.unread_since: float | None = None

    @classmethod
    def start(cls, snapshot: Path, memory: int) -> Self:
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


def is_there(client: socket.socket) -> bool:
    """Whether a client has not ended its side of the connection, even if it has sent more than was read of it."""
    try:
        if client.family != socket.AF_UNIX and hasattr(socket, "TCP_INFO"):
            return client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] not in ENDED
        # A proxy's local socket has no state: what was sent last hides the departure.
        return not select.select([client], [], [], 0)[0] or bool(client.recv(1, socket.MSG_PEEK))
    except OSError:
        return False
