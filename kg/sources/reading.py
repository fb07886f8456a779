"""Read sources: files, folders, archives and standard input, each by its content, to raw cables and problems."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from kg.sources import partitions, telegram
from kg.sources.decoding import decode_head, is_binary
from kg.sources.documents import document_of
from kg.sources.folders import files, path_names
from kg.sources.formats import Format, recognise
from kg.sources.model import RawCable, SourceProblem
from kg.sources.mojibake import repair
from kg.sources.packings import packing_of, unpack
from kg.sources.problems import Place, printable, problem
from kg.sources.streams import HEAD_SIZE, Source, Stream, os_problem

STDIN: Final = "-"
_COLUMNS_NAMED: Final = 20  # in the message about a table that is not known


def read(
    arguments: Sequence[str | Path], *, stdin: BinaryIO | None = None, names: Sequence[str] | None = None
) -> Iterator[RawCable | SourceProblem]:
    """Give every cable of the arguments in their order, and a problem for all that gives none.

    An argument is a file, a folder, an archive, or `-` for standard input (`stdin`, else the process's own). Memory is
    bounded by the longest cable, not by the file. What cannot be read never keeps the rest from being read. `names` are
    the arguments' names where they were made over more arguments than these (`source_names`).
    """
    for argument, name in zip(arguments, source_names(arguments) if names is None else names, strict=True):
        if str(argument) == STDIN:
            yield from _read_stdin(sys.stdin.buffer if stdin is None else stdin)
        else:
            yield from _read_path(Path(argument), name)


def source_names(arguments: Sequence[str | Path]) -> list[str]:
    """The names that sources start with: the last part of each path, more parts where two arguments end alike."""
    paths = iter(path_names([Path(argument) for argument in arguments if str(argument) != STDIN]))
    return [STDIN if str(argument) == STDIN else next(paths) for argument in arguments]


def _read_stdin(stdin: BinaryIO) -> Iterator[RawCable | SourceProblem]:
    place = Place(name=STDIN, is_named=True)
    yield from _read_source(Source(place=place, stream=Stream(stdin.read)), None)


def _read_path(path: Path, name: str) -> Iterator[RawCable | SourceProblem]:
    for found in files(path, name):
        if isinstance(found, SourceProblem):
            yield found
        else:
            yield from _read_file(*found)


def _read_file(path: Path, place: Place) -> Iterator[RawCable | SourceProblem]:
    try:
        file = path.open("rb", buffering=0)
    except OSError as failure:
        yield os_problem(place, failure)
        return
    with file:
        source = Source(place=place, stream=Stream(file.read))
        yield from _read_source(source, file if file.seekable() else None)


def _read_source(source: Source, file: BinaryIO | None) -> Iterator[RawCable | SourceProblem]:
    """Read one source; `file` is the same as a file that can be read from any place, where there is one."""
    head = source.stream.head()
    packing = packing_of(head)
    if (document := document_of(head)) is not None:
        yield problem("document", source.place, what=document)
    elif packing is not None:
        yield from _read_packed(source, packing, file)
    elif (known := recognise(head)) is not None:
        yield from _repaired(known, source)
    elif source.stream.failure is None:
        yield _unrecognised(source.place, head)
    if (failure := source.failure()) is not None:
        yield failure


def _repaired(known: Format, source: Source) -> Iterator[RawCable | SourceProblem]:
    """What a reader gives, with mojibake repaired; a partition holds what was repaired when it was first read."""
    found = known.read(source)
    if known.name == partitions.NAME:
        return found
    return (repair(one) if isinstance(one, RawCable) else one for one in found)


def _read_packed(source: Source, packing: str, file: BinaryIO | None) -> Iterator[RawCable | SourceProblem]:
    is_empty = True
    for inner in unpack(source, packing, file):
        is_empty = False
        if isinstance(inner, SourceProblem):
            yield inner
        else:
            yield from _read_source(inner, None)
    if is_empty and source.stream.failure is None:
        yield problem("empty", source.place)


def _unrecognised(place: Place, head: bytes) -> SourceProblem:
    if not head.strip():
        return problem("empty", place)
    if is_binary(head):
        return problem("binary", place)
    if columns := telegram.unknown_table(decode_head(head)):
        named = ", ".join(printable(name) for name in columns[:_COLUMNS_NAMED])
        return problem("unknown-table", place, columns=named + (", ..." if len(columns) > _COLUMNS_NAMED else ""))
    return problem("not-a-cable", place, head=HEAD_SIZE // 1024)
