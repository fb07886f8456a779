"""Cables that fill a whole file: their bytes within bounds, and header and body as one text."""

from typing import Final

from kg.sources.decoding import decode
from kg.sources.model import SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import MEGABYTE as MEGABYTE
from kg.sources.streams import Source

MAX_TEXT: Final = 16 * MEGABYTE  # the longest cables have some 300 KB


def whole_text(source: Source, format_name: str) -> tuple[str, str] | SourceProblem | None:
    """The text of a source and its encoding; a problem where it is too long, None where the stream broke off."""
    with source.buffered() as stream:
        data = stream.read(MAX_TEXT + 1)
        if len(data) > MAX_TEXT:
            return problem("too-large", source.place, format=format_name, limit=MAX_TEXT // MEGABYTE)
    return None if source.stream.failure is not None else decode(data)


def join(header: str, body: str) -> str:
    """Header and body as one text, a blank line between them; the one alone where the other is blank."""
    if not header.strip():
        return body
    return f"{header}\n\n{body}" if body.strip() else header


def metadata(**values: str) -> tuple[tuple[str, str], ...]:
    """What a source says beside the text, sorted by name, without what is blank."""
    return tuple((name, value.strip()) for name, value in sorted(values.items()) if value.strip())
