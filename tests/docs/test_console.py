"""The pages show what the commands print: `$ kg …` in a console block is run, and its output compared."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from tests.docs.conftest import BUILD_LOG

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])

BLOCK = re.compile(r"(?P<open>^```console\n)(?P<body>.*?)(?P<close>^```$)", re.MULTILINE | re.DOTALL)
# `kg build examples` tells on standard error, with times and speeds first; the pages show what comes after them.
BUILD = re.compile(
    r"^```sh\nkg build examples\n```\n(?:(?!```).*\n)*```text\n(?P<told>(?:(?!```).*\n)*)```$", re.MULTILINE
)
ANYTHING = "[...]"


@dataclass(frozen=True, slots=True)
class Step:
    """One command with the output that the page shows; `command` is as written, prompt and all."""

    command: str
    output: str

    @property
    def arguments(self) -> list[str] | None:
        """The arguments of `kg`, or None where the command is another one."""
        line = re.sub(r"^(\$|>) ?", "", self.command, flags=re.MULTILINE)
        words = shlex.split(line.replace("\\\n", " "))
        return words[1:] if words[0] in ("kg", ".venv/bin/kg") and "|" not in words else None


def steps(body: str) -> list[Step]:
    """The steps of a block: a command starts with `$ `, goes on with `> `, and is followed by its output."""
    found: list[tuple[list[str], list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append(([line], []))
        elif line.startswith(">") and not found[-1][1]:
            found[-1][0].append(line)
        else:
            found[-1][1].append(line)
    return [Step("\n".join(command), "\n".join(output)) for command, output in found]


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed; `[...]` stands for any text."""
    pattern = "*".join(re.sub(r"[\[\]*?]", lambda sign: f"[{sign[0]}]", piece) for piece in shown.split(ANYTHING))
    return fnmatchcase(_stripped(printed), _stripped(pattern))


def rewritten(page: str, run: Callable[[list[str]], str]) -> str:
    """The page with the output of every command as it is now; outputs that leave something out stay."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for step in steps(match["body"]):
            fresh = step.arguments is not None and ANYTHING not in step.output
            output = _stripped(run(step.arguments)) if fresh and step.arguments is not None else step.output
            lines += [step.command, *([output] if output else [])]
        return match["open"] + "\n".join(lines) + "\n" + match["close"]

    return BLOCK.sub(block, page)


def _stripped(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def run(arguments: list[str]) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False, prog_name="kg")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_shows_what_is_printed(page, inside, request):
    text = page.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        page.write_text(rewritten(text, run), encoding="utf-8")
        return
    for block in BLOCK.finditer(text):
        for step in steps(block["body"]):
            if step.arguments is not None:
                printed = run(step.arguments)
                assert agrees(step.output, printed), f"{step.command}\nprints:\n{printed}"


def test_tutorial_shows_what_the_build_told(inside):
    found = BUILD.search((ROOT / "docs" / "tutorials" / "first-graph.md").read_text(encoding="utf-8"))
    assert found is not None
    printed = (inside / BUILD_LOG).read_text(encoding="utf-8")
    assert found["told"].startswith("read ")
    assert agrees(f"{ANYTHING}\n{found['told']}", printed), printed


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("a\nb", "a \nb\n", True),
        ("a\n[...]\nd", "a\nb\nc\nd\n", True),
        ("x [1] [...]", "x [1] 0.25 s\n", True),
        ("a", "a\nb\n", False),
        ("[ab]", "a\n", False),
    ],
)
def test_agrees(shown, printed, expected):
    assert agrees(shown, printed) is expected
