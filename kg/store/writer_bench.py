"""The store that writes go to: derived from the current snapshot, and published as the next one.

It lies in the data folder's `work/` and nobody reads it. Whatever fails midway, it is thrown away and derived anew, so
a write is whole or it never was. A snapshot shares its large files with the one before (hard links), so it costs some
milliseconds.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Final

import pyoxigraph as ox

from kg import __version__
from kg.files import write_json
from kg.iris import PREFIXES
from kg.store.folder import MANIFEST, DataFolder, Snapshot
from kg.store.graphs import DATASET, GRAPHS, Missing, placed
from kg.store.opening import open_store
from kg.store.publishing import place, point
from kg.store.writer_jobs import Write, Written

# So many snapshots stay: the current one, and those before it that a query which began earlier may still open.
KEPT: Final = 3
# So many quads are added by a transaction, which holds them in memory; the others past it, so many at a time.
FEW: Final = 10_000
BATCH: Final = 150_000
ID_LENGTH: Final = 12
PIECE: Final = 2**18
# A triple term in a triple term, and so on: what holds far more can be written, but ends whoever reads or removes it.
MOST_NESTED: Final = 128
Bodies = Sequence[IO[bytes]]
CHANGED: Final = (
    "Something has been written since what If-Match or If-Unmodified-Since names was read. Read it again, and send the "
    "change once more, made of what is there now, with its new ETag."
)


class DataFault(Exception):
    """A body that is not the RDF that it is said to be; the text has its place."""


class Unmet(Exception):
    """A condition of a write that does not hold; the text says what to do."""


class Bench:
    """The store that is written to, while all goes well."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self._store: ox.Store | None = None
        self._snapshot = ""

    def open(self) -> None:
        """Derive the store from the current snapshot, and remove what earlier writers have left."""
        current = self.folder.snapshot()
        self._store = None
        shutil.rmtree(self.folder.work, ignore_errors=True)
        self.folder.work.mkdir(parents=True)
        self._retire(current)
        open_store(current.store).backup(str(self.folder.work / "store"))
        self._store = ox.Store(str(self.folder.work / "store"))
        self._snapshot = current.id

    def write(self, write: Write, bodies: Bodies) -> Written:
        """Do a write and publish what comes of it; after an exception amid it the store is derived anew.

        Nobody else writes meanwhile, so what its conditions are compared with is what it is done to.
        """
        current = self.folder.snapshot()
        if self._store is None or current.id != self._snapshot:
            self.open()
        assert self._store is not None
        _check(self._store, current.id, write)
        store, self._store = self._store, None
        existed = WRITES[write.kind](store, write, bodies)
        self._publish(current, store, _next_id(current, write, bodies), existed)
        self._store = store
        return Written(snapshot=self._snapshot, existed=existed)

    def _publish(self, current: Snapshot, store: ox.Store, name: str, existed: bool) -> None:
        draft = self.folder.work / "next"
        draft.mkdir()
        store.backup(str(draft / "store"))
        shutil.copyfile(current.path / "void.ttl", draft / "void.ttl")
        base = current.manifest()["base"]
        manifest = {"id": name, "base": base, "previous": current.id, "existed": existed}
        write_json(draft / MANIFEST, {**manifest, "versions": {"cablekg": __version__}})
        # Left by a writer that was killed before it could point to it.
        shutil.rmtree(self.folder.snapshots / name, ignore_errors=True)
        target = place(self.folder, draft, name, before=current.path)
        point(self.folder, target)
        self._snapshot = name
        self._retire(Snapshot(target))

    def _retire(self, current: Snapshot) -> None:
        """Remove all snapshots but the last."""
        kept: list[str] = []
        found: Snapshot | None = current
        while found is not None and len(kept) < KEPT:
            kept.append(found.id)
            previous = found.manifest().get("previous")
            found = Snapshot(self.folder.snapshots / previous) if previous else None
            if found is not None and not (found.path / MANIFEST).exists():
                break
        for path in self.folder.snapshots.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def _next_id(current: Snapshot, write: Write, bodies: Bodies) -> str:
    """The id of what a write makes of a snapshot: the same for the same write."""
    digest = hashlib.sha256(current.id.encode() + write.unconditional.as_json())
    for body in bodies:
        body.seek(0)
        own = hashlib.sha256()
        while piece := body.read(PIECE):
            own.update(piece)
        digest.update(own.digest())
    return digest.hexdigest()[:ID_LENGTH]


