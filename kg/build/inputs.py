"""What a build is made of, as digests: the same inputs continue a broken-off build and name the same snapshot."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg import __version__
from kg.build.entailing import NONE
from kg.build.partitions import Partition
from kg.resources import PACKAGE, folder
from kg.store.folder import DataFolder

# Name, size, and the times at which content and state were changed.
Stamp = tuple[str, int, int, int]


def build_key(
    arguments: Sequence[str],
    kept: Sequence[Path],
    base: str,
    data: DataFolder,
    extractors: Sequence[Any] = (),
    returning: Sequence[str] = (),
    regime: str = NONE,
) -> str:
    """The name of a build in progress: sources by name, size and times of change, before anything of them is read."""
    return _short({
        "arguments": [[argument, list(_stamps(Path(argument)))] for argument in arguments],
        "kept": [path.name for path in kept],
        "versions": versions(),
        "base": base,
        "identity": identity(data),
        "extractors": list(extractors),
        "returning": list(returning),
        "entail": regime,
    })  # fmt: skip


def snapshot_id(
    partitions: Sequence[Partition], base: str, data: DataFolder, suggested: Sequence[str] = (), regime: str = NONE
) -> str:
    """The name of a snapshot: its texts by content, what is known of identities, and the versions that make it.

    `suggested` are digests of what extractors added, `regime` is what was entailed.
    """
    return _short({
        "partitions": [[partition.bits, partition.file] for partition in partitions],
        "versions": versions(),
        "base": base,
        "identity": identity(data),
        "suggested": list(suggested),
        "entail": regime,
    })  # fmt: skip


def versions() -> dict[str, str]:
    """The version of the project, and digests of its code, ontology and shapes, which change between releases too."""
    return {
        "cablekg": __version__,
        "code": digest_of_files([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.tsv")]),
        "ontology": digest_of_files(folder("ontology").rglob("*.ttl")),
        "shapes": digest_of_files(folder("shapes").rglob("*.ttl")),
    }


def identity(data: DataFolder) -> dict[str, str]:
    """Digests of the ledger, of the judgements and of the releases from quarantine; empty where there is none."""
    kept = {"ledger": data.ledger_of_record, "judgements": data.judgements, "releases": data.releases}
    return {name: digest_of_files([path]) if path.exists() else "" for name, path in kept.items()}


def _stamps(path: Path) -> Iterator[Stamp]:
    """A stamp of every file of an argument: what tells that it is the same input as before."""
    if path.is_dir():
        for root, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                yield from _stamp(Path(root, name))
    else:
        yield from _stamp(path)


def _stamp(path: Path) -> Iterator[Stamp]:
    try:
        status = path.stat()
    except OSError:
        # The reader will say what is wrong with it; a stamp of nothing is the same until that changes.
        return
    # The time of the content can be set back, and a change of permissions leaves it; that of the state does neither.
    yield (str(path.resolve()), status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def digest_of_files(paths: Iterable[Path]) -> str:
    """A digest of the names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def _short(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]
