"""Read a table whose columns have names: rows are told apart before they are parsed, so a broken one harms no other.

A row goes on over the next lines while a quote is open, but never into a line that surely begins a row.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.sources.model import SourceProblem
from kg.sources.problems import problem
from kg.sources.records import Record, gather, known_encoding, lines
from kg.sources.streams import Source
from kg.sources.texts import MAX_TEXT, MEGABYTE

_DELIMITERS: Final = (",", "|", "\t", ";")
_LONGEST_HEADING: Final = 16 * 1024
# The row that markdown has under the heading of a table: ---|---|---
_RULE: Final = re.compile(rb"[ \t]*\|?(?:[ \t]{0,3}:?-{2,40}:?[ \t]{0,3}\|){1,400}(?:[ \t]{0,3}:?-{2,40}:?)?\s*")

_MOST_SIGNS: Final = 1_000_000  # a row that has more, within quotes or not, is no text

# What the csv module says of a row that ends inside its quotes.
_CUT: Final = "unexpected end of data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A kind of table: its columns in small letters, what parts them, and whether the first line names them.

    A table that `is_plain` has no quotes around fields. One that `is_sure` has rows only where they surely begin.
    """

    columns: tuple[str, ...]
    delimiter: str
    has_heading: bool = True
    is_plain: bool = False
    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number from 1, and the columns with their values, in the order of the table."""

    number: int
    encoding: str
    values: tuple[tuple[str, str], ...]


def heading(head: str, needed: Collection[str]) -> Table | None:
    """The table whose first line names all the needed columns, or None."""
    line, _, rest = head.lstrip().partition("\n")
    line = line[:_LONGEST_HEADING].rstrip("\r")
    for delimiter in _DELIMITERS:
        if line.count(delimiter) < len(needed) - 1:
            continue
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:  # of a carriage return within the line, as binary data have
            continue
        columns = tuple(" ".join(name.split()).casefold() for name in names)
        if set(needed) <= set(columns):
            is_plain = delimiter != "," and f'{delimiter}"' not in rest and not rest.startswith('"')
            return Table(columns=columns, delimiter=delimiter, is_plain=is_plain)
    return None


def rows(source: Source, table: Table, starts: re.Pattern[bytes]) -> Iterator[Row | SourceProblem]:
    """The rows of a table, or what is wrong with a row; `starts` matches the beginning of a line that is surely one."""
    csv.field_size_limit(max(MAX_TEXT, csv.field_size_limit()))
    encoding = known_encoding(source)
    records = gather(_marked(lines(source, encoding), table, starts))
    if table.has_heading:
        next(records, None)
    number = 0
    for record in records:
        if number == 0 and _RULE.fullmatch(record.data):
            continue
        number += 1
        yield _row(source, table, record, encoding, number)


def _marked(found: Iterable[bytes], table: Table, starts: re.Pattern[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Each line with whether a row begins there: where the one before it is complete, or where it surely is one.

    A row is complete when all its quotes are closed, or, where fields have none, when it has all its columns.
    """
    sign = table.delimiter.encode() if table.is_plain else b'"'
    signs, size = 0, 0
    is_whole = True  # what comes next begins a line: a long one comes in pieces
    for line in found:
        if table.is_plain:
            begins = signs >= len(table.columns) - 1 and sign in line
        else:
            begins = signs % 2 == 0 or size > MAX_TEXT
        begins = is_whole and ((begins and not table.is_sure) or starts.match(line) is not None)
        if begins:
            signs, size = 0, 0
        is_whole = line.endswith(b"\n")
        signs += line.count(sign)
        size += len(line)
        yield begins, line


def _row(source: Source, table: Table, record: Record, encoding: str | None, number: int) -> Row | SourceProblem:
    where = {"row": number, "line": record.line}
    if record.is_too_long:
        return problem("csv-row-too-long", source.place, position=number, limit=MAX_TEXT // MEGABYTE, **where)
    text, name = record.decoded(encoding)
    try:
        fields = _fields(text.rstrip("\r\n"), table)
    except csv.Error as error:
        code = "csv-row-cut" if str(error) == _CUT else "csv-row-broken"
        return problem(code, source.place, position=number, reason=error, **where)
    if len(fields) != len(table.columns):
        if len(fields) < len(table.columns) and not text.endswith("\n"):
            return problem("csv-row-cut", source.place, position=number, **where)
        widths = {"columns": len(fields), "expected": len(table.columns)}
        return problem("csv-row-columns", source.place, position=number, **where, **widths)
    return Row(number=number, encoding=name, values=tuple(zip(table.columns, fields, strict=True)))


def _fields(text: str, table: Table) -> list[str]:
    """The fields of the text of one row; csv.Error where it is not in the dialect."""
    if table.is_plain:
        return text.split(table.delimiter)
    if text.count(table.delimiter) > _MOST_SIGNS:
        raise csv.Error(f"more than {_MOST_SIGNS:,} separators")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter, strict=True))
    return records[0] if len(records) == 1 else []
