"""What `kg evaluate` does: extract the annotated cables from the sources, and measure them against the annotations."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.build import pool
from kg.build.extracting import extract_partitions
from kg.build.extractors.installed import NOBODY, Consulting
from kg.build.extractors.tally import ExtractorReport, reports
from kg.build.progress import Progress
from kg.build.scratch import partitioned
from kg.build.stages import PartitionTask, by_cable
from kg.cables import identify, merge
from kg.errors import UsageError
from kg.evaluation import Evaluation, evaluate
from kg.evaluation.annotations import annotation, parse_annotation, read_annotation
from kg.evaluation.model import Annotation, AnnotationProblem
from kg.evaluation.standoff import with_words
from kg.evaluation.texts import CableText, text_of
from kg.files import read_json
from kg.sources.model import SourceProblem

_ENDING: Final = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The outcome, and what of the sources gave no cable."""

    evaluation: Evaluation
    source_problems: tuple[SourceProblem, ...]
    extractors: tuple[ExtractorReport, ...] = ()

    @property
    def has_failures(self) -> bool:
        """Whether an annotation is broken or a source could not be read."""
        return bool(self.evaluation.problems) or any(problem.is_fatal for problem in self.source_problems)


def annotation_files(
    gold: Path, only: frozenset[str] | None = None, left_out: frozenset[str] = frozenset()
) -> dict[str, Path]:
    """The annotation files of a folder by the id of their cable; UsageError where there are none."""
    files = {path.stem: path for path in sorted(gold.glob(f"*{_ENDING}"))}
    if not files:
        raise UsageError(f"No annotations lie in {gold}: they are files named <id>.json, one a cable.")
    chosen = {name: path for name, path in files.items() if name not in left_out and (only is None or name in only)}
    if not chosen:
        raise UsageError(f"None of the {len(files):,} annotations in {gold} is left: see the lists that choose them.")
    return chosen


def evaluate_sources(
    files: Mapping[str, Path],
    sources: Sequence[str],
    kinds: Sequence[str],
    jobs: int,
    progress: Progress,
    consulting: Consulting = NOBODY,
) -> EvaluationReport:
    """Extract the facts of the sources as `kg extract` does, and measure them against annotation files.

    The whole of the sources is extracted, since what one cable tells may serve another.
    """
    with (
        partitioned(sources, progress, consulting) as (report, partitions, tasks),
        tempfile.TemporaryDirectory() as name,
    ):
        made = extract_partitions(partitions, tasks, Path(name), jobs, progress)
        texts = {key: text for found in pool.run(_Texts(frozenset(files)), tasks, jobs) for key, text in found}
        problems: list[AnnotationProblem] = []
        pairs = []
        for canonical_id, path in files.items():
            annotated, wrong = _annotation(path, texts.get(canonical_id))
            problems += wrong
            if annotated is not None:
                extracted = read_json(Path(name) / path.name)
                pairs.append((annotated, annotation(canonical_id, extracted, texts[canonical_id])))
    return EvaluationReport(
        evaluation=evaluate(pairs, kinds, problems),
        source_problems=report.problems,
        extractors=reports(consulting.extractors, made.tallies),
    )


def _annotation(path: Path, text: CableText | None) -> tuple[Annotation | None, list[AnnotationProblem]]:
    file = str(path)
    try:
        value = parse_annotation(file, path.read_bytes())
    except OSError as error:
        value = AnnotationProblem(file=file, place="", message=f"it cannot be read: {error.strerror or error}")
    if isinstance(value, AnnotationProblem):
        return None, [value]
    if text is None:
        return None, [AnnotationProblem(file=file, place="", message=f"the sources hold no cable {path.stem}")]
    if value.get("id", path.stem) != path.stem:
        return None, [AnnotationProblem(file=file, place="id", message=f"{value['id']} is not the name of the file")]
    worded = with_words(file, value, text)
    if isinstance(worded, AnnotationProblem):
        return None, [worded]
    return read_annotation(file, path.stem, worded, text)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The work on one partition: returns the texts of the cables that are asked for, by id."""

    ids: frozenset[str]

    def __call__(self, task: PartitionTask) -> list[tuple[str, CableText]]:
        return list(self._found(task))

    def _found(self, task: PartitionTask) -> Iterator[tuple[str, CableText]]:
        for raws in by_cable(task.source):
            if any(identify(raw)[0] in self.ids for raw in raws):
                cable = merge(raws).cable
                if cable.canonical_id is not None:
                    yield cable.canonical_id, text_of(cable, raws)
