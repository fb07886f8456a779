"""Publish a snapshot: everything of it on the disk first, then the `current` link turned by one atomic rename."""

import os
from pathlib import Path

from kg.files import sync_folder
from kg.store.folder import DataFolder
from kg.store.opening import note_sizes


def place(data: DataFolder, draft: Path, snapshot: str, before: Path | None = None) -> Path:
    """Give a finished folder its place under `snapshots/`, durably; returns the place.

    What it shares with the snapshot `before` (hard links) is on the disk already.
    """
    target = data.snapshots / snapshot
    data.snapshots.mkdir(parents=True, exist_ok=True)
    note_sizes(draft / "store")
    _sync_tree(draft, before)
    os.rename(draft, target)
    sync_folder(data.snapshots)
    return target


def point(data: DataFolder, target: Path) -> None:
    """Point the `current` link to a snapshot, atomically."""
    beside = data.path / "current.tmp"
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.relative_to(data.path))
    os.replace(beside, data.current)
    sync_folder(data.path)


def _sync_tree(folder: Path, before: Path | None) -> None:
    """Make a folder and all in it durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        elif before is None or not _is_same(path, before / path.relative_to(folder)):
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def _is_same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)
