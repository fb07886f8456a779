"""Whole builds of the examples: counts that add up, the same bytes, atomic publishing, adding."""

import gzip
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.empty import make_empty
from kg.build.pipeline import add, build
from kg.build.report import reconcile
from kg.errors import BuildError, DataFolderBusy, DataFolderError, NoSnapshot
from kg.store.folder import DataFolder
from kg.store.opening import damage


@pytest.fixture(scope="module")
def built(plan_of, examples, tmp_path_factory):
    data = tmp_path_factory.mktemp("built") / "data"
    return data, build(plan_of(data, examples))


def facts(data: Path) -> bytes:
    return gzip.decompress((data / "current" / "dumps" / "facts.nt.gz").read_bytes())


def triples(data: Path) -> set[bytes]:
    return {line for line in facts(data).splitlines() if b"/void#" not in line}


def test_the_counts_of_a_build_add_up(built, example_count):
    _, report = built
    assert report.read == report.loaded + report.quarantined + report.duplicates + report.sections_joined
    assert report.loaded == example_count
    assert report.sections_joined == 1
    assert report.duplicates == 2


def test_nothing_of_the_examples_is_refused(built):
    _, report = built
    assert report.refused == ()


def test_counts_that_do_not_add_up_end_the_build():
    with pytest.raises(BuildError, match="a cable may be lost"):
        reconcile(read=3, loaded=1, quarantined=1, duplicates=0, sections_joined=0)


def test_the_dump_holds_the_default_graph(built):
    data, report = built
    store = ox.Store.read_only(str(data / "current" / "store"))
    dumped = {str(t.triple) for t in ox.parse(input=facts(data), format=ox.RdfFormat.N_TRIPLES)}
    loaded = {str(q.triple) for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert {t for t in dumped if "_:" not in t} == {t for t in loaded if "_:" not in t}
    assert len(dumped) == len(loaded) == report.triples["default"]


@pytest.mark.parametrize("jobs", [2])
def test_one_process_and_two_give_the_same_bytes(built, plan_of, examples, tmp_path, jobs):
    data, report = built
    again = build(plan_of(tmp_path / "data", examples, jobs=jobs))
    assert again.snapshot == report.snapshot
    assert facts(tmp_path / "data") == facts(data)
    names = sorted(path.name for path in (data / "sources").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "data" / "sources").iterdir())
    for name in names:
        assert (data / "sources" / name).read_bytes() == (tmp_path / "data" / "sources" / name).read_bytes()


def test_the_order_of_sources_changes_no_triple(built, plan_of, examples, tmp_path):
    parts = [path for path in examples.iterdir() if path.is_dir()]
    build(plan_of(tmp_path / "a", *sorted(parts)))
    build(plan_of(tmp_path / "b", *sorted(parts, reverse=True)))
    assert facts(tmp_path / "a") == facts(tmp_path / "b")


def test_adding_equals_building_from_scratch_with_the_same_ledger(plan_of, examples, tmp_path):
    parts = sorted(path for path in examples.iterdir() if path.is_dir())
    data = tmp_path / "added"
    build(plan_of(data, *parts[:2]))
    ledger = (data / "ledger" / "identities.tsv").read_bytes()
    add(plan_of(data, *parts[2:]))
    scratch = tmp_path / "scratch"
    (scratch / "ledger").mkdir(parents=True)
    (scratch / "ledger" / "identities.tsv").write_bytes(ledger)
    build(plan_of(scratch, *parts))
    assert triples(data) == triples(scratch)


def test_adding_what_is_there_already_changes_nothing(plan_of, examples, tmp_path):
    part = examples / "telegrams"
    before = build(plan_of(tmp_path, part))
    triples_before = triples(tmp_path)
    after = add(plan_of(tmp_path, part))
    assert after.loaded == before.loaded
    assert after.duplicates == before.duplicates + before.read
    assert triples(tmp_path) == triples_before


def test_official_iris_stay_when_a_graph_is_built_again(plan_of, examples, tmp_path):
    build(plan_of(tmp_path, examples))
    first = facts(tmp_path)
    build(plan_of(tmp_path, examples))
    assert facts(tmp_path) == first


def test_another_base_moves_things_and_leaves_terms(plan_of, examples, tmp_path):
    build(plan_of(tmp_path, examples / "seventies", base="https://cables.example/"))
    text = facts(tmp_path).decode()
    assert "<https://cables.example/cable/74REYKJAVIK9012> " in text
    assert "<https://cables.example/post/bogota> " in text
    assert "<https://w3id.org/cablekg/ontology#Cable>" in text
    assert "<https://w3id.org/cablekg/post/" not in text


