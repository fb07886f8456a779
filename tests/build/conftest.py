"""Builds for tests: one of the examples, made once."""

import time
from pathlib import Path

import pytest

from kg.build.pipeline import Plan, Silent
from kg.iris import Iris
from kg.store.folder import DataFolder


@pytest.fixture(scope="session")
def plan_of():
    """A function from sources and a data folder to a plan."""

    def make(data: Path, *sources: Path, jobs: int = 1, base: str | None = None) -> Plan:
        return Plan(
            arguments=tuple(map(str, sources)),
            data=DataFolder(data),
            iris=Iris() if base is None else Iris(base),
            jobs=jobs,
            clock=time.monotonic,
            progress=Silent(),
        )

    return make
