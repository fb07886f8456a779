"""Repeated headers: what each section of a cable sent in sections says again before its text goes on."""

import re
from typing import Final

from kg.cables.header.class_lines import ClassLine
from kg.cables.spans import line_of, lines

# How far before a class line the header of its section may begin; the longest seen lists some 120 addressees.
_HEADER_LENGTH: Final = 8000

_HEADER_START: Final = re.compile(
    r"""
    (?:(?<=\S\ )|^)[ \t]*+ACTION[ ][A-Z]{1,4}-\d\d\b       # PAGE 01 HARARE 06677 02 OF 03 291401Z ACTION AF-00
    | ^[ \t]*(?: VZCZC[A-Z]{2,4}\d{4}                   # VZCZCXRO8911
      | (?:ZZ|OO|PP|RR)[ ](?:(?:ZZ|OO|PP|RR)[ ])?R[A-Z]{3,7}\b      # PP RUEHWEB
      | DE[ ]R[A-Z]{3,7}[ ]\#\d{4}                      # DE RUEHBO #0335/01 0342125
      | (?:[ZOPR][ ]){1,3}\d{6}Z[ ][A-Z]{3}[ ]\d\d      # P 032125Z FEB 09
      )
    """,
    re.VERBOSE | re.MULTILINE,
)

# Lines that a section repeats under its class line, until its own text begins.
_REPEATED: Final = re.compile(
    r"""
    [ \t]*(?:
        (?:SIPDIS|NOFORN|SENSITIVE|NODIS|EXDIS|LIMDIS|STADIS|C[ ]O[ ]R[ ]R[ ]E[ ]C[ ]T[ ]E[ ]D[ ].*)
      | [A-Z][A-Z/ ]{1,30}[ ](?:FOR|PASS(?:[ ]TO)?|ALSO[ ]FOR)[ ].{1,80}     # NSC FOR SENIOR DIRECTOR
      | E\.?[ ]?O\.?[ ]?:?[ ]?1\d{4}\b.*
      | TAGS?\b.*
    )[ \t]*
    """,
    re.VERBOSE,
)
# Fields that run on to the next blank line.
_LONG_FIELD: Final = re.compile(r"[ \t]*(?:SUBJ(?:ECT)?[ ]?:|REFS?[ ]?:|Classified[ ]By:?[ ]).*", re.IGNORECASE)


def repeated_header(text: str, class_line: ClassLine, floor: int) -> tuple[int, int]:
    """The span of the header around the class line of a later section; it does not begin before `floor`."""
    return _first(text, class_line, floor), _last(text, class_line)


def _first(text: str, class_line: ClassLine, floor: int) -> int:
    start = class_line.start
    for match in _HEADER_START.finditer(text, max(floor, start - _HEADER_LENGTH), start):
        return match.start()
    return start


def _last(text: str, class_line: ClassLine) -> int:
    """The end of the last repeated line; a SUBJECT, REF or Classified By line runs to the next blank line."""
    end = stop = line_of(text, class_line.end)[1]
    in_field = False
    for line_start, line_end in lines(text, stop + 1, min(len(text), stop + 3000)):
        line = text[line_start:line_end]
        if not line.strip():
            in_field = False
        elif in_field or _REPEATED.fullmatch(line):
            end = line_end
        elif _LONG_FIELD.fullmatch(line):
            in_field, end = True, line_end
        else:
            break
    return end
