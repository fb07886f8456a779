"""What may be an agreement at one place in the text: the words that name it, before it is judged."""

from dataclasses import dataclass
from functools import cache

from kg.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A phrase at the tokens from `first` to the one before `last` that may name an agreement.

    `core` and `core_end` bound its shortest form: the kind with what tells which. `sort` is the class of its kind
    (`instrument`, `bargain`, `sale`) or of its verb; `rule` says how it was found; `instrument` is the name of
    a known instrument in the table of treaties; `is_met` whether what its noun needs beside it stands there.
    """

    first: int
    last: int
    core: int
    core_end: int
    head: int
    kind: str
    sort: str
    rule: str
    instrument: str | None = None
    is_met: bool = True


@cache
def agreement_words(name: str) -> frozenset[str]:
    """A set of lower-case words that the rules for agreements share."""
    return frozenset(row["word"] for row in rows("agreement_words.tsv") if row["set"] == name)
