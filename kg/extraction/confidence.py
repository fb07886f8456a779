"""The confidence of each rule, measured on annotated cables where there is support; the table is kg/data/rules.tsv."""

from functools import cache
from types import MappingProxyType

from kg.tables import rows


def confidence(rule: str) -> float:
    """The confidence of a rule; KeyError for a rule that the table lacks."""
    return _confidences()[rule]


@cache
def _confidences() -> MappingProxyType[str, float]:
    return MappingProxyType({row["rule"]: float(row["confidence"]) for row in rows("rules.tsv")})
