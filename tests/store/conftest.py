"""A snapshot of 3,000 triples, and pools of workers over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.pool import Limits, Pool
from tests.store.pools import LIMITS, MakePool, make_snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), 3000)


@pytest.fixture
def make_pool() -> Iterator[MakePool]:
    made: list[Pool] = []

    def make(limits: Limits) -> Pool:
        made.append(Pool(limits))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def pool(make_pool: MakePool) -> Pool:
    return make_pool(LIMITS)
