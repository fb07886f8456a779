"""The shell's blocks on the pages are read by a shell that has POSIX's grammar alone."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [page for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))] if BLOCK.search(page.read_text())]


@pytest.mark.skipif(shutil.which("dash") is None, reason="needs dash (apt-get install dash)")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_are_of_the_grammar_of_posix(page: Path):
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        done = subprocess.run(["dash", "-n"], input=block["body"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), block["body"]
