"""The rules of identity by name: what each joins or keeps apart, and how often it is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.tables import rows

# A person's judgement is followed whatever the rules say.
JUDGED: Final = "judged"
_JUDGED_SCORE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRule:
    """A rule: `is_veto` where it keeps two apart; `score` is the share of its decisions that are right."""

    name: str
    is_veto: bool
    score: float
    meaning: str


@cache
def identity_rules() -> Mapping[str, IdentityRule]:
    """All rules by name, in the order in which they are tried."""
    return MappingProxyType(
        {
            row["rule"]: IdentityRule(
                name=row["rule"], is_veto=row["kind"] == "veto", score=float(row["score"]), meaning=row["meaning"]
            )
            for row in rows("identity_rules.tsv")
        }
    )


def score_of(rule: str) -> float:
    """How often a rule is right; a person's judgement always is."""
    known = identity_rules().get(rule)
    return _JUDGED_SCORE if known is None else known.score
