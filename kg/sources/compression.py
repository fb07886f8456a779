"""Unpack compressed data in small pieces, so that no input makes memory grow: gzip, bzip2, xz, lzma and zstandard."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final, Protocol, cast

import zstandard

from kg.sources.streams import MAX_MEMORY, MemoryLimitExceeded, Read

_CHUNK: Final = 1 << 16

# zstandard unpacks what it is given whole. Four bytes can stand for a block of 128 KB, so it gets few at a time: no
# more than 16 MB come out at once.
_ZSTD_CHUNK: Final = 512

# What the libraries say where the packed data ask for a larger window than is allowed.
_LIMIT_WORDS: Final = ("memory usage limit", "too much memory")


class Decompressor(Protocol):
    """What `bz2` and `lzma` have for unpacking one stream piece by piece."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def reader(packing: str, packed: io.BufferedReader) -> Read:
    """A function that gives the next unpacked bytes, at most as many as it is asked for; KeyError for other packings.

    It raises EOFError where the packed data end in the middle, MemoryLimitExceeded where unpacking them takes too much
    memory, and what the libraries raise of damage.
    """
    if packing == "gzip":
        return gzip.GzipFile(fileobj=cast(BinaryIO, packed), mode="rb").read1
    return Unpacked(packed.read, DECOMPRESSORS[packing]).read


class Unpacked:
    """The streams that lie one after another in packed data, as one; zeros between and after them are padding."""

    def __init__(self, read: Read, make: Callable[[], Decompressor]) -> None:
        self._read = read
        self._make = make
        self._stream = make()
        self._is_at_start = False  # of a stream that need not be there

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        while True:
            data = b""
            if self._stream.eof:
                data = self._stream.unused_data.lstrip(b"\0")
                self._stream = self._make()
                self._is_at_start = True
            if self._stream.needs_input and not data:
                data = self._more()
                if not data:
                    return b""
            self._is_at_start = False
            if unpacked := self._decompress(data, size):
                return unpacked

    def _more(self) -> bytes:
        while data := self._read(_ZSTD_CHUNK if isinstance(self._stream, _Zstandard) else _CHUNK):
            if not self._is_at_start or (data := data.lstrip(b"\0")):
                return data
        if not self._is_at_start:
            raise EOFError
        return b""

    def _decompress(self, data: bytes, size: int) -> bytes:
        try:
            return self._stream.decompress(data, size)
        except (lzma.LZMAError, zstandard.ZstdError) as failure:
            if any(words in str(failure).lower() for words in _LIMIT_WORDS):
                raise MemoryLimitExceeded from failure
            raise


class _Zstandard:
    """One zstandard frame, in the form of the decompressors of the standard library."""

    def __init__(self) -> None:
        self._frame = zstandard.ZstdDecompressor(max_window_size=MAX_MEMORY).decompressobj()
        self._pending = memoryview(b"")

    @property
    def eof(self) -> bool:
        return self._frame.eof and not self._pending

    @property
    def needs_input(self) -> bool:
        return not self._pending

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._pending = memoryview(self._frame.decompress(data))
        unpacked, self._pending = self._pending[:max_length], self._pending[max_length:]
        return bytes(unpacked)


def raw_lzma(properties: bytes, size: int | None) -> Decompressor:
    """The decompressor of a zip member packed by LZMA: by the five bytes of properties before its data, and its size.

    The size is None where a mark ends the data.
    """
    # The module reads such properties for itself alone, without a limit; in the header of an .lzma file they have one.
    decompressor = DECOMPRESSORS["lzma"]()
    decompressor.decompress(properties + (b"\xff" * 8 if size is None else size.to_bytes(8, "little")), 0)
    return decompressor


DECOMPRESSORS: Final[Mapping[str, Callable[[], Decompressor]]] = {
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_MEMORY),
    "lzma": lambda: lzma.LZMADecompressor(format=lzma.FORMAT_ALONE, memlimit=MAX_MEMORY),
    "zstd": _Zstandard,
}
