"""Fit the weights of the evidence on agreements to annotated cables, and the confidence that each score stands for.

usage: python scripts/fit_agreements.py [--write] [--shared DIR] [--judged FILE] FOLDER ...

A FOLDER holds annotations with their words (`scripts/annotations.py unpack` makes them from those of the project; the
shared ones are another); cables that held_out.txt and frozen.txt name are left out. FILE lists phrases of other cables
that were judged one by one: they are fitted with less weight and never measured. A logistic regression with a penalty
on large weights is fitted without the cables of each fold in turn; what it says of these gives the figures and the
confidences. --write then fits to all and writes kg/data/agreement_evidence.tsv and kg/data/agreement_bands.tsv.
"""

import argparse
import csv
import hashlib
import importlib.util
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.cables import parse
from kg.cables.model import Cable
from kg.extraction.actors import Cast
from kg.extraction.agreements import LEAST, considered, forms_of
from kg.extraction.background import setting_of
from kg.extraction.extract import extract, readings_of
from kg.sources import read
from kg.sources.model import RawCable

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared"))
DATA = Path(__file__).parents[1] / "kg" / "data"
ANNOTATIONS = Path(__file__).parents[1] / "tests" / "extraction" / "annotations"
JUDGED = ANNOTATIONS.parent / "judged_agreements.tsv"
FOLDS = 10
STEPS = 30
PENALTY = 4.0
PENALTY_OF_NOUN = 6.0  # a noun is seen less often than what it shares with others of its sort
RARE = 4  # evidence seen less often weighs nothing
WEIGHT_OF_JUDGED = 0.4  # one judge saw these phrases, not the cables
# Evidence of partners, which never speaks against an agreement whatever few cases say.
FAVOURABLE = frozenset(
    ("joint", "partner-named", "two-countries-in-phrase", "verb-joint", "verb-two-parties", "verb-two-states")
)
SCALE = 10  # a weight of 10 multiplies the odds by e
BANDS = tuple(step / 20 for step in range(19, 3, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What may be an agreement of a cable, whether it is one, its evidence and how much it counts."""

    cable: str
    place: tuple[str, int, int]
    rule: str
    form: dict[str, Any]
    is_right: bool
    evidence: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of evidence and what is added always."""

    always: float
    weights: dict[str, float]

    def score(self, evidence: Sequence[str]) -> float:
        return self.always + sum(self.weights.get(name, 0.0) for name in evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", help="annotations with their words")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="phrases that were judged one by one")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that holds gold/ and corpus/")
    parser.add_argument("--write", action="store_true", help="write the tables of kg/data")
    args = parser.parse_args()
    scorer = loaded(args.shared / "gold" / "score.py")
    gold, verdicts = annotations(args.folders), judged(args.judged)
    if not gold:
        sys.exit(f"no annotations in {', '.join(map(str, args.folders))}")
    cases = dict(all_cases(args.shared / "corpus", {name: [] for name in verdicts} | gold, scorer))
    measured = [case for name in sorted(gold) for case in cases.get(name, [])]
    others = sorted(verdicts.keys() - gold.keys())
    extra = [case for name in others for case in with_verdicts(cases.get(name, []), verdicts[name])]
    unseen = [0.0] * len(measured)
    for fold in range(FOLDS):
        model = fitted([case for case in measured if fold_of(case.cable) != fold] + extra)
        for at, case in enumerate(measured):
            if fold_of(case.cable) == fold:
                unseen[at] = model.score(case.evidence)
    slope, shift = calibrated(unseen, [case.is_right for case in measured])
    report(measured, [slope * score + shift for score in unseen], gold, scorer)
    if args.write:
        write(fitted(measured + extra), slope, shift)


def loaded(path: Path) -> ModuleType:
    """The scorer, a script beside the corpus."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        sys.exit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotations(folders: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    """The annotated agreements by cable, without the cables that nobody reads."""
    unread = {name for kept in ("frozen.txt", "held_out.txt") for name in (ANNOTATIONS / kept).read_text().split()}
    paths = [path for folder in folders for path in sorted(folder.glob("*.json")) if path.stem not in unread]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")).get("agreements", []) for path in paths}


def judged(path: Path) -> dict[str, list[tuple[tuple[str, int, int], bool]]]:
    """The judged phrases of each cable: the part of the text, where in it, and whether it names an agreement."""
    out: dict[str, list[tuple[tuple[str, int, int], bool]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            part, span = row["place"].rsplit(" ", 1)
            start, end = map(int, span.split("-"))
            out.setdefault(row["cable"], []).append(((part, start, end), row["verdict"] == "right"))
    return out


def with_verdicts(cases: Sequence[Case], verdicts: Sequence[tuple[tuple[str, int, int], bool]]) -> Iterator[Case]:
    """The cases whose phrase was judged, with the verdict."""
    for case in cases:
        part, start, end = case.place
        found = [right for (where, first, last), right in verdicts if where == part and first < end and start < last]
        if found:
            yield replace(case, is_right=any(found), weight=WEIGHT_OF_JUDGED)


def all_cases(
    corpus: Path, gold: dict[str, list[dict[str, Any]]], scorer: ModuleType
) -> Iterator[tuple[str, list[Case]]]:
    """The cases of each annotated cable of the corpus."""
    left = set(gold)
    for raw in read([corpus / "09BOGOTA335.txt", corpus / "cables.csv"]):
        cable = parse(raw) if isinstance(raw, RawCable) else None
        if cable is not None and cable.canonical_id in left:
            left.remove(cable.canonical_id)
            yield cable.canonical_id, list(cases_of(cable, gold[cable.canonical_id], scorer))


def cases_of(cable: Cable, gold: list[dict[str, Any]], scorer: ModuleType) -> Iterator[Case]:
    readings = readings_of(cable)
    setting = setting_of(cable, readings)
    cast = Cast(extract(cable).persons, setting)
    base = cable.sent_at.date() if cable.sent_at is not None else None
    groups = considered(readings, cast, base)
    named = [forms_of(group, readings) for group in groups]
    found = [{"name": forms[0], "forms": list(forms)} for forms in named]
    right = {at for _, at in scorer.assign(gold, found, scorer.same_agreement)}
    for at, (group, form) in enumerate(zip(groups, found, strict=True)):
        fullest = group.fullest
        yield Case(
            cable=cable.canonical_id,
            place=(fullest.reading.part, fullest.start, fullest.end),
            rule=fullest.candidate.rule,
            form=form,
            is_right=at in right,
            evidence=group.evidence,
        )


def fold_of(cable: str) -> int:
    return int(hashlib.sha256(cable.encode()).hexdigest(), 16) % FOLDS


def fitted(cases: Sequence[Case]) -> Model:
    """Weights by Newton steps on one coordinate after the other."""
    counts = Counter(name for case in cases for name in case.evidence)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    places = {name: [at for at, case in enumerate(cases) if name in case.evidence] for name in names}
    scores, everywhere = [0.0] * len(cases), list(range(len(cases)))
    weights = dict.fromkeys(names, 0.0)
    always = 0.0
    for _ in range(STEPS):
        always += newton(scores, cases, everywhere, 0.0, 1e-9)
        for name in names:
            weights[name] += newton(scores, cases, places[name], weights[name], penalty_of(name), name in FAVOURABLE)
    return Model(always=always, weights=weights)


def penalty_of(name: str) -> float:
    return PENALTY_OF_NOUN if name.startswith("noun-") else PENALTY


def newton(
    scores: list[float],
    cases: Sequence[Case],
    places: Sequence[int],
    weight: float,
    penalty: float,
    is_favourable: bool = False,
) -> float:
    """One step of a weight, taken into the scores of the cases where it counts."""
    slope, bend = -penalty * weight, penalty
    for at in places:
        share, count = sigmoid(scores[at]), cases[at].weight
        slope += count * (cases[at].is_right - share)
        bend += count * share * (1 - share)
    step = max(slope / bend, -weight) if is_favourable else slope / bend
    for at in places:
        scores[at] += step
    return step


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def calibrated(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """The slope and shift that make the score of a case the log odds of its being right."""
    slope, shift = 1.0, 0.0
    for _ in range(2000):
        errors = [sigmoid(slope * s + shift) - r for s, r in zip(scores, right, strict=True)]
        shift -= 0.5 * sum(errors) / len(scores)
        slope -= 0.1 * sum(e * s for e, s in zip(errors, scores, strict=True)) / len(scores)
    return slope, shift


def report(
    cases: Sequence[Case], odds: Sequence[float], gold: dict[str, list[dict[str, Any]]], scorer: ModuleType
) -> None:
    """Print precision, recall and F1 of cables left out, by the least confidence that is kept."""
    total = sum(len(found) for found in gold.values())
    print(f"{len(gold)} cables, {total} agreements, {len(cases)} cases, {sum(c.is_right for c in cases)} right")
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8):
        kept = [case for case, odd in zip(cases, odds, strict=True) if sigmoid(odd) >= least]
        hits = sum(
            len(scorer.assign(found, [c.form for c in kept if c.cable == name], scorer.same_agreement))
            for name, found in gold.items()
        )
        precision, recall = hits / max(1, len(kept)), hits / max(1, total)
        f1 = 2 * hits / max(1, len(kept) + total)
        print(f"confidence >= {least:.2f}: precision {precision:.3f} recall {recall:.3f} f1 {f1:.3f}")
    kept = [case for case, odd in zip(cases, odds, strict=True) if sigmoid(odd) >= LEAST]
    for rule, count in sorted(Counter(case.rule for case in kept).items()):
        print(f"{rule}: {sum(case.is_right for case in kept if case.rule == rule)} of {count} right")


def write(model: Model, slope: float, shift: float) -> None:
    """Write the weights as whole numbers and the scores from which each confidence holds."""
    weights = {"always": round(SCALE * model.always)}
    weights |= {name: round(SCALE * weight) for name, weight in sorted(model.weights.items())}
    lines = ["evidence\tweight", *(f"{name}\t{weight}" for name, weight in weights.items() if weight)]
    (DATA / "agreement_evidence.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    floors = [(math.ceil(SCALE * (math.log(p / (1 - p)) - shift) / slope), p) for p in BANDS]
    lines = ["score\tconfidence", *(f"{floor}\t{p:.2f}" for floor, p in floors)]
    (DATA / "agreement_bands.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
