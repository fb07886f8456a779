"""A build that is killed leaves what was served, goes on where it was, and ends like one that was left in peace."""

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store.folder import DataFolder

COPIES = 60

# A build is killed when a file of this form appears under the data folder: six moments, from reading to publishing.
MOMENTS = {
    "while it reads": "work/*/spool/0000-*.run",
    "while it parses": "work/*/analysed/*.json",
    "while it reads again": "work/*/again/*.json",
    "while it maps": "work/*/mapped/*.json",
    "while it loads": "work/*/snapshot/store/*",
    "while it publishes": "work/*/snapshot/manifest.json",
}


@pytest.fixture(scope="module")
def many(examples, tmp_path_factory) -> Path:
    """A folder of cables: one example under many numbers, so that there are several partitions."""
    folder = tmp_path_factory.mktemp("many")
    text = (examples / "telegrams" / "08LISBON9402.txt").read_text(encoding="utf-8")
    for number in range(9500, 9500 + COPIES):
        (folder / f"{number}.txt").write_text(text.replace("009402", f"00{number}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def unbroken(many, tmp_path_factory) -> bytes:
    data = tmp_path_factory.mktemp("unbroken") / "data"
    run(many, data).wait()
    return facts(data)


def run(sources: Path, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg.cli", "build", str(sources), "--data", str(data), "--jobs", "2"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def facts(data: Path) -> bytes:
    return gzip.decompress((data / "current" / "dumps" / "facts.nt.gz").read_bytes())


def kill_at(process: subprocess.Popen[bytes], data: Path, pattern: str) -> bool:
    """Kill -9 the build as soon as a file matches; False where it ended before."""
    while process.poll() is None:
        if any(data.glob(pattern)):
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.002)
    return False


def leftovers(process: subprocess.Popen[bytes]) -> bool:
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed(moment, many, unbroken, examples, tmp_path):
    data = tmp_path / "data"
    run(examples / "seventies", data).wait()
    served, before = DataFolder(data).snapshot().id, facts(data)
    ledger = (data / "ledger" / "identities.tsv").read_bytes()

    process = run(many, data)
    assert kill_at(process, data, MOMENTS[moment])
    assert DataFolder(data).snapshot().id == served
    assert facts(data) == before
    assert (data / "ledger" / "identities.tsv").read_bytes() == ledger

    deadline = time.monotonic() + 10
    while leftovers(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not leftovers(process), "worker processes outlive the build"

    again = run(many, data)
    assert again.wait() == 0
    assert facts(data) == unbroken
    assert not (data / "work").exists()


def test_finished_partitions_are_not_done_again(many, tmp_path):
    data = tmp_path / "data"
    process = run(many, data)
    assert kill_at(process, data, "work/*/mapped/*.json")
    done = {path: path.stat().st_mtime_ns for path in data.glob("work/*/analysed/*.json")}
    assert done
    process = run(many, data)
    assert kill_at(process, data, "work/*/snapshot/store/*")
    assert {path: path.stat().st_mtime_ns for path in done} == done
