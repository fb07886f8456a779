"""Take cables out of a build that the shapes for the whole graph refuse: which, and why, for the stage that maps them.

The note is written whole, and the entry of a mapped partition names the cables that it left out. So a build that is
broken off between the two maps again just the partitions that the note makes stale.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kg.files import read_json, write_json
from kg.validation.model import CableResults, Result
from kg.validation.report import result_as_json, result_from_json

_NOTE: Final = "expelled.json"

Expelled = Mapping[str, tuple[Result, ...]]


def read_expelled(work: Path, bits: str) -> Expelled:
    """The cables of a partition that the shapes for the whole graph refuse, each with the results that say why."""
    return {key: tuple(map(result_from_json, results)) for key, results in _note(work).get(bits, {}).items()}


def expel(work: Path, partitions: Mapping[str, Path], refused: Expelled) -> bool:
    """Note cables that are refused; False where all of them were noted before.

    `partitions` are the files of what each partition shares, by its bits: they have the ids of its loaded cables. A
    cable that is noted and still loaded is one that persons released.
    """
    note = _note(work)
    known = {key for cables in note.values() for key in cables}
    added = {key: results for key, results in refused.items() if key not in known}
    for bits, path in partitions.items() if added else ():
        for key in sorted(added.keys() & set(read_json(path)["loaded"])):
            note.setdefault(bits, {})[key] = [result_as_json(one) for one in added[key]]
    if added:
        write_json(work / _NOTE, note)
    return bool(added)


def with_expelled(verdicts: Mapping[str, CableResults], expelled: Expelled) -> dict[str, CableResults]:
    """What the shapes say of cables, those for the whole graph too."""
    return {
        key: replace(verdict, results=_ranked({*verdict.results, *expelled.get(key, ())}))
        for key, verdict in verdicts.items()
    }


def _ranked(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(sorted(results, key=lambda result: result.rank))


def _note(work: Path) -> dict[str, dict[str, Any]]:
    path = work / _NOTE
    found: dict[str, dict[str, Any]] = read_json(path) if path.exists() else {}
    return found
