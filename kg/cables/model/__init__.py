"""The values of a parsed cable.

Three frames of coordinates, never mixed up (docs/explanation/coordinates.md):

- the *text as found*: `start`/`end` of all header values, parts and problems count in it, in Unicode code points, end
  exclusive, and `as_sent` equals that slice;
- the *clean text*: the same length, artefacts blanked;
- the *text of a part*: folded; evidence counts in it, and the part's `segments` lead back to the text as found.
"""

from kg.cables.model.body import Redaction, Region
from kg.cables.model.cable import Cable, Change, SourceNote, Version
from kg.cables.model.fields import ClassifiedBy, DerivedFrom, Participant, Reference, Schedule, Subject, Tag
from kg.cables.model.header import Addressee, DateTimeGroup, Distribution, FormatLine
from kg.cables.model.text import CleanText, DateValue, Line, Part, Problem, TextValue

__all__ = [
    "Addressee",
    "Cable",
    "Change",
    "ClassifiedBy",
    "CleanText",
    "DateTimeGroup",
    "DateValue",
    "DerivedFrom",
    "Distribution",
    "FormatLine",
    "Line",
    "Part",
    "Participant",
    "Problem",
    "Redaction",
    "Reference",
    "Region",
    "Schedule",
    "SourceNote",
    "Subject",
    "Tag",
    "TextValue",
    "Version",
]
