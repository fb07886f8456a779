"""What the writer is given and what comes back: one write of a graph store, and its errors."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Final, Literal

from kg.errors import (
    DataSyntaxError,
    KgError,
    NotInGraph,
    NotWritable,
    PreconditionFailed,
    QueryError,
    QueryMemoryExceeded,
    UpdateConflict,
    UpdateSyntaxError,
    UploadTooLarge,
)
from kg.store import frames

# What no graph of that name is called.
NAMES: Final = {"": "the default graph", "*": "the dataset"}
UNCHANGED: Final = "Nothing was changed."
Kind = Literal["update", "put", "post", "delete"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A write: an update's text, or a graph that takes the place of another (put), is added to it (post), or goes.

    `graph` is the default graph (""), the named graph of that IRI, or all of the dataset ("*"). For put and post each
    of `formats` has a file beside the job, compressed as `encoding` says (None, gzip); the graphs may have `most` bytes
    after decompression. Relative IRIs count from `base`.

    A write is done only on its conditions: that the snapshot `expected` is still the current one (None: any), and that
    the graph is there, or is not (`existing`; None: either).
    """

    kind: Kind
    base: str
    text: str = ""
    graph: str = ""
    formats: tuple[str, ...] = ()
    encoding: str | None = None
    most: int = 0
    expected: str | None = None
    existing: bool | None = None

    @property
    def frame(self) -> bytes:
        """The write as a frame."""
        return frames.frame(b"W", self.as_json())

    @property
    def name(self) -> str:
        """What the graph is called where a person reads it."""
        return name_of(self.graph)

    @property
    def unconditional(self) -> "Write":
        """The same write without its conditions, which change nothing of what comes of it."""
        return replace(self, expected=None, existing=None)

    def as_json(self) -> bytes:
        """The write as JSON: the same bytes for the same write."""
        return json.dumps({name: getattr(self, name) for name in FIELDS}).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Write":
        """The write that the JSON tells of."""
        found = json.loads(content)
        return cls(**{**found, "formats": tuple(found["formats"])})


FIELDS: Final = tuple(field.name for field in fields(Write))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of a write: the id of the snapshot that holds it, and whether the graph was there before."""

    snapshot: str
    existed: bool


def name_of(graph: str) -> str:
    """What a graph is called where a person reads it."""
    return NAMES.get(graph, f"<{graph}>")


# The errors in X frames of the writer.
FAILURES: Final[dict[str, Callable[[str], KgError]]] = {
    "syntax": UpdateSyntaxError,
    "data": DataSyntaxError,
    "conflict": lambda reason: UpdateConflict(f"{reason}. {UNCHANGED}"),
    "condition": PreconditionFailed,
    "too-large": UploadTooLarge,
    "memory": lambda _: QueryMemoryExceeded(f"The write needed more memory than one may take. {UNCHANGED}"),
    "missing": lambda graph: NotInGraph(f"There is no graph <{graph}> here."),
    "disk": NotWritable,
}


def failure(frame: dict[str, str]) -> KgError:
    """The error that an X frame tells of."""
    return FAILURES.get(frame["error"], QueryError)(frame["detail"])
