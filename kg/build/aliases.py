"""Aliases over the whole corpus: which cable a reference means that names it as its text alone does, or its source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.cables import repair_id
from kg.cables.model import Cable
from kg.files import read_json, write_json

_FILE: Final = "aliases.json"


def known_ids(cables: Iterable[Cable]) -> dict[str, list[str]]:
    """The canonical ids of cables, each with its other ids in canonical form."""
    return {cable.canonical_id: _other_ids(cable) for cable in cables if cable.canonical_id is not None}


def _other_ids(cable: Cable) -> list[str]:
    known = (repair_id(alias) for alias in cable.aliases)
    return sorted({str(one.id) for one in known if one is not None} - {cable.canonical_id})


def write_aliases(partitions: Sequence[Path], work: Path) -> None:
    """Write which other id leads to which cable; one that is a cable's own id, or leads to several, is left out."""
    if (work / _FILE).exists():
        return
    found: dict[str, set[str]] = {}
    ids: set[str] = set()
    for path in partitions:
        for canonical_id, others in read_json(path).items():
            ids.add(canonical_id)
            for other in others:
                found.setdefault(other, set()).add(canonical_id)
    leading = {other: min(cables) for other, cables in found.items() if other not in ids and len(cables) == 1}
    write_json(work / _FILE, dict(sorted(leading.items())))


def read_aliases(work: Path) -> dict[str, str]:
    """Which other id leads to which cable."""
    aliases: dict[str, str] = read_json(work / _FILE)
    return aliases


def with_cited(cable: Cable, aliases: Mapping[str, str]) -> Cable:
    """The cable with references that lead to the canonical ids of the cables that they mean."""
    if not any(one.target in aliases for one in cable.references):
        return cable
    references = tuple(replace(one, target=aliases.get(one.target or "", one.target)) for one in cable.references)
    return replace(cable, references=tuple(one for one in references if one.target != cable.canonical_id))
