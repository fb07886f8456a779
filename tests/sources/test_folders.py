"""Arguments become files with names that do not depend on where they lie."""

import errno
import io
import os
from pathlib import Path
from types import ModuleType

import pytest

from kg.sources import SourceProblem, read, source_names
from kg.sources.folders import path_names


def seen(found) -> list[tuple[str, str]]:
    return [(one.source, one.code if isinstance(one, SourceProblem) else one.format) for one in found]


@pytest.fixture
def folder(tmp_path, telegram):
    """A folder with a telegram in it, one in a folder below, a page of prose, and something hidden."""
    folder = tmp_path / "lies" / "anywhere" / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "c.txt").write_text(telegram)
    (folder / "b" / "a.txt").write_text(telegram)
    (folder / "README").write_text("Two telegrams.")
    (folder / ".hidden.txt").write_text(telegram)
    return folder


def test_read_walks_a_folder_in_order(folder):
    assert seen(read([folder])) == [
        ("pages/.hidden.txt", "hidden"),
        ("pages/README", "not-a-cable"),
        ("pages/b/a.txt", "telegram"),
        ("pages/c.txt", "telegram"),
    ]


def test_read_makes_no_problem_of_a_folder_fatal_that_has_other_files(folder):
    assert not any(one.is_fatal for one in read([folder]) if isinstance(one, SourceProblem))


@pytest.mark.parametrize("argument", [".", "", "../pages", "b/.."])
def test_read_names_a_folder_by_what_it_is_called(folder, monkeypatch, argument):
    monkeypatch.chdir(folder)
    assert [one.source for one in read([argument])][-1] == "pages/c.txt"


def test_read_reads_a_hidden_file_that_is_named(folder):
    assert seen(read([folder / ".hidden.txt"])) == [(".hidden.txt", "telegram")]


def test_path_names_take_as_many_parts_as_tell_apart():
    paths = [Path("/x/a/cables.csv"), Path("/x/b/cables.csv"), Path("/x/b/other.csv"), Path("/y/b/cables.csv")]
    assert path_names(paths) == ["a/cables.csv", "x/b/cables.csv", "other.csv", "y/b/cables.csv"]
    assert path_names([Path("/x/cables.csv")] * 2) == ["cables.csv"] * 2
    assert path_names([Path("/cables.csv"), Path("/x/cables.csv")]) == ["cables.csv", "x/cables.csv"]


def test_source_names_keep_the_place_of_stdin(tmp_path):
    assert source_names([tmp_path / "a" / "c", "-", tmp_path / "b" / "c"]) == ["a/c", "-", "b/c"]


def test_read_takes_names_that_were_made_over_more_arguments(folder):
    assert [one.source for one in read([folder / "c.txt"], names=["pages/c.txt"])] == ["pages/c.txt"]


def test_read_reports_what_is_not_there_and_goes_on(folder):
    missing, cable = read([folder / "nothing.txt", folder / "c.txt"])
    assert (missing.source, missing.code, missing.is_fatal) == ("nothing.txt", "not-found", True)
    assert cable.source == "c.txt"


def test_read_reports_an_empty_folder(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    [problem] = read([tmp_path / "a"])
    assert (problem.source, problem.code, problem.is_fatal) == ("a/b", "empty", False)
    [problem] = read([tmp_path / "a" / "b"])
    assert (problem.source, problem.code, problem.is_fatal) == ("b", "empty", True)


def refuse(monkeypatch, module: ModuleType, where: str, refused: Path, error: OSError) -> None:
    """Make one path refuse an operation, as a mode does to all but root."""
    real = getattr(module, where)

    def patched(path: object, *args: object, **options: object) -> object:
        if path in (refused, str(refused)):
            raise error
        return real(path, *args, **options)

    monkeypatch.setattr(module, where, patched)


def test_read_reports_a_folder_without_permission_and_goes_on(folder, monkeypatch):
    refuse(monkeypatch, os, "scandir", folder / "b", PermissionError(errno.EACCES, "Permission denied"))
    found = list(read([folder]))
    assert seen(found)[2:] == [("pages/b", "no-permission"), ("pages/c.txt", "telegram")]
    assert found[2].is_fatal
    assert "right to read" in found[2].message


def test_read_reports_a_named_path_without_permission(folder, monkeypatch):
    refuse(monkeypatch, os, "stat", folder / "c.txt", PermissionError(errno.EACCES, "Permission denied"))
    assert seen(read([folder / "c.txt"])) == [("c.txt", "no-permission")]


def test_read_reports_a_file_without_permission(folder, monkeypatch):
    refuse(monkeypatch, io, "open", folder / "b" / "a.txt", PermissionError(errno.EACCES, "Permission denied"))
    assert seen(read([folder]))[2:] == [("pages/b/a.txt", "no-permission"), ("pages/c.txt", "telegram")]


def test_read_follows_a_link_once(folder):
    (folder / "loop").symlink_to(folder)
    (folder / "other").symlink_to(folder / "b")
    assert seen(read([folder]))[2:] == [
        ("pages/b/a.txt", "telegram"),
        ("pages/c.txt", "telegram"),
        ("pages/loop", "link-loop"),
        ("pages/other", "link-loop"),
    ]


def test_read_reports_links_that_lead_nowhere(folder):
    (folder / "x-gone").symlink_to(folder / "gone")
    (folder / "x-self").symlink_to(folder / "x-self")
    assert seen(read([folder]))[-2:] == [("pages/x-gone", "not-found"), ("pages/x-self", "link-loop")]


def test_read_opens_no_pipe_in_a_folder(folder):
    os.mkfifo(folder / "pipe")
    found = list(read([folder]))
    assert seen(found)[-1] == ("pages/pipe", "not-a-file")
    assert "pipe" in found[-1].message


def test_read_walks_deep_folders(tmp_path, telegram):
    deep = tmp_path / "top"
    deep.mkdir()
    there = os.getcwd()
    try:
        os.chdir(deep)
        for _ in range(300):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text(telegram)
    finally:
        os.chdir(there)
    assert seen(read([deep])) == [("top" + "/d" * 300 + "/a.txt", "telegram")]
