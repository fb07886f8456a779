"""A data folder with an invented graph that is large enough for hostile queries."""

from pathlib import Path

import pytest

from tests.faults.servers import graph, make_snapshot


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a graph of some 100,000 triples; not to be changed."""
    return make_snapshot(tmp_path_factory.mktemp("hostile") / "data", graph())
