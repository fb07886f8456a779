"""Every table that the project carries is named with its source, every dependency with its reason."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_page_names_every_table():
    page = (ROOT / "docs" / "reference" / "data-sources.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z_]+\.tsv)` \|", page, re.MULTILINE))
    assert named == {path.name for path in (ROOT / "kg" / "data").glob("*.tsv")}


def test_page_names_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    stated = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[<>=!~\[ ]", line)[0] for line in stated}
    rows = " ".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| "))
    assert names - set(re.findall(r"[\w-]+", rows)) == set()
