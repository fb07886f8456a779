"""What lies in deploy/ fits the server: options, settings, times, files."""

import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import settings
from kg.cli import main
from kg.web.server import GRACE

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "systemd" / "cablekg.service"
IMAGE = ROOT / "deploy" / "Dockerfile"
PAGE = ROOT / "docs" / "how-to" / "deploy.md"


def value(name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_unit_starts_a_command_that_there_is():
    command, name, *arguments = value("ExecStart").split()
    assert command.endswith("/.venv/bin/kg")
    options = {option for parameter in main.commands[name].params for option in parameter.opts}
    assert {each for each in arguments if each.startswith("--")} <= options


def test_unit_waits_for_running_answers():
    assert int(value("TimeoutStopSec")) > math.ceil(settings.get_number("KG_TIMEOUT", {})) + GRACE
    assert value("KillMode") == "mixed"


def test_unit_has_the_memory_that_workers_may_take():
    workers, memory = settings.get_number("KG_WORKERS", {}) + 1, settings.get_number("KG_MEMORY", {})
    assert int(value("MemoryMax").removesuffix("G")) * 1024 >= workers * memory + 512


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze (Debian: apt install systemd)")
def test_unit_is_valid(tmp_path: Path):
    # The command of the unit need not be installed here.
    text = UNIT.read_text(encoding="utf-8").replace("/opt/cablekg/.venv/bin/kg", os.path.realpath(sys.executable))
    (tmp_path / UNIT.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / UNIT.name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_image_copies_files_that_there_are():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE.read_text(encoding="utf-8"), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert "kg" in names
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("file", [UNIT, IMAGE, PAGE], ids=lambda file: file.name)
def test_settings_are_known(file: Path):
    named = set(re.findall(r"\bKG_[A-Z_]+", file.read_text(encoding="utf-8")))
    assert named - {setting.variable for setting in settings.SETTINGS} == set()