def test_a_folder_held_by_another_build_is_left_alone(plan_of, examples, tmp_path):
    with DataFolder(tmp_path).held(), pytest.raises(DataFolderBusy, match="Another build"):
        build(plan_of(tmp_path, examples))


def test_adding_to_nothing_says_how_to_build(plan_of, examples, tmp_path):
    with pytest.raises(NoSnapshot, match="kg build"):
        add(plan_of(tmp_path, examples))


def test_a_folder_of_its_users_has_no_builds(plan_of, examples, tmp_path):
    make_empty(DataFolder(tmp_path / "own"))
    with pytest.raises(DataFolderError, match="kg init"):
        build(plan_of(tmp_path / "own", examples))


def test_a_failed_build_leaves_what_was_served(plan_of, examples, tmp_path, monkeypatch):
    build(plan_of(tmp_path, examples / "seventies"))
    served = (tmp_path / "current").readlink()

    def broken(*_args):
        raise BuildError("no more disk")

    monkeypatch.setattr("kg.build.pipeline.load", broken)
    with pytest.raises(BuildError):
        build(plan_of(tmp_path, examples))
    assert (tmp_path / "current").readlink() == served
    assert DataFolder(tmp_path).snapshot().manifest()["id"] == served.name


def test_old_snapshots_go_and_one_stays_for_a_way_back(plan_of, examples, tmp_path):
    for part in ("seventies", "telegrams", "copied"):
        build(plan_of(tmp_path, examples / part))
    assert len(list((tmp_path / "snapshots").iterdir())) == 2
    kept = {path.name.partition("-")[2] for s in (tmp_path / "snapshots").iterdir() for path in (s / "texts").iterdir()}
    assert {path.name for path in (tmp_path / "sources").iterdir()} == kept


def test_a_source_that_cannot_be_read_is_told_and_the_rest_is_built(plan_of, examples, tmp_path):
    report = build(plan_of(tmp_path / "data", examples / "seventies", tmp_path / "missing.txt"))
    assert report.loaded == 2
    assert report.has_failures
    assert [problem.source for problem in report.source_problems] == ["missing.txt"]


def test_sources_without_a_cable_leave_what_was_served(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    served = build(plan_of(data, examples / "seventies")).snapshot
    with pytest.raises(BuildError, match=r"No cable was found in .*missing\.txt.*what was served stays"):
        build(plan_of(data, tmp_path / "missing.txt"))
    assert DataFolder(data).snapshot().id == served


def test_a_source_that_was_mended_in_place_is_read_again(plan_of, examples, tmp_path):
    source = tmp_path / "cable.txt"
    text = (examples / "telegrams" / "06LISBON9107.txt").read_bytes()
    source.write_bytes(b"x" * len(text))
    before = source.stat()
    with pytest.raises(BuildError):
        build(plan_of(tmp_path / "data", source))
    # The same size and time of change, as after `cp -p` or a change of permissions: the state of the file is another.
    source.write_bytes(text)
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build(plan_of(tmp_path / "data", source)).loaded == 1


def test_a_folder_of_something_else_is_not_written_into(plan_of, examples, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(DataFolderError, match="no data folder"):
        build(plan_of(tmp_path, examples))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_adding_to_a_folder_of_its_users_is_refused(plan_of, examples, tmp_path):
    make_empty(DataFolder(tmp_path / "own"))
    with pytest.raises(DataFolderError, match="kg init"):
        add(plan_of(tmp_path / "own", examples))


def test_the_texts_of_a_snapshot_survive_the_sources_folder(plan_of, examples, tmp_path):
    build(plan_of(tmp_path, examples / "seventies"))
    shutil.rmtree(tmp_path / "sources")
    again = add(plan_of(tmp_path, examples / "copied"))
    assert again.loaded == 4


def test_a_damaged_snapshot_is_built_again(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    # The first build has no ledger to go by yet, so the second is another snapshot.
    for _ in range(2):
        build(plan_of(data, examples))
    served = DataFolder(data).snapshot()
    next(iter(served.store.glob("*.sst"))).write_bytes(b"junk\n")
    build(plan_of(data, examples))
    again = DataFolder(data).snapshot()
    assert again.id == served.id
    assert damage(again.store) is None
