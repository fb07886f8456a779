"""Partitions: cut by counts alone, the same bytes in any order, every raw cable once."""

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build.partitions import cut, decode, read_partition, spool_line, write_partitions, write_run
from kg.sources.model import RawCable


def raw(number: int, text: str = "") -> RawCable:
    metadata = (("reference_id", f"09BOGOTA{number}"),)
    return RawCable(
        source="a.csv", position=number, format="cablegate-csv", encoding="utf-8", metadata=metadata, text=text
    )


def partition(raws: list[RawCable], folder: Path, runs: int = 1) -> list[tuple[str, bytes]]:
    folder.mkdir()
    paths = []
    for number in range(runs):
        paths.append(folder / f"{number}.run")
        write_run([spool_line(one) for one in raws[number::runs]], paths[-1])
    return [(p.bits, (folder / p.file).read_bytes()) for p in write_partitions(paths, folder, folder)]


def test_cut_keeps_a_small_input_in_one_partition():
    assert cut([1] * 20 + [0] * 65516) == [""]


def test_cut_of_nothing_is_one_empty_partition():
    assert cut([0] * 65536) == [""]


@given(st.lists(st.integers(min_value=0, max_value=4), min_size=64, max_size=64))
def test_cut_covers_all_leading_bits_in_order(counts):
    bits = cut(counts * 1024)
    edges = [int(b or "0", 2) << (16 - len(b)) for b in bits]
    ends = [edge + (1 << (16 - len(b))) for edge, b in zip(edges, bits, strict=True)]
    assert ends == [*edges[1:], 1 << 16]


def test_partitions_hold_every_cable_once_and_sorted(tmp_path):
    raws = [raw(number) for number in range(1, 401)]
    parts = partition(raws, tmp_path / "a")
    assert len(parts) > 4
    found = []
    for number, (_, content) in enumerate(parts):
        path = tmp_path / f"{number}.gz"
        path.write_bytes(content)
        found += [one for _, _, one in read_partition(path)]
    assert sorted(one.position for one in found) == list(range(1, 401))


@pytest.mark.parametrize("runs", [1, 2, 7])
def test_the_order_of_arrival_and_the_number_of_runs_change_no_byte(tmp_path, runs):
    raws = [raw(number, text="x" * number) for number in range(1, 101)]
    assert partition(raws, tmp_path / "a") == partition(raws[::-1], tmp_path / "b", runs)


def test_more_runs_than_can_be_open_at_a_time_are_merged_in_steps(tmp_path):
    raws = [raw(number) for number in range(1, 251)]
    assert partition(raws, tmp_path / "a", runs=250) == partition(raws, tmp_path / "b")


def test_a_raw_cable_read_twice_is_held_once_and_counted(tmp_path):
    run = tmp_path / "0.run"
    write_run([spool_line(raw(1)), spool_line(raw(1)), spool_line(raw(2))], run)
    (only,) = write_partitions([run], tmp_path, tmp_path)
    assert (only.cables, only.repeated) == (2, 1)


def test_texts_of_one_cable_lie_together(tmp_path):
    run = tmp_path / "0.run"
    write_run([spool_line(raw(1, "a")), spool_line(raw(2)), spool_line(raw(1, "b"))], run)
    (only,) = write_partitions([run], tmp_path, tmp_path)
    ids = [identifier for identifier, _, _ in read_partition(tmp_path / only.file)]
    assert sum(a != b for a, b in pairwise(ids)) == 1


@given(st.text(st.characters(codec=None)), st.text())
def test_a_record_comes_back_as_it_was(text, origin):
    one = RawCable(
        source='a "b".csv',
        position=3,
        format="viewer-html",
        encoding="cp1252",
        metadata=(("origin", origin),),
        text=text,
    )
    record = spool_line(one).split(b"\t", 5)[5]
    assert decode(record)[2] == one


def test_a_partition_file_does_not_tell_the_time(tmp_path):
    (_, content), *_ = partition([raw(1)], tmp_path / "a")
    assert content[4:8] == b"\0\0\0\0"
    assert gzip.decompress(content)
