"""Keep the verdicts of a build with its snapshot, for the next build to validate only what has changed.

There is one file for each partition. The next build's partitions may be cut otherwise; a cable lies in all partitions
whose bits begin as the hash of its id does, so that a few files have all that one partition needs.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.build.inputs import digest_of_files
from kg.errors import DataFolderError
from kg.files import gzipped, write_bytes
from kg.resources import PACKAGE
from kg.store.folder import VERDICTS_ENDING, DataFolder, Snapshot
from kg.validation import Engines, local_shapes
from kg.validation.shape_digests import shape_digests
from kg.validation.verdicts import NOTHING, Known, Memory, decode, encode


@cache
def digests() -> dict[str, str]:
    """The digests of the project's shapes for single cables."""
    return shape_digests(local_shapes())


def verdicts_in(data: DataFolder) -> Path | None:
    """The folder of the verdicts of the current snapshot; None where there is no snapshot, or it has none."""
    folder = Snapshot(data.current).verdicts
    return folder.resolve() if folder.is_dir() else None


def read_memory(folder: Path | None, bits: str, engines: Engines) -> Memory:
    """What a folder of verdicts has of the cables of a partition, if the same engines judged.

    DataFolderError where a file is broken.
    """
    found = NOTHING
    for path in _overlapping(folder, bits) if folder is not None else ():
        try:
            with gzip.open(path, "rt", encoding="ascii", newline="\n") as file:
                memory = decode(file, judges(engines))
        except (DataFolderError, OSError, EOFError, UnicodeDecodeError) as error:
            raise DataFolderError(
                f"{path} cannot be read ({error}). Remove the folder {path.parent}, and all cables are validated anew."
            ) from error
        found = Memory(shapes=memory.shapes, cables={**found.cables, **memory.cables})
    return found


def write_memory(path: Path, known: Known, engines: Engines) -> None:
    """Write the verdicts on the cables of a partition."""
    lines = encode(Memory(shapes=digests(), cables=known), judges(engines))
    write_bytes(path, gzipped(line.encode("ascii") for line in lines))


def judges(engines: Engines) -> str:
    """What judges: the engines, the packages that they read graphs with, and the project's own code around them."""
    packages = [f"{name} {version(name)}" for name in ("rdflib", "pyoxigraph")]
    names = [engine.name for engine in (engines.reference, engines.fast) if engine is not None]
    return ", ".join([*names, *packages, _code()])


@cache
def _code() -> str:
    return digest_of_files((PACKAGE / "validation").glob("*.py"))


def _overlapping(folder: Path, bits: str) -> Iterator[Path]:
    for path in sorted(folder.glob(f"*{VERDICTS_ENDING}")):
        own = path.name.removesuffix(VERDICTS_ENDING)
        if own == "all" or own.startswith(bits) or bits.startswith(own):
            yield path
