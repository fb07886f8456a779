"""The account of cables as a table for people: each line with the rule that consumed it, and the sum by rule."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.cables.account.accounting import FALLBACKS, account, by_line, rule_of_line
from kg.cables.model import Cable

_RULE_WIDTH = 22


@dataclass(slots=True)
class Account:
    """The sum of the accounts of many cables: lines by rule, and how many cables have lines that no rule explains."""

    lines: Counter[str] = field(default_factory=Counter)
    cables: int = 0
    cables_with_unconsumed: int = 0

    @property
    def unconsumed(self) -> int:
        """The lines that only a fallback consumed."""
        return sum(self.lines[rule] for rule in FALLBACKS)

    def rows(self, cable: Cable) -> Iterator[str]:
        """The lines of a cable that are not blank, each with its number and its rules; they are added to the sum.

        A `?` stands before the rule where only a fallback consumed the line.
        """
        self.cables += 1
        before = self.unconsumed
        yield f"{cable.canonical_id or '(no id)'}  {cable.raw.source}:{cable.raw.position}"
        for number, (start, end), stretches in by_line(cable.raw.text, account(cable)):
            if stretches:
                rule = rule_of_line(stretches)
                self.lines[rule] += 1
                rules = "+".join(dict.fromkeys(stretch.rule for stretch in stretches))
                mark = "?" if rule in FALLBACKS else " "
                yield f"{number:6}  {mark}{rules:{_RULE_WIDTH}}  {_printable(cable.raw.text[start:end])}"
        yield ""
        self.cables_with_unconsumed += self.unconsumed > before

    def summary(self) -> Iterator[str]:
        """The lines by rule, the commonest first, and the share that no rule explains."""
        total = self.lines.total()
        yield f"{'lines':>9}  {'share':>7}  rule"
        for rule, number in sorted(self.lines.items(), key=lambda item: (-item[1], item[0])):
            yield f"{number:9,}  {number / total:7.2%}  {rule}{' (fallback)' if rule in FALLBACKS else ''}"
        share = f"{self.unconsumed / total:.2%}" if total else "0.00%"
        yield (
            f"unconsumed: {self.unconsumed:,} of {total:,} lines ({share}), "
            f"in {self.cables_with_unconsumed:,} of {self.cables:,} cables"
        )


def _printable(line: str) -> str:
    """A line without what would break the table or steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in line.rstrip())
