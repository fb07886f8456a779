"""Map the known instruments that agreements of cables name: when signed and in force, with whom deposited."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from kg.extraction.treaties import Treaty, treaties
from kg.iris import Iris, slug
from kg.mapping.ntriples import iri, literal, statements, typed
from kg.tables import countries
from kg.terms import (
    CK_AGREEMENT_KIND,
    CK_DEPOSITARY,
    CK_IN_FORCE_SINCE,
    CK_INSTRUMENT_CLASS,
    CK_PARTY,
    CK_SIGNED_IN,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA_CREATIVE_WORK,
    SCHEMA_NAME,
    SKOS_ALT_LABEL,
    XSD_G_YEAR,
    kind_term,
)


def instrument_node(name: str, iris: Iris) -> str:
    """The node of a known instrument."""
    return iri(iris.instrument(slug(name)))


def map_instrument(name: str, iris: Iris) -> list[str]:
    """The lines of a known instrument, as the table of treaties has it."""
    return statements(instrument_node(name, iris), _instrument(treaties()[name], iris))


def depositaries(name: str) -> tuple[str, ...]:
    """The organizations with which a known instrument is deposited, by name; none that has a code as countries do."""
    return tuple(one for one in _depositaries(treaties()[name]) if one not in _codes())


def _instrument(treaty: Treaty, iris: Iris) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(CK_INSTRUMENT_CLASS)
    yield RDF_TYPE, iri(SCHEMA_CREATIVE_WORK)
    name = literal(treaty.name)
    yield RDFS_LABEL, name
    yield SCHEMA_NAME, name
    yield from ((SKOS_ALT_LABEL, literal(alias)) for alias in treaty.aliases)
    yield CK_AGREEMENT_KIND, iri(iris.term(kind_term("agreement", treaty.kind)))
    for property_, year in ((CK_SIGNED_IN, treaty.signed), (CK_IN_FORCE_SINCE, treaty.in_force)):
        if year is not None:
            yield property_, typed(f"{year:04}", XSD_G_YEAR)
    yield from ((CK_PARTY, iri(iris.country(code))) for code in treaty.parties)
    for one in _depositaries(treaty):
        code = _codes().get(one)
        yield CK_DEPOSITARY, iri(iris.organization(slug(one)) if code is None else iris.country(code))


def _depositaries(treaty: Treaty) -> tuple[str, ...]:
    return tuple(treaty.depositary.split("|")) if treaty.depositary is not None else ()


@cache
def _codes() -> MappingProxyType[str, str]:
    """The codes of countries, and of unions that have one, by name and by code: depositaries are told either way."""
    by_name = {country.name: code for code, country in countries().items()}
    return MappingProxyType({code: code for code in countries()} | by_name)
