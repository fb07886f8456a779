"""Fold a span of the clean text to the text of a part, with the segments that lead back to the text as found."""

import re
from collections.abc import Iterator
from typing import Final

from kg.cables.model import CleanText
from kg.cables.spans import trim

# "word \n word" and, once the white space is spaces only, "word   word"; the engine finds both by what they begin with.
_LONG_GAP: Final = re.compile(r"\s\s+")
_SPACES: Final = re.compile(r"  +")
_SPACE: Final = re.compile(r"\s")

Segments = tuple[tuple[int, int, int], ...]


def fold(clean: CleanText, start: int, end: int) -> tuple[str, Segments]:
    """The folded text of a span and its segments: (start in the text, start in the text as found, length)."""
    start, end = trim(clean.text, start, end)
    if start == end:
        return "", ()
    words = clean.text[start:end]
    # Printable text has no other white space than the space.
    is_line = words.isprintable()
    spaced = words if is_line else words.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if not is_line and not spaced.isprintable():
        text = " ".join(spaced.split())
        segments = _segments(clean.found, _LONG_GAP.finditer(clean.text, start, end), 0, start, end)
    elif "  " in spaced:
        segments = _segments(clean.found, _SPACES.finditer(spaced), start, start, end)
        text = "".join([spaced[found - start : found - start + length] for _, found, length in segments])
    else:
        return spaced, ((0, start, end - start),)
    return text, tuple(segments)


def _segments(
    found: str, gaps: Iterator[re.Match[str]], offset: int, start: int, end: int
) -> list[tuple[int, int, int]]:
    """Cut the span at every gap of several characters; the one folded space stands for the first white space in it.

    The gaps count from `offset` in the text as found.
    """
    out: list[tuple[int, int, int]] = []
    at, begin = 0, start
    for gap in gaps:
        first, stop = gap.span()
        first, stop = offset + first, offset + stop
        if found[first].isspace() or (space := _SPACE.search(found, first, stop)) is None:
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
