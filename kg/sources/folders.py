"""Find the files of an argument: sorted, each folder once, under names that do not depend on where it lies."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.sources.model import SourceProblem
from kg.sources.problems import Place, printable, problem
from kg.sources.streams import os_problem

_KINDS: Final = (
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def path_names(paths: Sequence[Path]) -> list[str]:
    """A name for each path: its last part, and as many folders before it as tell apart paths that end alike."""
    absolute = [Path(os.path.abspath(path)).parts[1:] for path in paths]
    return ["/".join(map(printable, _distinct(parts, absolute))) for parts in absolute]


def files(path: Path, name: str) -> Iterator[tuple[Path, Place] | SourceProblem]:
    """Give the file at a path, or the files in the folder at it, with their places; what is no file is a problem."""
    place = Place(name=name, is_named=True)
    try:
        status = path.stat()
    except OSError as failure:
        yield os_problem(place, failure)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, place)
    else:
        # A pipe that is named, such as `<(zcat ...)`, is read; one that lies in a folder would never end.
        yield path, place


def _distinct(parts: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    rivals = {other for other in others if other != parts}
    for length in range(1, len(parts)):
        end = parts[-length:]
        if not any(other[-length:] == end for other in rivals):
            return end
    return parts


def _folder(path: Path, place: Place) -> Iterator[tuple[Path, Place] | SourceProblem]:
    """Walk a folder without recursion, depth first; a folder that several links lead to is read at the first."""
    entered: set[tuple[int, int]] = set()
    waiting: list[tuple[Path, Place]] = [(path, place)]
    while waiting:
        path, place = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _file(path, place, status.st_mode)
                continue
            if (status.st_dev, status.st_ino) in entered:
                yield problem("link-loop", place)
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                found = sorted(entry.name for entry in entries)
        except OSError as failure:
            yield os_problem(place, failure)
            continue
        if not found:
            yield problem("empty", place)
        hidden = [name for name in found if name.startswith(".")]
        yield from (problem("hidden", _inside(place, name)) for name in hidden)
        waiting.extend((path / name, _inside(place, name)) for name in reversed(found) if not name.startswith("."))


def _file(path: Path, place: Place, mode: int) -> tuple[Path, Place] | SourceProblem:
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), None)
    return (path, place) if kind is None else problem("not-a-file", place, what=kind)


def _inside(place: Place, name: str) -> Place:
    return Place(name=f"{place.name}/{printable(name)}".lstrip("/"), is_named=False)
