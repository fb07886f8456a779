"""Lists and tables of the body, known by the form of their lines: bullets, aligned columns, dotted leaders."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kg.cables.body.marks import Stretch

# "\n-- rope"  "\n  • rope"  "\n(a) rope"  "\n*  rope"; begins with the line break, by which the search is fast.
_BULLET: Final = re.compile(r"\n[ \t]{0,20}(?:-{1,4}|[•●▪·*o]|\([a-z]\)|\([ivx]{1,4}\)|[a-z][.)])[ \t]{1,8}(?=[^\s-])")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_LEAST_ITEMS: Final = 2

# What stands between two columns.
_GAP: Final = re.compile(r"   +")
_LEADER: Final = re.compile(r"\.{4,}")
_NUMBER: Final = re.compile(r"[(\[]?\d{1,3}[.)]?")
_BREAKS: Final = ("", "\n", "\r")
_LONGEST_LINE: Final = 160
_LEAST_GAPS: Final = 2
_LEAST_ROWS: Final = 3
# So many lines without columns (a row of dashes, a blank line, a cell that runs on) may stand between two rows.
_BETWEEN: Final = 2


def lists(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The lists of a span: two items or more that no other block parts; each ends with the block of its last item."""
    first = last = -1
    items = 0
    for match in _BULLET.finditer(text, max(0, start - 1), end):
        if items and not _is_parted(text, last, match.start()):
            items += 1
        else:
            if items >= _LEAST_ITEMS:
                yield Stretch(kind="list", start=first, end=_end_of_block(text, last, end))
            first, items = match.start() + 1, 1
        last = match.end()
    if items >= _LEAST_ITEMS:
        yield Stretch(kind="list", start=first, end=_end_of_block(text, last, end))


def _is_parted(text: str, item: int, following: int) -> bool:
    """Whether a blank line and then other text stand between the words of an item and the next bullet."""
    stop = following
    while stop > item and text[stop - 1].isspace():
        stop -= 1
    return _BLANK_LINE.search(text, item, stop) is not None


def _end_of_block(text: str, item: int, end: int) -> int:
    blank = _BLANK_LINE.search(text, item, end)
    return blank.start() if blank else end


def tables(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The tables of a span: three lines or more with two gaps of three spaces, or with dotted leaders."""
    run: list[tuple[int, int]] = []
    for row in _rows(text, start, end):
        if run and text.count("\n", run[-1][1], row[0]) > _BETWEEN + 1:
            yield from _table(run)
            run = []
        run.append(row)
    yield from _table(run)


def _table(run: list[tuple[int, int]]) -> Iterator[Stretch]:
    if len(run) >= _LEAST_ROWS:
        yield Stretch(kind="table", start=run[0][0], end=run[-1][1])


def _rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines with two gaps or a leader, in order."""
    gaps = list(_lines_with("   ", _GAP, text, start, end))
    rows = {line for line, count in Counter(gaps).items() if count >= _LEAST_GAPS} if gaps else set()
    rows.update(_lines_with("....", _LEADER, text, start, end))
    return [(line, _end_of_line(text, line, end)) for line in sorted(rows)]


def _lines_with(sign: str, whole: re.Pattern[str], text: str, start: int, end: int) -> Iterator[int]:
    """The starts of the lines in which a sign stands between words, once each time; `whole` is it in full length."""
    at = text.find(sign, start, end)
    while at >= 0:
        match = whole.match(text, at, end)
        stop = match.end() if match else at + len(sign)
        if text[at - 1 : at] in _BREAKS:  # the indent of a line
            at = text.find(sign, stop, end)
            continue
        line = text.rfind("\n", max(start, at - _LONGEST_LINE), at) + 1
        is_short = text.find("\n", stop, line + _LONGEST_LINE) >= 0 or line + _LONGEST_LINE >= end
        if line and is_short and text[stop : stop + 1] not in _BREAKS and _is_cell(text[line:at].strip()):
            yield line
        at = text.find(sign, stop, end)


def _is_cell(words: str) -> bool:
    """Whether a column stands before a gap; the number of a paragraph is none."""
    return bool(words) and _NUMBER.fullmatch(words) is None


def _end_of_line(text: str, line: int, end: int) -> int:
    stop = text.find("\n", line, end)
    return end if stop < 0 else stop
