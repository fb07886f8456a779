"""Settle a data folder after publishing: put the ledger where people look for it, clear away what nobody needs."""

import shutil
from pathlib import Path
from typing import Final

from kg.build.quarantine import tidy
from kg.files import write_bytes
from kg.store.folder import DataFolder, Snapshot

# So many snapshots are kept beside the current one, for a way back.
KEPT_SNAPSHOTS: Final = 1


def settle(data: DataFolder, target: Path) -> None:
    """After publishing: copy the ledger to where people look for it, and clear away what nobody needs any more."""
    data.ledger.mkdir(exist_ok=True)
    write_bytes(data.ledger / "identities.tsv", (target / "ledger.tsv").read_bytes())
    shutil.rmtree(data.work)
    others = sorted(
        (path for path in data.snapshots.iterdir() if path != target), key=lambda path: path.stat().st_mtime
    )
    for old in others[: max(0, len(others) - KEPT_SNAPSHOTS)]:
        # A reader that has it open goes on reading: the files stay on the disk until it lets go of them.
        shutil.rmtree(old)
    tidy(data, Snapshot(target))
    for partition in data.sources.iterdir():
        if partition.stat().st_nlink == 1:
            partition.unlink()
