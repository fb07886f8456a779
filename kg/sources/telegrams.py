"""Cut a file of many telegrams into one after another, in memory bounded by the longest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.sources.openings import LOOKAHEAD, end_of, next_opening
from kg.sources.streams import MEGABYTE
from kg.sources.texts import MAX_TEXT

_WINDOW: Final = MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The bytes of one telegram, and of what separates it from the next; no bytes where it is too long.

    `data` and `separator` of all pieces give the file again.
    """

    data: bytes
    separator: bytes
    is_too_long: bool
    is_last: bool


def telegrams(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Give each telegram of a file."""
    waiting = iter(blocks)
    # A newline before the first line, so that all lines that open a telegram have one.
    data, start, is_whole = b"\n", 0, False
    is_too_long = False
    while True:
        opening = next_opening(data, start, is_skipping=is_too_long)
        if opening is not None and (is_whole or opening <= len(data) - LOOKAHEAD):
            yield _piece(data, start, opening, is_too_long=is_too_long)
            start, is_too_long = opening, False
        elif is_whole:
            yield _piece(data, start, None, is_too_long=is_too_long)
            return
        else:
            if opening is None and len(data) - start > MAX_TEXT + LOOKAHEAD:
                is_too_long = True
                start = data.rfind(b"\n", 0, len(data) - LOOKAHEAD)
                start = len(data) - LOOKAHEAD if start < 0 else start
            data, is_whole = _more(data[start:], waiting)
            start = 0


def _more(data: bytes, blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The data with at least as much again behind them, and whether that is all."""
    wanted = max(_WINDOW, len(data))
    parts = [data]
    while wanted > 0:
        block = next(blocks, None)
        if block is None:
            return b"".join(parts), True
        parts.append(block)
        wanted -= len(block)
    return b"".join(parts), False


def _piece(data: bytes, start: int, opening: int | None, *, is_too_long: bool) -> Piece:
    """The piece from the newline at `start` to that at `opening`, which is the separator's last."""
    end = len(data) if opening is None else end_of(data, start + 1, opening)
    behind = end if opening is None else opening + 1
    is_too_long = is_too_long or end - start > MAX_TEXT + 1
    return Piece(
        data=b"" if is_too_long else data[start + 1 : end],
        separator=b"" if is_too_long else data[end:behind],
        is_too_long=is_too_long,
        is_last=opening is None,
    )
