"""Read the Cablegate table as other programs save it: quotes doubled and only where needed, `,`, `;` or tab between.

What a spreadsheet opens and saves again has lost the backslashes of the release; the columns and their order stay.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources.cablegate import COLUMNS, cable
from kg.sources.decoding import decode_head
from kg.sources.model import RawCable, SourceProblem
from kg.sources.streams import Source
from kg.sources.tables import Row, Table, rows

# Matches `7;2/3/2009 21:25;09LISBON9001;`, and a date as the spreadsheet of another country writes it (`03.02.2009`).
_ROW: Final = r"""
    "?\d{1,9}"? (?P<delimiter>[,;\t])                                              # row id
    "?\d{1,4}[./-]\d{1,2}[./-]\d{1,4} (?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"? (?P=delimiter)  # created
    "?\d{2,4}[A-Z]{3}                                                              # reference id
    """
_FIRST_ROW: Final = re.compile(
    rf"""
    \s* (?P<heading> (?: "?[A-Za-z][A-Za-z _-]{{0,40}}"? [,;\t] ){{7}} "?[A-Za-z][A-Za-z _-]{{0,40}}"? \r?\n )?
    {_ROW}
    """,
    re.VERBOSE,
)
_ROW_STARTS: Final = re.compile(_ROW.encode(), re.VERBOSE)


def looks_like(head: str) -> bool:
    """Whether the head begins with a row of the table, or with eight names of columns and a row."""
    return _table(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each row, or what is wrong with the row; rows are numbered from 1, a heading not counted."""
    table = _table(decode_head(source.stream.head()))
    for row in rows(source, table, _ROW_STARTS) if table else ():
        yield row if isinstance(row, SourceProblem) else _cable(source, row)


def _table(head: str) -> Table | None:
    first = _FIRST_ROW.match(head)
    if first is None:
        return None
    has_heading = first["heading"] is not None
    return Table(columns=COLUMNS, delimiter=first["delimiter"], has_heading=has_heading, is_sure=True)


def _cable(source: Source, row: Row) -> RawCable | SourceProblem:
    return cable(source, [value for _, value in row.values], row.encoding, row.number)
