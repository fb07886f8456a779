"""What is made to exhaust a machine or to read what is not in it: refused by name, under a ceiling of memory.

Each input is read by a process of its own that the system allows 512 MB of address space, of which Python with the
libraries takes some 200 before anything is read.
"""

import bz2
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from kg.sources import RawCable, SourceProblem, read, sniff

MEGABYTE = 1024 * 1024
CEILING = 512 * MEGABYTE
PEAK = 256 * MEGABYTE  # the longest row that is read takes 200, as the csv module holds it

# Prints the codes and formats that a file gives, and the most memory that reading it took.
PROGRAM = rf"""
import json, re, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({CEILING}, {CEILING}))
from kg.sources import SourceProblem, read
found = [one.code if isinstance(one, SourceProblem) else one.format for one in read(sys.argv[1:])]
print(json.dumps([found, int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])]))
"""

COMPRESS = {
    "gz": lambda: _compressor(zlib.compressobj(9, zlib.DEFLATED, 31)),
    "bz2": lambda: _compressor(bz2.BZ2Compressor()),
    "xz": lambda: _compressor(lzma.LZMACompressor(preset=1)),
    "lzma": lambda: _compressor(lzma.LZMACompressor(lzma.FORMAT_ALONE, preset=1)),
    "zst": lambda: _compressor(zstandard.ZstdCompressor().compressobj()),
}


