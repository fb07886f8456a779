"""What a worker's serializer writes to: it holds the answer back at first, cuts it off, compresses it, and sends it.

The head of an answer says whether it is cut off, so it goes out when the answer has ended, or after a while and some
bytes; under a small cap only at the answer's end, since only an answer of which nothing has gone can be cut cleanly.
"""

import json
import time
import zlib
from collections.abc import Callable
from socket import socket
from typing import Final, Protocol

import zstandard

from kg.store.cutting import FORMATS, Caps, Cutter
from kg.store.frames import frame
from kg.store.soundness import CHECKS, REPLACED

PIECE: Final = 64 * 2**10
HOLD_SECONDS: Final = 0.03
HOLD_BYTES: Final = 256 * 2**10
# An answer with such a cap is held back to its end.
SMALL: Final = Caps(rows=20_000, bytes=4 * 2**20)
# Formats of which an answer may have to be written once more, so that what has gone of it is known by its checksum.
REWRITTEN: Final = ("csv",)
# Shorter answers are not worth compressing.
WORTH: Final = 1024


class Stopped(Exception):
    """The answer has been cut cleanly: whoever writes it may stop."""


class TooLong(Exception):
    """The answer has passed a cap after its beginning has gone; the text is that of the cap (rows, bytes)."""


class Compressor(Protocol):
    """What takes pieces of an answer and gives them back compressed."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready of the compressed bytes."""

    def flush(self, mode: int = ..., /) -> bytes:
        """What was kept back so far, or with no mode the rest."""


# What makes a compressor, at a level that keeps pace with the serializer, and the mode of a flush in the midst.
ENCODINGS: Final[dict[str, tuple[Callable[[], Compressor], int]]] = {
    "gzip": (lambda: zlib.compressobj(1, wbits=16 + zlib.MAX_WBITS), zlib.Z_SYNC_FLUSH),
    "zstd": (lambda: zstandard.ZstdCompressor(level=1).compressobj(), zstandard.COMPRESSOBJ_FLUSH_BLOCK),
}


