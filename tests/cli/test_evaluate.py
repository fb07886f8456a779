"""`kg evaluate`, run as a user runs it: a folder of annotations, some of them broken, and the example cables."""

import json
import shutil
import subprocess
import sys

import pytest

ID = "06LISBON9107"


def kg(*arguments):
    return subprocess.run([sys.executable, "-m", "kg.cli", *map(str, arguments)], capture_output=True, check=False)


@pytest.fixture
def gold(examples, tmp_path):
    """Annotations that say what is extracted, of one example cable."""
    assert kg("extract", examples / "telegrams", "--out", tmp_path / "out", "--jobs", 1).returncode == 0
    folder = tmp_path / "gold"
    folder.mkdir()
    shutil.copy(tmp_path / "out" / f"{ID}.json", folder)
    return folder


def test_what_is_extracted_agrees_with_itself(gold, examples):
    done = kg("evaluate", gold, examples / "telegrams", "--jobs", 1)
    first = done.stdout.decode().splitlines()[0]
    assert done.returncode == 0
    assert first.startswith("officials   precision 1.0  recall 1.0  f1 1.0  gold ")


def test_kinds_rules_and_misses_as_json(gold, examples):
    path = gold / f"{ID}.json"
    value = json.loads(path.read_bytes())
    value["officials"] = value["officials"][1:]
    path.write_text(json.dumps(value), encoding="utf-8")
    options = ("--json", "--misses", "--by-rule", "--kind", "officials")
    out = json.loads(kg("evaluate", gold, examples / "telegrams", "--jobs", 1, *options).stdout)
    assert list(out["figures"]) == ["officials"]
    assert [miss["outcome"] for miss in out["misses"]] == ["false"]
    assert {row["kind"] for row in out["rules"]} == {"mentions"}


def test_broken_annotations_are_told_and_the_rest_is_measured(gold, examples):
    value = json.loads((gold / f"{ID}.json").read_bytes())
    (gold / "06LISBON1.json").write_text(json.dumps(value), encoding="utf-8")
    (gold / "07STATE990117.json").write_text("{", encoding="utf-8")
    (gold / "08LISBON9402.json").write_text(json.dumps({**value, "id": ID}), encoding="utf-8")
    (gold / "09REYKJAVIK9008.json").mkdir()
    done = kg("evaluate", gold, examples / "telegrams", "--jobs", 1)
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "06LISBON1.json: the sources hold no cable 06LISBON1" in told
    assert "07STATE990117.json: line 1, column 2: this is no JSON" in told
    assert f"08LISBON9402.json: id: {ID} is not the name of the file" in told
    assert "09REYKJAVIK9008.json: it cannot be read: Is a directory" in told
    assert done.stdout.decode().startswith("officials   precision 1.0  recall 1.0")


def test_lists_choose_the_cables(gold, examples, tmp_path):
    shutil.copy(gold / f"{ID}.json", gold / "06LISBON1.json")
    (tmp_path / "list.txt").write_text("06LISBON1\n", encoding="utf-8")
    assert kg("evaluate", gold, examples / "telegrams", "--leave-out", tmp_path / "list.txt").returncode == 0
    done = kg("evaluate", gold, examples / "telegrams", "--only", tmp_path / "list.txt")
    assert b"the sources hold no cable 06LISBON1" in done.stderr
    (tmp_path / "list.txt").write_text("06LISBON2\n", encoding="utf-8")
    done = kg("evaluate", gold, examples / "telegrams", "--only", tmp_path / "list.txt")
    assert (done.returncode, b"None of the 2 annotations" in done.stderr) == (2, True)


def test_a_folder_without_annotations_is_wrong_use(examples, tmp_path):
    done = kg("evaluate", tmp_path, examples / "telegrams")
    assert (done.returncode, b"No annotations lie in" in done.stderr) == (2, True)
