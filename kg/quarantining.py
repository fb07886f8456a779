"""What a person does about quarantine: see what is in it, release a cable in spite of the shapes, take that back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build.quarantine import Held, held
from kg.build.releasing import read_releases
from kg.build.replaying import named
from kg.errors import UsageError
from kg.files import write_bytes
from kg.store.folder import DataFolder
from kg.validation.model import CableResults
from kg.validation.quarantine import record_of
from kg.validation.releases import Release, encode_releases, release_of, unreleasable
from kg.validation.report import cable_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a release or its withdrawal did, in sentences."""

    told: tuple[str, ...]


def listed(data: Path) -> list[Held]:
    """All cables in quarantine: those that the current build refused, then what is left of earlier ones."""
    return held(_folder(data))


def found(data: Path, name: str) -> list[Held]:
    """The cables in quarantine of an id or a digest; UsageError where there is none."""
    return named(listed(data), name)


def release(data: Path, name: str, reason: str, by: str = "") -> Decided:
    """Accept a refused cable as it is: every later build loads it, its results stay in the report.

    UsageError where it is not in quarantine, where it cannot be loaded whoever accepts it, and where no reason is
    given; DataFolderBusy where a build is at work, which would not see it.
    """
    folder = _folder(data)
    if not reason.strip():
        raise UsageError("Say why the cable is accepted: --reason TEXT. It is kept, and the graph tells it.")
    with folder.held():
        found = _only(held(folder), name)
        one = found.refused
        made = release_of(one, by, reason)
        if made is None:
            raise UsageError(f"{one.name} cannot be released: {unreleasable(one)}")
        earlier = [other for other in read_releases(folder.releases) if other[:2] != made[:2]]
        _write(folder, [*earlier, made])
    violations = sum(result.severity == "Violation" for result in one.results)
    then = (
        "The next build loads it, as long as its texts stay as they are; `kg quarantine replay` builds now."
        if found.is_current
        else f"It is of an earlier build: `kg quarantine replay {one.name}` brings it back and loads it."
    )
    return Decided(told=(f"Released: {one.name}, in spite of {_counted(violations, 'violation')}.", then))


def withdraw(data: Path, name: str) -> Decided:
    """Take back the release of a cable; UsageError where there is none."""
    folder = _folder(data)
    with folder.held():
        earlier = read_releases(folder.releases)
        gone = [one for one in earlier if one.canonical_id == name.strip().upper()]
        if not gone:
            raise UsageError(f"There is no release of {name}. `kg quarantine release --list` shows all.")
        _write(folder, [one for one in earlier if one not in gone])
    return Decided(
        told=(
            *(f"Taken back: the release of {one.canonical_id} ({one.reason})." for one in gone),
            "The next build refuses the cable again if the shapes do.",
        )
    )


def releases(data: Path) -> tuple[Release, ...]:
    """The releases in the data folder, sorted."""
    return read_releases(_folder(data).releases)


def as_json(one: Held, *, is_whole: bool) -> dict[str, Any]:
    """A cable in quarantine for machines: with its texts and all results where it is to be whole."""
    refused = one.refused
    short = {
        "id": refused.canonical_id,
        "name": refused.name,
        "content": refused.content,
        "since": refused.since,
        "current": one.is_current,
        "releasable": unreleasable(refused) is None,
        "sources": list(refused.sources),
        "reasons": list(refused.reasons),
    }
    return {**record_of(refused), **short} if is_whole else short


def as_text(one: Held) -> Iterator[str]:
    """A cable in quarantine for people, whole: what it is, why it is there, what the shapes said, its texts."""
    refused = one.refused
    yield f"{refused.name}: in quarantine since snapshot {refused.since}"
    if not one.is_current:
        yield "  from an earlier build: it is not among the sources of the current graph"
    yield f"  content {refused.content}"
    why = unreleasable(refused)
    yield f"  cannot be released: {why}" if why else f"  kg quarantine release {refused.name} --reason ... accepts it"
    if refused.canonical_id is None:
        yield from (f"  {reason}" for reason in refused.reasons)
    else:
        results, failure = refused.results, refused.failure
        yield from cable_text(CableResults(canonical_id=refused.canonical_id, results=results, failure=failure))
    for raw in refused.raw:
        yield ""
        yield f"--- {raw.source}:{raw.position} ({raw.format}), text {raw.digest[:16]}"
        yield from (f"  {name}: {value}" for name, value in raw.metadata)
        yield raw.text


def _only(all_held: Sequence[Held], name: str) -> Held:
    """The one refused cable of a name: the current build's where an earlier one refused it too."""
    candidates = named(all_held, name)
    current = [one for one in candidates if one.is_current] or candidates
    if len(current) > 1:
        raise UsageError(f"{name} means {len(current)} cables in quarantine; give more digits of one, or replay first.")
    return current[0]


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _folder(data: Path) -> DataFolder:
    folder = DataFolder(data)
    if folder.is_writable_store:
        raise UsageError(f"{data} was made by `kg init` and has no builds, so nothing is in quarantine there.")
    return folder


def _write(folder: DataFolder, kept: Sequence[Release]) -> None:
    folder.ledger.mkdir(exist_ok=True)
    write_bytes(folder.releases, encode_releases(kept).encode())
