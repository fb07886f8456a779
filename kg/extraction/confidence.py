"""The confidence of each rule, measured on annotated cables where there is support; the table is kg/data/rules.tsv."""

from functools import cache
from types import MappingProxyType
from typing import Final

from kg.tables import rows

# The rules of extractors (kg.extraction.plugins) are named `plugin:NAME`.
PLUGIN: Final = "plugin:"
# Of an extractor whose precision nobody measured: below the threshold of facts.
UNMEASURED: Final = 0.5
# No extractor is surer than this: the least sure rule whose finds are facts goes before it.
MOST: Final = 0.74


def confidence(rule: str) -> float:
    """The confidence of a rule; KeyError for a rule that the table lacks."""
    return _confidences()[rule]


@cache
def _confidences() -> MappingProxyType[str, float]:
    return MappingProxyType({row["rule"]: float(row["confidence"]) for row in rows("rules.tsv")})


def extractor_confidence(name: str, measured: float | None = None) -> float:
    """The confidence of an extractor: as measured or else as in the table, but below that of any rule for persons."""
    known = _confidences().get(f"{PLUGIN}{name}", UNMEASURED) if measured is None else measured
    return min(known, MOST)
