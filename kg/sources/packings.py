"""Open archives and compressed files in memory, member by member, never writing one to disk."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from kg.sources.model import SourceProblem
from kg.sources.problems import Place, problem
from kg.sources.streams import DAMAGE, MAX_RATIO, RATIO_FLOOR, Source, Stream, failure_problem
from kg.sources.texts import MEGABYTE

MAX_DEPTH: Final = 4
MAX_HELD: Final = 256 * MEGABYTE  # a zip that cannot be read in place
_TAR_BLOCK: Final = 512
_ENCRYPTED: Final = 1  # bit of a zip member's flags

# What a packed file starts with: its name, and where the mark stands.
_MARKS: Final = (
    ("gzip", 0, b"\x1f\x8b\x08"),
    ("zip", 0, b"PK\x03\x04"),
    ("zip", 0, b"PK\x05\x06"),
    ("tar", 257, b"ustar"),
    ("bzip2", 0, b"BZh"),
    ("xz", 0, b"\xfd7zXZ\x00"),
    ("zstd", 0, b"\x28\xb5\x2f\xfd"),
    ("7z", 0, b"7z\xbc\xaf\x27\x1c"),
    ("rar", 0, b"Rar!\x1a\x07"),
)

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
    elif packing == "gzip":
        yield _gunzip(source)
    elif packing == "zip":
        yield from _zip(source, file)
    elif packing == "tar":
        yield from _tar(source)
    else:
        yield problem("archive-unsupported", source.place, what=f"Data packed by {packing}")


def _gunzip(source: Source) -> Source:
    packed = source.stream
    unpacked = gzip.GzipFile(fileobj=cast(BinaryIO, io.BufferedReader(packed)), mode="rb")
    stream = Stream(unpacked.read1, packed_size=lambda: packed.count)
    return Source(place=source.place.deeper(), stream=stream, packing="gzip")


def _zip(source: Source, file: BinaryIO | None) -> Iterator[Source | SourceProblem]:
    if file is None:
        held = source.buffered().read(MAX_HELD + 1)
        if len(held) > MAX_HELD:
            yield problem("archive-too-large", source.place, limit=MAX_HELD // MEGABYTE)
            return
        file = io.BytesIO(held)
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                # ZipInfo.is_dir fails on an empty name.
                if not member.filename.endswith("/"):
                    yield from _zip_member(source, archive, member)
    except DAMAGE as failure:
        if source.stream.failure is None:
            yield failure_problem(source.place, "zip", failure)


def _zip_member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Source | SourceProblem]:
    place = source.place.member(member.filename)
    if (refused := _refused(place, member.filename)) is not None:
        yield refused
    elif member.flag_bits & _ENCRYPTED:
        yield problem("archive-unsupported", place, what="A member that is locked with a password")
    elif member.file_size > max(RATIO_FLOOR, MAX_RATIO * member.compress_size):
        yield problem("compression-ratio", place, limit=MAX_RATIO)
    else:
        try:
            opened = archive.open(member)
        except DAMAGE as failure:
            yield failure_problem(place, "zip", failure)
            return
        with opened:
            yield Source(place=place, stream=Stream(cast(io.BufferedReader, opened).read1), packing="zip")


def _tar(source: Source) -> Iterator[Source | SourceProblem]:
    packed = source.buffered()
    last = _LastBlock(packed)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, last), mode="r|") as archive:
            for member in archive:
                if not member.isdir():
                    yield from _tar_member(source, archive, member)
            # A tar ends in blocks of zeros; without them its last members are missing, and the module does not say.
            if source.stream.failure is None and not last.is_zero():
                yield problem("archive-cut", source.place, format="tar")
    except DAMAGE as failure:
        if source.stream.failure is None:
            yield failure_problem(source.place, "tar", failure)


def _tar_member(source: Source, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Source | SourceProblem]:
    place = source.place.member(member.name)
    opened = archive.extractfile(member) if member.isreg() else None
    if (refused := _refused(place, member.name)) is not None:
        yield refused
    elif opened is None:
        yield problem("not-a-file", place, what=_TAR_KINDS.get(member.type, "special member"))
    else:
        with opened:
            yield Source(place=place, stream=Stream(cast(io.BufferedReader, opened).read1), packing="tar")


class _LastBlock:
    """A stream for tarfile that remembers the end of what was read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._end = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._end = (self._end + data)[-_TAR_BLOCK:]
        return data

    def is_zero(self) -> bool:
        return len(self._end) == _TAR_BLOCK and not self._end.strip(b"\0")


def _refused(place: Place, name: str) -> SourceProblem | None:
    """The problem of a member whose name is unsafe or hidden, or None."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return problem("unsafe-name", place)
    if any(part.startswith(".") for part in path.parts):
        return problem("hidden", place)
    return None
