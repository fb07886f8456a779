"""Lines of cables that conform, made of the golden file of the mapping."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.validation import Engine, PyShaclEngine, local_shapes

GOLDEN = Path(__file__).parent.parent / "data" / "mapping" / "09QUITO77.nt"


@pytest.fixture(scope="session")
def lines_of() -> Callable[[str], list[str]]:
    """The lines of an invented cable of any id."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines(keepends=True)

    def lines_of(canonical_id: str) -> list[str]:
        return [line.replace("09QUITO77", canonical_id) for line in lines]

    return lines_of


@pytest.fixture(scope="session")
def engine() -> Engine:
    """pySHACL with the project's shapes for single cables."""
    return PyShaclEngine(local_shapes())
