"""Keep a refused cable whole, as a line of JSON: its texts as found, why it was refused, what the shapes said.

The build writes these lines below `quarantine/`; replaying one means reading its raw cables as a source.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.errors import DataFolderError
from kg.sources.model import RawCable
from kg.sources.partitions import as_record, from_record
from kg.validation.model import Result
from kg.validation.report import result_as_json, result_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCable:
    """A cable that is not loaded: all raw cables that it was read from, and why.

    `canonical_id` is None where no id could be read. `results` are all results, warnings too; `failure` says why it
    could not be validated, where that is so. `since` is the first snapshot that was built without it, once it is known.
    """

    canonical_id: str | None
    raw: tuple[RawCable, ...]
    reasons: tuple[str, ...]
    results: tuple[Result, ...] = ()
    failure: str | None = None
    since: str = ""

    @property
    def name(self) -> str:
        """What it is called: its canonical id, else the digest of its text."""
        return self.canonical_id or self.raw[0].digest

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its raw cables were found, as `file:position`."""
        return tuple(f"{raw.source}:{raw.position}" for raw in self.raw)

    @property
    def content(self) -> str:
        """The digest of what it says, whatever place it was found in."""
        return content_of(self.raw)


def content_of(raws: Iterable[RawCable]) -> str:
    """A digest of the texts of a cable and of what their sources say beside them, in any order, each once.

    Where it was found does not count: the same copies under other names are the same cable.
    """
    said = {hashlib.sha256(_ascii([raw.digest, raw.metadata])).hexdigest() for raw in raws}
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()


def fingerprint(raw: RawCable) -> str:
    """The digest of a raw cable with all that belongs to it: equal ones are the same bytes from the same place."""
    return hashlib.sha256(_ascii(as_record(raw))).hexdigest()


def encode(refused: RefusedCable) -> str:
    """One line of JSON, without its newline, in ASCII: lone surrogates of a text survive."""
    return json.dumps(record_of(refused), ensure_ascii=True, separators=(",", ":"))


def record_of(refused: RefusedCable) -> dict[str, Any]:
    """A refused cable as JSON can hold it."""
    return {
        "id": refused.canonical_id,
        "since": refused.since,
        "reasons": list(refused.reasons),
        "failure": refused.failure,
        "results": [result_as_json(result) for result in refused.results],
        "raw": [as_record(raw) for raw in refused.raw],
    }


def decode(line: str) -> RefusedCable:
    """The refused cable of a line; DataFolderError where the line is none."""
    try:
        record = json.loads(line)
        refused = RefusedCable(
            canonical_id=record["id"],
            raw=tuple(from_record(one) for one in record["raw"]),
            reasons=tuple(record["reasons"]),
            results=tuple(map(result_from_json, record["results"])),
            failure=record.get("failure"),
            since=record.get("since", ""),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataFolderError(f"This is no record of a refused cable ({error}): {line[:80]!r}") from error
    if not refused.raw:
        raise DataFolderError(f"This record of a refused cable has no text: {line[:80]!r}")
    return refused


def _ascii(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True).encode()
