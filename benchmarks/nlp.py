"""What spaCy adds to the rules, and what it costs: figures on annotated cables, time a cable, share of parts it reads.

usage: python benchmarks/nlp.py [GOLD SOURCE... [--only FILE] [--leave-out FILE ...]]

Without arguments the annotations of tests/extraction and the corpus beside the checkout (../shared or KG_SHARED) are
taken, the cables of `held_out.txt` and `frozen.txt` left out. Needs the extra `nlp`. Times are processor time, over all
threads.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.build.evaluating import annotation_files
from kg.build.progress import Silent
from kg.build.scratch import partitioned
from kg.build.stages import by_cable
from kg.cables import merge
from kg.cables.model import Cable
from kg.evaluation.annotations import annotation, parse_annotation, read_annotation
from kg.evaluation.calibration import mention_finds
from kg.evaluation.model import Annotation, AnnotationProblem
from kg.evaluation.scoring import Figures, compare, figures
from kg.evaluation.standoff import with_words
from kg.evaluation.texts import CableText, text_of
from kg.extraction import as_json, extract
from kg.extraction.confidence import extractor_confidence
from kg.extraction.extract import readings_of
from kg.extraction.model import Facts
from kg.extraction.plugins.admission import Asking
from kg.extraction.plugins.spacy_names import SpacyNames

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
ANNOTATIONS = ROOT / "tests" / "extraction" / "annotations"
RULE = "plugin:spacy"


@dataclass(slots=True)
class Outcome:
    """What was seen: seconds by step, counts, and pairs of annotation and extract, by rules alone and with spaCy."""

    cables: int = 0
    seconds: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    alone: list[tuple[Annotation, Annotation]] = field(default_factory=list)
    both: list[tuple[Annotation, Annotation]] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("gold", nargs="?", type=Path, default=ANNOTATIONS)
    options.add_argument("sources", nargs="*", default=[str(SHARED / "corpus")])
    options.add_argument("--only", type=Path)
    options.add_argument("--leave-out", type=Path, nargs="*", default=sorted(ANNOTATIONS.glob("*.txt")))
    chosen = options.parse_args()
    try:
        spacy = SpacyNames()
    except ModuleNotFoundError as missing:
        print(f"nlp.py is skipped: {missing} (requirements/nlp.txt; docs/how-to/extractors.md)")
        return
    if not all(Path(source).exists() for source in chosen.sources):
        print(f"nlp.py is skipped: there is no {' '.join(chosen.sources)} (set KG_SHARED, or name GOLD and SOURCE)")
        return
    left_out = frozenset(word for path in chosen.leave_out for word in path.read_text("utf-8").split())
    only = frozenset(chosen.only.read_text("utf-8").split()) if chosen.only else None
    files = annotation_files(chosen.gold, only, left_out)
    list(spacy.suggest(()))  # loads the model
    report(measured(files, chosen.sources, spacy), spacy.version)


def measured(files: dict[str, Path], sources: Sequence[str], spacy: SpacyNames) -> Outcome:
    outcome = Outcome()
    for cable, text in cables(sources, frozenset(files)):
        assert cable.canonical_id is not None
        gold = read(files[cable.canonical_id], cable.canonical_id, text)
        if gold is not None:
            alone, both = extracted(cable, spacy, outcome)
            for pairs, facts in ((outcome.alone, alone), (outcome.both, both)):
                value = json.loads(json.dumps(as_json(cable, facts)))
                pairs.append((gold, annotation(cable.canonical_id, value, text)))
    return outcome


def cables(sources: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[Cable, CableText]]:
    with partitioned(sources, Silent()) as (_, _, tasks):
        for task in tasks:
            for raws in by_cable(task.source):
                cable = merge(raws).cable
                if cable.canonical_id in wanted:
                    yield cable, text_of(cable, raws)


def read(path: Path, canonical_id: str, text: CableText) -> Annotation | None:
    value = parse_annotation(str(path), path.read_bytes())
    if isinstance(value, AnnotationProblem):
        return None
    worded = with_words(str(path), value, text)
    return None if isinstance(worded, AnnotationProblem) else read_annotation(str(path), canonical_id, worded, text)[0]


def extracted(cable: Cable, spacy: SpacyNames, outcome: Outcome) -> tuple[Facts, Facts]:
    """The facts by rules alone and with spaCy, step by step with the time of each."""
    start = time.process_time()

    def lap(step: str) -> None:
        nonlocal start
        now = time.process_time()
        outcome.seconds[step] += now - start
        start = now

    alone = extract(cable)
    lap("rules")
    readings = readings_of(cable)
    asking = Asking(readings, alone)
    parts = asking.parts()
    lap("choosing parts")
    suggestions = list(spacy.suggest(parts))
    lap("spaCy")
    admission = asking.admit(suggestions, parts, RULE, extractor_confidence("spacy"))
    both = extract(cable, suggestions=admission.admitted)
    lap("rules again")
    outcome.cables += 1
    outcome.counts.update(
        parts=sum(reading.kind != "heading" for reading in readings),
        read=len(parts),
        suggested=len(suggestions),
        admitted=len(admission.admitted),
        known=admission.known,
    )
    outcome.refused.update(refusal.reason for refusal in admission.refused)
    return alone, both


def report(outcome: Outcome, version: str) -> None:
    print(f"{outcome.cables} annotated cables, {version}")
    for name, pairs in (("rules", outcome.alone), ("rules and spaCy", outcome.both)):
        print(f"  {name:<18}officials {line(officials(pairs))}; persons {persons(pairs)}")
    finds = [find for gold, found in outcome.both for find in mention_finds(gold, found) if find.rule == RULE]
    print(f"  let in by {RULE}: {len(finds)} mentions, {sum(find.is_right for find in finds)} of annotated persons")
    counts = outcome.counts
    reasons = ", ".join(f"{reason} {number}" for reason, number in outcome.refused.most_common())
    print(
        f"  suggested {counts['suggested']}, known {counts['known']}, let in {counts['admitted']}, refused: {reasons}"
    )
    print(f"  parts read: {counts['read']} of {counts['parts']}, {counts['read'] / counts['parts']:.0%}")
    for step, seconds in outcome.seconds.items():
        print(f"  {step:<18}{seconds / outcome.cables * 1000:7.1f} ms a cable")
    print(f"  cables a second: {outcome.cables / outcome.seconds['rules']:,.0f} by rules,"
          f" {outcome.cables / outcome.seconds.total():,.0f} with spaCy")  # fmt: skip


def officials(pairs: Sequence[tuple[Annotation, Annotation]]) -> Figures:
    return figures(one for gold, found in pairs for one in compare(gold, found, ["officials"]))


def line(found: Figures) -> str:
    return f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"


def persons(pairs: Sequence[tuple[Annotation, Annotation]]) -> str:
    """Officials and others alike: whether somebody is found at all, whatever the office."""
    return line(
        figures(one for gold, found in pairs for one in compare(everybody(gold), everybody(found), ["officials"]))
    )


def everybody(cable: Annotation) -> Annotation:
    return Annotation(id=cable.id, officials=(*cable.officials, *cable.others))


if __name__ == "__main__":
    main()
