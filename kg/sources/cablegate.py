"""Read the Cablegate CSV: eight columns without a heading, each in quotes, backslash escapes, newlines in fields."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.sources.decoding import decode, is_utf16
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.texts import MAX_TEXT, MEGABYTE, join, metadata

NAME: Final = "cablegate-csv"
COLUMNS: Final = ("row_id", "created", "reference_id", "origin", "classification", "references", "header", "body")

# Matches a line that starts `"1","12/28/1966 18:06","66BUENOSAIRES2481",`.
_FIRST_COLUMNS: Final = re.compile(
    r"""
    ^ "\d{1,9}",                               # row id
    "\d{1,2}/\d{1,2}/\d{4}[ ]\d{1,2}:\d{2}"    # created
    """,
    re.VERBOSE | re.MULTILINE,
)

# Matches the beginning of `"2","2/25/1972 9:30",`. A field cannot hold such a line, since a quote in a field has a
# backslash before it; so rows are told apart before they are parsed, and a damaged row harms no other.
_ROW_START: Final = re.compile(rb'"\d{1,9}","')

# What the csv module says of a row that ends inside its quotes.
_CUT: Final = "unexpected end of data"


@dataclass(slots=True, kw_only=True)
class _Row:
    """The lines of one row as they come in; `length` counts also those over the limit, which are not kept."""

    line: int
    lines: list[bytes] = field(default_factory=list)
    length: int = 0

    def add(self, data: bytes) -> None:
        self.length += len(data)
        if self.length <= MAX_TEXT:
            self.lines.append(data)


def looks_like(head: str) -> bool:
    """Whether a line of the head starts with the first two columns of a row."""
    return _FIRST_COLUMNS.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each row, or what is wrong with the row; rows are numbered from 1, the broken ones too."""
    csv.field_size_limit(max(MAX_TEXT, csv.field_size_limit()))
    number = 0
    for row in _rows(source):
        for found in _cables(source, row, number + 1):
            number += 1
            yield found


def _rows(source: Source) -> Iterator[_Row]:
    row = _Row(line=1)
    line = 1
    at_line_start = True
    for data in _lines(source):
        if at_line_start and data[:1] == b'"' and _ROW_START.match(data):
            if row.length:
                yield row
            row = _Row(line=line)
        row.add(data)
        at_line_start = data.endswith(b"\n")
        line += at_line_start
    if row.length:
        yield row


def _lines(source: Source) -> Iterator[bytes]:
    """Lines in UTF-8 or Windows-1252, the longest in pieces of a megabyte."""
    with source.buffered() as stream:
        if is_utf16(stream.peek(2)):
            text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
            while line := text.readline(MEGABYTE):
                yield line.encode()
        else:
            while data := stream.readline(MEGABYTE):
                yield data


def _cables(source: Source, row: _Row, number: int) -> Iterator[RawCable | SourceProblem]:
    """The records from one row's start to the next: one, none (blank lines), or several where an id is no number."""
    where = {"row": number, "line": row.line}
    if row.length > MAX_TEXT:
        yield problem("csv-row-too-long", source.place, position=number, limit=MAX_TEXT // MEGABYTE, **where)
        return
    text, encoding = decode(b"".join(row.lines))
    records = csv.reader(io.StringIO(text, newline="\n"), doublequote=False, escapechar="\\", strict=True)
    try:
        for fields in filter(None, records):
            yield _cable(source, fields, encoding, number, row.line)
            number += 1
    except csv.Error as error:
        if str(error) == _CUT:
            yield problem("csv-row-cut", source.place, position=number, columns=_columns_before_cut(text), **where)
        else:
            yield problem("csv-row-broken", source.place, position=number, reason=error, **where)


def _cable(source: Source, fields: list[str], encoding: str, number: int, line: int) -> RawCable | SourceProblem:
    if len(fields) != len(COLUMNS):
        return problem("csv-row-columns", source.place, position=number, row=number, line=line, columns=len(fields))
    *beside, header, body = fields
    text = join(header, body)
    if not text.strip():
        return problem("no-text", source.place, position=number, format=NAME)
    return RawCable(
        source=source.place.name,
        position=number,
        format=NAME,
        encoding=encoding,
        metadata=metadata(**dict(zip(COLUMNS, beside, strict=False))),
        text=text,
    )


def _columns_before_cut(text: str) -> int:
    """How many columns of a cut row are whole: those before the one that the cut went through."""
    [fields] = csv.reader(io.StringIO(text, newline="\n"), doublequote=False, escapechar="\\")
    return len(fields) - 1
