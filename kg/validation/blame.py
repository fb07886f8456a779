"""Tell which cables a result over the whole graph belongs to, so that they can be taken out.

A node of a cable, or one derived from it, belongs to that cable. What cables share is there because nodes of theirs
lead to it, so it belongs to those cables; where just some of these lead to the value at fault too, to those.
"""

from collections.abc import Collection, Iterable
from typing import Final

import pyoxigraph as ox

from kg.errors import BuildError
from kg.iris import Iris
from kg.terms import CK_CABLE, RDF_TYPE
from kg.validation.model import Result
from kg.validation.report import short

# What is named after the cable that it was extracted from: /meeting/09BOGOTA335-1
_DERIVED: Final = ("meeting", "agreement", "tenure")
_SHOWN: Final = 5


def blamed(
    store: ox.Store, results: Iterable[Result], iris: Iris, vocabulary: Collection[str]
) -> dict[str, tuple[Result, ...]]:
    """The results of each cable, by its canonical id; BuildError where some belong to no cable.

    `vocabulary` are the IRIs that the ontology describes: what is wrong with them is no fault of a cable.
    """
    finder = _Finder(store, iris)
    found: dict[str, list[Result]] = {}
    stray = []
    for result in results:
        owners = set() if result.is_about_no_iri or result.focus in vocabulary else finder.owners(result)
        for owner in owners:
            found.setdefault(owner, []).append(result)
        if not owners:
            stray.append(result)
    if stray:
        raise BuildError(_told(stray))
    return {key: tuple(of_cable) for key, of_cable in sorted(found.items())}


class _Finder:
    """The way from nodes of a store back to its cables."""

    def __init__(self, store: ox.Store, iris: Iris) -> None:
        self._store = store
        self._iris = iris

    def owners(self, result: Result) -> set[str]:
        """The cables that a result belongs to."""
        own = self._cable(result.focus)
        if own is not None:
            return {own}
        owners = self._leading(result.focus)
        value = result.value[1:-1] if result.value is not None and result.value.startswith("<") else None
        both = owners & self._leading(value) if value is not None else set()
        return both or owners

    def _leading(self, node: str) -> set[str]:
        """The cables whose nodes lead to a node, by the fewest steps that there are."""
        seen, level = {node}, [node]
        while level:
            sources = {source for one in level for source in self._sources(one)}
            owners = {cable for source in sources if (cable := self._cable(source)) is not None}
            if owners:
                return owners
            level = sorted(sources - seen)
            seen |= sources
        return set()

    def _sources(self, node: str) -> set[str]:
        quads = self._store.quads_for_pattern(None, None, ox.NamedNode(node), None)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def _cable(self, node: str) -> str | None:
        """The cable of a node that is one, is a part of one or is named after one."""
        key = self._iris.shorten(node).partition("#")[0]
        kind, slash, name = key.partition("/")
        if slash:
            key = name.rpartition("-")[0] if kind in _DERIVED else ""
        quad = ox.Quad(ox.NamedNode(self._iris.cable(key)), ox.NamedNode(RDF_TYPE), ox.NamedNode(CK_CABLE))
        return key if key and quad in self._store else None


def _told(results: list[Result]) -> str:
    shown = "".join(f"\n  {one.focus}: {one.message} ({short(one.shape or '')})" for one in results[:_SHOWN])
    more = f"\n  and {len(results) - _SHOWN} more" if len(results) > _SHOWN else ""
    return (
        f"{len(results)} violations of the shapes for the whole graph belong to no cable, so the vocabulary or the "
        f"mapping is at fault. Nothing was published; mend it and build again.{shown}{more}"
    )
