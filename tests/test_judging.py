"""Judgements from the command line over whole builds: written once, followed by later builds, taken back."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build.pipeline import build
from kg.cli import main
from kg.errors import DataFolderError
from kg.querying import answer
from kg.store.folder import DataFolder


@pytest.fixture(scope="module")
def built(plan_of, examples, tmp_path_factory):
    data = tmp_path_factory.mktemp("judged") / "data"
    build(plan_of(data, examples))
    return data


@pytest.fixture
def data(built, tmp_path):
    """A data folder of one's own, to judge in."""
    shutil.copytree(built, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


@pytest.fixture
def two(data):
    """The names and anchors of two officials."""
    lines = (data / "current" / "ledger.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.startswith("identity")]
    return [(name, anchor) for _, anchor, name in (rows[0], rows[-1])]


def run(data: Path, *arguments: str):
    return CliRunner().invoke(main, ["judge", *arguments, "--data", str(data)], prog_name="kg")


def file_of(data: Path) -> list[list[str]]:
    text = DataFolder(data).judgements.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def officials(data: Path, tmp_path: Path) -> list[str]:
    with (tmp_path / "answer").open("wb") as out:
        answer(data, "SELECT ?o WHERE { ?o ck:anchor ?a FILTER NOT EXISTS { ?o dcterms:isReplacedBy ?b } }", "csv", out)
    return (tmp_path / "answer").read_text().splitlines()[1:]


def test_same_is_written_and_followed_by_the_next_build(data, two, plan_of, examples, tmp_path):
    (one, first), (other, second) = two
    before = len(officials(data, tmp_path))
    result = run(data, "SAME", f"https://w3id.org/cablekg/official/{one}", other, "--reason", "one desk")
    assert result.exit_code == 0
    assert "The next build makes one person of" in result.stdout
    assert file_of(data) == [[*sorted((first, second)), "same", "person", "judged", "one desk"]]
    build(plan_of(data, examples))
    assert len(officials(data, tmp_path)) == before - 1
    told = CliRunner().invoke(main, ["explain", f"official/{one}", "--data", str(data)]).stdout
    assert "as a person judged: one desk" in " ".join(told.split())
    # The IRI that was given up still means both, so the merge can be judged again and taken apart.
    parted = run(data, "DIFFERENT", one, other)
    assert "It replaces the earlier judgement that they are same (one desk)" in parted.stderr
    assert "the next build parts them" in parted.stdout
    build(plan_of(data, examples))
    assert len(officials(data, tmp_path)) == before


def test_list_and_withdraw(data, two):
    (one, first), (other, second) = two
    run(data, "different", first, f"official/{other}", "--reason", "two desks")
    listed = json.loads(run(data, "--list", "--json").stdout)
    assert [(row["verdict"], row["reason"]) for row in listed] == [("different", "two desks")]
    assert re.match(rf"{re.escape(min(first, second))} \(.+\)", listed[0]["a"])
    assert run(data, "--withdraw", other, one).exit_code == 0
    assert file_of(data) == []
    assert "There is no judgement about" in run(data, "--withdraw", other, one).stderr


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ("zzzzzzzzzz", 1, "The graph has no official zzzzzzzzzz"),
        ("99QUITO1#p1-0", 1, "99QUITO1 has no mention that starts there"),
        ("Nobody At All", 2, "'Nobody At All' is no official. Give an IRI"),
        ("post/bogota", 2, "'post/bogota' is no official"),
    ],
)
def test_names_that_mean_nobody_are_told(data, two, given, code, told):
    result = run(data, "SAME", two[0][0], given)
    assert result.exit_code == code
    assert told in result.stderr
    assert not DataFolder(data).judgements.exists()


def test_name_of_a_person_is_answered_with_the_officials_who_bear_it(data, two, tmp_path):
    with (tmp_path / "answer").open("wb") as out:
        answer(data, f"SELECT ?l WHERE {{ <https://w3id.org/cablekg/official/{two[0][0]}> rdfs:label ?l }}", "csv", out)
    label = (tmp_path / "answer").read_text().splitlines()[1]
    result = run(data, "SAME", label, two[1][0])
    assert result.exit_code == 2
    assert f"official/{two[0][0]}" in result.stderr


def test_one_mention_is_no_pair(data, two):
    assert "a judgement needs two" in run(data, "SAME", two[0][0], two[0][1]).stderr


@pytest.mark.parametrize(
    "arguments", [(), ("SAME",), ("SAME", "a"), ("--list", "--withdraw", "a", "b"), ("SAME", "a", "b", "c")]
)
def test_wrong_use_is_told(data, arguments):
    result = run(data, *arguments)
    assert result.exit_code == 2
    assert "Say SAME or DIFFERENT and two officials" in result.stderr


def test_build_at_work_is_not_disturbed(data, two):
    with DataFolder(data).held():
        result = run(data, "SAME", two[0][0], two[1][0])
    assert result.exit_code == 1
    assert "Another build or judgement is at work" in result.stderr


def test_folder_of_its_users_has_nothing_to_judge(tmp_path):
    CliRunner().invoke(main, ["init", str(tmp_path / "own")])
    assert "has no builds" in run(tmp_path / "own", "--list").stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a\tb\tverdict\tby\trule\treason\nx\ty\tmaybe\tperson\tjudged\t\n", "line 2 is no judgement: 'x\\ty"),
        (b"a\tb\tverdict\tby\trule\treason\nhand-made\n", "line 2 has 1 of the 6 columns a, b, verdict"),
        (b"\xff\xfe\x00", "is no text in UTF-8 (byte 0)"),
    ],
)
def test_broken_file_is_told_with_its_place_and_kept(data, two, plan_of, examples, content, told):
    path = DataFolder(data).judgements
    path.write_bytes(content)
    for arguments in (["--list"], ["SAME", two[0][0], two[1][0]], ["--withdraw", two[0][0], two[1][0]]):
        result = run(data, *arguments)
        assert result.exit_code == 1
        assert str(path) in result.stderr
        assert told in result.stderr
    with pytest.raises(DataFolderError, match="judgements"):
        build(plan_of(data, examples))
    assert path.read_bytes() == content


def test_file_of_an_editor_with_a_byte_order_mark_is_read(data, two):
    (one, _), (other, _) = two
    run(data, "SAME", one, other)
    path = DataFolder(data).judgements
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(json.loads(run(data, "--list", "--json").stdout)) == 1


def test_judgement_about_what_no_cable_has_can_be_taken_back(data, two):
    path = DataFolder(data).judgements
    path.write_text(f"{two[0][1]}\t99NOWHERE1#p1-0\tsame\tperson\tjudged\t\n", encoding="utf-8")
    assert run(data, "--withdraw", "99NOWHERE1#p1-0", two[0][1]).exit_code == 0
    assert file_of(data) == []


def test_judgement_that_contradicts_others_promises_nothing(data):
    lines = (data / "current" / "ledger.tsv").read_text(encoding="utf-8").splitlines()
    one, two, three = [line.split("\t")[2] for line in lines if line.startswith("identity")][:3]
    run(data, "SAME", one, two)
    run(data, "DIFFERENT", one, three)
    result = run(data, "SAME", two, three)
    assert "keeps apart whom judgements call different" in result.stdout
    assert "The next build makes" not in result.stdout
