"""Map the rules of extraction: what each looks for, and how sure it is.

A mention names its rule and has the confidence of that rule, which is written once; only a mention that is more or less
sure than its rule has a confidence of its own.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from kg.iris import Iris
from kg.mapping import values
from kg.mapping.ntriples import iri, literal, statements
from kg.tables import rows
from kg.terms import (
    CK_CONFIDENCE,
    CK_EXTRACTION_RULE,
    PROV_PLAN,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_DEFINITION,
    SKOS_NOTATION,
    kind_term,
)


@cache
def rule_confidences() -> Mapping[str, float]:
    """The confidence of each rule that kg/data/rules.tsv lists."""
    return MappingProxyType({row["rule"]: float(row["confidence"]) for row in rows("rules.tsv")})


def map_rules(iris: Iris) -> list[str]:
    """The lines of all rules, sorted: `/term/rule-title-name`."""
    lines: list[str] = []
    for row in rows("rules.tsv"):
        lines += statements(iri(iris.term(kind_term("rule", row["rule"]))), _rule(row))
    return sorted(set(lines))


def _rule(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(CK_EXTRACTION_RULE)
    yield RDF_TYPE, iri(PROV_PLAN)
    yield RDFS_LABEL, literal(row["rule"])
    yield SKOS_NOTATION, literal(row["rule"])
    yield SKOS_DEFINITION, literal(row["what"])
    yield CK_CONFIDENCE, values.confidence(float(row["confidence"]))
