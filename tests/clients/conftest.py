"""A real server over the graph of the example cables, for clients as people use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from tests.faults.servers import running

TOKEN = "secret"


@pytest.fixture(scope="session")
def server(example_data: Path) -> Iterator[str]:
    """The address of the server, with a deadline of two seconds."""
    with running(example_data, KG_TIMEOUT="2") as found:
        yield f"http://127.0.0.1:{found.port}"


@pytest.fixture(scope="session")
def endpoint(server: str) -> str:
    """The address of its SPARQL endpoint."""
    return f"{server}/sparql"


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a folder that belongs to its users; they write with the token."""
    data = tmp_path_factory.mktemp("writable") / "data"
    assert CliRunner().invoke(main, ["init", str(data)], catch_exceptions=False).exit_code == 0
    with running(data, KG_UPDATE_TOKEN=TOKEN) as found:
        yield f"http://127.0.0.1:{found.port}"
