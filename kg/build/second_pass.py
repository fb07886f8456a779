"""The second pass: one gazetteer of all cables, then those cables are extracted again in which it knows a word.

Extractors are asked in this pass, about what neither the rules nor the gazetteer explain.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.build.extractors.advising import Advisers
from kg.build.stages import PartitionTask, make_folders
from kg.cables.model import Cable
from kg.extraction import extract, gazetteer_table
from kg.extraction.gazetteer import Gazetteer, gazetteer_of
from kg.extraction.model import Facts
from kg.extraction.survey import Survey, decode
from kg.files import read_json, write_bytes, write_json
from kg.identity.names import encode as encode_names
from kg.identity.names import local_persons

GAZETTEER = "gazetteer.tsv"


def make_gazetteer(tasks: Sequence[PartitionTask], work: Path) -> Path:
    """Write the gazetteer of all partitions (`gazetteer.tsv`) from what the first pass saw in their cables."""
    path = work / GAZETTEER
    if not path.exists():
        made = gazetteer_of(naming for task in tasks for survey in _surveys(task) for naming in survey.namings)
        write_bytes(path, "".join(gazetteer_table.encode(made)).encode("utf-8", "replace"))
    return path


def read_again(task: PartitionTask) -> dict[str, Any]:
    """Extract again the cables of an analysed partition in which the gazetteer, or an extractor, knows a word.

    Writes their facts (`again/*.pickle`), the persons of all cables for the resolve stage (`names/*.jsonl`), what was
    refused of extractors' answers (`extractors/*.jsonl`) and the entry.
    """
    entry = task.output("again", ".json")
    if entry.exists():
        found: dict[str, Any] = read_json(entry)
        return found
    gazetteer, touched = gazetteer_for(task, task.work / GAZETTEER)
    again: dict[str, Facts] = {}
    names: dict[str, str] = read_json(task.output("first", ".json"))
    advisers = Advisers(task.consulting)
    for cable in _cables(task, touched):
        suggestions = advisers.suggestions(cable, gazetteer)
        assert cable.canonical_id is not None  # only such cables are read again
        if suggestions or cable.canonical_id in touched:
            again[cable.canonical_id] = facts = extract(cable, gazetteer, suggestions)
            names[cable.canonical_id] = encode_names(local_persons(cable, facts))
    make_folders(task, "again", "names", "extractors")
    write_bytes(task.output("extractors", ".jsonl"), "".join(advisers.named()).encode("utf-8", "replace"))
    write_bytes(task.output("again", ".pickle"), pickle.dumps(again, protocol=5))
    write_bytes(task.output("names", ".jsonl"), _lines(names).encode("utf-8", "replace"))
    made = {"read_again": len(again), **advisers.entry()}
    write_json(entry, made)
    return made


def _lines(names: Mapping[str, str]) -> str:
    return "".join(f"{line}\n" for _, line in sorted(names.items()) if line)


def gazetteer_for(task: PartitionTask, path: Path) -> tuple[Gazetteer, frozenset[str]]:
    """What the gazetteer of a file holds for the cables of a partition, and the ids of those that it changes."""
    surveys = list(_surveys(task))
    surnames = frozenset(run.rpartition(" ")[2] for survey in surveys for run in survey.runs)
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        gazetteer = gazetteer_table.decode(file, surnames)
    return gazetteer, frozenset(survey.key for survey in surveys if survey.is_changed_by(gazetteer))


def _surveys(task: PartitionTask) -> Iterator[Survey]:
    with task.output("surveys", ".jsonl").open(encoding="utf-8", newline="\n") as file:
        yield from decode(file)


def _cables(task: PartitionTask, touched: frozenset[str]) -> Iterator[Cable]:
    """The cables to read again: those that the gazetteer changes, and all with an id where extractors are asked."""
    values: list[tuple[Cable, Facts]] = []
    is_asking = bool(task.consulting.extractors)
    if touched or is_asking:
        values = pickle.loads(task.output("analysed", ".pickle").read_bytes())
    for cable, _ in values:
        if cable.canonical_id is not None and (is_asking or cable.canonical_id in touched):
            yield cable
