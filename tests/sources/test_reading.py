"""Reading gives a cable or a clear problem for every input, and one bad input never stops the others."""

import errno
import io
import random
import sys
import time
import tracemalloc
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources import SourceProblem, read
from kg.sources.problems import Place
from kg.sources.reading import _read_source
from kg.sources.streams import Source, Stream


def test_read_takes_every_input_and_goes_on_after_the_bad_ones(tmp_path, telegram, row, as_csv):
    (tmp_path / "prose.txt").write_text("This is no cable.\n" * 10)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \r\n\n")
    (tmp_path / "noise.bin").write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "cut.csv").write_bytes(as_csv(row(1), row(2))[:-40])
    (tmp_path / "good.txt").write_text(telegram)
    names = ["prose.txt", "empty.txt", "blank.txt", "noise.bin", "cut.csv", "missing.txt", "good.txt"]
    found = list(read([tmp_path / name for name in names]))
    assert [one.code if isinstance(one, SourceProblem) else one.format for one in found] == [
        "not-a-cable", "empty", "empty", "binary", "cablegate-csv", "csv-row-cut", "not-found", "telegram",
    ]  # fmt: skip
    assert all(one.is_fatal for one in found if isinstance(one, SourceProblem))
    assert len({one.message for one in found if isinstance(one, SourceProblem)}) == 5


def test_read_takes_stdin(telegram):
    [cable] = read(["-"], stdin=io.BytesIO(telegram.encode()))
    assert (cable.source, cable.position, cable.text) == ("-", 1, telegram)


def test_read_takes_the_stdin_of_the_process(telegram, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(telegram.encode())))
    assert [cable.source for cable in read(["-"])] == ["-"]


def test_read_takes_text_paths(tmp_path, telegram):
    (tmp_path / "a.txt").write_text(telegram)
    assert list(read([str(tmp_path / "a.txt")])) == list(read([tmp_path / "a.txt"]))


def test_read_gives_the_same_twice(tmp_path, telegram, row, as_csv):
    (tmp_path / "a.csv").write_bytes(as_csv(row(1), row(2)))
    (tmp_path / "b.txt").write_text(telegram)
    assert list(read([tmp_path])) == list(read([tmp_path]))


def test_read_says_quickly_that_a_long_text_holds_no_cable(tmp_path):
    path = tmp_path / "long.txt"
    line = "The harbor master wrote of lamps, tides and choirs, and of no cable.\n" * 10_000
    with path.open("w") as file:
        for _ in range(300):
            file.write(line)
    assert path.stat().st_size > 200_000_000
    tracemalloc.start()
    started = time.process_time()
    [problem] = read([path])
    elapsed = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.code == "not-a-cable"
    assert "No cable was recognised in its first 128 KB" in problem.message
    assert elapsed < 1
    assert peak < 4 * 1024 * 1024


def test_read_reports_a_disk_that_fails():
    blocks = iter([b"VZCZCXYZ0007\nDE RUEHLI #9901/01 0021015\n"])

    def fail(size: int) -> bytes:
        for block in blocks:
            return block
        raise OSError(errno.EIO, "Input/output error")

    source = Source(place=Place(name="a.txt", is_named=True), stream=Stream(fail))
    [problem] = _read_source(source, None)
    assert (problem.code, problem.is_fatal) == ("unreadable", True)
    assert "Input/output error" in problem.message


STARTS = st.sampled_from([
    b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b'"1","1/2/2008 10:15",', b"<table class='cable'>",
    b"VZCZCXYZ0007\nDE RUEHLI #9901/01 0021015\n", b"\xff\xfe", b"\x00" * 257 + b"ustar",
])  # fmt: skip


@given(start=STARTS, rest=st.binary(max_size=2000))
def test_read_never_raises_on_arbitrary_bytes(start, rest):
    found = list(read(["-"], stdin=io.BytesIO(start + rest)))
    assert found


@pytest.mark.shared
def test_shared_corpus_is_read_whole(shared):
    found = list(read([shared / "corpus"]))
    cables = [one for one in found if not isinstance(one, SourceProblem)]
    counts = {name: sum(cable.source.startswith(name) for cable in cables) for name in (
        "corpus/09BOGOTA335.txt", "corpus/cablegate_sample.csv", "corpus/cables.csv", "corpus/pages/",
        "corpus/frus_sample.xml",
    )}  # fmt: skip
    assert list(counts.values()) == [1, 2, 388, 60, 2]
    assert len(cables) == 453
    assert {one.source for one in found if isinstance(one, SourceProblem)} == {"corpus/README.md"}
    assert not any(one.is_fatal for one in found if isinstance(one, SourceProblem))


@pytest.mark.shared
def test_shared_pages_and_rows_give_the_same_text(shared):
    rows = {cable.get("reference_id"): cable for cable in read([shared / "corpus" / "cables.csv"])}
    pages = list(read([shared / "corpus" / "pages"]))
    assert [page.source for page in pages if page.digest != rows[page.get("reference_id")].digest] == []
    assert all(page.get("origin") and page.get("released") for page in pages)


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["authority", "facts", "design", "gold", "hooks", "suites"])
def test_shared_texts_about_cables_are_no_cables(shared, folder):
    assert [one.source for one in read([shared / folder]) if not isinstance(one, SourceProblem)] == []


@pytest.mark.shared
def test_shared_cables_are_recognised_as_telegrams_without_their_frame(shared):
    cables = read([shared / "corpus" / "cables.csv"])
    lost = []
    for cable in cables:
        [found] = read(["-"], stdin=io.BytesIO(cable.text.encode()))
        if isinstance(found, SourceProblem) or found.text != cable.text:
            lost.append(cable.get("reference_id"))
    assert lost == []


@pytest.mark.shared
def test_shared_seed_is_read_as_found(shared):
    path = shared / "corpus" / "09BOGOTA335.txt"
    [cable] = read([path])
    assert (cable.source, cable.format, cable.encoding) == ("09BOGOTA335.txt", "telegram", "utf-8")
    assert cable.text.encode() == path.read_bytes()
