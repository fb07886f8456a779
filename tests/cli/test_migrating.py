"""`kg migrate` lists terms that are gone, and writes files anew when told to."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.iris import CK

TABLE = Path(__file__).parents[1] / "vocabulary" / "harbors.tsv"
TURTLE = f"@prefix ck: <{CK}> .\n# harbors\n<urn:x>   a ck:Harbor .\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["migrate", *map(str, arguments), "--changes", str(TABLE)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbors.ttl"
    path.write_text(TURTLE)
    return path


def test_lists_without_writing(file: Path) -> None:
    result = run(file)
    assert (result.exit_code, result.output) == (1, f"{file}:3: ck:Harbor (removed in 0.3.0) -> ck:Port.\n")
    assert file.read_text() == TURTLE


def test_writes_and_then_finds_nothing(file: Path) -> None:
    assert run(file, "--write").exit_code == 0
    assert file.read_text() == TURTLE.replace("ck:Harbor", "ck:Port")
    assert (run(file).exit_code, run(file).output) == (0, "")


def test_what_has_no_replacement_is_told(file: Path) -> None:
    file.write_text(TURTLE + "<urn:x> ck:pilot <urn:y> .\n")
    result = run(file, "--write")
    assert result.exit_code == 1
    assert result.output.endswith(
        ":4: ck:pilot (removed in 0.3.0) -> nothing. Ask for ck:guides the other way round.\n"
    )


def test_update_for_a_store(tmp_path: Path) -> None:
    result = run("--update")
    assert (result.exit_code, result.output.count("DELETE")) == (0, 4)


def test_other_forms_are_refused(tmp_path: Path) -> None:
    (tmp_path / "harbors.jsonld").write_text("{}")
    assert run(tmp_path / "harbors.jsonld").exit_code == 2
    assert run().exit_code == 2