def _check(store: ox.Store, current: str, write: Write) -> None:
    """See that the graph is there that is to go, and that the conditions of a write hold: else Missing or Unmet."""
    if write.kind == "delete" and write.graph and not _exists(store, write.graph):
        # RFC 9110, 13.2.1: what would fail without its conditions fails so with them.
        raise Missing(write.graph)
    if write.expected not in (None, current):
        raise Unmet(CHANGED)
    if write.existing is True and not _exists(store, write.graph):
        raise Unmet(f"If-Match: * asks for {write.name}, and there is nothing of it. Leave the header out to make it.")
    if write.existing is False and _exists(store, write.graph):
        raise Unmet(
            f"If-None-Match: * asks that {write.name} is not there, and it is. Without the header PUT takes its place, "
            "and POST adds to it."
        )


def _update(store: ox.Store, write: Write, _: Bodies) -> bool:
    store.update(write.text, base_iri=write.base, prefixes=PREFIXES)
    return True


def _put(store: ox.Store, write: Write, bodies: Bodies) -> bool:
    existed = _exists(store, write.graph)
    if write.graph == DATASET:
        store.clear()
    else:
        store.clear_graph(_graph(write.graph))
    _load(store, write, bodies)
    return existed


def _post(store: ox.Store, write: Write, bodies: Bodies) -> bool:
    existed = _exists(store, write.graph)
    _load(store, write, bodies)
    return existed


def _delete(store: ox.Store, write: Write, _: Bodies) -> bool:
    graph = _graph(write.graph)
    if isinstance(graph, ox.NamedNode):
        store.remove_graph(graph)
    else:
        store.clear_graph(graph)
    return True


WRITES: Final[dict[str, Callable[[ox.Store, Write, Bodies], bool]]] = {
    "update": _update,
    "put": _put,
    "post": _post,
    "delete": _delete,
}


def _exists(store: ox.Store, graph: str) -> bool:
    """Whether a graph is there; the default graph and the dataset, whether anything is in them."""
    if graph == DATASET:
        return bool(store)
    if not graph:
        return next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None
    return store.contains_named_graph(ox.NamedNode(graph))


def _graph(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def _load(store: ox.Store, write: Write, bodies: Bodies) -> None:
    """Load the bodies; blank nodes of each are other nodes than those of the next, and than all that are there."""
    if write.graph not in ("", DATASET):
        store.add_graph(ox.NamedNode(write.graph))
    for number, (form, body) in enumerate(zip(write.formats, bodies, strict=True), 1):
        body.seek(0)
        try:
            _add(store, _quads(write, GRAPHS[form], body))
        except SyntaxError as error:
            part = f"Part {number}: " if len(bodies) > 1 else ""
            raise DataFault(part + placed(error)) from None


def _quads(write: Write, form: ox.RdfFormat, body: IO[bytes]) -> Iterator[ox.Quad]:
    """The quads of a body; named graphs in it would go past a graph that is meant, and are a fault there."""
    has_names = write.graph == DATASET
    found = ox.parse(body, form, base_iri=write.base, without_named_graphs=not has_names, rename_blank_nodes=True)
    if has_names:
        return _shallow(found)
    graph = _graph(write.graph)
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in _shallow(found))


def _shallow(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Quads, up to the first one with a triple term that is nested too deep."""
    for quad in quads:
        term, depth = quad.object, 0
        while isinstance(term, ox.Triple):
            term, depth = term.object, depth + 1
            if depth > MOST_NESTED:
                raise DataFault(f"A triple term is nested deeper than {MOST_NESTED} levels")
        yield quad


def _add(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    """Add quads in batches: all at once they would take some five times the memory of their text."""
    first = list(islice(quads, FEW))
    store.extend(first)
    while batch := list(islice(quads, BATCH)):
        store.bulk_extend(batch)
