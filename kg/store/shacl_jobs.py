"""A validation as it goes to a process of its own: data, shapes, what is wanted of the report."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from kg.store import frames

DATA: Final = "data"
SHAPES: Final = "shapes"
# The severities as a person names them, the gravest first.
SEVERITIES: Final = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A graph as it was sent: its role (data, shapes), the name of its format, what it is called in errors, its bytes.

    `base` is what relative IRIs in it count from.
    """

    role: str
    form: str
    content: bytes
    name: str = ""
    base: str = "urn:x-data:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShaclJob:
    """A validation: graphs, of which those of the shapes may be missing (the project's are meant then).

    `shapes` and `focus` are names as a person gives them. The report has at most `max_bytes` (0: no cap); the process
    ends itself where it works for more than `seconds` of a processor (0: no bound).
    """

    graphs: tuple[Sent, ...]
    form: str
    base: str
    severity: str | None = None
    limit: int | None = None
    shapes: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    with_times: bool = False
    max_bytes: int = 0
    seconds: float = 0

    @property
    def query(self) -> str:
        """What it is listed as while it runs."""
        sizes = {role: sum(len(one.content) for one in self.graphs if one.role == role) for role in (DATA, SHAPES)}
        own = f"{sizes[SHAPES]} bytes of shapes" if sizes[SHAPES] else "the project's shapes"
        return f"SHACL: {sizes[DATA]} bytes of data against {own}"

    @property
    def frame(self) -> bytes:
        """The job as a frame: a line of JSON, then the bytes of the graphs."""
        record = {name: value for name, value in asdict(self).items() if name != "graphs"}
        record["graphs"] = [
            {"role": one.role, "form": one.form, "name": one.name, "base": one.base, "size": len(one.content)}
            for one in self.graphs
        ]
        return frames.frame(b"V", json.dumps(record).encode(), b"\n", *(one.content for one in self.graphs))

    @classmethod
    def from_payload(cls, payload: bytes) -> "ShaclJob":
        """The job that a frame holds."""
        head, _, rest = payload.partition(b"\n")
        record: dict[str, Any] = json.loads(head)
        graphs = tuple(_cut(record.pop("graphs"), rest))
        return cls(graphs=graphs, shapes=tuple(record.pop("shapes")), focus=tuple(record.pop("focus")), **record)


def _cut(records: Sequence[dict[str, Any]], rest: bytes) -> "list[Sent]":
    found, start = [], 0
    for record in records:
        end = start + int(record.pop("size"))
        found.append(Sent(content=rest[start:end], **record))
        start = end
    return found
