"""The pages on coordinates and problems say what the code does."""

import doctest
import re
from pathlib import Path

from kg.cables.body.marks import KINDS

ROOT = Path(__file__).parents[2]


def test_the_example_on_coordinates_gives_what_it_shows():
    page = ROOT / "docs" / "explanation" / "coordinates.md"
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert (failed, tried > 5) == (0, True)


def test_every_kind_of_blanked_span_is_documented():
    page = (ROOT / "docs" / "explanation" / "coordinates.md").read_text(encoding="utf-8")
    page = page[: page.index("## Clean text →")]
    code = (ROOT / "kg" / "cables" / "clean.py").read_text(encoding="utf-8")
    kinds = set(re.findall(r'yield .*"([a-z-]+)"$', code, re.MULTILINE))
    kinds |= {"footnote-mark"}  # kg/cables/frus/layout.py
    assert kinds == set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))


def test_every_kind_of_region_is_documented():
    page = (ROOT / "docs" / "explanation" / "coordinates.md").read_text(encoding="utf-8")
    page = page[page.index("## Regions and") : page.index("## Plain text")]
    kinds = {
        kind for row in re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE) for kind in re.findall(r"`([a-z-]+)`", row)
    }
    assert kinds == {*KINDS.values(), "list", "table"}


def test_every_problem_is_documented():
    page = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
    codes = {"no-class-line", "no-date-time-group", "no-originator", "no-subject", "no-signature"}
    codes |= {"no-message-number"}
    for module in (ROOT / "kg" / "cables").rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        codes |= set(re.findall(r'(?:code=|_problem\(|_conflict\(\s*)"([a-z-]+)"', text))
    assert codes == set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))


def test_every_kind_of_change_is_documented():
    page = (ROOT / "docs" / "explanation" / "coordinates.md").read_text(encoding="utf-8")
    code = (ROOT / "kg" / "cables" / "differences.py").read_text(encoding="utf-8")
    code = code[code.index("def _kind") :].split("\n\n\n")[0]
    documented = re.findall(r"^\| `([a-z-]+)` \|", page[page.index("## Several texts") :], re.MULTILINE)
    assert set(re.findall(r'"([a-z]+)"', code)) == set(documented)
