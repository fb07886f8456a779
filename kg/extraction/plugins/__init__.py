"""The interface of extractors that others write: what they are given, and what they may answer.

An extractor is named in the entry-point group `kg.extractors` by a class or function that is called without arguments.
Whatever it suggests is checked against the text, so it can add names that stand there and nothing else.
"""

from kg.extraction.plugins.model import Extractor, Suggestion, TextPart

__all__ = ["Extractor", "Suggestion", "TextPart"]
