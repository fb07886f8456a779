"""Read a source line by line, and gather lines into the records that they make up; memory is bounded by one record."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.sources.decoding import decode, is_utf16
from kg.sources.model import SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.texts import MAX_TEXT, MEGABYTE

UTF16: Final = "utf-16"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The bytes of one record and the line that it starts at, counted from 1; only its end where it is too long."""

    line: int
    data: bytes
    is_too_long: bool

    def decoded(self, encoding: str | None) -> tuple[str, str]:
        """Its text and the name of its encoding; `encoding` is that of the source, where it is known."""
        text, found = decode(self.data)
        return text, encoding or found


def known_encoding(source: Source) -> str | None:
    """UTF-16 where the source is marked as such; its lines come as UTF-8. None where each record tells its own."""
    return UTF16 if is_utf16(source.stream.head()) else None


def blocks(source: Source, encoding: str | None) -> Iterator[bytes]:
    """The source in blocks of a megabyte, a known encoding turned into UTF-8."""
    with source.buffered() as stream:
        if encoding is None:
            while block := stream.read(MEGABYTE):
                yield block
        else:
            text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
            while characters := text.read(MEGABYTE):
                yield characters.encode()


def lines(source: Source, encoding: str | None) -> Iterator[bytes]:
    """The lines of a source with their newlines, a known encoding turned into UTF-8.

    A line of more than a megabyte comes in pieces.
    """
    with source.buffered() as stream:
        if encoding is None:
            while line := stream.readline(MEGABYTE):
                yield line
        else:
            text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
            while characters := text.readline(MEGABYTE):
                yield characters.encode()


def gather(marked: Iterable[tuple[bool, bytes]]) -> Iterator[Record]:
    """The records that lines make up, each line marked whether it begins one; blank records are left out."""
    held = bytearray()
    line, first = 0, 1
    is_too_long = False
    for begins, data in marked:
        if begins and held:
            if record := _record(held, first, is_too_long):
                yield record
            held, is_too_long, first = bytearray(), False, line + 1
        line += data.endswith(b"\n")
        held += data
        if len(held) > MAX_TEXT:
            held, is_too_long = bytearray(data), True
    if record := _record(held, first, is_too_long):
        yield record


def too_long(source: Source, record: Record, number: int) -> SourceProblem:
    """The problem of a record that is too long to be a cable."""
    where = {"record": number, "line": record.line}
    return problem("record-too-long", source.place, position=number, limit=MAX_TEXT // MEGABYTE, **where)


def _record(held: bytearray, line: int, is_too_long: bool) -> Record | None:
    data = bytes(held)
    blank = data[: len(data) - len(data.lstrip())].count(b"\n")
    return Record(line=line + blank, data=data, is_too_long=is_too_long) if data.strip() else None