def _compressor(packer) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    def pack(blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            yield packer.compress(block)
        yield packer.flush()

    return pack


def zeros(size: int, head: bytes = b"") -> Iterator[bytes]:
    yield head
    for _ in range(size // MEGABYTE):
        yield bytes(MEGABYTE)


def read_limited(path: Path, *, timeout: float = 60) -> list[str]:
    """The codes and formats that a file gives to a process of little memory."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found, peak = json.loads(done.stdout)
    assert peak * 1024 < PEAK
    return found


def write(path: Path, blocks: Iterator[bytes]) -> Path:
    with path.open("wb") as file:
        file.writelines(blocks)
    return path


@pytest.mark.parametrize("name", COMPRESS)
def test_zeros_are_no_cable_however_they_are_packed(tmp_path, name):
    path = write(tmp_path / "zeros", COMPRESS[name]()(zeros(200 * MEGABYTE)))
    assert read_limited(path) == ["binary"]


@pytest.mark.parametrize("name", COMPRESS)
def test_a_telegram_that_goes_on_in_zeros_is_stopped(tmp_path, telegram, name):
    path = write(tmp_path / "zeros", COMPRESS[name]()(zeros(200 * MEGABYTE, telegram.encode())))
    assert read_limited(path) in (["compression-ratio"], ["too-large"])


@pytest.mark.parametrize("name", COMPRESS)
def test_a_row_that_goes_on_in_zeros_is_stopped(tmp_path, row, as_csv, name):
    path = write(tmp_path / "zeros", COMPRESS[name]()(zeros(200 * MEGABYTE, as_csv(row(), row())[:-3])))
    assert read_limited(path)[-1] == "compression-ratio"


@pytest.mark.parametrize("name", ["gz", "bz2", "xz", "zst"])
def test_ten_gigabytes_of_zeros_in_joined_streams_are_stopped(tmp_path, row, as_csv, name):
    first = COMPRESS[name]()(zeros(0, as_csv(row(), row())[:-3]))
    other = b"".join(COMPRESS[name]()(zeros(80 * MEGABYTE)))
    path = write(tmp_path / "zeros", iter((*first, *[other] * 128)))
    assert read_limited(path, timeout=20)[-1] == "compression-ratio"


@pytest.mark.slow
@pytest.mark.parametrize("head", ["none", "row"])
def test_ten_gigabytes_of_zeros_in_a_gzip_are_stopped(tmp_path, row, as_csv, head):
    start = b"" if head == "none" else as_csv(row(), row())[:-3]
    packer = _compressor(zlib.compressobj(1, zlib.DEFLATED, 31))
    path = write(tmp_path / "zeros", packer(zeros(10_240 * MEGABYTE, start)))
    assert read_limited(path, timeout=20)[-1] == ("binary" if head == "none" else "compression-ratio")


def test_zeros_packed_twice_are_held_against_the_outermost(tmp_path, row, as_csv):
    inner = COMPRESS["gz"]()(zeros(600 * MEGABYTE, as_csv(row(), row())[:-3]))
    assert read_limited(write(tmp_path / "zeros", COMPRESS["gz"]()(inner)))[-1] == "compression-ratio"


def as_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_bomb_is_told_by_its_sizes(tmp_path, telegram, method):
    content = telegram.encode() + bytes(200 * MEGABYTE)
    (tmp_path / "a.zip").write_bytes(as_zip({"a.txt": content}, method))
    assert read_limited(tmp_path / "a.zip") == ["compression-ratio"]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path, telegram, method):
    content = telegram.encode() + bytes(200 * MEGABYTE)
    data = bytearray(as_zip({"a.txt": content}, method))
    start = data.index(b"PK\x01\x02")
    data[start + 24 : start + 28] = (1000).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    assert read_limited(tmp_path / "a.zip") == ["archive-damaged"]


def test_nested_zip_bombs_are_stopped_at_each_layer(tmp_path):
    data = as_zip({f"{n}.zip": as_zip({"a.txt": bytes(100 * MEGABYTE)}) for n in range(4)})
    for _ in range(2):
        data = as_zip({f"{n}.zip": data for n in range(4)})
    (tmp_path / "a.zip").write_bytes(data)
    assert set(read_limited(tmp_path / "a.zip")) == {"compression-ratio"}


def test_a_zip_whose_members_share_their_bytes_is_refused(tmp_path, telegram):
    data = as_zip({"a.txt": telegram.encode()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    tail[8:10] = tail[10:12] = (1000).to_bytes(2, "little")
    tail[12:16] = (len(entry) * 1000).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data[:start] + entry * 1000 + tail)
    [problem] = read([tmp_path / "a.zip"])
    assert (problem.code, "overlap" in problem.message) == ("archive-damaged", True)


def test_a_zip_of_very_many_members_is_not_listed(tmp_path, telegram):
    data = as_zip({"a": telegram.encode()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    count = 33 * MEGABYTE // len(entry)
    tail[8:10] = tail[10:12] = b"\xff\xff"
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data[:start] + entry * count + tail)
    assert read_limited(tmp_path / "a.zip") == ["archive-too-many"]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME], ids=["x", "g", "L"])
def test_a_tar_header_without_end_is_not_read(tmp_path, kind):
    header = tarfile.TarInfo("a")
    header.type, header.size = kind, 1 << 32
    path = write(tmp_path / "a.tar", iter((header.tobuf(), bytes(MEGABYTE))))
    with path.open("r+b") as file:
        file.truncate(1 << 32)  # a sparse file, which takes no room
    assert read_limited(path) == ["archive-damaged"]


def test_a_sparse_member_of_a_tar_is_not_read(tmp_path, telegram):
    data = io.BytesIO()
    member = tarfile.TarInfo("a.txt")
    member.size = 1024
    member.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(1 << 40)}
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(member, io.BytesIO(b"1\n0\n512\n".ljust(512, b"\0") + telegram.encode().ljust(512)[:512]))
    (tmp_path / "a.tar").write_bytes(data.getvalue())
    assert read_limited(tmp_path / "a.tar") == ["archive-unsupported"]


def test_a_map_of_a_sparse_member_without_end_is_not_read(tmp_path):
    data = io.BytesIO()
    member = tarfile.TarInfo("a.txt")
    member.size = 512
    member.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(1 << 40)}
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(member, io.BytesIO(b"999999999\n".ljust(512, b"1")))
    head = data.getvalue()[:2048]
    path = write(tmp_path / "a.tar", iter((head, *[b"0\n" * (MEGABYTE // 2)] * 150)))
    assert "archive-unsupported" in read_limited(path)


def test_a_tar_of_very_many_members_takes_no_more_memory(tmp_path):
    one = io.BytesIO()
    with tarfile.open(fileobj=one, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("b.txt"))
    member = one.getvalue()[:512]
    path = write(tmp_path / "a.tar", iter((*[member * 1000] * 40, bytes(10240))))
    assert set(read_limited(path)) == {"empty"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
@pytest.mark.parametrize("target", ["/etc/passwd", "../../etc/passwd"])
def test_links_in_a_tar_lead_nowhere(tmp_path, kind, target):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = kind, target
        archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(data.getvalue())
    assert read_limited(tmp_path / "a.tar") == ["not-a-file"]


def test_links_in_a_zip_are_text(tmp_path):
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "a.zip").write_bytes(data.getvalue())
    assert read_limited(tmp_path / "a.zip") == ["not-a-cable"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "laughs": f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]>' + "{}&l11;",
    "blow-up": f'<!DOCTYPE html [<!ENTITY a "{"a" * 100_000}">]>' + "{}" + "&a;" * 10_000,
    "external": '<!DOCTYPE html [<!ENTITY a SYSTEM "file://{secret}">]>{}&a;',
    "parameter": '<!DOCTYPE html [<!ENTITY % a SYSTEM "file://{secret}"> %a;]>{}',
    "network": '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/a.dtd">{}',
}


@pytest.mark.parametrize("name", BOMBS)
def test_entities_of_a_page_are_neither_expanded_nor_fetched(tmp_path, page, name):
    """A page with an entity in the body of its cable, after a doctype that declares it."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET LAMP")
    doctype, _, entity = BOMBS[name].replace("{secret}", str(secret)).partition("{}")
    hostile = doctype + page[page.index("<html") :].replace("The choir", f"The {entity} choir")
    path = tmp_path / "page.html"
    path.write_text(hostile)
    assert read_limited(path) == ["viewer-html"]
    [cable] = read([path])
    assert isinstance(cable, RawCable)
    assert "LAMP" not in cable.text
    assert len(cable.text) < len(hostile)


VOLUME = """{}<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1899v01"><text><body>
<div type="document" xml:id="d7" subtype="historical-document">
<head>7. Telegram From the Embassy in Portugal to the Department of State</head>
<p>9301. Subj: Ladders.</p><p>The lamp is {} out.</p></div></body></text></TEI>"""


@pytest.mark.parametrize("name", BOMBS)
def test_entities_of_a_volume_are_neither_expanded_nor_fetched(tmp_path, name):
    secret = tmp_path / "secret"
    secret.write_text("SECRET LAMP")
    doctype, _, entity = (
        BOMBS[name].replace("{secret}", str(secret)).replace("DOCTYPE html", "DOCTYPE TEI").partition("{}")
    )
    hostile = VOLUME.format(doctype, entity)
    path = tmp_path / "volume.xml"
    path.write_text(hostile)
    found = list(read([path]))
    assert read_limited(path) == [getattr(one, "code", "frus-tei") for one in found]
    assert [one.code for one in found if isinstance(one, SourceProblem)] == (
        [] if name == "network" else ["xml-entities"]
    )
    assert not any("LAMP" in one.text for one in found if isinstance(one, RawCable))


def test_a_volume_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "volume.xml"
    path.write_text(VOLUME.format("", "<hi>" * 1_000_000))
    assert read_limited(path) == ["xml-broken"]


@given(st.one_of(st.binary(), st.text(st.sampled_from('\r\n,;|\t"\\0<>{}[]:= aZ1')).map(str.encode)))
@example(b"doc_nbr\rbody,a,b,c,d,e,f\n")
def test_no_bytes_whatever_make_a_reader_raise(data):
    sniff(data)
    list(read(["-"], stdin=io.BytesIO(data)))


def test_reading_writes_nothing(tmp_path, telegram, monkeypatch):
    archive = tmp_path / "in" / "a.zip"
    archive.parent.mkdir()
    archive.write_bytes(as_zip({"../../b.txt": telegram.encode(), "/b.txt": telegram.encode(), "c.txt": b"x"}))
    monkeypatch.chdir(tmp_path / "in")
    found = [one.code for one in read([archive]) if isinstance(one, SourceProblem)]
    assert found == ["unsafe-name", "unsafe-name", "not-a-cable"]
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["in", "a.zip"]
