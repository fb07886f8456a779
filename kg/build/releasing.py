"""Read the releases of a data folder, and tell those that a build went by from those without effect."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.kept import read_kept
from kg.validation.releases import Release, decode_releases


def read_releases(path: Path) -> tuple[Release, ...]:
    """The releases of a file; none where there is no file, DataFolderError where it is broken."""
    return read_kept(path, decode_releases) if path.exists() else ()


def parted(
    releases: Sequence[Release], mapped: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Release, ...], tuple[Release, ...]]:
    """The releases by which a build loaded cables, and the others, by the entries of the mapped partitions."""
    loaded = {canonical_id: content for entry in mapped for canonical_id, content in entry["released"]}
    effective = tuple(one for one in releases if loaded.get(one.canonical_id) == one.content)
    return effective, tuple(one for one in releases if one not in effective)
