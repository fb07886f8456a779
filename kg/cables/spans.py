"""Spans of a text: its lines, a span without the white space around it, values as slices.

All offsets are Unicode code points, end exclusive.
"""

import re
from collections.abc import Iterator

from kg.cables.model import CleanText, TextValue

_NOT_SPACE = re.compile(r"\S")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty at `end` where it holds nothing else."""
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return start, end
    first = _NOT_SPACE.search(text, start, end)
    if first is None:
        return end, end
    return first.start(), start + len(text[start:end].rstrip())


def skip_space(text: str, start: int, end: int) -> int:
    """The offset of the first character that is no white space, or `end`."""
    if start < end and not text[start].isspace():
        return start
    first = _NOT_SPACE.search(text, start, end)
    return end if first is None else first.start()


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a span, without their newlines; a span that ends in a newline has no empty last line."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def line_of(text: str, offset: int) -> tuple[int, int]:
    """The line in which the offset lies, without its newline."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def folded(text: str) -> str:
    """The text with one space for white space, none at its ends."""
    return " ".join(text.split())


def text_value(clean: CleanText, start: int, end: int, value: str | None = None) -> TextValue:
    """A value of the header: the slice of the text as found, and what it stands for (by default its folded text)."""
    start, end = trim(clean.text, start, end)
    return TextValue(
        as_sent=clean.found[start:end],
        start=start,
        end=end,
        value=folded(clean.text[start:end]) if value is None else value,
    )
