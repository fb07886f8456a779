"""Partitions are read back as the raw cables that they were made of, and give the same graph."""

import gzip
import io
import json
from pathlib import Path

import pytest

from kg.build.partitions import spool_line
from kg.build.pipeline import build
from kg.sources import RawCable, SourceProblem, read, sniff
from kg.sources.partitions import MAX_LINE, as_record, from_record


def lines_of(*raws: RawCable) -> bytes:
    return b"".join(spool_line(raw).split(b"\t", 5)[5] for raw in raws)


def read_bytes(data: bytes) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(data)))


@pytest.fixture
def raws(tmp_path, telegram, row, as_csv, page) -> list[RawCable]:
    (tmp_path / "a.txt").write_bytes(telegram.encode("cp1252"))
    (tmp_path / "b.csv").write_bytes(as_csv(row(), row(2, "08LISBON9902")))
    (tmp_path / "c.html").write_text(page)
    return [one for one in read([tmp_path]) if isinstance(one, RawCable)]


def test_partition_gives_back_each_raw_cable(raws):
    assert len(raws) == 4
    assert read_bytes(gzip.compress(lines_of(*raws))) == raws
    assert sniff(lines_of(*raws)) == "partition"


def test_partition_keeps_lone_surrogates_and_repairs(raws):
    odd = RawCable(
        source="a", position=7, format="telegram", encoding="cp1252", metadata=(("origin", "x"),),
        text="a\ud800b\r\n\x00\N{GRINNING FACE}", repairs=((0, "Ã¡", "á"), (3, "ï»¿", "")),
    )  # fmt: skip
    assert read_bytes(lines_of(odd, *raws)) == [odd, *raws]


def test_record_leaves_out_what_is_not_there(raws):
    assert "repairs" not in as_record(raws[0])


@pytest.mark.parametrize(
    "damage",
    [
        b"{}\n", b"[]\n", b"null\n", b"{\n", b'{"text": "x"}\n', b"[" * 100_000 + b"\n", b"\xff\n",
        b'{"source": 1, "position": 1, "format": "telegram", "encoding": "utf-8", "metadata": {}, "text": "x"}\n',
        b'{"source": "a", "position": 1, "format": "telegram", "encoding": "utf-8", "metadata": [], "text": "x"}\n',
        b'{"source": "a", "position": "1", "format": "telegram", "encoding": "u", "metadata": {}, "text": "x"}\n',
    ],
)  # fmt: skip
def test_a_damaged_line_harms_no_other(raws, damage):
    first, *rest = raws
    found = read_bytes(lines_of(first) + damage + lines_of(*rest))
    assert [one for one in found if isinstance(one, RawCable)] == raws
    [problem] = [one for one in found if isinstance(one, SourceProblem)]
    assert (problem.code, problem.position, problem.is_fatal) == ("record-broken", 2, True)
    assert "Line 2" in problem.message


def test_a_line_beyond_the_limit_is_left_out(raws):
    long = b"x" * (MAX_LINE + 2) + b"\n"
    found = read_bytes(lines_of(raws[0]) + long + lines_of(*raws[1:]))
    assert [getattr(one, "code", None) for one in found] == [None, "record-broken", None, None, None]


def test_a_cut_partition_gives_what_came_before(raws):
    data = gzip.compress(lines_of(*raws))
    codes = [one.code for one in read_bytes(data[:-20]) if isinstance(one, SourceProblem)]
    assert codes[-1] == "archive-cut"


@pytest.mark.parametrize("repairs", [[[1, "a"]], [["1", "a", "b"]], [[1, 2, "b"]], 7])
def test_from_record_refuses_other_kinds(raws, repairs):
    with pytest.raises(ValueError, match=r"kind|unpack|Error"):
        from_record({**as_record(raws[0]), "repairs": repairs})


def test_json_of_a_record_is_the_same_again(raws):
    for raw in raws:
        record = json.loads(json.dumps(as_record(raw)))
        assert as_record(from_record(record)) == as_record(raw)


def test_build_from_partitions_gives_the_same_graph(example_data, plan_of, tmp_path):
    build(plan_of(tmp_path / "data", example_data / "sources"))

    def files(data: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((data / "sources").glob("*.jsonl.gz"))}

    def dumps(data: Path) -> dict[str, bytes]:
        current = data / "current"
        return {str(path.relative_to(current)): path.read_bytes() for path in sorted(current.rglob("dumps/*"))}

    assert files(tmp_path / "data") == files(example_data)
    assert dumps(example_data)
    assert dumps(tmp_path / "data") == dumps(example_data)
