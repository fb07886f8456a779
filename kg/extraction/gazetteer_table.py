"""Keep a gazetteer as a table of tab-separated columns that people can read, one official a line, sorted by surname."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.extraction.gazetteer import Gazetteer, KnownName, indexed
from kg.extraction.names import fold

COLUMNS: Final = ("name", "countries", "offices", "cables", "places", "since", "until")
BETWEEN: Final = "|"  # several countries or offices


def encode(gazetteer: Gazetteer) -> Iterator[str]:
    """The lines of the table, the names of its columns first, each with its line end."""
    yield "\t".join(COLUMNS) + "\n"
    for names in gazetteer.by_surname.values():
        for known in names:
            numbers = (known.cables, known.places, known.since, known.until)
            texts = (known.name, BETWEEN.join(known.countries), BETWEEN.join(known.offices))
            yield "\t".join((*texts, *map(str, numbers))) + "\n"


def decode(lines: Iterable[str], wanted: frozenset[str] | None = None) -> Gazetteer:
    """The gazetteer behind lines written by `encode`; of `wanted` surnames alone where they are given."""
    return indexed(known for line in lines if (known := _known(line)) is not None and _is_wanted(known, wanted))


def fault(lines: Iterable[str]) -> str | None:
    """What makes lines no gazetteer, with the number of the line; None where all is well."""
    number = 0
    for number, line in enumerate(lines, start=1):
        is_head = line.rstrip("\r\n") == "\t".join(COLUMNS)
        if number == 1 and not is_head:
            return f"line 1 should name the columns {', '.join(COLUMNS)}, with tabs between"
        if number > 1 and _known(line) is None:
            return f"line {number} should have {len(COLUMNS)} columns with tabs between, the last four numbers"
    return None if number else "it is empty"


def _is_wanted(known: KnownName, wanted: frozenset[str] | None) -> bool:
    return wanted is None or known.words[-1] in wanted


def _known(line: str) -> KnownName | None:
    """The official of a line; None for a line that is none, such as the head of the table."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != len(COLUMNS) or not all(cell.isdigit() for cell in cells[3:]):
        return None
    cables, places, since, until = map(int, cells[3:])
    return KnownName(
        name=cells[0],
        words=fold(cells[0]),
        countries=tuple(filter(None, cells[1].split(BETWEEN))),
        offices=tuple(filter(None, cells[2].split(BETWEEN))),
        cables=cables,
        places=places,
        since=since,
        until=until,
    )
