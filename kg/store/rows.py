"""Write solutions row by row: as a table for a page, and as CSV where that of the engine is not sound."""

import csv
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.store.cutting import Caps
from kg.store.output import Output
from kg.store.soundness import Unwritable

# About what a cell of a table takes besides its text.
CELL: Final = 64


class _Lines:
    """What a CSV writer writes to."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, text: str) -> int:
        """Take a row."""
        return self._output.write(text.encode())


def write_csv(result: ox.QuerySolutions, output: Output) -> None:
    """Write solutions as CSV, at a quarter of the engine's speed; Unwritable where there are triple terms."""
    writer = csv.writer(_Lines(output))
    writer.writerow([variable.value for variable in result.variables])
    for solution in result:
        writer.writerow([_text(term) for term in solution])


def _text(term: Any) -> str | None:
    match term:
        case ox.NamedNode() | ox.Literal():
            return term.value
        case ox.BlankNode():
            return str(term)
        case None:
            return None
        case _:
            raise Unwritable("CSV has no way to write triple terms")


def write_table(result: Any, rows: int, caps: Caps, output: Output) -> None:
    """Write the first solutions or triples as a table of at most `rows` rows, or fewer where a cap says so."""
    table = _table(result, Caps(min(rows, caps.rows or rows), caps.bytes))
    if cut := table.get("cut"):
        output.cut_off(cut)
    output.write(json.dumps(table).encode())


def _table(result: Any, caps: Caps) -> dict[str, Any]:
    """The first solutions or triples as lists of cells, and the cap at which there were more (None: there were not)."""
    if isinstance(result, ox.QueryBoolean):
        return {"boolean": bool(result)}
    names = ["subject", "predicate", "object"]
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
    rows: list[list[list[str | None] | None]] = []
    size = 0
    for row in islice(result, caps.rows):
        cells = [_cell(term) for term in _terms(row)]
        size += sum(CELL + len((cell[1] or "").encode()) for cell in cells if cell)
        if 0 < caps.bytes < size:
            return {"names": names, "rows": rows, "cut": "bytes"}
        rows.append(cells)
    return {"names": names, "rows": rows, "cut": "rows" if next(result, None) is not None else None}


def _terms(row: ox.QuerySolution | ox.Triple) -> Iterable[Any]:
    return (row.subject, row.predicate, row.object) if isinstance(row, ox.Triple) else row


def _cell(term: Any) -> list[str | None] | None:
    """A term as [kind, value] or, for a literal, [kind, value, datatype, language]."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return ["iri", term.value]
        case ox.Literal():
            return ["literal", term.value, term.datatype.value, term.language]
        case ox.BlankNode():
            return ["blank", term.value]
        case _:
            return ["triple", str(term)]
