"""Read a list of telegrams from NARA's catalogue: a CSV of what is known of each, without the texts.

Each row is a catalogue entry: its text as found is what the row says, a line a column, so that the cable is in the
graph with its number, date, post, subject and TAGS before anybody has read its text.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources.attributes import NAMES, as_lines, name_of, said
from kg.sources.decoding import decode_head
from kg.sources.model import CATALOGUE, RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.tables import Row, Table, heading, rows
from kg.sources.texts import metadata

NAME: Final = "nara-aad-list"

COLUMNS: Final = ("URL", "Draft Date", "Document Number", "Film Number", "From", "Subject", "TAGS", "To")
# What only such a list has beside its numbers; other tables have numbers of documents and subjects too.
_NEEDED: Final = tuple(
    ("document number", "subject", own) for own in ("tags", "film number", "draft date", "sent date")
)
_HEADINGS: Final = {name.casefold(): name for name in (*COLUMNS, *NAMES)}

# The pages of the catalogue that were not put together have no heading: https://aad.archives.gov/aad/…,01 JAN 1974,
_FIRST_ROW: Final = re.compile(
    r"""
    \s* "? https?://[^\s,"]{0,100}archives\.gov/[^\s,"]{1,2000} "? ,
    "? [\d A-Za-z/-]{0,30} "? ,
    "? (?:19|20)\d\d[A-Z]
    """,
    re.VERBOSE,
)
_ROW_STARTS: Final = re.compile(rb'"?https?://')


def looks_like(head: str) -> bool:
    """Whether the head begins with the heading of the list, or with a row of it."""
    return _table(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give a catalogue entry for each row, or what is wrong with the row; rows are numbered from 1."""
    table = _table(decode_head(source.stream.head()))
    for row in rows(source, table, _ROW_STARTS) if table else ():
        yield row if isinstance(row, SourceProblem) else _entry(source, row)


def _table(head: str) -> Table | None:
    if _FIRST_ROW.match(head) is not None:
        return Table(columns=tuple(name.casefold() for name in COLUMNS), delimiter=",", has_heading=False)
    return next((table for needed in _NEEDED if (table := heading(head, needed))), None)


def _entry(source: Source, row: Row) -> RawCable | SourceProblem:
    text = as_lines((_HEADINGS.get(column, column), value) for column, value in row.values)
    if not text:
        return problem("no-text", source.place, position=row.number, format=NAME)
    values = said((name_of(column), value) for column, value in row.values)
    return RawCable(
        source=source.place.name,
        position=row.number,
        format=NAME,
        encoding=row.encoding,
        metadata=metadata(**{**values, "text_status": CATALOGUE}),
        text=text,
    )
