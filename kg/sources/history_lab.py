"""Read History Lab's table of cables, a CSV or its columns parted by `|`: a text a row, the rest as metadata.

Two columns hold text: `raw_body` the whole telegram, `body` what was taken for its message. The longer is the text as
found; the other is kept as metadata where the text does not contain it.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources.attributes import as_lines, said, status_of
from kg.sources.decoding import decode_head
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.tables import Row, Table, heading, rows
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

# 1973PRETOR04668, or P769151-0570 of what was sent on paper.
_ROW_STARTS: Final = re.compile(rb'"?(?:(?:(?:19|20)?\d\d)[A-Z][A-Z .]{1,12}\d{3,6}|[A-Z]\d{6}-\d{4})"?[,|\t;]')


def looks_like(head: str) -> bool:
    """Whether the head begins with a heading that has History Lab's name for the number, and a column of text."""
    return _table(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of each row, or what is wrong with the row; rows are numbered from 1."""
    table = _table(decode_head(source.stream.head()))
    for row in rows(source, table, _ROW_STARTS) if table else ():
        yield row if isinstance(row, SourceProblem) else _cable(source, row)


def _table(head: str) -> Table | None:
    return heading(head, ("doc_nbr", "body")) or heading(head, ("doc_nbr", "raw_body"))


def _cable(source: Source, row: Row) -> RawCable | SourceProblem:
    columns = dict(row.values)
    text, other = sorted((columns.get(name, "") for name in _TEXTS), key=lambda found: len(found.split()), reverse=True)
    values = said((COLUMNS.get(name, name), value) for name, value in row.values if name not in _TEXTS)
    values.setdefault("classification", values.get("classification_given", ""))
    status = status_of(text, values.get("locator"))
    if status:
        text = as_lines((name, value) for name, value in row.values)
    elif " ".join(other.split()) not in " ".join(text.split()):
        values["body" if other == columns.get("body") else "raw_body"] = other
    if not text:
        return problem("no-text", source.place, position=row.number, format=NAME)
    return RawCable(
        source=source.place.name,
        position=row.number,
        format=NAME,
        encoding=row.encoding,
        metadata=metadata(**{**values, "text_status": status}),
        text=text,
    )
