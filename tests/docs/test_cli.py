"""The reference page of the command line shows the help text of every command as it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from kg.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
SECTION = re.compile(r"^(## `(?P<name>kg[^`]*)`\n.*?^```text\n)(?P<help>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def commands(command: click.Command = main, name: str = "kg") -> Iterator[tuple[str, click.Command]]:
    """Every command under its full name, groups first."""
    yield name, command
    if isinstance(command, click.Group):
        for key in sorted(command.commands):
            yield from commands(command.commands[key], f"{name} {key}")


def help_of(name: str) -> str:
    """What `NAME --help` prints on a terminal of 100 columns."""
    arguments = [*name.split()[1:], "--help"]
    return CliRunner().invoke(main, arguments, prog_name="kg", terminal_width=100).output.rstrip() + "\n"


def test_page_has_a_section_for_every_command():
    named = [section["name"] for section in SECTION.finditer(PAGE.read_text(encoding="utf-8"))]
    assert sorted(named) == sorted(name for name, _ in commands())


def test_page_shows_help_as_it_is(request):
    page = PAGE.read_text(encoding="utf-8")
    fresh = SECTION.sub(lambda section: section[1] + help_of(section["name"]), page)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(fresh, encoding="utf-8")
    assert page == fresh or request.config.getoption("--update-golden")


def test_every_option_has_a_help_text():
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in commands()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


def test_page_names_every_key_of_a_parsed_cable():
    printed = CliRunner().invoke(main, ["parse", str(PAGE.parents[2] / "examples" / "telegrams" / "06LISBON9107.txt")])
    section = re.search(r"^## `kg parse`$(.*?)^## ", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert section is not None
    rows = re.findall(r"^\| (`[^|]*?) \|", section[1], re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == set(json.loads(printed.stdout))
