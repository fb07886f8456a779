"""Bad input: each kind its own clear message, the rest is processed, the exit code tells."""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

MEGABYTE = 1 << 20


def kg(*arguments: object, stdin: bytes = b"", **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, **options)


def row(number: int) -> str:
    header = "P 011510Z DEC 08\nFM AMEMBASSY LISBON\nTO SECSTATE WASHDC"
    body = f"UNCLAS LISBON 00{number}\n\nSUBJECT: A TEST\n\n1. (U) The ferry sailed.\n\nSMITH"
    return f'"{number}","12/1/2008 15:10","08LISBON{number}","Embassy Lisbon","UNCLASSIFIED","","{header}","{body}"\n'


@pytest.fixture
def good(examples) -> Path:
    return examples / "telegrams" / "06LISBON9107.txt"


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


BAD = {
    "a file that is no cable": (
        "notes.txt",
        b"Shopping list: bread, salt, two lemons.\n" * 20,
        "No cable was recognised",
    ),
    "an empty file": ("empty.txt", b"", "empty"),
    "a truncated gzip": ("cut.csv.gz", gzip.compress(row(9501).encode() * 50)[:-40], "cut"),
    "a CSV cut in mid-row": ("cut.csv", (row(9501) + row(9502)[:-60]).encode(), "row"),
    "binary noise": ("noise.bin", bytes(range(256)) * 64, "binary"),
    "nothing at all": (None, b"", "missing"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_named_and_the_rest_is_processed(kind, good, tmp_path):
    name, content, words = BAD[kind]
    bad = tmp_path / "missing.txt" if name is None else write(tmp_path / name, content)
    done = kg("parse", bad, good)
    message = done.stderr.decode()
    assert bad.name in message
    assert words in message
    assert done.returncode == 1
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert ids[-1] == "06LISBON9107"


def test_rows_before_a_cut_are_kept(tmp_path):
    done = kg("parse", write(tmp_path / "cut.csv", (row(9501) + row(9502) + row(9503)[:-60]).encode()))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["08LISBON9501", "08LISBON9502"]


def test_a_text_of_200_megabytes_without_a_cable_is_refused_in_little_memory(good, tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"All work and no play. \n" * (MEGABYTE // 23))
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({2048 * MEGABYTE},) * 2); "
    limited += "import sys; from kg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", limited, "parse", str(path), str(good)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert "large.txt" in done.stderr.decode()
    assert json.loads(done.stdout)["id"] == "06LISBON9107"
    assert done.returncode == 1


# Root may read everything, so a test that runs as root gives its rights up, once a first reading has loaded whatever
# modules, codecs and tables lie where nobody else may look.
AS_NOBODY = """
import os, sys
from kg.cables import as_json, merge
from kg.cli import main
from kg.sources import read
for raw in read([sys.argv[-1]]):
    as_json(merge([raw]).cable)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:])
"""


def test_a_folder_without_permission_is_named_and_the_rest_is_processed(good):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        closed = folder / "closed"
        closed.mkdir(mode=0o000)
        readable = write(folder / "good.txt", good.read_bytes())
        command = [sys.executable, "-c", AS_NOBODY, "parse", str(closed), str(readable)]
        done = subprocess.run(command, capture_output=True, check=False)
        closed.chmod(0o755)
    assert "closed" in done.stderr.decode()
    assert "permission" in done.stderr.decode().lower()
    assert json.loads(done.stdout)["id"] == "06LISBON9107"
    assert done.returncode == 1


def test_the_exit_code_of_a_build_tells_that_a_source_was_not_read(good, tmp_path):
    done = kg("build", tmp_path / "missing.txt", good, "--data", tmp_path / "data")
    assert done.returncode == 1
    assert b"missing.txt" in done.stderr
    assert (tmp_path / "data" / "current").exists()


def test_standard_input_is_a_source(good):
    done = kg("parse", "-", stdin=good.read_bytes())
    assert json.loads(done.stdout)["id"] == "06LISBON9107"
    assert done.returncode == 0
