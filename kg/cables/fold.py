"""Fold a span of the clean text to the text of a part, with the segments that lead back to the text as found."""

import re
from typing import Final

from kg.cables.model import CleanText
from kg.cables.spans import trim

# Two or more white-space characters: "word \n word". The engine finds this form faster than a counted one.
_LONG_GAP: Final = re.compile(r"\s\s+")
_SPACE: Final = re.compile(r"\s")

Segments = tuple[tuple[int, int, int], ...]


def fold(clean: CleanText, start: int, end: int) -> tuple[str, Segments]:
    """The folded text of a span and its segments: (start in the text, start in the text as found, length)."""
    start, end = trim(clean.text, start, end)
    if start == end:
        return "", ()
    text = " ".join(clean.text[start:end].split())
    if len(text) == end - start:
        return text, ((0, start, len(text)),)
    return text, tuple(_segments(clean, start, end))


def _segments(clean: CleanText, start: int, end: int) -> list[tuple[int, int, int]]:
    """Cut the span at every gap of several characters; the one folded space stands for the first white space in it."""
    out: list[tuple[int, int, int]] = []
    at, begin, found = 0, start, clean.found
    for gap in _LONG_GAP.finditer(clean.text, start, end):
        first, stop = gap.span()
        space = None if found[first].isspace() else _SPACE.search(found, first, stop)
        if space is None:
            length = first + 1 - begin
            out.append((at, begin, length))
            at, begin = at + length, stop
        else:
            length = first - begin
            out.append((at, begin, length))
            if space.end() == stop:
                at, begin = at + length, space.start()
            else:
                out.append((at + length, space.start(), 1))
                at, begin = at + length + 1, stop
    out.append((at, begin, end - begin))
    return out
