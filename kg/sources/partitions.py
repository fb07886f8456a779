"""Read the project's own partitions back: raw cables as JSON Lines, each as it was first read."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import MEGABYTE, Source
from kg.sources.texts import MAX_TEXT

NAME: Final = "partition"

# JSON in ASCII takes up to six characters for one of the text, in a pair for those beyond U+FFFF.
MAX_LINE: Final = 6 * MAX_TEXT + MEGABYTE

# Matches `{"id": "08LISBON9901", "section": null, "source": "cables.csv", "position": 1, "format": "`.
_FIRST_LINE: Final = re.compile(
    r"""
    \{ "id":[ ] (?: null | "[^"\n]{1,200}" ) ,[ ]
    "section":[ ] (?: null | \d{1,4} ) ,[ ]
    "source":[ ] "
    """,
    re.VERBOSE,
)


def as_record(raw: RawCable) -> dict[str, Any]:
    """A raw cable as plain values for JSON; `repairs` are left out where there are none."""
    record: dict[str, Any] = {
        "source": raw.source,
        "position": raw.position,
        "format": raw.format,
        "encoding": raw.encoding,
        "metadata": dict(raw.metadata),
        "text": raw.text,
    }
    return {**record, "repairs": raw.repairs} if raw.repairs else record


def from_record(record: Mapping[str, Any]) -> RawCable:
    """The raw cable of such values; ValueError where one is missing or of another kind."""
    try:
        raw = RawCable(
            source=record["source"],
            position=record["position"],
            format=record["format"],
            encoding=record["encoding"],
            metadata=tuple(sorted(record["metadata"].items())),
            text=record["text"],
            repairs=tuple((start, before, after) for start, before, after in record.get("repairs", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    strings = [raw.source, raw.format, raw.encoding, raw.text, *(part for pair in raw.metadata for part in pair)]
    strings += [part for _, *pair in raw.repairs for part in pair]
    numbers = [raw.position, *(start for start, *_ in raw.repairs)]
    if not (all(isinstance(one, str) for one in strings) and all(type(one) is int for one in numbers)):
        raise ValueError("a value of another kind")
    return raw


def looks_like(head: str) -> bool:
    """Whether the head begins as a record does."""
    return _FIRST_LINE.match(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the raw cable of each line under the source, position and format that it had, or the line's problem."""
    with source.buffered() as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield _broken(source, number, f"it is longer than {MAX_LINE // MEGABYTE} MB")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MEGABYTE)
            elif line.strip():
                yield _cable(source, line, number)


def _cable(source: Source, line: bytes, number: int) -> RawCable | SourceProblem:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError("it is no object")
        return from_record(record)
    except (ValueError, RecursionError) as error:
        return _broken(source, number, error)


def _broken(source: Source, number: int, reason: object) -> SourceProblem:
    return problem("record-broken", source.place, position=number, line=number, reason=reason)
