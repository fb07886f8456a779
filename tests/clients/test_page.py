"""The snippets of the page about clients run as they stand there, against servers at other ports."""

import doctest
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_console import BLOCK, agrees, steps

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "clients.md"
ADDRESS, OWN_ADDRESS = "http://127.0.0.1:8000", "http://127.0.0.1:8001"


@pytest.fixture(scope="module")
def page(server: str, own_server: str) -> str:
    return PAGE.read_text(encoding="utf-8").replace(ADDRESS, server).replace(OWN_ADDRESS, own_server)


def test_sessions_run_as_shown(page):
    session = doctest.DocTestParser().get_doctest(page, {}, PAGE.name, str(PAGE), 0)
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE).run(session)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (apt-get install curl)")
def test_commands_print_what_is_shown(page):
    ran = [step for block in BLOCK.finditer(page) for step in steps(block["body"])]
    assert len(ran) > 3
    for step in ran:
        command = step.command.removeprefix("$ ").replace("\n> ", "\n")
        printed = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=20).stdout
        assert agrees(step.output, printed.replace("\r\n", "\n")), f"{command}\nprints:\n{printed}"
