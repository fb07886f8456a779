"""Readers: from files, archives and streams to raw cables, one reader a format, found by content."""

from kg.sources.formats import sniff
from kg.sources.model import FORMATS, RawCable, SourceProblem
from kg.sources.reading import read

__all__ = ["FORMATS", "RawCable", "SourceProblem", "read", "sniff"]
