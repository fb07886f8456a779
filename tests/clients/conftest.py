"""A real server over the graph of the example cables, for clients as people use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.servers import running


@pytest.fixture(scope="session")
def server(example_data: Path) -> Iterator[str]:
    """The address of the server, with a deadline of two seconds."""
    with running(example_data, KG_TIMEOUT="2") as found:
        yield f"http://127.0.0.1:{found.port}"


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    """The address of its SPARQL endpoint."""
    return f"{server}/sparql"
