"""Keep quarantine in a data folder: a file for each snapshot with the cables that its build refused.

A file outlives its snapshot as long as it holds a raw cable that is nowhere else in the folder.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.build.partitions import bits_of, read_partition
from kg.errors import DataFolderError
from kg.files import write_bytes
from kg.sources.model import RawCable
from kg.store.folder import DataFolder, Snapshot
from kg.validation.quarantine import RefusedCable, decode, encode, fingerprint

ENDING: Final = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A cable in quarantine; `is_current` where the current snapshot's build refused it, else an earlier one's.

    The raw cables of one that is not current are not all among the sources of the current snapshot.
    """

    refused: RefusedCable
    is_current: bool


def held(data: DataFolder) -> list[Held]:
    """All that is in quarantine, by name: what the current build refused, then what is left of earlier ones."""
    snapshot = data.snapshot()
    current = list(_records(_file(data, snapshot.id)))
    seen = {fingerprint(raw) for one in current for raw in one.raw}
    earlier: list[RefusedCable] = []
    for path in _files(data):
        for one in _records(path) if path.stem != snapshot.id else ():
            if not _is_held(one, seen, snapshot):
                earlier.append(one)
                seen.update(map(fingerprint, one.raw))
    return [
        *(Held(refused=one, is_current=True) for one in sorted(current, key=_name)),
        *(Held(refused=one, is_current=False) for one in sorted(earlier, key=_name)),
    ]


def refused_by(data: DataFolder, snapshot: str) -> list[RefusedCable]:
    """The cables that the build of a snapshot refused, by name."""
    return sorted(_records(_file(data, snapshot)), key=_name)


def keep(data: DataFolder, snapshot: str, refused: Iterable[RefusedCable]) -> None:
    """Write the quarantine of a snapshot; a cable that was there before keeps the snapshot since which it is there."""
    data.quarantine.mkdir(exist_ok=True)
    known = {(one.name, one.content): one.since for path in _files(data) for one in _records(path) if one.since}
    lines = [encode(replace(one, since=known.get((one.name, one.content), snapshot))) for one in refused]
    write_bytes(_file(data, snapshot), "".join(line + "\n" for line in sorted(lines)).encode())


def tidy(data: DataFolder, snapshot: Snapshot) -> None:
    """Drop from the files of snapshots that are gone what is in the current snapshot or another file too."""
    standing = {path.name for path in data.snapshots.iterdir()}
    gone = [path for path in _files(data) if path.stem not in standing]
    seen = {fingerprint(raw) for path in _files(data) if path not in gone for one in _records(path) for raw in one.raw}
    for path in gone:
        left = [one for one in _records(path) if not _is_held(one, seen, snapshot)]
        if not left:
            path.unlink()
            continue
        write_bytes(path, "".join(encode(one) + "\n" for one in left).encode())
        seen.update(fingerprint(raw) for one in left for raw in one.raw)


def returning(data: DataFolder, wanted: Collection[str]) -> Iterator[RawCable]:
    """The raw cables with these fingerprints, out of quarantine; DataFolderError where one is gone."""
    missing = set(wanted)
    for path in _files(data):
        for one in _records(path) if missing else ():
            for raw in one.raw:
                if (found := fingerprint(raw)) in missing:
                    missing.remove(found)
                    yield raw
    if missing:
        raise DataFolderError(
            f"{data.quarantine} has changed: {len(missing)} of the texts to be replayed are not there any more. "
            "List what it holds (kg quarantine list) and replay again."
        )


def _is_held(one: RefusedCable, seen: Collection[str], snapshot: Snapshot) -> bool:
    """Whether all raw cables of a record are among those seen or among the texts of a snapshot."""
    rest = [raw for raw in one.raw if fingerprint(raw) not in seen]
    return all(_is_in(raw, snapshot) for raw in rest)


def _is_in(raw: RawCable, snapshot: Snapshot) -> bool:
    bits, wanted = bits_of(raw), fingerprint(raw)
    for path in sorted(snapshot.texts.iterdir()):
        own = path.name.partition("-")[0]
        if own == "all" or bits.startswith(own):
            return any(fingerprint(other) == wanted for _, _, other in read_partition(path))
    return False


def _records(path: Path) -> Iterator[RefusedCable]:
    """The records of a file, none where there is no file; DataFolderError with its name where one is broken."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield decode(line)
            except DataFolderError as error:
                raise DataFolderError(f"{path}, line {number}: {error}") from error


def _files(data: DataFolder) -> list[Path]:
    return sorted(data.quarantine.glob(f"*{ENDING}"))


def _file(data: DataFolder, snapshot: str) -> Path:
    return data.quarantine / f"{snapshot}{ENDING}"


def _name(one: RefusedCable) -> tuple[str, str]:
    return one.name, one.content