class Output:
    """A binary file for the serializer of one answer."""

    def __init__(self, connection: socket, form: str, *, encoding: str | None, caps: Caps) -> None:
        self.connection = connection
        self._form = form
        self._encoding = encoding
        self._caps = caps
        self._solutions = FORMATS[form]() if form in FORMATS else None
        self._cutter = Cutter(self._solutions, caps) if self._solutions is not None else None
        self._soundness = CHECKS[form]() if form in CHECKS else None
        self._is_small = 0 < caps.rows <= SMALL.rows or 0 < caps.bytes <= SMALL.bytes
        self._hold_until = time.monotonic() + HOLD_SECONDS
        self._held = bytearray()
        self._compressor: Compressor | None = None
        self._has_begun = False
        self._gone = 0
        self._gone_sum = 0
        self._rows = 0
        self._cut: str | None = None

    @property
    def has_begun(self) -> bool:
        """Whether the head of the answer has gone."""
        return self._has_begun

    @property
    def size(self) -> int:
        """How many bytes the answer has so far, before compression."""
        return self._gone + len(self._held)

    def write(self, data: bytes) -> int:
        """Take what the serializer gives; Stopped, TooLong or Unwritable where it may as well stop."""
        if self._cut is not None and self._cutter is not None:
            raise Stopped
        self._held += data.replace(*REPLACED[self._form]) if self._form in REPLACED else data
        if self._has_begun:
            if len(self._held) >= PIECE:
                self._pass_on()
        elif self._is_to_cut():
            raise Stopped
        elif not self._is_small and (len(self._held) >= HOLD_BYTES or time.monotonic() >= self._hold_until):
            self._begin()
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces go out when they are full."""

    def cut_off(self, reason: str, document: bytes | None = None) -> None:
        """Note that the answer is cut off, to this document; TooLong where its beginning has gone."""
        if self._has_begun:
            raise TooLong(reason)
        self._cut = reason
        if document is not None:
            self._held[:] = document

    def end(self) -> None:
        """Send what is left, and that it is all."""
        if not self._has_begun and self._cut is None:
            self._is_to_cut(ended=True)
        start = b"" if self._has_begun else self._head(ended=True)
        self._pass_on(start, ended=True)

    def again(self, reason: Exception) -> "Again":
        """Let the answer be written once more, from its beginning, by a writer whose rows are sound and counted.

        `reason` is raised where what has gone is not what comes again.
        """
        self._solutions = self._cutter = None
        self._held.clear()
        return Again(self, self._gone, self._gone_sum, reason)

    def _is_to_cut(self, *, ended: bool = False) -> bool:
        """Cut what is held where a cap is passed."""
        cut = self._cutter.look(self._held, ended=ended) if self._cutter is not None else None
        if cut is not None:
            self.cut_off(cut.reason, bytes(self._held[: cut.end]) + cut.closing)
        return cut is not None

    def _begin(self) -> None:
        """Let the head go, and what is held with it."""
        if self._is_to_cut(ended=True):
            raise Stopped
        self._pass_on(self._head())
        self._has_begun = True
        self._rows = self._cutter.rows if self._cutter is not None else 0

    def _head(self, *, ended: bool = False) -> bytes:
        encoding = None if ended and len(self._held) < WORTH else self._encoding
        if encoding is not None:
            self._compressor = ENCODINGS[encoding][0]()
        return frame(b"H", json.dumps({"format": self._form, "encoding": encoding, "cut": self._cut}).encode())

    def _pass_on(self, frames: bytes = b"", *, ended: bool = False) -> None:
        """Send what is held, in pieces."""
        held = bytes(self._held)
        self._held.clear()
        self._check(held)
        for start in range(0, len(held), PIECE):
            if frames and start:
                self.connection.sendall(frames)
                frames = b""
            frames += self._piece(held[start : start + PIECE])
        if ended:
            rest = self._compressor.flush() if self._compressor is not None else b""
            frames += (frame(b"D", rest) if rest else b"") + frame(b"E")
        elif self._compressor is not None and not self._has_begun:
            # The first byte is to be early.
            frames += frame(b"D", self._compressor.flush(ENCODINGS[self._encoding or ""][1]))
        self.connection.sendall(frames)

    def _piece(self, data: bytes) -> bytes:
        if self._compressor is not None:
            data = self._compressor.compress(data)
        return frame(b"D", data) if data else b""

    def _check(self, held: bytes) -> None:
        """Look through what is to go out; Unwritable where it is not sound, TooLong where it passes a cap."""
        if self._soundness is not None:
            self._soundness.look(held)
        self._rows += self._solutions.count(held) if self._solutions is not None else 0
        self._gone += len(held)
        if self._form in REWRITTEN:
            self._gone_sum = zlib.crc32(held, self._gone_sum)
        if not self._has_begun:
            return
        if 0 < self._caps.rows < self._rows:
            raise TooLong("rows")
        if 0 < self._caps.bytes < self._gone:
            raise TooLong("bytes")


class Again:
    """What an answer is written to once more: what has gone of it is compared, the rest goes out."""

    def __init__(self, output: Output, length: int, checksum: int, reason: Exception) -> None:
        self._output = output
        self._left = length
        self._checksum = checksum
        self._found = 0
        self._reason = reason

    def write(self, data: bytes) -> int:
        """Take the next bytes; the reason why the answer is written again where they are others than before."""
        known, new = data[: self._left], data[self._left :]
        self._found = zlib.crc32(known, self._found)
        self._left -= len(known)
        if known and self._left == 0 and self._found != self._checksum:
            raise self._reason
        if new:
            self._output.write(new)
        return len(data)

    def end(self) -> None:
        """See that all of what has gone has come again."""
        if self._left:
            raise self._reason
