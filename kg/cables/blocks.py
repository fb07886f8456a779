"""Blocks of the body: runs of lines between blank lines and rows of dashes, and which of them are headings."""

import re
from dataclasses import dataclass, replace
from operator import ne
from typing import Final

from kg.cables.spans import lines, trim

_ROW: Final = re.compile(r"[ \t]*[-=_*~‐–—](?:[ \t]*[-=_*~‐–—]){2,}[ \t]*")  # "------- ----"  "*****"
_DASHES: Final = "-=_*‐–—"
_COLUMNS: Final = re.compile(r"\S[ \t]{3,}\S")

_FULL_STOPS: Final = (".", "!", "?", '."', ".”")
_LONGEST_HEADING: Final = 240
_LONGEST_LINE: Final = 110

# "Please visit the post's Classified Website at: http://..."
NOTICE: Final = re.compile(
    r"[\s\"*-]*(?:Please\s+)?Visit\b.{0,120}?(?:web\s?-?site|http|forum|wiki)", re.IGNORECASE | re.DOTALL
)
_MARKED: Final = re.compile(r"\((?:C|S|U|SBU|S//?NF|C//?NF|LOU|U//FOUO)\)\s")  # an unnumbered paragraph: "(C) Comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines; `row_before` and `row_after` say whether a row of dashes stands next to it."""

    start: int
    end: int
    row_before: bool = False
    row_after: bool = False


def blocks(text: str, start: int, end: int, *, has_capitals_only: bool) -> list[Block]:
    """The blocks of a span, in order."""
    out: list[Block] = []
    row = False
    begin: int | None = None
    stop = start
    for line_start, line_end in lines(text, start, end):
        line = text[line_start:line_end]
        is_row = _ROW.fullmatch(line) is not None
        if begin is not None and (is_row or not line.strip() or _opens_heading(text, stop, line, has_capitals_only)):
            out.append(_block(text, begin, stop, row))
            begin, row = None, False
        if is_row:
            if out and not row:
                out[-1] = replace(out[-1], row_after=True)
            row = True
        elif line.strip():
            begin = line_start if begin is None else begin
            stop = line_end
            words = line.rstrip(" \t\r" + _DASHES)
            if _is_row_after(line[len(words) :]):
                out.append(replace(_block(text, begin, line_start + len(words), row), row_after=True))
                begin, row = None, False
    if begin is not None:
        out.append(_block(text, begin, stop, row))
    return out


def is_heading(text: str, block: Block, *, has_capitals_only: bool, opens_paragraph: bool) -> bool:
    """Whether a block is a heading; `opens_paragraph` says that a numbered paragraph follows it."""
    words = text[block.start : block.end]
    if len(words) > _LONGEST_HEADING or not any(c.isalpha() for c in words) or _MARKED.match(words):
        return False
    rows = [line.strip() for line in words.splitlines()]
    if max(map(len, rows)) > _LONGEST_LINE or any(_COLUMNS.search(line) for line in rows):
        return False
    if NOTICE.match(words) or set(words) <= {"X", " ", "\n"}:
        return False
    is_boxed = block.row_after and len(rows) <= 3
    if is_boxed and not words.rstrip().endswith((".", ",", ";")):
        return True
    if is_in_capitals(words) and not has_capitals_only:
        return len(rows) <= 3 and not words.rstrip().endswith((".", ",", ";"))
    return opens_paragraph and len(rows) == 1 and _is_title(rows[0])


def is_in_capitals(words: str) -> bool:
    """Whether at least nine of ten letters with case are capitals, and there are at least three."""
    capitals: int = sum(map(ne, words, words.lower()))
    small: int = sum(map(ne, words, words.upper()))
    return capitals >= max(3, 9 * small)


def opens_unnumbered(text: str, block: Block) -> bool:
    """Whether a block after a paragraph's first cannot belong to it: a portion marking of its own, or a notice."""
    return _MARKED.match(text, block.start, block.end) is not None or NOTICE.match(text, block.start) is not None


def _is_title(line: str) -> bool:
    return (
        len(line) <= 80
        and (line[0].isupper() or line[0] in "\"“/'")
        and not line.endswith((".", ",", ";", ":"))
        and len(line.split()) <= 12
    )


def _is_row_after(tail: str) -> bool:
    """Whether the end of a line is a row of dashes after words: `THE HARBOUR ------------`."""
    return tail[:1].isspace() and sum(tail.count(dash) for dash in _DASHES) >= 5


def _opens_heading(text: str, stop: int, line: str, has_capitals_only: bool) -> bool:
    """Whether a line in capitals follows the end of a sentence without a blank line between."""
    if has_capitals_only or not text[max(0, stop - 80) : stop].rstrip().endswith(_FULL_STOPS):
        return False
    return is_in_capitals(line) and len(line.split()) > 1 and not line.rstrip().endswith(".")


def _block(text: str, start: int, end: int, row: bool) -> Block:
    start, end = trim(text, start, end)
    return Block(start=start, end=end, row_before=row)
