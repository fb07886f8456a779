"""Write what RDFS entails of the default graph into a graph of its own, beside the facts.

Each file of the default graph gives a sorted file of what its triples entail; these are merged, what the default graph
says anyway is dropped, and the rest is loaded from its dump. So memory holds what one file entails and no more.
"""

import gzip
import heapq
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.files import gzip_lines, gzipped, write_bytes
from kg.mapping.entailment import Schema
from kg.store.load import load_facts

NONE: Final = "none"
RDFS: Final = "rdfs"
# The name of the graph and of its dump.
ENTAILED: Final = "entailed"
# Lines that are parsed at a time: a parser made for each line would take longer than all else.
_BATCH: Final = 10_000


def entail(store: ox.Store, schema: Schema, files: Sequence[Path], dump: Path, graph: str) -> int:
    """Write what the files of the default graph entail beyond it into a dump and into a named graph; say how much.

    `store` holds the default graph that the files make.
    """
    scratch = dump.parent / "entailing"
    scratch.mkdir()
    parts = [_entailed(path, schema, scratch / f"{number}.nt.gz") for number, path in enumerate(files)]
    count = _merge(parts, store, dump)
    for part in parts:
        part.unlink()
    scratch.rmdir()
    load_facts(store, [dump], graph)
    return count


def _entailed(path: Path, schema: Schema, out: Path) -> Path:
    lines = (line.decode() for line in gzip_lines(path))
    write_bytes(out, gzipped(line.encode() for line in sorted(set(schema.entailed(lines)))))
    return out


def _merge(parts: Iterable[Path], store: ox.Store, dump: Path) -> int:
    count = 0
    with ExitStack() as opened:
        file = opened.enter_context(dump.open("wb"))
        out = opened.enter_context(gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0))
        for line in _new(heapq.merge(*map(gzip_lines, parts)), store):
            out.write(line)
            count += 1
    return count


def _new(lines: Iterable[bytes], store: ox.Store) -> Iterator[bytes]:
    """Each line once, without those that the default graph of the store has."""
    once = (line for line, _ in groupby(lines))
    while batch := list(islice(once, _BATCH)):
        quads = ox.parse(b"".join(batch), format=ox.RdfFormat.N_TRIPLES)
        yield from (line for line, quad in zip(batch, quads, strict=True) if quad not in store)
