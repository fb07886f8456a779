"""Write to a data folder of its users: one write at a time, through the writer process, each whole or not at all.

Whoever holds the writer never opens a store. The process is started at the first write, killed where one overruns its
deadline, and started anew at the next. Under gevent's patching threads and sockets are greenlets.
"""

import json
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

from kg.errors import KgError, NotWritable, QueryError, QueryMemoryExceeded, QueryTimeout, UpdateRefused
from kg.store.child import Child, Died
from kg.store.folder import DataFolder
from kg.store.pool import Limits
from kg.store.pool_answers import RunningQuery, new_id
from kg.store.writer_jobs import UNCHANGED, Write, Written, failure
from kg.store.writer_line import Line

MODULE: Final = "kg.store.writer_process"


@dataclass(frozen=True, slots=True)
class _Ended(Exception):
    """The writer process ended, or was ended, before it answered."""

    error: KgError


class Writer:
    """The writer of a data folder, and who waits for it."""

    def __init__(self, folder: DataFolder, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._line = Line(limits.queue, limits.seconds)
        self._child: Child | None = None

    def write(
        self,
        write: Write,
        files: Sequence[IO[bytes]] = (),
        *,
        client: socket.socket | None = None,
        write_id: str | None = None,
        text: str = "",
    ) -> Written:
        """Do a write; it is on the disk when this returns, and the next snapshot that is looked up holds it.

        Meanwhile it is listed under its id with its `text`, by default the update's. A `client` that has left before
        its turn changes nothing. ServerBusy where too many wait, QueryTimeout over the deadline, QueryKilled where it
        was stopped, and what kg.store.writer_jobs tells of: nothing has changed then.
        """
        with self._line.turn(write_id or new_id(), text or write.text, client):
            before = self._folder.snapshot().id
            try:
                return self._write(write, files)
            except _Ended as ended:
                # It may have published and could not tell any more.
                now = self._folder.snapshot()
                if now.id == before:
                    raise ended.error from None
                return Written(snapshot=now.id, existed=bool(now.manifest()["existed"]))

    def running(self) -> list[RunningQuery]:
        """The writes that are not yet done, the first to come first: `waiting` or `writing`."""
        return self._line.running()

    def stop(self, write_id: str) -> bool:
        """Stop a write that waits; false where there is none of that id, WriteUnderWay where it has begun."""
        return self._line.stop(write_id)

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def _write(self, write: Write, files: Sequence[IO[bytes]]) -> Written:
        until = time.monotonic() + self._limits.seconds
        child = self._send(write, files)
        if not child.has_more(until - time.monotonic()):
            self.close()
            raise _Ended(QueryTimeout(f"The write took more than {self._limits.seconds:g} seconds. {UNCHANGED}"))
        try:
            kind, payload = child.arriving.next()
        except (EOFError, OSError):
            raise _Ended(self._why_dead(child)) from None
        if kind == b"X":
            raise failure(json.loads(payload))
        found = json.loads(payload)
        if found.pop("last"):
            self.close()
        return Written(**found)

    def _send(self, write: Write, files: Sequence[IO[bytes]]) -> Child:
        """Hand a write to the process; to another where the one before has ended since its last."""
        child = self._child
        if child is not None:
            try:
                _hand_over(child, write, files)
            except OSError:
                self.close()
            else:
                return child
        child = self._child = Child(MODULE, str(self._folder.path), str(self._limits.memory))
        try:
            child.await_ready()
            _hand_over(child, write, files)
        except (Died, OSError) as error:
            self.close()
            raise NotWritable(str(error)) from None
        return child

    def _why_dead(self, child: Child) -> KgError:
        death = child.reap()
        self.close()
        if death.is_memory:
            return failure({"error": "memory", "detail": ""})
        if death.is_from_outside:
            return QueryMemoryExceeded(f"The writer was killed from outside ({death}). {UNCHANGED}")
        if death.is_overflow:
            return UpdateRefused(f"The write is too deep for the engine and ended the writer ({death}). {UNCHANGED}")
        return QueryError(f"The write ended the writer ({death}). {UNCHANGED}")


def _hand_over(child: Child, write: Write, files: Sequence[IO[bytes]]) -> None:
    if files:
        child.send_files([file.fileno() for file in files])
    child.send(write.frame)
