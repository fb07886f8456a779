"""Read the Cablegate CSV: eight columns without a heading, each in quotes, backslash escapes, newlines in fields."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.sources.decoding import decode
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.records import blocks, known_encoding
from kg.sources.streams import MEGABYTE, Source
from kg.sources.texts import MAX_TEXT, join, metadata

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

# Matches before the beginning of `"2","2/25/1972 9:30",`. A field cannot hold such a line, since a quote in a field has
# a backslash before it; so rows are told apart before they are parsed, and a damaged row harms no other.
_ROW_START: Final = re.compile(rb'\n(?="\d{1,9}",")')
# Matches `id,date,refid,origin,classification,references,header,body`, which a copy may have above its rows.
_HEADING: Final = re.compile(rb'(?:\xef\xbb\xbf)?(?:"?[A-Za-z][A-Za-z _-]{0,40}"?,){7}"?[A-Za-z][A-Za-z _-]{0,40}"?\s*')
_OVERLAP: Final = 16  # longer than any match, for those that two blocks share

# What the csv module says of a row that ends inside its quotes.
_CUT: Final = "unexpected end of data"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The bytes from one row to the next, and the line that they start at; only their end where it is too long."""

    line: int
    data: bytes
    is_too_long: bool


def looks_like(head: str) -> bool:
    """Whether a line of the head starts with the first two columns of a row."""
    return _FIRST_COLUMNS.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each row, or what is wrong with the row; rows are numbered from 1, the broken ones too."""
    csv.field_size_limit(max(MAX_TEXT, csv.field_size_limit()))
    encoding = known_encoding(source)
    number = 0
    for row in _rows(blocks(source, encoding)):
        if number == 0 and _HEADING.fullmatch(row.data) is not None:
            continue
        for found in _cables(source, row, encoding, number + 1):
            number += 1
            yield found


def cable(source: Source, fields: list[str], encoding: str, number: int) -> RawCable | SourceProblem:
    """The cable of a row's eight fields, or the problem that neither header nor body is there."""
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


def _rows(blocks: Iterator[bytes]) -> Iterator[_Row]:
    data = b""  # from the start of a row on
    row_line = line = 1  # where the row starts, and where the data start
    is_too_long = False
    for block in blocks:
        seen = max(0, len(data) - _OVERLAP)
        data += block
        start = 0
        for match in _ROW_START.finditer(data, seen):
            row = data[start : match.end()]
            yield _Row(line=row_line, data=row, is_too_long=is_too_long or len(row) > MAX_TEXT)
            is_too_long = False
            row_line = line = line + row.count(b"\n")
            start = match.end()
        data = data[start:]
        if len(data) > MAX_TEXT:
            is_too_long = True
            line += data.count(b"\n", 0, -_OVERLAP)
            data = data[-_OVERLAP:]
    if data:
        yield _Row(line=row_line, data=data, is_too_long=is_too_long)


def _cables(source: Source, row: _Row, encoding: str | None, number: int) -> Iterator[RawCable | SourceProblem]:
    """The records from one row's start to the next: one, none (blank lines), or several where an id is no number.

    What follows a broken record up to the next row's start belongs to it and is not reported again.
    """
    where = {"row": number, "line": row.line}
    if row.is_too_long:
        yield problem("csv-row-too-long", source.place, position=number, limit=MAX_TEXT // MEGABYTE, **where)
        return
    text, found_encoding = decode(row.data)
    # Quotes are not doubled in this dialect. But only where the module takes them for escapes does `strict` tell a
    # quote that lacks its backslash; with doublequote=False such a row would come out cut in pieces.
    records = csv.reader(io.StringIO(text, newline="\n"), doublequote=True, escapechar="\\", strict=True)
    try:
        for fields in filter(None, records):
            if _ends_between_columns(fields, text, records.line_num):
                yield problem("csv-row-cut", source.place, position=number, **where)
                return
            if len(fields) != len(COLUMNS):
                yield problem(
                    "csv-row-columns",
                    source.place,
                    position=number,
                    columns=len(fields),
                    expected=len(COLUMNS),
                    **where,
                )
                return
            yield cable(source, fields, encoding or found_encoding, number)
            number += 1
            where = {"row": number, "line": row.line + records.line_num}
    except csv.Error as error:
        code = "csv-row-cut" if str(error) == _CUT else "csv-row-broken"
        yield problem(code, source.place, position=number, reason=error, **where)


def _ends_between_columns(fields: list[str], text: str, lines: int) -> bool:
    """Whether the text ends with this record, and neither in a newline nor in the quote of the eighth column."""
    is_last = not text.endswith("\n") and lines > text.count("\n")
    return is_last and (len(fields) < len(COLUMNS) or not text.endswith('"'))


def _widths(fields: list[str]) -> dict[str, int]:
    return {"columns": len(fields), "expected": len(COLUMNS)}
