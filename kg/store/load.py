"""Load triples in bulk into a fresh store: the vocabularies, the facts, and the named graphs about them."""

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.iris import CK, CKS, DEFAULT_BASE
from kg.resources import folder


class Chained(io.RawIOBase):
    """Gzip files of N-Triples read one after the other as a single stream, so that the store makes one load of them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        super().__init__()
        self._blocks = _blocks(paths)
        self._rest = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next; 0 at the end."""
        block = self._rest or next(self._blocks, b"")
        size = min(len(buffer), len(block))
        buffer[:size] = block[:size]
        self._rest = block[size:]
        return size


def load_facts(store: ox.Store, paths: Iterable[Path], graph: str | None = None) -> None:
    """Load gzip files of N-Triples into a named graph, or into the default graph."""
    target = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    store.bulk_load(input=io.BufferedReader(Chained(paths)), format=ox.RdfFormat.N_TRIPLES, to_graph=target)


def load_lines(store: ox.Store, lines: Iterable[str], graph: str | None = None) -> None:
    """Load lines of N-Triples into a named graph, or into the default graph."""
    content = "".join(lines).encode()
    target = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    store.bulk_load(input=content, format=ox.RdfFormat.N_TRIPLES, to_graph=target)


def vocabulary_files() -> list[Path]:
    """The Turtle files of the ontology, the vocabularies and the example queries, sorted."""
    top = folder("ontology")
    return sorted([*top.glob("*.ttl"), *(top / "examples").glob("*.ttl")])


def vocabulary(base: str = DEFAULT_BASE) -> list[str]:
    """The vocabularies as N-Triples lines, sorted, the IRIs of things moved under `base`; terms keep theirs."""
    dataset = ox.Dataset(
        quad for path in vocabulary_files() for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    )
    # The parser names blank nodes (the lists of the ontology) at random; canonical names are the same in every build.
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(
        " ".join(str(_moved(term, base)) for term in (quad.subject, quad.predicate, quad.object)) + " .\n"
        for quad in dataset
    )


def _moved(term: object, base: str) -> object:
    if base != DEFAULT_BASE and isinstance(term, ox.NamedNode) and term.value.startswith(DEFAULT_BASE):
        if term.value.startswith((CK, CKS, CK[:-1])):
            return term
        return ox.NamedNode(base + term.value.removeprefix(DEFAULT_BASE))
    return term


def _blocks(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        with gzip.open(path, "rb") as file:
            while block := file.read(1 << 20):
                yield block
