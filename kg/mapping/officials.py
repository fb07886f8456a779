"""Map the outcome of identity: officials, pairs that may be one, and judgements."""

from collections.abc import Iterable, Iterator

from kg.identity.model import Official
from kg.iris import Iris
from kg.mapping.ntriples import iri, literal, statements
from kg.terms import (
    CK_ANCHOR,
    CK_OF_COUNTRY,
    CK_OFFICIAL,
    DCTERMS_IS_REPLACED_BY,
    FOAF_NAME,
    FOAF_PERSON,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA_NAME,
    SCHEMA_PERSON,
    SKOS_ALT_LABEL,
)

Pairs = Iterator[tuple[str, str]]


def map_official(official: Official, iris: Iris) -> list[str]:
    """The lines of an official's own node, sorted; one whose IRI was given up is no person any more."""
    pairs = _person(official, iris) if official.replaced_by is None else _retired(official, official.replaced_by, iris)
    return sorted(set(statements(iri(iris.official(official.name)), pairs)))


def map_officials(officials: Iterable[Official], iris: Iris) -> list[str]:
    """The lines of many officials, sorted."""
    return sorted(line for official in officials for line in map_official(official, iris))


def _person(official: Official, iris: Iris) -> Pairs:
    if official.is_official:
        yield RDF_TYPE, iri(CK_OFFICIAL)
    yield RDF_TYPE, iri(FOAF_PERSON)
    yield RDF_TYPE, iri(SCHEMA_PERSON)
    name = literal(official.label)
    for property_ in (RDFS_LABEL, FOAF_NAME, SCHEMA_NAME):
        yield property_, name
    for form in official.alt_labels:
        yield SKOS_ALT_LABEL, literal(form)
    if official.country is not None:
        yield CK_OF_COUNTRY, iri(iris.country(official.country))
    yield CK_ANCHOR, literal(official.anchor)


def _retired(official: Official, successor: str, iris: Iris) -> Pairs:
    yield RDFS_LABEL, literal(official.label)
    yield CK_ANCHOR, literal(official.anchor)
    yield DCTERMS_IS_REPLACED_BY, iri(iris.official(successor))
