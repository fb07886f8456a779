"""A replay that is killed leaves quarantine and what was served, and ends like one that was left in peace."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build.quarantine import held
from kg.sources import read
from kg.store.folder import DataFolder
from kg.validation.quarantine import RefusedCable, encode
from tests.faults.test_build_killed import facts, kill_at

CABLE = "06LISBON9107"
MOMENTS = {
    "while it reads": "work/*/spool/*.run",
    "while it maps": "work/*/mapped/*.json",
    "while it publishes": "work/*/snapshot/manifest.json",
}


@pytest.fixture(scope="module")
def before(examples, tmp_path_factory) -> Path:
    """A data folder with a refused cable that nothing but its quarantine has."""
    data = tmp_path_factory.mktemp("before") / "data"
    command = [sys.executable, "-m", "kg.cli", "build", str(examples / "seventies"), "--data", str(data), "--jobs", "1"]
    subprocess.run(command, stderr=subprocess.DEVNULL, check=True)
    raw = tuple(read([examples / "telegrams" / f"{CABLE}.txt"]))
    record = RefusedCable(canonical_id=CABLE, raw=raw, reasons=("a fault",), since="0123456789ab")
    (data / "quarantine" / "0123456789ab.jsonl").write_text(encode(record) + "\n")
    return data


@pytest.fixture(scope="module")
def unbroken(before, tmp_path_factory) -> bytes:
    data = tmp_path_factory.mktemp("unbroken") / "data"
    shutil.copytree(before, data, symlinks=True)
    assert replay(data).wait() == 0
    return facts(data)


def replay(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg.cli", "quarantine", "replay", "--data", str(data), "--jobs", "1"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_replay_killed(moment, before, unbroken, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(before, data, symlinks=True)
    served = DataFolder(data).snapshot().id

    assert kill_at(replay(data), data, MOMENTS[moment])
    assert DataFolder(data).snapshot().id == served
    assert [one.refused.canonical_id for one in held(DataFolder(data))] == [CABLE]

    assert replay(data).wait() == 0
    assert facts(data) == unbroken
    assert held(DataFolder(data)) == []
