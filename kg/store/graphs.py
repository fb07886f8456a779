"""Write the triples of an answer, or a whole graph, in an RDF format."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Final, cast

import pyoxigraph as ox

from kg.iris import PREFIXES
from kg.store.cutting import Caps
from kg.store.output import SMALL, Output

GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# The formats by how the names of files end.
ENDINGS: Final = {"ttl": "ttl", "nt": "nt", "nq": "nq", "trig": "trig", "rdf": "rdf", "owl": "rdf", "jsonld": "jsonld"}
# The whole of the dataset as what is to be dumped; the default graph is "".
DATASET: Final = "*"


class Missing(Exception):
    """There is no graph of that name."""


def write_graph(result: ox.QueryTriples, graph_format: ox.RdfFormat, caps: Caps, output: Output) -> None:
    """Serialize triples, at most so many; those of which all fit into a small cap of bytes."""
    prefixes = _prefixes(graph_format)
    triples = islice(result, caps.rows) if caps.rows else result
    fitting: list[ox.Triple] = []
    is_small = 0 < caps.bytes <= SMALL.bytes
    kept = _kept(triples, fitting, caps.bytes, output) if is_small else triples
    ox.serialize(kept, cast(IO[bytes], output), graph_format, prefixes=prefixes)
    # Without a triple there is nothing to cut; the frame of the document may be longer than the cap.
    if fitting and output.size > caps.bytes:
        output.cut_off("bytes", _fitted(fitting, output.size, caps.bytes, graph_format))
    elif caps.rows and next(result, None) is not None:
        output.cut_off("rows")


def dump(store: ox.Store, graph: str, graph_format: ox.RdfFormat, output: Output) -> None:
    """Serialize the default graph (""), the named graph of an IRI, or the whole dataset; Missing without the graph."""
    source: ox.NamedNode | ox.DefaultGraph | None = ox.DefaultGraph()
    if graph == DATASET:
        source = None
    elif graph:
        source = ox.NamedNode(graph)
        if not store.contains_named_graph(source):
            raise Missing(graph)
    store.dump(cast(IO[bytes], output), graph_format, from_graph=source, prefixes=_prefixes(graph_format))


def placed(error: SyntaxError) -> str:
    """The reason of a syntax error in RDF, with its place where it has one."""
    reason = error.msg.partition(": ")[2] if error.lineno else error.msg
    return f"error at {error.lineno}:{error.offset or 1}: {reason}" if error.lineno else reason


def _kept(triples: Iterable[ox.Triple], kept: list[ox.Triple], most: int, output: Output) -> Iterator[ox.Triple]:
    """Triples, which are kept besides, until the output has more than so many bytes."""
    for triple in triples:
        kept.append(triple)
        yield triple
        if output.size > most:
            return


def _fitted(triples: list[ox.Triple], size: int, most: int, graph_format: ox.RdfFormat) -> bytes:
    """A document of as many of the first triples as surely fit into so many bytes."""
    document = b""
    while triples and size > most:
        del triples[min(len(triples) - 1, len(triples) * most // size) :]
        document = ox.serialize(triples, format=graph_format, prefixes=_prefixes(graph_format)) or b""
        size = len(document)
    return document


def _prefixes(graph_format: ox.RdfFormat) -> dict[str, str] | None:
    return None if graph_format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS) else PREFIXES
