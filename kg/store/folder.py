"""The data folder: where its parts lie, who holds it, and which snapshot is current.

```
data/
  current → snapshots/<id>     what is served
  snapshots/<id>/              store/ store.json texts/ dumps/ verdicts/ void.ttl report.ttl ledger.tsv gazetteer.tsv
                               extractors.jsonl manifest.json
  sources/                     raw cables as partitions, each named by its digest
  quarantine/                  the refused cables of each snapshot, whole
  ledger/                      identities.tsv (a copy of the current snapshot's); judgements.tsv, releases.tsv (yours)
  updates/                     the journal of users' writes
  work/<build>/                a build in progress; in a folder of its users the store that is written to
  cache/                       what extractors answered, to ask nothing twice
  folder.json                  marks a folder of its users (`kg init`), which has no builds
```
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import DataFolderBusy, DataFolderError, NoSnapshot

MANIFEST: Final = "manifest.json"
# The file that marks a data folder whose graphs belong to its users.
OWN: Final = "folder.json"
# How the name of a file of verdicts ends, after the bits of its partition.
VERDICTS_ENDING: Final = ".jsonl.gz"
# What tells a data folder from a folder of something else.
PARTS: Final = frozenset({"current", "snapshots", "sources", "quarantine", "ledger", "work", "cache", ".lock"})


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A data folder and the places in it."""

    path: Path

    @property
    def current(self) -> Path:
        """The link to the snapshot that is served."""
        return self.path / "current"

    @property
    def snapshots(self) -> Path:
        """The folder of published snapshots."""
        return self.path / "snapshots"

    @property
    def sources(self) -> Path:
        """The folder of partitions of raw cables."""
        return self.path / "sources"

    @property
    def quarantine(self) -> Path:
        """The folder of refused cables, one file a snapshot."""
        return self.path / "quarantine"

    @property
    def ledger(self) -> Path:
        """The folder of identities and judgements."""
        return self.path / "ledger"

    @property
    def ledger_of_record(self) -> Path:
        """The ledger that the next build goes by: the current snapshot's, published with it, else the folder's own."""
        published = self.current / "ledger.tsv"
        return published if published.exists() else self.ledger / "identities.tsv"

    @property
    def judgements(self) -> Path:
        """The judgements of persons about who is whom."""
        return self.ledger / "judgements.tsv"

    @property
    def releases(self) -> Path:
        """The cables that persons accept in spite of the shapes."""
        return self.ledger / "releases.tsv"

    @property
    def cache(self) -> Path:
        """The folder of what extractors answered; it may be removed, and they are asked again."""
        return self.path / "cache"

    @property
    def work(self) -> Path:
        """The folder of builds in progress."""
        return self.path / "work"

    @property
    def is_writable_store(self) -> bool:
        """Whether the folder was made by `kg init`: it has no builds, and its graphs belong to its users."""
        return (self.path / OWN).exists()

    @property
    def is_foreign(self) -> bool:
        """Whether the folder holds things and none of them is of a data folder."""
        if not self.path.is_dir():
            return False
        names = {path.name for path in self.path.iterdir()}
        return bool(names) and not names & PARTS

    def require_builds(self) -> None:
        """Refuse a folder that is not one for builds, made by `kg init` or full of something else: DataFolderError."""
        if self.is_writable_store:
            raise DataFolderError(
                f"{self.path} was made by `kg init`: its graphs belong to its users and it has no builds. "
                "Build into another --data folder."
            )
        if self.is_foreign:
            raise DataFolderError(
                f"{self.path} is not empty and no data folder of kg, so nothing is written there. "
                "Name a new or an empty folder with --data."
            )

    def snapshot(self) -> "Snapshot":
        """The current snapshot; NoSnapshot where none is published, DataFolderError where it is gone."""
        try:
            target = Path(os.path.realpath(self.current, strict=True))
        except FileNotFoundError:
            if self.current.is_symlink():
                anew = "" if self.is_writable_store else f", or build again: kg build SOURCE... --data {self.path}"
                raise DataFolderError(
                    f"{self.current} leads to {self.current.readlink()}, which is not there. Put that folder back, "
                    f"or let the link lead to another one of {self.snapshots}{anew}"
                ) from None
            raise NoSnapshot(
                f"{self.path} holds no graph yet. Build one: kg build SOURCE... --data {self.path}"
            ) from None
        return Snapshot(target)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder against other builds and writers; DataFolderBusy where one has it.

        The lock goes with the process.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                at_work = "server writes" if self.is_writable_store else "build or judgement is at work"
                raise DataFolderBusy(
                    f"Another {at_work} in {self.path}. Wait for it, or use another --data folder."
                ) from None
            yield


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published snapshot: never changed."""

    path: Path

    @property
    def id(self) -> str:
        """The name of the snapshot: twelve hexadecimal digits over its inputs and the versions that made it."""
        return self.path.name

    @property
    def store(self) -> Path:
        """The folder of the triple store, to be opened read-only."""
        return self.path / "store"

    @property
    def texts(self) -> Path:
        """The folder of the raw cables' partitions that the snapshot was made of."""
        return self.path / "texts"

    @property
    def verdicts(self) -> Path:
        """The folder of the verdicts on its cables, by partition; snapshots of earlier versions have none."""
        return self.path / "verdicts"

    def partition(self, bits: str, file: str) -> Path:
        """The file of one partition of raw cables."""
        return self.texts / f"{bits or 'all'}-{file}"

    def manifest(self) -> dict[str, Any]:
        """The manifest: inputs and digests, counts, versions, timings."""
        try:
            manifest: dict[str, Any] = json.loads((self.path / MANIFEST).read_bytes())
        except FileNotFoundError:
            raise DataFolderError(f"{self.path} is no snapshot: it has no {MANIFEST}.") from None
        return manifest
