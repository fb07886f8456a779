"""Read History Lab's table of cables, a CSV or its columns parted by `|`: a text a row, the rest as metadata.

Two columns hold text: `raw_body` the whole telegram, `body` what was taken for its message. The longer is the text as
found; the other is kept as metadata where the text does not contain it. A table without them lists cables; one without
their numbers is read where its columns are History Lab's, and the texts say which cables they are.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources.attributes import as_lines, said, status_of
from kg.sources.decoding import decode_head
from kg.sources.model import CATALOGUE, RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.tables import Row, Table, heading, rows
from kg.sources.telegram import first_line
from kg.sources.texts import metadata

NAME: Final = "history-lab-csv"

# The columns and the metadata that they are; others keep their names.
COLUMNS: Final = {
    "doc_nbr": "reference_id",
    "reference": "references",
    "date": "created",
    "origclass": "classification",
    "classification": "classification_given",  # origclass again, without what is misread there
    "class": "current_classification",
    "orighand": "handling",
    "handling": "current_handling",
    "origpclass": "original_previous_classification",
    "origphand": "original_previous_handling",
    "pclass": "previous_classification",
    "phandling": "previous_handling",
    "pchannel": "previous_channel",
    "from_field": "from",
    "to_field": "to",
    "auto_decaption": "automatic_decaptioning",
    "control_nbr": "control_number",
    "doc_source": "document_source",
    "sasid": "sas_id",
    "id": "row_id",
}
_TEXTS: Final = ("body", "raw_body")

# The columns that only this table has together, the surest first. An export of letters has a subject and a body too:
# there lines of a telegram must stand below.
_NEEDED: Final = (
    ("doc_nbr", "body"),
    ("doc_nbr", "raw_body"),
    ("doc_nbr", "subject"),
    ("doc_nbr", "from_field"),
    ("doc_nbr", "to_field"),
    ("doc_nbr", "date"),
    ("raw_body",),
    ("body", "from_field"),
    ("body", "to_field"),
    ("body", "origclass"),
    ("subject", "from_field"),
)
_NEEDED_ABOVE_TELEGRAMS: Final = ("body", "subject")

# 1973PRETOR04668, or P769151-0570 of what was sent on paper.
_NUMBER: Final = r"(?:(?:(?:19|20)?\d\d)[A-Z][A-Z .]{1,12}\d{3,6}|[A-Z]\d{6}-\d{4})"
_IS_NUMBER: Final = re.compile(_NUMBER)
_ROW_STARTS: Final = re.compile(rf'"?{_NUMBER}"?[,|\t;]'.encode())
_NEVER: Final = re.compile(rb"(?!)")


def looks_like(head: str) -> bool:
    """Whether the head begins with a heading that has columns which together only History Lab has."""
    return _table(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each row, or what is wrong with the row; rows are numbered from 1."""
    table = _table(decode_head(source.stream.head()))
    if table is None:
        return
    # Where the number comes first, a line that starts with one begins a row; elsewhere texts have such lines too.
    starts = _ROW_STARTS if table.columns[0] in ("doc_nbr", "id") else _NEVER
    for row in rows(source, table, starts):
        yield row if isinstance(row, SourceProblem) else _cable(source, row)


def _table(head: str) -> Table | None:
    known = next((table for needed in _NEEDED if (table := heading(head, needed))), None)
    if known is None and (table := heading(head, _NEEDED_ABOVE_TELEGRAMS)) and first_line(head) is not None:
        return table
    return known


def _cable(source: Source, row: Row) -> RawCable | SourceProblem:
    columns = dict(row.values)
    text, other = sorted((columns.get(name, "") for name in _TEXTS), key=lambda found: len(found.split()), reverse=True)
    values = said((COLUMNS.get(name, name), value) for name, value in row.values if name not in _TEXTS)
    values.setdefault("classification", values.get("classification_given", ""))
    if _IS_NUMBER.fullmatch(values.get("row_id", "")):
        values.setdefault("reference_id", values["row_id"])
    status = status_of(text, values.get("locator"))
    if status:
        status = status if columns.keys() & _TEXTS else CATALOGUE
        text = as_lines((name, value) for name, value in row.values)
    elif " ".join(other.split()) not in " ".join(text.split()):
        values["body" if other == columns.get("body") else "raw_body"] = other
    if not text:
        return problem("no-text", source.place, position=row.number, format=NAME)
    if status and "reference_id" not in values:
        return problem("row-unnamed", source.place, position=row.number, row=row.number)
    return RawCable(
        source=source.place.name,
        position=row.number,
        format=NAME,
        encoding=row.encoding,
        metadata=metadata(**{**values, "text_status": status}),
        text=text,
    )
