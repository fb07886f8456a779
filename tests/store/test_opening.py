"""Stores that are damaged: told by the sizes of their files, by the engine's checksums, and before any query."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.build.empty import make_empty
from kg.cli import main
from kg.errors import DataFolderError, QueryMemoryExceeded
from kg.store.folder import DataFolder
from kg.store.opening import SIZES, damage, open_store
from kg.store.pool import Limits
from tests.store.pools import HUNGRY, LIMITS, MakePool, ask, make_snapshot
from tests.waiting import wait_until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def table(store: Path) -> Path:
    """The largest of the files that hold the store's content."""
    return max(store.glob("*.sst"), key=lambda path: path.stat().st_size)


def spoil(path: Path) -> None:
    """Change bytes of a file, but not its size; not of a hard link's other name."""
    content = bytearray(path.read_bytes())
    content[:] = bytes(byte ^ 0xFF for byte in content)
    path.unlink()
    path.write_bytes(content)


@pytest.fixture
def data(example_data: Path, tmp_path: Path) -> Path:
    """A copy of the built examples, to be damaged."""
    return Path(shutil.copytree(example_data, tmp_path / "data", symlinks=True))


@pytest.fixture
def store(data: Path) -> Path:
    return DataFolder(data).snapshot().store


def cut(store: Path) -> str:
    table(store).write_bytes(b"junk\n")
    return "has 5 bytes and had "


def remove(store: Path) -> str:
    table(store).unlink()
    return "is missing"


def unlist(store: Path) -> str:
    (store.parent / SIZES).write_text("{")
    return "store.json cannot be read"


@pytest.mark.parametrize("harm", [cut, remove, unlist])
def test_damage_is_told_before_the_engine_opens_the_store(data: Path, store: Path, harm: Callable[[Path], str]):
    said = harm(store)
    for attempt in (lambda: kg.open(data), lambda: open_store(store)):
        with pytest.raises(DataFolderError, match=said) as caught:
            attempt()
        assert f"The snapshot {store.parent.name} is damaged" in str(caught.value)
    for command in (["query", COUNT], ["explain", "ck:Cable"]):
        result = CliRunner().invoke(main, [*command, "--data", str(data)])
        assert result.exit_code == 1
        assert said in result.stderr
        assert "build it again" in result.stderr


def test_damage_that_leaves_the_size_is_told_by_the_engines_checksums(data: Path, store: Path):
    for path in store.glob("*.sst"):
        spoil(path)
    assert damage(store) is None
    result = CliRunner().invoke(main, ["query", COUNT, "--data", str(data)])
    assert result.exit_code == 1
    assert "is damaged (Corruption" in result.stderr


@pytest.mark.parametrize("query", [COUNT, "SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p 'x' }"])
def test_damage_to_open_files_is_not_told_as_want_of_memory(store: Path, make_pool: MakePool, query: str):
    pool = make_pool(LIMITS)
    pool.warm(store.parent)
    assert wait_until(lambda: pool.counts()["idle"] == 3)
    for path in store.glob("*.sst"):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
    assert damage(store) is None
    with pytest.raises(DataFolderError, match=r"damaged.*Corruption"):
        ask(pool, query, store.parent)


def test_query_over_its_memory_on_a_snapshot_that_is_gone(tmp_path: Path, make_pool: MakePool):
    pool = make_pool(Limits(workers=1, queue=4, seconds=60, memory=64 * 2**20))
    snapshot = make_snapshot(tmp_path, 3000)
    pool.warm(snapshot)
    assert wait_until(lambda: pool.counts()["idle"] == 2)
    shutil.rmtree(snapshot / "store")
    with pytest.raises(QueryMemoryExceeded):
        ask(pool, HUNGRY, snapshot)


def test_a_whole_store_opens_as_often_as_wanted(store: Path):
    for _ in range(3):
        assert len(open_store(store))
    noted = json.loads((store.parent / SIZES).read_bytes())
    assert noted[table(store).name] == table(store).stat().st_size


def test_a_store_without_a_list_opens(store: Path):
    (store.parent / SIZES).unlink()
    assert len(open_store(store))


def test_a_snapshot_of_users_has_the_list_too(tmp_path: Path):
    folder = DataFolder(tmp_path / "own")
    make_empty(folder)
    store = folder.snapshot().store
    assert len(open_store(store)) == 0
    (store / "CURRENT").write_bytes(b"")
    with pytest.raises(DataFolderError, match="CURRENT has 0 bytes"):
        open_store(store)


def test_a_store_that_is_gone(tmp_path: Path):
    with pytest.raises(DataFolderError, match="cannot be opened"):
        open_store(tmp_path / "store")
