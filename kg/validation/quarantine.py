"""Keep a refused cable whole, as a line of JSON: its texts as found, why it was refused, what the shapes said.

The build writes these lines below `quarantine/`; replaying one means reading its raw cables as a source.
"""

import json
from dataclasses import dataclass
from typing import Any

from kg.errors import DataFolderError
from kg.sources.model import RawCable
from kg.validation.model import Result
from kg.validation.report import result_as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCable:
    """A cable that is not loaded: all raw cables that it was read from, and why.

    `canonical_id` is None where no id could be read. `results` are all results, warnings too.
    """

    canonical_id: str | None
    raw: tuple[RawCable, ...]
    reasons: tuple[str, ...]
    results: tuple[Result, ...] = ()


def encode(refused: RefusedCable) -> str:
    """One line of JSON, without its newline, in ASCII: lone surrogates of a text survive."""
    record = {
        "id": refused.canonical_id,
        "reasons": list(refused.reasons),
        "results": [result_as_json(result) for result in refused.results],
        "raw": [_raw_as_json(raw) for raw in refused.raw],
    }
    return json.dumps(record, ensure_ascii=True, separators=(",", ":"))


def decode(line: str) -> RefusedCable:
    """The refused cable of a line; DataFolderError where the line is none."""
    try:
        record = json.loads(line)
        return RefusedCable(
            canonical_id=record["id"],
            raw=tuple(_raw(one) for one in record["raw"]),
            reasons=tuple(record["reasons"]),
            results=tuple(Result(**one) for one in record["results"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataFolderError(f"This is no record of a refused cable ({error}): {line[:80]!r}") from error


def _raw_as_json(raw: RawCable) -> dict[str, Any]:
    return {
        "source": raw.source,
        "position": raw.position,
        "format": raw.format,
        "encoding": raw.encoding,
        "metadata": dict(raw.metadata),
        "text": raw.text,
    }


def _raw(record: dict[str, Any]) -> RawCable:
    return RawCable(**{**record, "metadata": tuple(sorted(record["metadata"].items()))})
