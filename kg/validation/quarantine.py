"""Keep a refused cable whole, as a line of JSON: its texts as found, why it was refused, what the shapes said.

The build writes these lines below `quarantine/`; replaying one means reading its raw cables as a source.
"""

import json
from dataclasses import dataclass

from kg.errors import DataFolderError
from kg.sources.model import RawCable
from kg.sources.partitions import as_record, from_record
from kg.validation.model import Result
from kg.validation.report import result_as_json, result_from_json


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
        "raw": [as_record(raw) for raw in refused.raw],
    }
    return json.dumps(record, ensure_ascii=True, separators=(",", ":"))


def decode(line: str) -> RefusedCable:
    """The refused cable of a line; DataFolderError where the line is none."""
    try:
        record = json.loads(line)
        return RefusedCable(
            canonical_id=record["id"],
            raw=tuple(from_record(one) for one in record["raw"]),
            reasons=tuple(record["reasons"]),
            results=tuple(map(result_from_json, record["results"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataFolderError(f"This is no record of a refused cable ({error}): {line[:80]!r}") from error
