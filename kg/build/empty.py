"""Make an empty data folder, whose graphs belong to its users."""

import pyoxigraph as ox

from kg import __version__
from kg.build.files import write_bytes, write_json
from kg.build.snapshots import point
from kg.errors import DataFolderError
from kg.iris import DEFAULT_BASE
from kg.store.folder import MANIFEST, DataFolder


def make_empty(data: DataFolder) -> None:
    """Make the folder and publish an empty snapshot in it; DataFolderError where there is something already."""
    if data.path.exists() and any(data.path.iterdir()):
        raise DataFolderError(f"{data.path} exists and is not empty. Name a new folder.")
    folder = data.snapshots / "empty"
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    store.flush()
    del store
    write_bytes(folder / "void.ttl", b"")
    write_json(folder / MANIFEST, {"id": "empty", "base": DEFAULT_BASE, "versions": {"cablekg": __version__}})
    write_json(data.path / "folder.json", {"kind": "writable", "version": 1})
    point(data, folder)
