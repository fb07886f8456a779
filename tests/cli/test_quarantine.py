"""`kg quarantine` from the command line: what it prints, and its exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.build.empty import make_empty
from kg.build.pipeline import build
from kg.cli import main
from kg.sources import read
from kg.store.folder import DataFolder
from kg.validation.model import Result as ShapeResult
from kg.validation.quarantine import RefusedCable, encode

CABLE = "06LISBON9107"
NAMELESS = "FM AMEMBASSY LISBON\n\nUNCLAS\n\nE.O. 12958: N/A\nTAGS: PO\nSUBJECT: NO NUMBER\n\n1. Fiction, caf\u00e9.\n"
RESULT = ShapeResult(
    focus=f"https://w3id.org/cablekg/cable/{CABLE}",
    path=None,
    value='"x"',
    message="A test refuses it.",
    severity="Violation",
    shape="https://w3id.org/cablekg/shapes#x",
    component="http://www.w3.org/ns/shacl#NotConstraintComponent",
)


@pytest.fixture(scope="module")
def built(plan_of, examples, tmp_path_factory) -> Path:
    """A data folder with a cable without an id, and one that an earlier build refused."""
    folder = tmp_path_factory.mktemp("quarantine")
    (folder / "nameless.txt").write_text(NAMELESS, encoding="utf-8")
    build(plan_of(folder / "data", folder / "nameless.txt", examples / "seventies"))
    raw = tuple(read([examples / "telegrams" / f"{CABLE}.txt"]))
    record = RefusedCable(
        canonical_id=CABLE, raw=raw, reasons=("A test refuses it.",), results=(RESULT,), since="0123456789ab"
    )
    (folder / "data" / "quarantine" / "0123456789ab.jsonl").write_text(encode(record) + "\n")
    return folder / "data"


@pytest.fixture
def data(built, tmp_path) -> Path:
    shutil.copytree(built, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["quarantine", *arguments, "--data", str(data)], prog_name="kg")


def nameless(data: Path) -> str:
    return next(one["name"] for one in json.loads(run(data, "list", "--json").stdout) if one["id"] is None)


def test_list_names_id_snapshot_sources_and_reasons(built):
    snapshot = DataFolder(built).snapshot().id
    printed = run(built, "list").stdout.splitlines()
    assert any(snapshot in line and "nameless.txt:1" in line and "no canonical id" in line for line in printed)
    assert any(CABLE in line and "0123456789ab (earlier)" in line and "A test refuses it." in line for line in printed)


def test_list_as_json_says_what_can_be_released(built):
    found = json.loads(run(built, "list", "--json").stdout)
    assert [(one["id"], one["current"], one["releasable"]) for one in found] == [
        (None, True, False),
        (CABLE, False, True),
    ]
    assert all("raw" not in one for one in found)


def test_show_prints_text_and_results_with_words(built):
    printed = run(built, "show", CABLE.lower()).stdout
    assert "in quarantine since snapshot 0123456789ab" in printed
    assert "not among the sources of the current graph" in printed
    assert "Violation: A test refuses it." in printed
    assert "C O N F I D E N T I A L LISBON 009107" in printed


def test_show_as_json_is_the_whole_record(built):
    (found,) = json.loads(run(built, "show", CABLE, "--json").stdout)
    assert found["results"][0]["message"] == "A test refuses it."
    assert found["raw"][0]["text"].count("LIGHTHOUSE") == 1


def test_show_raw_writes_the_text_as_found(built):
    assert run(built, "show", nameless(built)[:8], "--raw").stdout_bytes == NAMELESS.encode()


@pytest.mark.parametrize("name", ["09QUITO77", "abc", "00000000"])
def test_a_name_that_is_not_there(built, name):
    result = run(built, "show", name)
    assert result.exit_code == 2
    assert "kg quarantine list" in result.stderr


def test_raw_and_json_are_two_things(built):
    assert run(built, "show", CABLE, "--raw", "--json").exit_code == 2


def test_replay_says_what_passed_and_what_is_still_refused(data):
    name = nameless(data)
    result = run(data, "replay", "--jobs", "1")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == f"passed: {CABLE}"
    assert result.stdout.splitlines()[1].startswith(f"still refused: {name}: no canonical id")
    assert [one["name"] for one in json.loads(run(data, "list", "--json").stdout)] == [name]


def test_replay_of_one_that_passes_as_json(data):
    result = run(data, "replay", CABLE, "--jobs", "1", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["passed"], report["refused"]) == ([CABLE], [])
    assert report["build"]["cables"]["quarantined"] == 1


def test_replay_of_an_empty_quarantine(plan_of, examples, tmp_path):
    build(plan_of(tmp_path / "data", examples / "seventies"))
    result = run(tmp_path / "data", "replay")
    assert result.exit_code == 0
    assert "nothing was built" in result.stderr
    assert json.loads(run(tmp_path / "data", "replay", "--json").stdout)["build"] is None


def test_release_list_and_withdraw(data):
    told = run(data, "release", CABLE, "--reason", "read\tby eye", "--by", "A. Quill").stdout
    assert f"Released: {CABLE}, in spite of 1 violation." in told
    assert f"kg quarantine replay {CABLE}" in told
    listed = json.loads(run(data, "release", "--list", "--json").stdout)
    assert [(one["cable"], one["by"], one["reason"]) for one in listed] == [(CABLE, "A. Quill", "read by eye")]
    assert "A. Quill" in run(data, "release", "--list").stdout
    assert json.loads(run(data, "release", "--withdraw", CABLE, "--json").stdout)["told"]
    assert run(data, "release", "--list").stderr == "0 rows\n"


def test_what_has_no_id_cannot_be_released(data):
    result = run(data, "release", nameless(data), "--reason", "read")
    assert result.exit_code == 2
    assert "cannot be released: it has no canonical id" in result.stderr


@pytest.mark.parametrize("arguments", [(), (CABLE, "--list"), ("--list", "--withdraw", CABLE)])
def test_release_does_one_thing(built, arguments):
    assert run(built, "release", *arguments).exit_code == 2


def test_a_folder_of_its_users_has_no_quarantine(tmp_path):
    make_empty(DataFolder(tmp_path / "own"))
    result = run(tmp_path / "own", "list")
    assert result.exit_code == 2
    assert "kg init" in result.stderr
