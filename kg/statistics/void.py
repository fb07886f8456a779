"""Describe the graph in VoID: how many triples, entities of each class and uses of each property.

Source of the terms: https://www.w3.org/TR/void/. The description lies in the graph that it describes, so its own
triples are counted too: it is written anew from the counts with itself included until nothing changes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.iris import PREFIXES, Iris, slug

RDF_TYPE: Final = "<" + PREFIXES["rdf"] + "type>"
VOID: Final = PREFIXES["void"]

CLASS_QUERY: Final = "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c } GROUP BY ?c"
PROPERTY_QUERY: Final = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p"
CLASS_PROPERTY_QUERY: Final = "SELECT ?c ?p (COUNT(*) AS ?n) WHERE { ?s a ?c ; ?p ?o } GROUP BY ?c ?p"
SUBJECT_QUERY: Final = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of one graph: entities by class, triples by property, and triples by class and property."""

    classes: Counter[str]
    properties: Counter[str]
    class_properties: Counter[tuple[str, str]]
    subjects: int

    @property
    def triples(self) -> int:
        """The number of triples."""
        return self.properties.total()


def count(store: ox.Store) -> Counts:
    """Count the default graph of a store."""
    return Counts(
        classes=Counter({row["c"].value: int(row["n"].value) for row in _rows(store, CLASS_QUERY)}),
        properties=Counter({row["p"].value: int(row["n"].value) for row in _rows(store, PROPERTY_QUERY)}),
        class_properties=Counter(
            {(row["c"].value, row["p"].value): int(row["n"].value) for row in _rows(store, CLASS_PROPERTY_QUERY)}
        ),
        subjects=sum(int(row["n"].value) for row in _rows(store, SUBJECT_QUERY)),
    )


def describe(counts: Counts, iris: Iris, title: str) -> list[str]:
    """The N-Triples lines of the description, sorted; they are counted in what they say."""
    lines: list[str] = []
    while True:
        described = _lines(_with(counts, lines), iris, title)
        if described == lines:
            return lines
        lines = described


def _rows(store: ox.Store, query: str) -> Iterable[ox.QuerySolution]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _with(counts: Counts, lines: Iterable[str]) -> Counts:
    """The counts with further triples, whose subjects the graph does not have yet, added."""
    triples = [line.split(" ", 2) for line in lines]
    types: dict[str, list[str]] = {}
    for subject, predicate, rest in triples:
        if predicate == RDF_TYPE:
            types.setdefault(subject, []).append(rest[1:-4])
    return Counts(
        classes=counts.classes + Counter(c for classes in types.values() for c in classes),
        properties=counts.properties + Counter(predicate[1:-1] for _, predicate, _ in triples),
        class_properties=counts.class_properties
        + Counter((c, predicate[1:-1]) for subject, predicate, _ in triples for c in types.get(subject, ())),
        subjects=counts.subjects + len({subject for subject, _, _ in triples}),
    )


def _lines(counts: Counts, iris: Iris, title: str) -> list[str]:
    dataset = f"<{iris.dataset}>"
    out = [
        f"{dataset} {RDF_TYPE} <{VOID}Dataset> .\n",
        f"{dataset} {RDF_TYPE} <{PREFIXES['dcat']}Dataset> .\n",
        _text(dataset, PREFIXES["rdfs"] + "label", title),
        _text(dataset, PREFIXES["dcterms"] + "title", title),
        _text(dataset, VOID + "uriSpace", iris.base),
        f"{dataset} <{VOID}vocabulary> <{PREFIXES['ck']}> .\n",
        _number(dataset, "triples", counts.triples),
        _number(dataset, "distinctSubjects", counts.subjects),
        _number(dataset, "classes", len(counts.classes)),
        _number(dataset, "properties", len(counts.properties)),
    ]
    for iri, number in counts.classes.items():
        node = _part(iris, "class", iri)
        out += _partition(dataset, "classPartition", node, "class", iri, _number(node, "entities", number))
    for iri, number in counts.properties.items():
        node = _part(iris, "property", iri)
        out += _partition(dataset, "propertyPartition", node, "property", iri, _number(node, "triples", number))
    for (of_class, iri), number in counts.class_properties.items():
        node = _part(iris, "class", of_class, iri)
        parent = _part(iris, "class", of_class)
        out += _partition(parent, "propertyPartition", node, "property", iri, _number(node, "triples", number))
    return sorted(out)


def _partition(parent: str, link: str, node: str, kind: str, iri: str, number: str) -> list[str]:
    return [
        f"{parent} <{VOID}{link}> {node} .\n",
        f"{node} {RDF_TYPE} <{VOID}Dataset> .\n",
        f"{node} <{VOID}{kind}> <{iri}> .\n",
        _text(node, PREFIXES["rdfs"] + "label", f"Uses of {curie(iri)}"),
        number,
    ]


def _part(iris: Iris, kind: str, *names: str) -> str:
    return f"<{iris.dataset.removesuffix('#dataset')}#{kind}-{'-'.join(map(_name, names))}>"


def _name(iri: str) -> str:
    # The case is part of a term's name (ck:Post, ck:post), so only the prefix is folded.
    short = curie(iri)
    return slug(iri) if short == iri else short.replace(":", "-")


def curie(iri: str) -> str:
    """An IRI shortened by the project's prefixes, or the IRI itself."""
    for prefix, namespace in _LONGEST_FIRST:
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum():
            return f"{prefix}:{local}"
    return iri


def _text(subject: str, predicate: str, text: str) -> str:
    return f"{subject} <{predicate}> {ox.Literal(text)} .\n"


def _number(subject: str, term: str, number: int) -> str:
    return f'{subject} <{VOID}{term}> "{number}"^^<{PREFIXES["xsd"]}integer> .\n'


_LONGEST_FIRST: Final = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
