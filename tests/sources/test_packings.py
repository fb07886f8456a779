"""Archives are read in memory, member by member; damage and traps are reported and harm nothing else."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Mapping

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.sources import SourceProblem, read


def as_zip(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def as_tar(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def seen(found) -> list[tuple[str, str]]:
    return [(one.source, one.code if isinstance(one, SourceProblem) else one.format) for one in found]


def read_bytes(data: bytes) -> list[tuple[str, str]]:
    return seen(read(["-"], stdin=io.BytesIO(data)))


@pytest.fixture
def members(telegram, row, as_csv, page) -> dict[str, bytes]:
    """A folder in an archive, with a cable in each format and a page of prose."""
    return {
        "cables/a.txt": telegram.encode(),
        "cables/README": b"Three cables.",
        "cables/b.csv": as_csv(row(), row(2)),
        "cables/c.html": page.encode(),
    }


EXPECTED = [
    ("cables/a.txt", "telegram"),
    ("cables/README", "not-a-cable"),
    ("cables/b.csv", "cablegate-csv"),
    ("cables/b.csv", "cablegate-csv"),
    ("cables/c.html", "viewer-html"),
]


COMPRESS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zst": zstandard.ZstdCompressor().compress,
}
PACK = {
    "zip": as_zip,
    "tar": as_tar,
    "zip.gz": lambda members: gzip.compress(as_zip(members)),
    "zip in tar": lambda members: as_tar({"in": as_zip(members)}),
    **{f"tar.{name}": lambda members, name=name: COMPRESS[name](as_tar(members)) for name in COMPRESS},
}


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
@pytest.mark.parametrize("way", ["file", "stdin"])
def test_read_reads_the_members_of_an_archive(tmp_path, members, pack, way):
    path = tmp_path / "cables.bin"
    path.write_bytes(pack(members))
    found = read([path]) if way == "file" else read(["-"], stdin=io.BytesIO(path.read_bytes()))
    name = "cables.bin" if way == "file" else "-"
    found = list(found)
    if pack is PACK["zip in tar"]:
        name += "!/in"
    assert seen(found) == [(f"{name}!/{member}", what) for member, what in EXPECTED]
    assert not any(one.is_fatal for one in found if isinstance(one, SourceProblem))


def test_read_gives_the_same_text_packed_or_not(tmp_path, telegram):
    (tmp_path / "a.txt").write_text(telegram)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(telegram.encode()))
    plain, packed = read([tmp_path])
    assert plain.text == packed.text
    assert packed.source.endswith("/a.txt.gz")


def test_read_reads_archives_in_archives(members, telegram):
    outer = as_tar({
        "in.zip": as_zip(members), "in.tgz": as_tar(members, "w:gz"), "a.txt.gz": gzip.compress(telegram.encode()),
    })  # fmt: skip
    assert read_bytes(outer) == [
        *((f"-!/in.zip!/{member}", what) for member, what in EXPECTED),
        *((f"-!/in.tgz!/{member}", what) for member, what in EXPECTED),
        ("-!/a.txt.gz", "telegram"),
    ]


def test_read_opens_only_so_many_layers(telegram):
    data = telegram.encode()
    for _ in range(4):
        data = gzip.compress(data)
    assert read_bytes(data) == [("-", "telegram")]
    assert read_bytes(gzip.compress(data)) == [("-", "archive-too-deep")]


@pytest.mark.parametrize("compress", COMPRESS.values(), ids=COMPRESS)
def test_read_reads_joined_streams(telegram, compress):
    middle = len(telegram) // 2
    data = compress(telegram[:middle].encode()) + compress(telegram[middle:].encode()) + bytes(8)
    [cable] = read(["-"], stdin=io.BytesIO(data))
    assert cable.text == telegram


def test_read_keeps_the_rows_before_a_cut_in_a_gzip(row, as_csv):
    noise = os.urandom(200_000).hex()
    rows = [(*row(n)[:7], noise) for n in range(1, 6)]
    data = gzip.compress(as_csv(*rows))
    found = list(read(["-"], stdin=io.BytesIO(data[: len(data) // 2])))
    assert seen(found) == [("-", "cablegate-csv")] * 2 + [("-", "csv-row-cut"), ("-", "archive-cut")]
    assert "gzip data end in the middle" in found[-1].message
    assert found[-1].is_fatal


@pytest.mark.parametrize("compress", COMPRESS.values(), ids=COMPRESS)
def test_read_gives_no_cable_of_a_telegram_that_is_cut(telegram, compress):
    data = compress(telegram.encode())
    assert read_bytes(data[:-12]) == [("-", "archive-cut")]
    assert read_bytes(data[:15]) == [("-", "archive-cut")]


@pytest.mark.parametrize("compress", COMPRESS.values(), ids=COMPRESS)
def test_read_reports_what_stands_behind_the_packed_data(row, as_csv, compress):
    found = read_bytes(compress(as_csv(row())) + b"and more of it")
    assert found == [("-", "cablegate-csv"), ("-", "archive-damaged")]


def test_read_reports_packed_data_that_ask_for_too_much_memory(row, as_csv):
    wide = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 256 << 20}]
    frame = zstandard.ZstdCompressionParameters(window_log=28, compression_level=1)
    writer = zstandard.ZstdCompressor(compression_params=frame).compressobj()
    assert read_bytes(lzma.compress(as_csv(row()), filters=wide)) == [("-", "archive-memory")]
    assert read_bytes(writer.compress(as_csv(row())) + writer.flush()) == [("-", "archive-memory")]


@pytest.mark.parametrize("preset", [9, 9 | lzma.PRESET_EXTREME])
def test_read_reads_what_is_packed_as_small_as_can_be(telegram, preset):
    assert read_bytes(lzma.compress(telegram.encode(), preset=preset)) == [("-", "telegram")]


def test_read_reports_a_wrong_checksum(telegram):
    data = gzip.compress(telegram.encode())
    assert read_bytes(data[:-8] + b"\0\0\0\0" + data[-4:]) == [("-", "archive-damaged")]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_read_reports_a_cut_tar_and_keeps_what_came_before(tmp_path, members, mode):
    data = as_tar(members, mode)
    cut = len(data) * 2 // 3 if mode == "w:gz" else data.index(b"harbor", data.index(b"cables/b.csv"))
    path = tmp_path / "a.tar"
    path.write_bytes(data[:cut])
    found = list(read([path]))
    assert seen(found)[0] == ("a.tar!/cables/a.txt", "telegram")
    assert found[-1].code == "archive-cut"
    assert found[-1].is_fatal


def test_read_reports_a_tar_cut_between_members(members):
    data = as_tar(members)
    assert read_bytes(data[: 512 + 1024])[-1] == ("-", "archive-cut")
    assert read_bytes(data[: 512 + 1024 + 512 + 512])[-1] == ("-", "archive-cut")


def test_read_does_not_step_over_bytes_that_a_tar_lies_about(telegram):
    data = bytearray(as_tar({"a.txt": b"nets", "b.txt": telegram.encode()}))
    data[124:136] = b"\x80" + b"\xff" * 11  # the size of the first member: 2**88 - 1
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    assert {code for _, code in read_bytes(bytes(data))} == {"archive-cut"}


@pytest.mark.parametrize("records", [b"9" * 200_000 + b" a=b\n", b"9" * 39 + b" a=b\n"])
def test_read_reports_lengths_that_no_header_of_a_tar_can_have(records):
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, len(records)
    data = header.tobuf(tarfile.USTAR_FORMAT) + records + b"\0" * (-len(records) % 512)
    start = time.process_time()
    assert read_bytes(data + as_tar({"a.txt": b"nets"})) == [("-", "archive-damaged")]
    assert time.process_time() - start < 1


def test_read_reports_headers_of_headers_without_end():
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, 0
    data = header.tobuf(tarfile.USTAR_FORMAT) * 5_000
    assert read_bytes(data + as_tar({"a.txt": b"nets"})) == [("-", "archive-damaged")]


def test_read_reads_the_headers_of_a_pax_archive(telegram):
    name = "a" * 200 + "\u0142.txt"
    assert read_bytes(as_tar({name: telegram.encode()})) == [(f"-!/{name}", "telegram")]


def test_read_reports_a_cut_zip(tmp_path, members):
    path = tmp_path / "a.zip"
    path.write_bytes(as_zip(members)[:-100])
    [problem] = read([path])
    assert (problem.code, problem.is_fatal) == ("archive-damaged", True)


def test_read_reports_a_damaged_member_and_goes_on(tmp_path, members):
    data = bytearray(as_zip(members))
    start = data.index(b"cables/a.txt") + len("cables/a.txt")
    data[start + 40 : start + 60] = b"\xff" * 20
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = seen(read([path]))
    assert found[0] == ("a.zip!/cables/a.txt", "archive-damaged")
    assert found[1:] == [(f"a.zip!/{member}", what) for member, what in EXPECTED[1:]]


def test_read_reports_a_locked_member(members):
    data = bytearray(as_zip(members))
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    assert read_bytes(bytes(data))[0] == ("-!/cables/a.txt", "archive-unsupported")


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../a.txt", "C:\\a.txt", "..\\a.txt"])
@pytest.mark.parametrize("pack", [as_zip, as_tar], ids=["zip", "tar"])
def test_read_refuses_names_that_lead_out(pack, name, telegram):
    found = read_bytes(pack({name: telegram.encode(), "b.txt": telegram.encode()}))
    assert [what for _, what in found] == ["unsafe-name", "telegram"]


def test_read_leaves_hidden_members(telegram):
    found = read_bytes(as_zip({"__MACOSX/._a.txt": telegram.encode(), ".git/a": b"x", "a.txt": telegram.encode()}))
    assert [what for _, what in found] == ["hidden", "hidden", "telegram"]


def test_read_leaves_links_in_a_tar(telegram):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        link = tarfile.TarInfo("a")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.add(__file__, "b.txt")
    assert read_bytes(data.getvalue()) == [("-!/a", "not-a-file"), ("-!/b.txt", "not-a-cable")]


@pytest.mark.parametrize("head", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00"])
def test_read_reports_packings_that_are_not_read(head):
    assert read_bytes(head + b"x" * 100) == [("-", "archive-unsupported")]


def test_a_word_at_the_beginning_is_no_packing():
    assert read_bytes(b"BZhoura is a village by the sea.") == [("-", "not-a-cable")]


@pytest.mark.parametrize("compress", COMPRESS.values(), ids=COMPRESS)
def test_read_reports_what_is_empty_when_unpacked(compress):
    assert read_bytes(compress(b"")) == [("-", "empty")]


def test_read_steps_over_frames_of_zstandard_that_hold_no_data(telegram):
    skipped = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"notes"
    frame = zstandard.ZstdCompressor().compress(telegram.encode())
    assert read_bytes(frame + skipped) == [("-", "telegram")]
    assert read_bytes(skipped + frame) == [("-", "telegram")]


def test_read_reports_an_empty_zip():
    assert read_bytes(as_zip({})) == [("-", "empty")]
    assert read_bytes(gzip.compress(b"")) == [("-", "empty")]


def bombs(row, as_csv) -> bytes:
    return as_csv(row())[:-3] + b"a" * (64 * 1024 * 1024)


@pytest.mark.parametrize("compress", COMPRESS.values(), ids=COMPRESS)
def test_read_stops_compressed_data_that_grow_beyond_measure(row, as_csv, compress):
    assert read_bytes(compress(bombs(row, as_csv)))[-1] == ("-", "compression-ratio")
    assert read_bytes(compress(gzip.compress(bombs(row, as_csv))))[-1] == ("-", "compression-ratio")


def test_read_stops_a_zip_that_grows_beyond_measure(row, as_csv):
    assert read_bytes(as_zip({"a.csv": bombs(row, as_csv)})) == [("-!/a.csv", "compression-ratio")]


def test_read_stops_nested_gzips_of_zeros_within_bounded_memory():
    data = gzip.compress(gzip.compress(bytes(256 * 1024 * 1024), 9), 9)
    tracemalloc.start()
    found = read_bytes(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [("-", "binary")]
    assert peak < 8 * 1024 * 1024


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_read_never_raises_on_damaged_archives(tmp_path_factory, members, pack, data):
    packed = bytearray(pack(members))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(packed)))
    path = tmp_path_factory.mktemp("damaged") / "a"
    path.write_bytes(packed[:cut])
    assert list(read([path]))
    assert list(read(["-"], stdin=io.BytesIO(packed[:cut])))


@pytest.mark.parametrize("name", ["", ".", "./"])
@pytest.mark.parametrize("pack", [as_zip, as_tar])
def test_a_member_without_a_name_is_told_and_the_rest_is_read(pack, name, telegram):
    found = read_bytes(pack({name: b"x", "good.txt": telegram.encode()}))
    assert found[-1] == ("-!/good.txt", "telegram")
    assert [code for _, code in found[:-1]] in ([], ["unsafe-name"])
