"""Read a zip member by member, in memory that its declared sizes cannot make grow."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, cast

from kg.sources.compression import DECOMPRESSORS, Decompressor, Unpacked, raw_lzma
from kg.sources.model import SourceProblem
from kg.sources.problems import Place, problem
from kg.sources.streams import DAMAGE, MAX_RATIO, MEGABYTE, RATIO_FLOOR, Source, Stream, failure_problem

MAX_HELD: Final = 256 * MEGABYTE  # a zip that cannot be read in place
MAX_LIST: Final = 32 * MEGABYTE  # of members, which are all held; enough for some 300,000

_ENCRYPTED: Final = 1  # bits of a member's flags
_HAS_END_MARK: Final = 2
_LOCAL_HEADER: Final = 30
_LZMA_HEADER: Final = 9  # two bytes of version, two of length, five of properties

# The numbers of the ways to pack a member. The standard library unpacks the first two in pieces, bzip2 and LZMA only
# whole, where 4 KB can become 4 GB, and the last two not at all.
_BY_LIBRARY: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LZMA: Final = 14
_HERE: Final = {12: "bzip2", _LZMA: "lzma", 93: "zstd", 95: "xz"}
_NAMES: Final = {1: "shrink", 6: "implode", 9: "deflate64", 97: "wavpack", 98: "ppmd"}


def members(source: Source, file: BinaryIO | None) -> Iterator[Source | SourceProblem]:
    """Give the members of a zip; `file` is the zip where it can be read in place, else it is held in memory."""
    if file is None:
        held = source.buffered().read(MAX_HELD + 1)
        if len(held) > MAX_HELD:
            yield problem("archive-too-large", source.place, limit=MAX_HELD // MEGABYTE)
            return
        file = io.BytesIO(held)
    try:
        with zipfile.ZipFile(cast(BinaryIO, _File(file))) as archive:
            if _overlap(archive.infolist()):
                yield problem("archive-damaged", source.place, format="zip", reason="members overlap")
                return
            for member in archive.infolist():
                # ZipInfo.is_dir fails on an empty name.
                if not member.filename.endswith("/"):
                    yield from _member(source, archive, file, member)
    except _ListTooLong:
        yield problem("archive-too-many", source.place, limit=MAX_LIST // MEGABYTE)
    except DAMAGE as failure:
        if source.stream.failure is None:
            yield failure_problem(source.place, "zip", failure)


def _overlap(found: list[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes, as in archives that unpack to thousands of times their size."""
    end = 0
    for member in sorted(found, key=lambda member: member.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + member.compress_size + _LOCAL_HEADER
    return False


def _member(
    source: Source, archive: zipfile.ZipFile, file: BinaryIO, member: zipfile.ZipInfo
) -> Iterator[Source | SourceProblem]:
    place = source.place.member(member.filename)
    if (refused := place.refused(member.filename)) is not None:
        yield refused
    elif member.flag_bits & _ENCRYPTED:
        yield problem("archive-unsupported", place, what="A member that is locked with a password")
    elif member.file_size > max(RATIO_FLOOR, MAX_RATIO * member.compress_size):
        yield problem("compression-ratio", place, limit=MAX_RATIO)
    elif member.compress_type in _BY_LIBRARY:
        yield from _by_library(place, archive, member)
    elif member.compress_type in _HERE:
        yield Source(place=place, stream=Stream(_Member(file, member).read), packing="zip")
    else:
        name = _NAMES.get(member.compress_type, f"method {member.compress_type}")
        yield problem("archive-unsupported", place, what=f"A zip member packed by {name}")


def _by_library(place: Place, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Source | SourceProblem]:
    try:
        opened = archive.open(member)
    except DAMAGE as failure:
        yield failure_problem(place, "zip", failure)
        return
    with opened:
        yield Source(place=place, stream=Stream(cast(io.BufferedReader, opened).read1), packing="zip")


class _ListTooLong(Exception):
    """A list of members that is longer than MAX_LIST."""


class _File:
    """A file for zipfile, which reads the list of members at once and makes objects of it before it says a word."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > MAX_LIST:
            raise _ListTooLong
        return self._file.read(size)


class _Member:
    """The unpacked bytes of a member, checked against the length and the sum that the zip gives for them."""

    def __init__(self, file: BinaryIO, member: zipfile.ZipInfo) -> None:
        self._file = file
        self._member = member
        self._at = member.header_offset
        self._left = _LOCAL_HEADER
        self._unpacked: Unpacked | None = None
        self._expected = member.file_size
        self._sum = 0

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        if self._unpacked is None:
            self._unpacked = Unpacked(self._packed, self._open())
        data = self._unpacked.read(min(size, self._expected)) if self._expected else b""
        self._expected -= len(data)
        self._sum = zlib.crc32(data, self._sum)
        if data == b"" and (self._expected or self._sum != self._member.CRC):
            raise zipfile.BadZipFile("the member's length or sum is wrong")
        return data

    def _open(self) -> Callable[[], Decompressor]:
        """Step over the member's header to its data."""
        header = self._packed(_LOCAL_HEADER)
        self._at += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        self._left = self._member.compress_size
        if self._member.compress_type != _LZMA:
            return DECOMPRESSORS[_HERE[self._member.compress_type]]
        properties = self._packed(_LZMA_HEADER)[4:]
        size = None if self._member.flag_bits & _HAS_END_MARK else self._member.file_size
        return lambda: raw_lzma(properties, size)

    def _packed(self, size: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(size, self._left))
        self._at += len(data)
        self._left -= len(data)
        return data
