"""Frames between the pool and a worker: a kind (one byte), a length (four bytes, big-endian), the payload.

R   worker to pool   ready: the store is open
Q   pool to worker   a job, JSON (see kg.store.pool_answers.Job)
O   pool to worker   open another snapshot: the path of its store; answered by R
W   to the writer    a write, JSON (see kg.store.writer_jobs.Write); answered by E with JSON, or by X
V   to a validator   a validation: a line of JSON and the bytes of graphs (see kg.store.shacl_jobs)
F   to the writer    files for the next write come as descriptors with this frame
H   worker to pool   the head of an answer, JSON: {"format": ..., "encoding": ..., "cut": ...}
D   worker to pool   a piece of the answer
E   worker to pool   the end of the answer; {"last": true} where the worker ends itself after it
X   worker to pool   an error, JSON: {"error": ..., "detail": ...}; ends the answer, and may be the last too
"""

import json
import socket
import struct
from collections.abc import Iterable
from typing import Final, Protocol

HEADER: Final = struct.Struct(">cI")
# Several frames of a small answer, or one of a large, come by one call.
READ: Final = 128 * 2**10


def frame(kind: bytes, *payload: bytes) -> bytes:
    """A frame as bytes."""
    return b"".join((HEADER.pack(kind, sum(map(len, payload))), *payload))


def error(name: str, detail: str) -> bytes:
    """A frame that tells of an error."""
    return frame(b"X", json.dumps({"error": name, "detail": detail}).encode())


class Receiving(Protocol):
    """What bytes are received from."""

    def recv(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none where the other side has gone."""


class Frames:
    """The frames that arrive on a socket."""

    def __init__(self, connection: Receiving) -> None:
        self._connection = connection
        self._buffer = bytearray()

    @property
    def has_begun(self) -> bool:
        """Whether a part of the next frame is here already."""
        return bool(self._buffer)

    def next(self) -> tuple[bytes, bytes]:
        """The kind and the payload of the next frame; EOFError where the other side has gone."""
        self._fill(HEADER.size)
        kind, length = HEADER.unpack_from(self._buffer)
        end = HEADER.size + length
        self._fill(end)
        payload = bytes(memoryview(self._buffer)[HEADER.size : end])
        del self._buffer[:end]
        return kind, payload

    def _fill(self, length: int) -> None:
        while len(self._buffer) < length:
            piece = self._connection.recv(READ)
            if not piece:
                raise EOFError
            self._buffer += piece


def send(connection: socket.socket, frames: Iterable[bytes]) -> None:
    """Send frames."""
    connection.sendall(b"".join(frames))
