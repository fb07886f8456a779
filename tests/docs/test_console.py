"""The pages show what the commands print."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])

_spec = importlib.util.spec_from_file_location("console", Path(__file__).with_name("console.py"))
assert _spec is not None
assert _spec.loader is not None
console = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(console)


def run(arguments: list[str]) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False, prog_name="kg")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_shows_what_is_printed(page, inside, request):
    text = page.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        page.write_text(console.rewritten(text, run), encoding="utf-8")
        return
    for block in console.BLOCK.finditer(text):
        for step in console.steps(block["body"]):
            if step.arguments is not None:
                printed = run(step.arguments)
                assert console.agrees(step.output, printed), f"{step.command}\nprints:\n{printed}"


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("a\nb", "a \nb\n", True),
        ("a\n…\nd", "a\nb\nc\nd\n", True),
        ("x [1] …", "x [1] 0.25 s\n", True),
        ("a", "a\nb\n", False),
        ("[ab]", "a\n", False),
    ],
)
def test_agrees(shown, printed, expected):
    assert console.agrees(shown, printed) is expected
