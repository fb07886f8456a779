"""The Python API: open a graph, parse a cable, extract its facts."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from oxrdflib import OxigraphStore
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from kg import settings
from kg.cables import merge
from kg.cables.model import Cable
from kg.errors import QueryRefused, UsageError
from kg.extraction.extract import extract as extract_facts
from kg.extraction.gazetteer import EMPTY, Gazetteer
from kg.extraction.model import Facts
from kg.extraction.plugins.model import Admitted
from kg.iris import PREFIXES
from kg.sources.model import RawCable
from kg.store.folder import DataFolder
from kg.store.guard import check
from kg.store.opening import open_store

__all__ = ["extract", "open", "parse"]


class SnapshotGraph(Graph):
    """A graph that looks at a query given as text before the engine does."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """The answer to a query; QueryRefused for FROM, SERVICE, an update and nesting that would end the process."""
        if isinstance(query_object, str):
            sources = check(query_object, int(settings.get_number("KG_MAX_NESTING"))).sources
            if sources.default or sources.named:
                raise QueryRefused("FROM has no effect through rdflib. Leave it out, or ask by `kg query`.")
        return super().query(query_object, *args, **kwargs)


def open(data: str | PathLike[str] = "data") -> Graph:
    """The current snapshot of a data folder as an rdflib Graph, read-only, with the project's prefixes bound.

    Its triples are the default graph: the facts and what explains them. Queries given as text run in Oxigraph; named
    graphs are reached by GRAPH. FROM would have no effect through rdflib and SERVICE would reach the network, so both
    are refused (QueryRefused); `kg query` honours FROM. Raises NoSnapshot where nothing is published,
    and DataFolderError where the snapshot is damaged.
    """
    snapshot = DataFolder(Path(data)).snapshot()
    store = OxigraphStore(store=open_store(snapshot.store))
    # A Graph of another name would ask for a named graph, and find it empty.
    graph = SnapshotGraph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def parse(text: str, *, source: str = "text", reference_id: str | None = None) -> Cable:
    """Read one cable from its text; odd text never raises, it gives a cable with `problems`.

    `reference_id` is the cable's id where the text does not hold it.
    """
    metadata = () if reference_id is None else (("reference_id", reference_id),)
    raw = RawCable(source=source, position=1, format="telegram", encoding="utf-8", metadata=metadata, text=text)
    return merge([raw]).cable


def extract(cable: Cable, gazetteer: Gazetteer = EMPTY, suggestions: Sequence[Admitted] = ()) -> Facts:
    """All facts of a cable, each with the words it came from; UsageError for what is no cable.

    `gazetteer` holds officials whom other cables name, `suggestions` are names that extractors found.
    """
    if not isinstance(cable, Cable):
        raise UsageError(f"kg.extract takes a Cable, not {type(cable).__name__}: kg.extract(kg.parse(text)).")
    return extract_facts(cable, gazetteer, suggestions)
