"""Readers: from files, archives and streams to raw cables, one reader a format, found by content."""

from kg.sources.formats import sniff
from kg.sources.model import FORMATS, RawCable, SourceProblem
from kg.sources.problems import WITHOUT_CABLE
from kg.sources.reading import read, source_names

__all__ = ["FORMATS", "WITHOUT_CABLE", "RawCable", "SourceProblem", "read", "sniff", "source_names"]
