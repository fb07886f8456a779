"""Open archives and compressed files in memory, member by member, never writing one to disk."""

import io
import re
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Self, cast

from kg.sources import compression, zips
from kg.sources.model import SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import DAMAGE, MEGABYTE, Source, Stream, failure_problem

MAX_DEPTH: Final = 4
_TAR_BLOCK: Final = 512
_MAX_TAR_HEADER: Final = MEGABYTE
_LONG_NUMBER: Final = re.compile(rb"\d{200}")

# What a packed file starts with: its name, and where the mark stands.
_MARKS: Final = (
    ("gzip", 0, b"\x1f\x8b\x08"),
    ("zip", 0, b"PK\x03\x04"),
    ("zip", 0, b"PK\x05\x06"),
    ("tar", 257, b"ustar"),
    ("bzip2", 4, b"1AY&SY"),  # before it stands `BZh9`, as it may in a text
    ("bzip2", 4, b"\x17\x72\x45\x38\x50\x90"),  # empty
    ("xz", 0, b"\xfd7zXZ\x00"),
    ("lzma", 0, b"\x5d\x00\x00"),
    ("zstd", 0, b"\x28\xb5\x2f\xfd"),
    ("zstd", 1, b"\x2a\x4d\x18"),  # a frame without data, with which `pzstd` begins
    ("7z", 0, b"7z\xbc\xaf\x27\x1c"),
    ("rar", 0, b"Rar!\x1a\x07"),
)

_COMPRESSIONS: Final = ("gzip", *compression.DECOMPRESSORS)

# The types of tar members whose size is that of their data, not of a header.
_TAR_DATA: Final = frozenset(tarfile.SUPPORTED_TYPES) - {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}

_TAR_KINDS: Final = {
    tarfile.SYMTYPE: "symbolic link",
    tarfile.LNKTYPE: "hard link",
    tarfile.CHRTYPE: "device",
    tarfile.BLKTYPE: "device",
    tarfile.FIFOTYPE: "pipe",
}


def packing_of(head: bytes) -> str | None:
    """The archive or compression that the first bytes of a source show, or None."""
    return next((name for name, start, mark in _MARKS if head.startswith(mark, start)), None)


def unpack(source: Source, packing: str, file: BinaryIO | None) -> Iterator[Source | SourceProblem]:
    """Give the sources inside a packed one; each must be read before the next is asked for.

    `file` is the packed source as a file that can be read from any place, where there is one.
    """
    if source.place.depth >= MAX_DEPTH:
        yield problem("archive-too-deep", source.place, limit=MAX_DEPTH)
    elif packing in _COMPRESSIONS:
        yield _decompressed(source, packing)
    elif packing == "zip":
        yield from zips.members(source, file)
    elif packing == "tar":
        yield from _tar(source)
    else:
        yield problem("archive-unsupported", source.place, what=f"Data packed by {packing}")


def _decompressed(source: Source, packing: str) -> Source:
    packed = source.stream
    read = compression.reader(packing, source.buffered())
    stream = Stream(read, packed_size=packed.packed_size)
    return Source(place=source.place.deeper(), stream=stream, packing=packing)


def _tar(source: Source) -> Iterator[Source | SourceProblem]:
    packed = source.buffered()
    last = _LastBlock(packed)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, last), mode="r|", tarinfo=_TarMember) as archive:
            while (member := archive.next()) is not None:
                if not member.isdir():
                    yield from _tar_member(source, archive, member)
                # The module keeps every header it has read, and some archives have a million.
                archive.members.clear()  # type: ignore[attr-defined]
            # A tar ends in blocks of zeros; without them its last members are missing, and the module does not say.
            if source.stream.failure is None and not last.is_zero():
                yield problem("archive-cut", source.place, format="tar")
    except DAMAGE as failure:
        if source.stream.failure is None:
            yield failure_problem(source.place, "tar", failure)


def _tar_member(source: Source, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Source | SourceProblem]:
    place = source.place.member(member.name)
    opened = archive.extractfile(member) if member.isreg() else None
    if (refused := place.refused(member.name)) is not None:
        yield refused
    elif any(name.startswith("GNU.sparse.") for name in member.pax_headers):
        yield problem("archive-unsupported", place, what="A sparse member, whose zeros are not in the archive,")
    elif opened is None:
        yield problem("not-a-file", place, what=_TAR_KINDS.get(member.type, "special member"))
    else:
        with opened:
            yield Source(place=place, stream=Stream(cast(io.BufferedReader, opened).read1), packing="tar")


class _TarMember(tarfile.TarInfo):
    """A member's header, read in bounded memory: one that holds a long name or other fields is held as a whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        member = super().frombuf(buf, encoding, errors)
        if member.size > _MAX_TAR_HEADER and member.type not in _TAR_DATA:
            raise tarfile.ReadError(f"a header of {member.size:,} bytes")
        if member.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError("a sparse member")
        return member

    def _proc_pax(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        """Refuse a long run of digits, for which the module looks at each digit of it anew from each digit of it."""
        stream = archive.fileobj
        held = stream.read(self._block(self.size))  # type: ignore[attr-defined]
        if _LONG_NUMBER.search(held):
            raise tarfile.ReadError("a number of too many digits in a header")
        archive.fileobj = _Again(held, stream)  # type: ignore[assignment]
        try:
            return cast(tarfile.TarInfo, super()._proc_pax(archive))  # type: ignore[misc]
        finally:
            archive.fileobj = stream

    def _proc_gnusparse_10(self, *_: object) -> None:
        """Leave the map of a sparse member unread, which the module would hold whatever its length."""


class _Again:
    """A stream of which the first bytes, that were read already, are read again, whatever size is asked for."""

    def __init__(self, held: bytes, stream: Any) -> None:
        self._held: bytes | None = held
        self._stream = stream
        self.tell, self.seek = stream.tell, stream.seek

    def read(self, size: int) -> bytes:
        held, self._held = self._held, None
        return cast(bytes, self._stream.read(size)) if held is None else held


class _LastBlock:
    """A stream for tarfile that remembers the end of what was read, and raises EOFError when read again behind it.

    Over a member whose size is a lie of 2**80 bytes the module would step in blocks that are not there, for years.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._end = b""
        self._is_over = False

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        if not data and self._is_over:
            raise EOFError
        self._is_over = not data
        self._end = (self._end + data)[-_TAR_BLOCK:]
        return data

    def is_zero(self) -> bool:
        return len(self._end) == _TAR_BLOCK and not self._end.strip(b"\0")
