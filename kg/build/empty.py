"""Make an empty data folder, whose graphs belong to its users."""

import pyoxigraph as ox

from kg import __version__
from kg.errors import DataFolderError
from kg.files import write_bytes, write_json
from kg.iris import DEFAULT_BASE
from kg.store.folder import MANIFEST, OWN, DataFolder
from kg.store.publishing import place, point


def make_empty(data: DataFolder, base: str = DEFAULT_BASE) -> None:
    """Make the folder and publish an empty snapshot in it; DataFolderError where there is something already."""
    draft = data.work / "empty"
    try:
        if data.path.exists() and any(data.path.iterdir()):
            raise DataFolderError(f"{data.path} exists and is not empty. Name a new folder.")
        draft.mkdir(parents=True)
    except OSError as error:
        raise DataFolderError(
            f"{data.path} cannot be made: {error.strerror}. Name a new folder in one that you may write to."
        ) from error
    store = ox.Store(str(draft / "store"))
    store.flush()
    del store
    write_bytes(draft / "void.ttl", b"")
    write_json(draft / MANIFEST, {"id": "empty", "base": base, "versions": {"cablekg": __version__}})
    # From here on it belongs to its users, whatever moment this is broken off at.
    write_json(data.path / OWN, {"kind": "writable", "version": 1})
    point(data, place(data, draft, "empty"))
