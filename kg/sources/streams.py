"""The bytes of one source: looked at before they are read, and ended, not broken, by a failure."""

import errno
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import zstandard

from kg.sources.model import SourceProblem
from kg.sources.problems import Place, problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEGABYTE: Final = 1024 * 1024
HEAD_SIZE: Final = 128 * 1024  # what a format is recognised by; viewer pages have 35 KB of menus before the cable
MAX_RATIO: Final = 200  # text is packed to a tenth; deflate reaches 1,032 on zeros
RATIO_FLOOR: Final = 16 * MEGABYTE  # below this many bytes no ratio does harm
MAX_MEMORY: Final = 128 * MEGABYTE  # for unpacking one stream; `xz -9` asks for 65 MB, `zstd --long` for 128

# What the standard library raises on files and archives that cannot be read or are damaged.
DAMAGE: Final = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    ValueError,
    struct.error,
    OverflowError,  # tarfile, of a length with more digits than a machine can count
    RecursionError,  # tarfile, of a header for a header for a header
)

# Gives the next bytes, at most as many as it is asked for, and none at the end.
Read = Callable[[int], bytes]


class CompressionRatioExceeded(Exception):
    """Unpacked data that outgrow the packed ones beyond what text can."""


class MemoryLimitExceeded(Exception):
    """Packed data that cannot be unpacked within MAX_MEMORY."""


class Stream(io.RawIOBase):
    """A stream whose head can be seen in advance.

    A failure of what lies beneath (a gzip that is cut, a bad disk) ends the stream like an end of file and is kept in
    `failure`, so that what came before is not lost. `packed_size` gives the number of packed bytes read so far; of data
    that are packed several times, the innermost are held against the outermost.
    """

    def __init__(self, read: Read, *, packed_size: Callable[[], int] | None = None) -> None:
        super().__init__()
        self._read = read
        self._packed_size = packed_size
        self._head = b""
        self.failure: Exception | None = None
        self.count = 0

    def head(self) -> bytes:
        """The first HEAD_SIZE bytes (fewer where the stream is shorter), which stay to be read."""
        chunks = [self._head]
        size = len(self._head)
        while size < HEAD_SIZE and (chunk := self._take(HEAD_SIZE - size)):
            chunks.append(chunk)
            size += len(chunk)
        self._head = b"".join(chunks)
        return self._head

    def packed_size(self) -> int:
        """How many bytes were read so far, before anything was unpacked."""
        return self.count if self._packed_size is None else self._packed_size()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = self._take(len(view))
        view[: len(data)] = data
        return len(data)

    def _take(self, size: int) -> bytes:
        if self.failure is not None:
            return b""
        try:
            data = self._read(size)
            self._check_ratio(len(data))
        except (CompressionRatioExceeded, MemoryLimitExceeded, *DAMAGE) as failure:
            self.failure = failure
            return b""
        return data

    def _check_ratio(self, size: int) -> None:
        self.count += size
        if self._packed_size is None or self.count < RATIO_FLOOR:
            return
        if self.count > MAX_RATIO * self._packed_size():
            raise CompressionRatioExceeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a reader reads: a place and its bytes; `packing` names the archive or compression the bytes come out of."""

    place: Place
    stream: Stream
    packing: str = "file"

    def buffered(self) -> io.BufferedReader:
        """The stream with a buffer, for reading by lines; what it has taken is gone from `stream`."""
        return io.BufferedReader(self.stream, 1 << 18)

    def failure(self) -> SourceProblem | None:
        """The problem that ended the stream before its end, or None."""
        return None if self.stream.failure is None else failure_problem(self.place, self.packing, self.stream.failure)


def failure_problem(place: Place, packing: str, failure: Exception) -> SourceProblem:
    """The problem that an exception of the layers beneath stands for."""
    match failure:
        case CompressionRatioExceeded():
            return problem("compression-ratio", place, limit=MAX_RATIO)
        case MemoryLimitExceeded():
            return problem("archive-memory", place, format=packing, limit=MAX_MEMORY // MEGABYTE)
        case EOFError():
            return problem("archive-cut", place, format=packing)
        case tarfile.ReadError() if "unexpected end of data" in str(failure):
            return problem("archive-cut", place, format=packing)
        case NotImplementedError():
            return problem("archive-unsupported", place, what=f"A member packed like this ({failure})")
        case OSError() if failure.errno not in (None, errno.EINVAL):  # those two come of damaged offsets and sums
            return os_problem(place, failure)
        case _:
            return problem("archive-damaged", place, format=packing, reason=str(failure) or type(failure).__name__)


def os_problem(place: Place, failure: OSError) -> SourceProblem:
    """The problem that an error of the operating system stands for."""
    match failure:
        case FileNotFoundError():
            return problem("not-found", place)
        case PermissionError():
            return problem("no-permission", place)
        case OSError(errno=errno.ELOOP):
            return problem("link-loop", place)
        case _:
            return problem("unreadable", place, reason=failure.strerror or str(failure) or type(failure).__name__)
