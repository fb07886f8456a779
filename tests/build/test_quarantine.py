"""Quarantine over whole builds: what is in it, since when, how long it is kept, and how it is replayed."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.pipeline import add, build
from kg.build.quarantine import held, keep, refused_by, returning
from kg.build.replaying import replay
from kg.errors import DataFolderError, UsageError
from kg.sources import read
from kg.sources.model import RawCable
from kg.store.folder import DataFolder
from kg.validation.quarantine import RefusedCable, encode, fingerprint

NAMELESS = """FM AMEMBASSY LISBON
TO SECSTATE WASHDC

UNCLAS

E.O. 12958: N/A
TAGS: PREL, PO
SUBJECT: A LIGHTHOUSE WITHOUT A NUMBER

1. (U) This telegram is fiction. Somebody forgot its number.
"""


@pytest.fixture
def nameless(tmp_path: Path) -> Path:
    path = tmp_path / "nameless.txt"
    path.write_text(NAMELESS, encoding="utf-8")
    return path


def raws(path: Path) -> list[RawCable]:
    return [one for one in read([path]) if isinstance(one, RawCable)]


def names(data: Path) -> list[str | None]:
    return [one.refused.canonical_id for one in held(DataFolder(data))]


def cables(data: Path) -> set[str]:
    store = ox.Store.read_only(str(data / "current" / "store"))
    found = store.query(
        "SELECT ?id { ?c a <https://w3id.org/cablekg/ontology#Cable> ; "
        "<https://w3id.org/cablekg/ontology#canonicalId> ?id }"
    )
    return {solution["id"].value for solution in found}


def put(data: Path, snapshot: str, *refused: RefusedCable) -> Path:
    """A file of quarantine as an earlier build leaves it."""
    path = data / "quarantine" / f"{snapshot}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(encode(replace(one, since=snapshot)) + "\n" for one in refused))
    return path


def test_a_cable_that_the_shapes_refuse_is_held_with_its_results(plan_of, examples, tmp_path, refusing):
    refusing("DRAW CLOSER")
    report = build(plan_of(tmp_path / "data", examples / "telegrams" / "06LISBON9107.txt"))
    assert (report.loaded, report.quarantined) == (0, 1)
    (one,) = held(DataFolder(tmp_path / "data"))
    assert one.refused.since == report.snapshot
    assert one.refused.reasons == ("The subject is one that this test refuses.",)
    assert one.refused.results[0].severity == "Violation"


def test_a_replay_after_a_fix_publishes_what_passes(plan_of, examples, nameless, tmp_path, refusing):
    data = tmp_path / "data"
    refusing("DRAW CLOSER")
    build(plan_of(data, examples / "telegrams" / "06LISBON9107.txt", examples / "seventies", nameless))
    before = cables(data)
    refusing("")
    report = replay(plan_of(data), ())
    assert report.passed == ("06LISBON9107",)
    assert [one.canonical_id for one in report.refused] == [None]
    assert cables(data) == before | {"06LISBON9107"}
    assert names(data) == [None]


def test_a_replay_without_a_fix_says_what_is_still_refused(plan_of, examples, tmp_path, refusing):
    refusing("DRAW CLOSER")
    build(plan_of(tmp_path / "data", examples / "telegrams"))
    report = replay(plan_of(tmp_path / "data"), ["06lisbon9107"])
    assert report.passed == ()
    assert [one.canonical_id for one in report.refused] == ["06LISBON9107"]


def test_a_replay_of_nothing_builds_nothing(plan_of, examples, tmp_path):
    build(plan_of(tmp_path / "data", examples / "seventies"))
    served = DataFolder(tmp_path / "data").snapshot().id
    assert replay(plan_of(tmp_path / "data"), ()) is None
    assert DataFolder(tmp_path / "data").snapshot().id == served


def test_a_cable_that_only_quarantine_has_comes_back(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    build(plan_of(data, examples / "seventies"))
    found = raws(examples / "telegrams" / "06LISBON9107.txt")
    put(data, "0123456789ab", RefusedCable(canonical_id="06LISBON9107", raw=tuple(found), reasons=("a fault",)))
    assert [(one.is_current, one.refused.since) for one in held(DataFolder(data))] == [(False, "0123456789ab")]
    report = replay(plan_of(data), ())
    assert report.passed == ("06LISBON9107",)
    assert "06LISBON9107" in cables(data)
    assert names(data) == []


def test_a_replay_of_names_leaves_the_rest_where_it_is(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    build(plan_of(data, examples / "seventies"))
    one, other = "06LISBON9107", "08LISBON9402"
    put(
        data,
        "0123456789ab",
        *(
            RefusedCable(canonical_id=name, raw=tuple(raws(examples / "telegrams" / f"{name}.txt")), reasons=("x",))
            for name in (one, other)
        ),
    )
    assert replay(plan_of(data), [one]).passed == (one,)
    assert one in cables(data)
    assert other not in cables(data)
    assert names(data) == [other]


def test_a_name_that_is_not_in_quarantine_is_told(plan_of, examples, tmp_path):
    build(plan_of(tmp_path / "data", examples / "seventies"))
    with pytest.raises(UsageError, match="09QUITO77 is in quarantine"):
        replay(plan_of(tmp_path / "data"), ["09QUITO77"])


def test_since_stays_as_builds_go_by(plan_of, examples, nameless, tmp_path):
    data = tmp_path / "data"
    first = build(plan_of(data, nameless, examples / "seventies")).snapshot
    for part in ("telegrams", "copied", "archive"):
        add(plan_of(data, examples / part))
    assert DataFolder(data).snapshot().id != first
    (one,) = held(DataFolder(data))
    assert one.refused.since == first


def test_a_refused_cable_outlives_its_snapshot_when_nothing_else_has_it(plan_of, examples, nameless, tmp_path):
    data = tmp_path / "data"
    first = build(plan_of(data, nameless, examples / "seventies")).snapshot
    for part in ("seventies", "telegrams", "copied"):
        build(plan_of(data, examples / part))
    assert not (data / "snapshots" / first).exists()
    (one,) = held(DataFolder(data))
    assert not one.is_current
    assert one.refused.raw[0].text == NAMELESS
    # Once the sources of the current snapshot have it again, one record is enough.
    add(plan_of(data, nameless))
    assert [path.stem for path in (data / "quarantine").iterdir() if path.stat().st_size] == [
        DataFolder(data).snapshot().id
    ]
    (one,) = held(DataFolder(data))
    assert (one.is_current, one.refused.since) == (True, first)


def test_a_file_of_a_snapshot_that_is_gone_keeps_only_what_nothing_else_has(plan_of, examples, nameless, tmp_path):
    data = tmp_path / "data"
    alone = RefusedCable(canonical_id=None, raw=tuple(raws(nameless)), reasons=("x",))
    twice = RefusedCable(canonical_id="75LISBON9234", raw=tuple(raws(examples / "seventies")[1:]), reasons=("x",))
    data.mkdir()
    path = put(data, "0123456789ab", alone, twice)
    build(plan_of(data, examples / "seventies"))
    assert [encode(replace(alone, since="0123456789ab"))] == path.read_text().splitlines()


def test_texts_that_are_gone_meanwhile_end_a_replay(tmp_path, nameless):
    data = DataFolder(tmp_path / "data")
    data.path.mkdir()
    (one,) = raws(nameless)
    keep(data, "0123456789ab", [RefusedCable(canonical_id=None, raw=(one,), reasons=("x",))])
    assert list(returning(data, [fingerprint(one)])) == [one]
    with pytest.raises(DataFolderError, match="1 of the texts"):
        list(returning(data, [fingerprint(one), "0" * 64]))


def test_a_broken_file_is_named_with_its_line(tmp_path):
    data = DataFolder(tmp_path)
    put(tmp_path, "0123456789ab").write_text("{}\n")
    with pytest.raises(DataFolderError, match=r"0123456789ab\.jsonl, line 1"):
        refused_by(data, "0123456789ab")
