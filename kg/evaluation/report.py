"""The outcome of an evaluation, as lines for a terminal and as JSON: figures, misses, reliability of confidences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.evaluation.calibration import Find, Reliability, by_band, by_rule, calibration_error
from kg.evaluation.model import AnnotationProblem, Entry
from kg.evaluation.scoring import Comparison, figures

_COLUMNS: Final = ("finds", "right", "stated", "observed", "95 % interval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Something that was missed, made up (`false`) or told wrongly (`role`, `country`, `date`), with place and words.

    `detail` is the rule behind what is false, and what was expected and found of an attribute.
    """

    cable: str
    kind: str
    outcome: str
    place: str
    words: str
    detail: str

    def as_json(self) -> dict[str, str]:
        """The miss by column name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def as_line(self) -> str:
        """The miss as a line of a table, tabs between the columns."""
        return "\t".join(" ".join(value.split()) for value in self.as_json().values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All comparisons with the annotations, the finds, and what is wrong with annotations."""

    kinds: Sequence[str]
    comparisons: tuple[Comparison, ...]
    finds: tuple[Find, ...]
    problems: tuple[AnnotationProblem, ...]
    cables: int

    def figures(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1, the numbers behind them and the shares of right attributes, kind by kind."""
        return {kind: figures(one for one in self.comparisons if one.kind == kind).as_json() for kind in self.kinds}

    def misses(self) -> list[Miss]:
        """All misses, cable by cable."""
        return [miss for comparison in self.comparisons for miss in _misses(comparison)]

    def calibration_errors(self) -> dict[str, float]:
        """The expected calibration error over the bands of confidence, kind by kind."""
        rows = by_band(self.finds)
        kinds = dict.fromkeys(row.kind for row in rows)
        return {kind: round(calibration_error(row for row in rows if row.kind == kind), 4) for kind in kinds}

    def as_json(self, *, with_misses: bool, with_rules: bool) -> dict[str, Any]:
        """The outcome as JSON can hold it."""
        out: dict[str, Any] = {
            "cables": self.cables,
            "figures": self.figures(),
            "bands": [row.as_json() for row in by_band(self.finds)],
            "calibration_errors": self.calibration_errors(),
            "problems": [str(problem) for problem in self.problems],
        }
        if with_rules:
            out["rules"] = [row.as_json() for row in by_rule(self.finds)]
        if with_misses:
            out["misses"] = [miss.as_json() for miss in self.misses()]
        return out

    def as_text(self, *, with_misses: bool, with_rules: bool) -> str:
        """The outcome as lines for a terminal."""
        return "\n".join(self._lines(with_misses=with_misses, with_rules=with_rules))

    def _lines(self, *, with_misses: bool, with_rules: bool) -> Iterator[str]:
        if with_misses:
            yield from (miss.as_line() for miss in self.misses())
        for kind, values in self.figures().items():
            yield f"{kind:<11} " + "  ".join(f"{name} {value}" for name, value in values.items())
        yield from ("", *_table("confidence", by_band(self.finds)))
        yield from (
            "",
            *(f"expected calibration error: {kind} {error}" for kind, error in self.calibration_errors().items()),
        )
        if with_rules:
            yield from ("", *_table("rule", by_rule(self.finds)))


def _misses(comparison: Comparison) -> Iterator[Miss]:
    def miss(outcome: str, entry: Entry, detail: str = "") -> Miss:
        return Miss(
            cable=comparison.cable,
            kind=comparison.kind,
            outcome=outcome,
            place=entry.place,
            words=entry.words,
            detail=detail,
        )

    for entry in comparison.missed:
        yield miss("missed", entry)
    for entry in comparison.false:
        yield miss("false", entry, f"{entry.rule} {entry.confidence}" if entry.rule else "")
    for entry, attribute in comparison.attributes():
        if not attribute.is_right:
            yield miss(f"wrong {attribute.name}", entry, f"{attribute.expected} ≠ {attribute.found or 'nothing'}")


def _table(group: str, rows: Iterable[Reliability]) -> Iterator[str]:
    """Stated and observed side by side; a star marks a statement outside of the interval."""
    cells = [("kind", group, *_COLUMNS)]
    for row in rows:
        low, high = row.interval
        star = " *" if row.is_off else ""
        cells.append(
            (
                row.kind,
                row.group,
                str(row.finds),
                str(row.right),
                f"{row.stated:.3f}",
                f"{row.observed:.3f}",
                f"{low:.3f}-{high:.3f}{star}",
            )
        )
    widths = [max(len(cell[column]) for cell in cells) for column in range(len(cells[0]))]
    for cell in cells:
        left = "  ".join(f"{text:<{width}}" for text, width in zip(cell[:2], widths[:2], strict=True))
        right = "  ".join(f"{text:>{width}}" for text, width in zip(cell[2:6], widths[2:6], strict=True))
        yield f"{left}  {right}  {cell[6]}"
