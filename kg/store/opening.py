"""Open a snapshot's store to read, and tell a damaged one: the engine would ask for gigabytes, or find nothing.

Beside the store lies a list of its files and their sizes, written before the snapshot was published. Snapshots of
earlier versions have none, and open without it.
"""

import json
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import DataFolderError
from kg.files import as_json

SIZES: Final = "store.json"
# Files that the engine writes when it opens a store, to read only too.
CHANGING: Final = ("LOG", "LOCK")
# How the engine's errors begin where a file is not what it was.
CORRUPTION: Final = "Corruption"


def open_store(store: Path) -> ox.Store:
    """The store, read-only; DataFolderError where it is gone, damaged, or cannot be read."""
    if found := damage(store):
        raise found
    try:
        return ox.Store.read_only(str(store))
    except RuntimeError as error:
        if not is_damage(error):
            raise
        raise damaged(store, str(error)) from error
    except OSError as error:
        raise DataFolderError(f"The store {store} cannot be opened: {error}") from error


def note_sizes(store: Path) -> None:
    """Write down the sizes of a store's files, before it is published."""
    (store.parent / SIZES).write_bytes(as_json(_sizes(store)))


def damage(store: Path) -> DataFolderError | None:
    """What is wrong with the sizes of a store's files, if anything is and they were written down."""
    try:
        noted: dict[str, int] = json.loads((store.parent / SIZES).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        return damaged(store, f"{SIZES} cannot be read: {error}")
    found = _sizes(store) if store.is_dir() else {}
    for name, size in sorted(noted.items()):
        if name not in found:
            return damaged(store, f"{name} is missing")
        if found[name] != size:
            return damaged(store, f"{name} has {found[name]:,} bytes and had {size:,}")
    return None


def is_damage(error: BaseException) -> bool:
    """Whether an error of the engine tells of a damaged file."""
    return isinstance(error, RuntimeError) and str(error).startswith(CORRUPTION)


def damaged(store: Path, reason: str) -> DataFolderError:
    """The error for a damaged store."""
    snapshot = store.parent
    return DataFolderError(
        f"The snapshot {snapshot.name} is damaged ({reason}). "
        f"Put back a whole copy of {snapshot}, or remove it and build it again."
    )


def _sizes(store: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in store.iterdir() if not path.name.startswith(CHANGING)}
