"""Fixtures for all tests: the texts beside the checkout, builds, and a guard that keeps tests on this machine."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build.pipeline import Plan, build
from kg.build.progress import Silent
from kg.iris import Iris
from kg.store.folder import DataFolder

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
WHY_SKIPPED = f"needs the project's shared texts, and there are none at {SHARED} (set KG_SHARED to their folder)"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew; then review the diff by eye"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not (SHARED / "corpus").is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason=WHY_SKIPPED))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared texts; for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """The project's own example cables."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def example_count() -> int:
    """How many cables the examples are, each counted once whatever files hold it."""
    return 24


@pytest.fixture(scope="session")
def plan_of() -> Callable[..., Plan]:
    """A function from a data folder and sources to the plan of a build."""

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


@pytest.fixture(scope="session")
def example_data(plan_of: Callable[..., Plan], examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the graph of the example cables, built once; not to be changed."""
    data = tmp_path_factory.mktemp("examples") / "data"
    build(plan_of(data, examples))
    return data


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name in tests/data, or write the file under --update-golden."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "data" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]  # type: ignore[index]
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
