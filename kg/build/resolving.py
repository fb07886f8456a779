"""The resolve stage: from the names of all partitions to who is whom, once for the whole corpus."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.build.stages import PartitionTask
from kg.files import read_json, write_bytes, write_json
from kg.identity.ledger import decode_judgements, decode_ledger, encode_ledger
from kg.identity.model import CableResolution, Judgement, Ledger, LocalPerson, Resolution
from kg.identity.names import decode
from kg.identity.resolve import resolve
from kg.identity.triples import candidate_lines, judgement_lines, link_lines
from kg.iris import Iris
from kg.kept import read_kept
from kg.mapping import map_officials


def resolve_partitions(
    tasks: Sequence[PartitionTask], ledger: Ledger, judgements: Sequence[Judgement], work: Path, iris: Iris
) -> tuple[str, ...]:
    """Resolve the persons of all partitions; returns the judgements of persons that no cable has to do with.

    Writes, for each partition, the official behind each local person (`resolved/*.json`), and once the officials as
    triples by name, the new ledger, and the lines of judgements and candidates; the note `resolved/done.json` last.
    """
    folder = work / "resolved"
    note = folder / "done.json"
    if note.exists():
        return tuple(read_json(note)["unmatched"])
    folder.mkdir(exist_ok=True)
    resolution = resolve(_persons(tasks), ledger, judgements)
    for task in tasks:
        ids = _canonical_ids(task)
        found = {key: _record(resolution.cables[key]) for key in sorted(ids) if key in resolution.cables}
        write_json(task.output("resolved", ".json"), found)
    _write_once(resolution, folder, iris)
    unmatched = tuple(f"{one.a} {one.verdict} {one.b}" for one in resolution.unmatched)
    write_json(note, {"unmatched": list(unmatched)})
    return unmatched


def _record(one: CableResolution) -> dict[str, object]:
    return {"persons": dict(one.persons), "ambassador": one.ambassador}


def officials_of(work: Path) -> Iterator[tuple[str, list[str]]]:
    """The triples of each official by its name, as resolved."""
    with (work / "resolved" / "officials.jsonl").open(encoding="utf-8") as file:
        for line in file:
            name, replaced, lines = json.loads(line)
            yield ("" if replaced else name), lines


def _write_once(resolution: Resolution, folder: Path, iris: Iris) -> None:
    lines = (
        json.dumps([one.name, one.replaced_by is not None, map_officials([one], iris)]) + "\n"
        for one in resolution.officials
    )
    write_bytes(folder / "officials.jsonl", "".join(lines).encode())
    write_bytes(folder / "ledger.tsv", encode_ledger(resolution.ledger).encode())
    write_bytes(folder / "judgements.nt", "".join(judgement_lines(resolution.judgements, iris)).encode())
    open_pairs = [*candidate_lines(resolution.candidates, iris), *link_lines(resolution.officials, iris)]
    write_bytes(folder / "candidates.nt", "".join(open_pairs).encode())


def _persons(tasks: Sequence[PartitionTask]) -> Iterator[LocalPerson]:
    for task in tasks:
        with task.output("names", ".jsonl").open(encoding="utf-8") as file:
            yield from decode(file)


def _canonical_ids(task: PartitionTask) -> set[str]:
    with task.output("names", ".jsonl").open(encoding="utf-8") as file:
        return {person.canonical_id for person in decode(file)}


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file; an empty one where there is no file, DataFolderError where it is broken."""
    return read_kept(path, decode_ledger) if path.exists() else Ledger()


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file; none where there is no file, DataFolderError where it is broken."""
    return read_kept(path, decode_judgements) if path.exists() else ()
