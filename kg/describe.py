"""Describe a data folder: what its current snapshot holds, and what it was made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.store.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Description:
    """The manifest of a snapshot, for people and as JSON."""

    manifest: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The manifest."""
        return dict(self.manifest)

    def as_text(self) -> str:
        """The counts as lines for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"snapshot {self.manifest['id']}"
        yield f"base IRI {self.manifest['base']}"
        for name, version in self.manifest["versions"].items():
            yield f"{name} {version}"
        report = self.manifest.get("report")
        if report is None:
            yield "no builds: the graphs of this folder belong to its users"
            return
        yield ""
        yield from _table("cables", report["cables"])
        if report.get("released"):
            yield f"loaded in spite of the shapes: {', '.join(report['released'])}"
            yield ""
        yield from _table("triples, by graph", report["triples"])
        yield from _table("triples a cable", report["triples_a_cable"])
        yield from _table("triples of the cables, by kind of node", report["triples_by_kind"])
        # Snapshots of earlier versions do not say which engine validated them.
        yield from _table("cables validated, by engine", report.get("validated", {}))
        yield from _table("verdicts on cables", report.get("verdicts", {}))
        yield from _table("results of validation", report["validation"])
        yield from _table("problems in cables", report["problems_in_cables"])
        yield from _table("seconds", self.manifest["timings"])


def describe(data: Path) -> Description:
    """The description of a folder's current snapshot; NoSnapshot where there is none."""
    return Description(DataFolder(data).snapshot().manifest())


def _table(title: str, values: Mapping[str, float]) -> Iterator[str]:
    yield title
    width = max((len(name) for name in values), default=0)
    for name, value in values.items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        yield f"  {name:<{width}}  {shown:>12}"
    yield ""
