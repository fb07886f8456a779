"""Entail what RDFS says of the data: what follows from the hierarchies, domains and ranges of the ontology.

The rules are rdfs2, 3, 5, 7, 9 and 11 of RDF 1.1 Semantics (https://www.w3.org/TR/rdf11-mt/). The axiomatic triples and
what follows from them alone (everything is a resource, every class is under itself) are left out, and so are triples
whose subject would be a literal. The schema is small and its closure is made once; then each triple of the data entails
by itself, so that data of any size passes through as a stream.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple, Self

from kg.errors import BuildError
from kg.iris import PREFIXES
from kg.terms import RDF_TYPE

_TYPE: Final = f"<{RDF_TYPE}>"
_SUB_CLASS: Final = f"<{PREFIXES['rdfs']}subClassOf>"
_SUB_PROPERTY: Final = f"<{PREFIXES['rdfs']}subPropertyOf>"
_DOMAIN: Final = f"<{PREFIXES['rdfs']}domain>"
_RANGE: Final = f"<{PREFIXES['rdfs']}range>"
_SCHEMA: Final = (_SUB_CLASS, _SUB_PROPERTY, _DOMAIN, _RANGE)

Edges = Mapping[str, frozenset[str]]


class _Consequences(NamedTuple):
    """What a triple of one property entails: its superproperties, and classes of its subject and of its object."""

    properties: tuple[str, ...]
    of_subject: tuple[str, ...]
    of_object: tuple[str, ...]


class Schema:
    """The closed hierarchies, domains and ranges of an ontology; all names are as written in N-Triples."""

    def __init__(self, edges: Mapping[str, Edges]) -> None:
        self._classes = _closed(edges[_SUB_CLASS])
        self._properties = _closed(edges[_SUB_PROPERTY])
        self._domains = edges[_DOMAIN]
        self._ranges = edges[_RANGE]
        odd = {above for found in self._properties.values() for above in found if above in (_TYPE, *_SCHEMA)}
        if odd:
            # Then a triple of the data could change the schema, and one pass would not do.
            raise BuildError(
                f"The ontology has a property under {', '.join(sorted(odd))}, which `--entail rdfs` cannot follow. "
                "Take that rdfs:subPropertyOf out of ontology/*.ttl."
            )

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """The schema that lines of N-Triples state among others."""
        edges: dict[str, dict[str, set[str]]] = {predicate: {} for predicate in _SCHEMA}
        for line in lines:
            subject, predicate, target = _parts(line)
            if predicate in edges:
                edges[predicate].setdefault(subject, set()).add(target)
        return cls(
            {
                predicate: {subject: frozenset(found) for subject, found in of_one.items()}
                for predicate, of_one in edges.items()
            }
        )

    def entailed(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines that each of some lines entails; the same may come several times, and stated ones too."""
        by_property = self._by_property
        for line in lines:
            subject, predicate, target = _parts(line)
            if predicate in _HIERARCHIES:
                above = self._classes if _HIERARCHIES[predicate] == _SUB_CLASS else self._properties
                yield from (f"{subject} {predicate} {one} .\n" for one in above.get(target, ()))
            found = by_property.get(predicate)
            if found is None:
                continue
            yield from (f"{subject} {one} {target} .\n" for one in found.properties)
            yield from (f"{subject} {_TYPE} {one} .\n" for one in found.of_subject)
            if not target.startswith('"'):
                yield from (f"{target} {_TYPE} {one} .\n" for one in found.of_object)

    @cached_property
    def _by_property(self) -> Mapping[str, _Consequences]:
        names = {*self._properties, *self._domains, *self._ranges}
        return {name: self._consequences(name) for name in names}

    def _consequences(self, name: str) -> _Consequences:
        above = self._properties.get(name, frozenset())
        return _Consequences(
            properties=tuple(sorted(above)),
            of_subject=self._of({name, *above}, self._domains),
            of_object=self._of({name, *above}, self._ranges),
        )

    def _of(self, properties: Iterable[str], stated: Edges) -> tuple[str, ...]:
        classes = {one for name in properties for one in stated.get(name, ())}
        return tuple(sorted(classes | {above for one in classes for above in self._classes.get(one, ())}))


# A triple of these leads on from its object through the hierarchy of classes or of properties.
_HIERARCHIES: Final = {_TYPE: _SUB_CLASS, _SUB_CLASS: _SUB_CLASS, _SUB_PROPERTY: _SUB_PROPERTY}


def _closed(edges: Edges) -> dict[str, frozenset[str]]:
    return {start: frozenset(_reached(start, edges)) for start in edges}


def _reached(start: str, edges: Edges) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = edges.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += new
    return found


def _parts(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rpartition(" .")[0]
