"""Measure what is extracted against annotated cables: figures, misses, and whether confidences hold what they say."""

from kg.evaluation.evaluate import evaluate
from kg.evaluation.report import Evaluation

__all__ = ["Evaluation", "evaluate"]
