"""A folder as the pages assume it: the example cables, and a graph built from them under `data`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parents[2]
# In the workplace: what the build told on standard error.
BUILD_LOG = "build.log"


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `examples` and `data`, and what the build of one from the other told."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    (folder / "docs").symlink_to(ROOT / "docs", target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["build", "examples", "--jobs", "1"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (folder / BUILD_LOG).write_text(result.stderr, encoding="utf-8")
    return folder


@pytest.fixture
def inside(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the working directory, with a terminal of fixed width and no settings of the outside."""
    monkeypatch.chdir(workplace)
    monkeypatch.setenv("COLUMNS", "100")
    for variable in ("KG_DATA", "KG_BASE"):
        monkeypatch.delenv(variable, raising=False)
    return workplace
