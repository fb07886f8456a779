"""Tell the heading of a table that no reader knows from the first lines of a telegram.

Rows of such a table would pass for one telegram, with the heading and the fields of all rows in its text.
"""

import csv
import re
from typing import Final

_DELIMITERS: Final = (",", "|", "\t", ";")
_LONGEST: Final = 2000

# raw_body; Document Number; cable-id
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,30}(?:[ .-][A-Za-z0-9_]{1,30}){0,3}")
_WORDS: Final = re.compile(r"[ _.-]")
# What columns that hold the text of a telegram are called, as a word of their name: `raw_body`, `Full Text`.
_TEXTS: Final = frozenset(
    ("body", "cable", "content", "contents", "document", "message", "msgtext", "raw", "telegram", "text", "transcript")
)


def heading_in(head: str, end: int) -> tuple[str, ...] | None:
    """The columns that a line above `end`, where the telegram's lines begin, names, as they are written, or None."""
    lines = head[:end].splitlines()
    below = head[end : end + _LONGEST].splitlines()[:1]
    for number, line in enumerate(lines):
        row = next(iter([*lines[number + 1 :], *below]), "")[:_LONGEST]
        for delimiter in _DELIMITERS if len(line) <= _LONGEST else ():
            columns = _columns(line, delimiter) if delimiter in line else ()
            if columns and _is_row(row, delimiter, columns):
                return columns
    return None


def _columns(line: str, delimiter: str) -> tuple[str, ...]:
    """The names that a line parts by the delimiter; none where one of them is no name of a column, or stands twice."""
    try:
        names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return ()
    if len({name.casefold() for name in names}) < len(names) or len(names) < 2:
        return ()
    # Programs that number the rows leave the first column without a name.
    return tuple(names) if all(map(_NAME.fullmatch, names if names[0] else names[1:])) else ()


def _is_row(line: str, delimiter: str, columns: tuple[str, ...]) -> bool:
    """Whether a line can be a row's first: it has as many fields as come before the text, or opens a quoted one.

    `1,"THE FERRY","VZCZCXYZ0001`, where the text goes on over the next lines.
    """
    if line.count('"') % 2 and (line.startswith('"') or f'{delimiter}"' in line):
        return True
    texts = (at for at, name in enumerate(columns) if not _TEXTS.isdisjoint(_WORDS.split(name.casefold())))
    at = next(texts, 0)
    return at > 0 and line.count(delimiter) >= at
