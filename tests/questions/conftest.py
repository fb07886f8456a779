"""The graphs that questions are asked: of the example cables, and of the shared corpus."""

import pyoxigraph as ox
import pytest

from kg.build.pipeline import build


@pytest.fixture(scope="session")
def example_store(example_data) -> ox.Store:
    """The graph of the example cables."""
    return ox.Store.read_only(str(example_data / "current" / "store"))


@pytest.fixture(scope="session")
def corpus_store(plan_of, shared, tmp_path_factory) -> ox.Store:
    """The graph of the cables of the shared corpus."""
    data = tmp_path_factory.mktemp("corpus") / "data"
    corpus = shared / "corpus"
    build(plan_of(data, corpus / "09BOGOTA335.txt", corpus / "cables.csv", jobs=2))
    return ox.Store.read_only(str(data / "current" / "store"))
