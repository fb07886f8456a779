"""Write and read what a data folder keeps as sorted text: one thing a line, columns with tabs between, a head first."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import DataFolderError

Kept = TypeVar("Kept")

LONGEST_SHOWN: Final = 120


def text_of(head: str, lines: Iterable[str]) -> str:
    """The head and the lines, sorted, so that the same things give the same bytes."""
    return "".join(f"{line}\n" for line in [head, *sorted(lines)])


def rows(text: str, head: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line with its number; a line with other columns than the head is a DataFolderError."""
    columns = head.count("\t") + 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line in ("", head):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            named = head.replace("\t", ", ")
            raise DataFolderError(f"line {number} has {len(cells)} of the {columns} columns {named}: {shown(cells)}.")
        yield number, cells


def shown(cells: list[str]) -> str:
    """The cells of a line for a message, cut where they are long."""
    text = repr("\t".join(cells))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def folded(text: str) -> str:
    """A text that fits a cell: white space, tabs and newlines too, becomes one space, what UTF-8 cannot hold a `?`."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def read_kept(path: Path, decode: Callable[[str], Kept]) -> Kept:
    """What a file says that people may edit; DataFolderError with the file's name where it is broken."""
    try:
        # Some editors put a byte-order mark before the first line.
        return decode(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataFolderError(f"{path} is no text in UTF-8 (byte {error.start}). Save it as such.") from error
    except DataFolderError as error:
        raise DataFolderError(f"{path}: {error} Nothing was written; mend the file and try again.") from error
