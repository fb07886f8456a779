"""From a parsed cable to facts with evidence: persons and their roles, meetings, agreements."""

from kg.extraction.extract import extract
from kg.extraction.report import as_json

__all__ = ["as_json", "extract"]
