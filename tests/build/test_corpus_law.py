"""The law of identity on the shared cables: adding equals building all with the same ledger, in any order and number."""

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.pipeline import add, build
from kg.sources import read
from kg.sources.model import RawCable
from kg.store.folder import DataFolder
from kg.store.opening import open_store

pytestmark = pytest.mark.shared

# So many cables are added to the rest.
ADDED = 20


@pytest.fixture(scope="module")
def cables(shared, tmp_path_factory) -> list[Path]:
    """A file a cable, in an order of its own."""
    folder = tmp_path_factory.mktemp("cables")
    texts = {
        raw.get("reference_id") or "": raw.text
        for raw in read([str(shared / "corpus" / "cables.csv")])
        if isinstance(raw, RawCable)
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    files = sorted(folder.iterdir())
    random.Random(20).shuffle(files)
    return files


def content(data: Path) -> tuple[bytes, bytes, list[str]]:
    """The facts, the ledger, and the graphs of judgements and candidates."""
    current = data / "current"
    return (
        gzip.decompress((current / "dumps" / "facts.nt.gz").read_bytes()),
        (current / "ledger.tsv").read_bytes(),
        sorted(graphs(current / "store")),
    )


def graphs(store: Path) -> Iterator[str]:
    for name in ("provenance", "candidates"):
        graph = ox.NamedNode(f"https://w3id.org/cablekg/graph/{name}")
        for quad in open_store(store).quads_for_pattern(None, None, None, graph):
            yield str(quad)


def test_adding_is_building_all_with_the_same_ledger(cables, plan_of, tmp_path):
    build(plan_of(tmp_path / "grown", *cables[ADDED:], jobs=2))
    ledger = (tmp_path / "grown" / "current" / "ledger.tsv").read_bytes()
    add(plan_of(tmp_path / "grown", *cables[:ADDED], jobs=2))
    other = DataFolder(tmp_path / "whole")
    other.ledger.mkdir(parents=True)
    (other.ledger / "identities.tsv").write_bytes(ledger)
    build(plan_of(tmp_path / "whole", *cables, jobs=1))
    assert content(tmp_path / "grown") == content(tmp_path / "whole")


def test_order_and_number_of_processes_do_not_matter(cables, plan_of, tmp_path):
    for jobs, files in ((1, sorted(cables)), (2, cables), (4, cables[::-1])):
        build(plan_of(tmp_path / str(jobs), *files, jobs=jobs))
    first = content(tmp_path / "1")
    assert len(first[1].splitlines()) > 1000
    assert content(tmp_path / "2") == first
    assert content(tmp_path / "4") == first
