"""Evaluate extracted cables against annotated ones, cable by cable, and put the outcome together."""

from collections.abc import Iterable, Sequence

from kg.evaluation.calibration import Find, finds, mention_finds
from kg.evaluation.model import Annotation, AnnotationProblem
from kg.evaluation.report import Evaluation
from kg.evaluation.scoring import Comparison, compare


def evaluate(
    cables: Iterable[tuple[Annotation, Annotation]], kinds: Sequence[str], problems: Sequence[AnnotationProblem] = ()
) -> Evaluation:
    """The outcome for pairs of an annotated cable and the extracted one, over the kinds that are asked for."""
    comparisons: list[Comparison] = []
    found: list[Find] = []
    number = 0
    for gold, extracted in cables:
        number += 1
        if "officials" in kinds:
            found += mention_finds(gold, extracted)
        for comparison in compare(gold, extracted, kinds):
            comparisons.append(comparison)
            found += finds(comparison)
    order = {kind: place for place, kind in enumerate(("officials", "mentions", "meetings", "agreements"))}
    return Evaluation(
        kinds=tuple(kinds),
        comparisons=tuple(comparisons),
        finds=tuple(sorted(found, key=lambda find: order[find.kind])),
        problems=tuple(problems),
        cables=number,
    )
