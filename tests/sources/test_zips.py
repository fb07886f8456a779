"""Zip members are read however they are packed, or it is said why not; sizes and sums are checked."""

import bz2
import io
import lzma
import zipfile
import zlib

import pytest
import zstandard

from kg.sources import SourceProblem, read

RAW = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}]


def seen(data: bytes) -> list[tuple[str, str]]:
    found = read(["-"], stdin=io.BytesIO(data))
    return [(one.source, one.code if isinstance(one, SourceProblem) else one.format) for one in found]


def by_library(content: bytes, method: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), content, method)
    return data.getvalue()


def by_hand(content: bytes, packed: bytes, method: int, *, flags: int = 0) -> bytes:
    """A zip of one member whose packed bytes are given."""
    data = bytearray(by_library(packed, zipfile.ZIP_STORED))
    start = data.index(b"PK\x01\x02")
    for at in (0, start):
        shift = 0 if at == 0 else 2
        data[at + 6 + shift : at + 8 + shift] = flags.to_bytes(2, "little")
        data[at + 8 + shift : at + 10 + shift] = method.to_bytes(2, "little")
        data[at + 14 + shift : at + 18 + shift] = zlib.crc32(content).to_bytes(4, "little")
        data[at + 22 + shift : at + 26 + shift] = len(content).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_read_takes_what_the_library_packs(tmp_path, telegram, method):
    path = tmp_path / "a.zip"
    path.write_bytes(by_library(telegram.encode(), method))
    [cable] = read([path])
    assert (cable.source, cable.text) == ("a.zip!/a.txt", telegram)


@pytest.mark.parametrize(
    ("method", "pack"), [(93, zstandard.ZstdCompressor().compress), (95, lzma.compress)], ids=["zstd", "xz"]
)
def test_read_takes_newer_ways_to_pack(telegram, method, pack):
    content = telegram.encode()
    assert seen(by_hand(content, pack(content), method)) == [("-!/a.txt", "telegram")]


def test_read_takes_lzma_without_an_end_mark(telegram):
    content = telegram.encode()
    packed = lzma.compress(content, lzma.FORMAT_RAW, filters=RAW)
    header = b"\x09\x14\x05\x00\x5d" + (1 << 16).to_bytes(4, "little")
    assert seen(by_hand(content, header + packed, 14, flags=2)) == [("-!/a.txt", "telegram")]


def test_read_says_that_lzma_asks_for_too_much_memory(telegram):
    content = telegram.encode()
    header = b"\x09\x14\x05\x00\x5d" + (3 << 30).to_bytes(4, "little")
    data = by_hand(content, header + lzma.compress(content, lzma.FORMAT_RAW, filters=RAW), 14, flags=2)
    assert seen(data) == [("-!/a.txt", "archive-memory")]


def test_read_names_the_way_that_it_cannot_unpack(telegram):
    [problem] = read(["-"], stdin=io.BytesIO(by_hand(telegram.encode(), b"x" * 100, 9)))
    assert problem.code == "archive-unsupported"
    assert "packed by deflate64" in problem.message


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_read_reports_a_wrong_sum(telegram, method):
    data = bytearray(by_library(telegram.encode(), method))
    start = data.index(b"PK\x01\x02")
    data[start + 16] ^= 1
    assert seen(bytes(data)) == [("-!/a.txt", "archive-damaged")]


def test_read_reports_a_length_that_is_not_reached(telegram):
    content = telegram.encode()
    assert seen(by_hand(content + b"x", bz2.compress(content), 12)) == [("-!/a.txt", "archive-damaged")]


def test_read_takes_an_empty_member():
    assert seen(by_hand(b"", bz2.compress(b""), 12)) == [("-!/a.txt", "empty")]
