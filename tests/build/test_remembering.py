"""Verdicts are remembered: what is published is what validating all from scratch publishes, whatever was edited."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import remembering
from kg.build.pipeline import add, build
from kg.build.report import BuildReport
from kg.errors import DataFolderError
from kg.store.folder import DataFolder
from kg.validation.verdicts import ANEW, CHANGED, REMEMBERED

SUBJECT = """
cks:plain a sh:PropertyShape ; sh:targetClass ck:Cable ; sh:path ck:subjectLine ;
    {constraint} ; sh:severity sh:{severity} ; cks:scope cks:local ; sh:message "{message}"@en .
"""
REFUSING = SUBJECT.format(constraint='sh:not [ sh:pattern "DRAW CLOSER" ]', severity="Violation", message="Too close.")
# What is done to the shapes after the first build, which has REFUSING besides the project's own.
EDITS: dict[str, str] = {
    "added": REFUSING + SUBJECT.replace("plain", "short").format(
        constraint="sh:maxLength 30", severity="Info", message="A long subject."
    ),
    "changed": SUBJECT.format(constraint='sh:not [ sh:pattern "LIGHT" ]', severity="Violation", message="Too close."),
    "removed": "",
    "severity": REFUSING.replace("sh:Violation", "sh:Warning"),
    "message": REFUSING.replace("Too close.", "Much too close."),
    "broader": REFUSING.replace("sh:targetClass ck:Cable ;", "sh:targetClass ck:Cable, ck:TextPart ;"),
}  # fmt: skip
# Files of a snapshot whose bytes have to be the same; the store's are no two times the same, the manifest has timings.
PUBLISHED = ("dumps/facts.nt.gz", "report.ttl", "void.ttl", "ledger.tsv")


def published(data: Path) -> dict[str, bytes]:
    snapshot = DataFolder(data).snapshot()
    found = {name: (snapshot.path / name).read_bytes() for name in PUBLISHED}
    found |= {f"verdicts/{path.name}": path.read_bytes() for path in sorted(snapshot.verdicts.iterdir())}
    records = (json.loads(line) for line in (data / "quarantine" / f"{snapshot.id}.jsonl").read_text().splitlines())
    # Since when a cable is there is history, and no part of the verdict.
    return found | {"quarantine": json.dumps([{**one, "since": ""} for one in records]).encode()}


def from_scratch(plan_of, data: Path, source: Path, tmp_path: Path) -> tuple[BuildReport, dict[str, bytes]]:
    """What a build publishes that remembers nothing but the ledger that the other went by."""
    scratch = tmp_path / "scratch"
    (scratch / "ledger").mkdir(parents=True)
    shutil.copyfile(data / "current" / "ledger.tsv", scratch / "ledger" / "identities.tsv")
    report = build(plan_of(scratch, source))
    return report, published(scratch)


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_of_shapes_the_same_is_published_as_from_scratch(
    edit: str, plan_of, examples: Path, tmp_path: Path, shapes: Callable[[str], Path]
):
    source, data = examples / "telegrams", tmp_path / "data"
    shapes(REFUSING)
    first = build(plan_of(data, source))
    assert first.verdicts == {ANEW: first.loaded + first.quarantined, CHANGED: 0, REMEMBERED: 0}
    assert first.quarantined == 1
    shapes(EDITS[edit])
    scratch, expected = from_scratch(plan_of, data, source, tmp_path)
    again = build(plan_of(data, source))
    assert published(data) == expected
    assert again.severities == scratch.severities
    assert again.quarantined == scratch.quarantined
    cables = again.loaded + again.quarantined
    assert scratch.verdicts[ANEW] == cables
    assert again.verdicts == (
        {ANEW: 0, CHANGED: 0, REMEMBERED: cables} if edit == "removed" else {ANEW: 0, CHANGED: cables, REMEMBERED: 0}
    )


def test_an_added_cable_is_validated_alone(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    first = build(plan_of(data, examples / "seventies"))
    report = add(plan_of(data, examples / "telegrams" / "06LISBON9107.txt"))
    assert report.loaded == first.loaded + 1
    assert report.verdicts[ANEW] < report.loaded
    assert report.verdicts[ANEW] + report.verdicts[REMEMBERED] == report.loaded
    assert sum(report.validated.values()) < report.loaded + report.verdicts[ANEW]


def test_a_changed_cable_is_validated_anew(plan_of, examples, tmp_path):
    source = tmp_path / "source"
    shutil.copytree(examples / "telegrams", source)
    build(plan_of(tmp_path / "data", source))
    path = source / "06LISBON9107.txt"
    path.write_text(path.read_text().replace("nine lights", "ten lights"))
    report = build(plan_of(tmp_path / "data", source))
    assert report.verdicts[ANEW] >= 1
    assert report.verdicts[REMEMBERED] >= 1


def test_other_engines_remember_nothing(plan_of, examples, tmp_path, monkeypatch):
    data = tmp_path / "data"
    first = build(plan_of(data, examples / "seventies"))
    monkeypatch.setattr(remembering, "version", lambda name: "0.0")
    assert build(plan_of(data, examples / "seventies")).verdicts[ANEW] == first.loaded


def test_verdicts_that_cannot_be_read_are_named(plan_of, examples, tmp_path):
    data = tmp_path / "data"
    build(plan_of(data, examples / "seventies"))
    path = next(DataFolder(data).snapshot().verdicts.iterdir())
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DataFolderError, match=r"Remove the folder .*/verdicts, and all cables are validated anew"):
        build(plan_of(data, examples / "seventies"))
    shutil.rmtree(path.parent)
    assert build(plan_of(data, examples / "seventies")).verdicts[REMEMBERED] == 0


def test_a_verdict_is_found_in_partitions_that_are_cut_otherwise(tmp_path):
    for bits in ("00", "01", "1", "010"):
        (tmp_path / f"{bits}.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    found = remembering._overlapping(tmp_path, "01")
    assert [path.name.partition(".")[0] for path in found] == ["01", "010"]
    assert len(list(remembering._overlapping(tmp_path, ""))) == 4
