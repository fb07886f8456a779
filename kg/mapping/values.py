"""Write values of Python as the literals that the ontology wants."""

from datetime import UTC, date, datetime
from functools import lru_cache

from kg.mapping.ntriples import typed
from kg.terms import (
    XSD_BOOLEAN,
    XSD_DATE,
    XSD_DATE_TIME,
    XSD_DECIMAL,
    XSD_INTEGER,
)


def day(value: date) -> str:
    """`"2009-02-03"^^xsd:date`."""
    return typed(value.isoformat(), XSD_DATE)


def instant(value: datetime) -> str:
    """`"2009-02-03T21:25:00Z"^^xsd:dateTime`; a value without a zone counts as UTC."""
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return typed(aware.replace(tzinfo=None).isoformat() + "Z", XSD_DATE_TIME)


@lru_cache(maxsize=1024)
def confidence(value: float) -> str:
    """`"0.85"^^xsd:decimal`, to three places."""
    return typed(f"{value:.3f}".rstrip("0").rstrip("."), XSD_DECIMAL)


@lru_cache(maxsize=256)
def number(value: int) -> str:
    """`"6"^^xsd:integer`: a store takes narrower types for it anyway, and a dump has to hold what is served."""
    return typed(str(value), XSD_INTEGER)


def truth(value: bool) -> str:
    """`"true"^^xsd:boolean`."""
    return typed("true" if value else "false", XSD_BOOLEAN)
