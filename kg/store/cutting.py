"""Cut an answer off after a whole row, so that a valid document remains, while its bytes pass.

The engine serializes at some 100 MB a second, so rows are looked for in its bytes. Each format says where a row begins
by what stands nowhere else in it, not even in a literal. As long as all of an answer is held back (`Cutter`), this is
exact. Once its beginning has gone nothing can be cut cleanly any more, and rows are only counted, at the speed of C.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from kg.store.soundness import CsvCells

# An answer is looked at when it has grown by so many bytes; where a row is longer, when the row has doubled.
STEP: Final = 8 * 2**10


class Cut(NamedTuple):
    """Where an answer is to end, by which cap (`rows` or `bytes`), and what closes the document there."""

    end: int
    reason: str
    closing: bytes


class Format(Protocol):
    """How rows stand in a format of solutions."""

    closing: bytes

    def rows(self, text: bytes) -> Iterator[int]:
        """Where rows begin in a text that itself begins where a row or the document does, which is not among them."""

    def count(self, text: bytes) -> int:
        """About how many rows begin in the next text of an answer, wherever it begins."""


class _Sought:
    """Counts a pattern in texts that follow each other, across their seams too."""

    def __init__(self, pattern: bytes) -> None:
        self._pattern = pattern
        self._overlap = len(pattern) - 1
        self._tail = b""

    def count(self, text: bytes) -> int:
        """How often the pattern ends in the next text."""
        seam = self._tail + text[: self._overlap]
        self._tail = (self._tail + text[-self._overlap :])[-self._overlap :]
        return text.count(self._pattern) + seam.count(self._pattern)


class _Xml:
    """`<` in a literal is escaped."""

    closing = b"</results></sparql>"
    _ROW: Final = re.compile(rb"(?!\A)<result>")  # </result><result>

    def __init__(self) -> None:
        self._sought = _Sought(b"<result>")

    def rows(self, text: bytes) -> Iterator[int]:
        return (match.start() for match in self._ROW.finditer(text))

    def count(self, text: bytes) -> int:
        return self._sought.count(text)


class _Tsv:
    """A newline in a literal is escaped. One at the end of the text begins no row yet."""

    closing = b""
    _ROW: Final = re.compile(rb"\n(?!\Z)")  # ?s\n<urn:a>

    def rows(self, text: bytes) -> Iterator[int]:
        return (match.end() for match in self._ROW.finditer(text))

    def count(self, text: bytes) -> int:
        return text.count(b"\n")


class _Csv:
    """A newline within quotes is a literal's. A quote in a literal is doubled, so every second one closes."""

    closing = b""
    _ROW: Final = re.compile(rb'"[^"]*+(?:"|\Z)|\n(?!\Z)')  # "a\nb",1\n2

    def __init__(self) -> None:
        self._cells = CsvCells()

    def rows(self, text: bytes) -> Iterator[int]:
        return (match.end() for match in self._ROW.finditer(text) if match[0] == b"\n")

    def count(self, text: bytes) -> int:
        return self._cells.count(text)


class _Json:
    """A quote in a literal is escaped, and outside of strings `,{` only parts rows, `[{` only begins the first."""

    closing = b"]}}"
    _ROW: Final = re.compile(rb'"(?:[^"\\]|\\.|\\\Z)*+(?:"|\Z)|,\{|\[\{', re.DOTALL)  # [{"a":{"value":",{"}},{
    _EMPTY: Final = b",{}"

    def __init__(self) -> None:
        # Found in half the time of `,{"`. A literal that ends in it counts as a row, too.
        self._sought = _Sought(b'}},{"')

    def rows(self, text: bytes) -> Iterator[int]:
        for match in self._ROW.finditer(text):
            if match[0] == b"[{":
                yield match.start() + 1
            elif match[0] == b",{" and match.start():
                yield match.start()

    def count(self, text: bytes) -> int:
        """About how many rows: those that bind nothing count where they make up the better part of the text."""
        found = self._sought.count(text)
        if found == 0 and (empty := text.count(self._EMPTY)) * len(self._EMPTY) > len(text) // 2:
            return empty
        return found


FORMATS: Final[dict[str, type[Format]]] = {"json": _Json, "xml": _Xml, "csv": _Csv, "tsv": _Tsv}


@dataclass(frozen=True, slots=True)
class Caps:
    """How many rows and bytes an answer may have; 0: any number."""

    rows: int = 0
    bytes: int = 0


class Cutter:
    """Looks for the place to cut in an answer that is held back while it grows."""

    def __init__(self, form: Format, caps: Caps, *, step: int = STEP) -> None:
        self._form = form
        self._caps = caps
        self._step = step
        # What is before the beginning of the last row has been looked at.
        self._begun = 0
        self._look_at = step
        self.rows = 0

    def look(self, held: bytes | bytearray, *, ended: bool = False) -> Cut | None:
        """Where to cut what is held, once a cap is passed; None where all of it may stay."""
        if len(held) < self._look_at and not ended:
            return None
        starts = [self._begun + start for start in self._form.rows(bytes(memoryview(held)[self._begun :]))]
        cut = self._cut(starts, len(held))
        self.rows += len(starts)
        self._begun = starts[-1] if starts else self._begun
        self._look_at = len(held) + max(self._step, len(held) - self._begun)
        return cut

    def _cut(self, starts: list[int], length: int) -> Cut | None:
        closing = self._form.closing
        cuts = []
        if 0 < self._caps.rows < self.rows + len(starts):
            cuts.append(Cut(starts[self._caps.rows - self.rows], "rows", closing))
        most = self._caps.bytes - len(closing)
        begun = [start for start in (self._begun, *starts) if start]
        if self._caps.bytes and begun and (length > self._caps.bytes or begun[-1] > most):
            # Not even one row may fit: then the head of the document stays.
            end = max((start for start in begun if start <= most), default=begun[0])
            cuts.append(Cut(end, "bytes", closing))
        return min(cuts, default=None)
