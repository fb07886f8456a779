"""Blocks of the body: runs of lines between blank lines and rows of dashes, and which of them are headings."""

import re
import string
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.cables.body.marks import mark_at
from kg.cables.spans import trim

_ROW: Final = re.compile(r"[ \t]*[-=_*~‐–—](?:[ \t]*[-=_*~‐–—]){2,}[ \t]*")  # "------- ----"  "*****"
ROW_ENDS: Final = frozenset("-=_*~‐–—")
_ROW_IN_LINE: Final = re.compile(r"(?<!\S)[-=_*‐–—]{5,}(?!\S)")  # "The report ended. -------- Training --------"
_ROW_AT_END: Final = re.compile(r"\s[-=_*‐–—]{5,}\Z")
_LONGEST_ROW: Final = 200
_MARK_STARTS: Final = frozenset("BbEe")
_LETTER: Final = re.compile(r"[^\W\d_]")
_COLUMNS: Final = re.compile(r"\S[ \t]{3,}\S")

_CAPITALS: Final = string.ascii_uppercase.encode()
_SMALL: Final = string.ascii_lowercase.encode()
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")

_FULL_STOPS: Final = (".", "!", "?", '."', ".”")
_STOPS: Final = frozenset(stop[-1] for stop in _FULL_STOPS)
_LONGEST_HEADING: Final = 240
_LONGEST_LINE: Final = 110

# "Please visit the post's Classified Website at: http://..."
NOTICE: Final = re.compile(
    r"[\s\"“”*-]*(?:Please\s+)?Visit\b.{0,120}?(?:web\s?-?site|http|forum|wiki)", re.IGNORECASE | re.DOTALL
)
_MARKED: Final = re.compile(r"\((?:C|S|U|SBU|S//?NF|C//?NF|LOU|U//FOUO)\)\s")  # an unnumbered paragraph: "(C) Comment"


class Block(NamedTuple):
    """A run of lines; `row_before` and `row_after` say whether a row of dashes stands next to it.

    A plain tuple, as there are as many of them as lines in some texts.
    """

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
    last = ""
    for line_start, line_end, is_row, bare in _lines_and_rows(text, start, end):
        if begin is not None and (
            is_row or not bare or (last[-1] in _STOPS and not has_capitals_only and _opens_heading(last, bare))
        ):
            out.append(Block(*trim(text, begin, stop), row))
            begin, row = None, False
        last = bare
        if is_row:
            if out and not row:
                out[-1] = out[-1]._replace(row_after=True)
            row = True
        elif bare:
            begin = line_start if begin is None else begin
            stop = line_end
    if begin is not None:
        out.append(Block(*trim(text, begin, stop), row))
    return out


def _lines_and_rows(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool, str]]:
    """The lines of a span, whether each is a row of dashes, and its words; a line that ends with a row is cut there."""
    for line in text[start:end].split("\n"):
        bare = line.strip()
        stop = start + len(line)
        if not bare or bare[-1] not in ROW_ENDS:
            yield start, stop, False, bare
        elif bare[0] in ROW_ENDS and _ROW.fullmatch(line.rstrip()):
            yield start, stop, True, bare
        elif _ROW_AT_END.search(line.rstrip()[-_LONGEST_ROW:]):
            yield from _cut_at_rows(line.rstrip(), start)
        else:
            yield start, stop, False, bare
        start = stop + 1


def _cut_at_rows(line: str, offset: int) -> Iterator[tuple[int, int, bool, str]]:
    at = 0
    for row in _ROW_IN_LINE.finditer(line):
        if words := line[at : row.start()].strip():
            yield offset + at, offset + row.start(), False, words
        yield offset + row.start(), offset + row.end(), True, row.group()
        at = row.end()


def is_heading(text: str, block: Block, *, has_capitals_only: bool, opens_paragraph: bool) -> bool:
    """Whether a block is a heading; `opens_paragraph` says that a numbered paragraph follows it."""
    words = text[block.start : block.end]
    if len(words) > _LONGEST_HEADING or _LETTER.search(words) is None:
        return False
    marked = _MARKED.match(words) if words[0] == "(" else None
    if marked is not None:
        # "(C) KEY POINTS" is a heading only where more than its place says so.
        words, opens_paragraph = words[marked.end() :], False
    has_capitals = not has_capitals_only and is_in_capitals(words)
    if not (has_capitals or opens_paragraph or block.row_after):
        return False
    rows = [line.strip() for line in words.splitlines()] if "\n" in words else [words]
    if max(map(len, rows)) > _LONGEST_LINE or _has_columns(words, rows) or not words.strip("X \n"):
        return False
    if words[0] in _MARK_STARTS and mark_at(words, 0, len(words)) is not None:
        return False
    if "isit" in words.lower() and NOTICE.match(words):
        return False
    is_boxed = block.row_after and len(rows) <= 3
    if is_boxed and not words.rstrip().endswith((".", ",", ";")):
        return True
    if has_capitals:
        return len(rows) <= 3 and not words.rstrip().endswith((".", ",", ";"))
    return opens_paragraph and len(rows) == 1 and _is_title(rows[0])


def _has_columns(words: str, rows: list[str]) -> bool:
    return ("   " in words or "\t" in words) and any(_COLUMNS.search(line) for line in rows)


def is_in_capitals(words: str) -> bool:
    """Whether at least nine of ten letters with case are capitals, and there are at least three.

    The letters of ASCII are counted as bytes, which is faster.
    """
    ascii_only = words.encode("ascii", "ignore")
    small = len(ascii_only) - len(ascii_only.translate(None, _SMALL))
    if 9 * small > len(words):
        return False
    capitals = len(ascii_only) - len(ascii_only.translate(None, _CAPITALS))
    if len(ascii_only) < len(words):
        others = _NOT_ASCII.findall(words)
        capitals += sum(letter != letter.lower() for letter in others)
        small += sum(letter != letter.upper() for letter in others)
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


def _opens_heading(before: str, line: str) -> bool:
    """Whether a line in capitals follows the end of a sentence in the line before; neither has space at its ends."""
    if not before.endswith(_FULL_STOPS) or line.endswith("."):
        return False
    return is_in_capitals(line) and len(line.split()) > 1
