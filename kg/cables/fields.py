"""The fields under the class line: E.O., TAGS, SUBJECT, REF, Classified By; where each begins and ends."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.spans import line_of, skip_space, trim
from kg.cables.tags import is_list_of_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: its kind, where its keyword begins, and the span of its value."""

    kind: str
    start: int
    value_start: int
    end: int


_KEYWORD: Final = re.compile(
    r"""
      (?P<eo>(?:^[ \t]*|(?<=\s))E\.?[ ]?[O0]\.?[ ]?:?[ ]?(?=1[1-3]\d{3}\b))            # E.O. 12958: DECL: 02/02/2019
    | (?P<tags>^[ \t]*(?:TAGS{0,2}|TAGES?|TAS|TABS|TGS|AGS)[ \t]?[:;,]                 # TAGS: PGOV PREL
        | (?<=\s)(?-i:T?AGS?|Tags?):
        | ^[ \t]*TAGS?[ \t]+(?=[A-Z(]))
    | (?P<subject>^[ \t]*(?:SUBJECT|SUBJ|UBJECT)[ \t]?[:;]                             # SUBJECT: ...
        | (?<=\s)(?-i:SUBJECT|SUBJ|Subject|Subj):
        | ^[ \t]*SUBJECT[ \t]+(?=\S))
    | (?P<ref>^[ \t]*(?:REF(?:S|TELS?|ERENCES?|\(S\))?|RETELS?)[ \t]?[:;]              # REF: A. 07 BOGOTA 7470
        | (?<=[\s,])(?-i:REF|Ref)(?:S|TEL|\(S\))?:
        | ^[ \t]*REFS?[ \t]+(?=\(?[A-Z][.)]|[A-Z]{3,}[ ]\d))
    | (?P<classified>^[ \t]*(?:\([A-Z]{1,3}\)[ ]?)?Classified[ \t]+by[ \t]*:?          # Classified By: ...
        | (?<=\s)(?-i:Classified[ ]By|CLASSIFIED[ ]BY):)
    | (?P<derived>^[ \t]*Derived[ ]from[ \t]*:)
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_SUBJECT_ENDS: Final = re.compile(
    r"""
      \n[ \t\r]*\n
    | \n[ \t]*(?: [-=*_]{4,} | (?:\([A-Z/]+\)[ ]?)?SUMMARY\b | ¶?\d{1,2}\.[ \t]*\(?
        | SENSITIVE[ ]BUT[ ]UNCLASSIFIED\b )          # SENSITIVE BUT UNCLASSIFIED -- HANDLE WITH CARE
    | \.[ ]{1,3}1\.[ ]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Where a blank line does not end the REF line: a bullet or a further reference follows.
_NEXT_REFERENCE: Final = re.compile(
    r"[ \t-]*(?:\(?[A-Z]\)|[A-Z][.:]|\[[A-Z]\]|(?:\d{2,4}[ ])?[A-Z][A-Z]+(?:[ ][A-Z]+){0,2}[ ]\d{1,6}[ \t.;]*$)",
    re.MULTILINE,
)
# What follows right under the REF line and is no reference: "(SBU) The keepers delivered their nets to ...",
# "SENSITIVE BUT UNCLASSIFIED -- HANDLE ACCORDINGLY".
_TEXT: Final = re.compile(
    r"""
    \n[ \t]*(?:
        \((?:SBU|U|C|S|[CS]//?NF|LOU)\)[ \t]+(?: THIS[ ] | (?=[A-Z][^\n]{50})(?=[^\n]*(?:[ ][a-z]{2,}){4}) )
      | SENSITIVE[ ]BUT[ ]UNCLASSIFIED | NOT[ ]FOR[ ]INTERNET
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REASON: Final = re.compile(r"1[.,][ ]?[4-6]")
_NEXT_REASON: Final = re.compile(r"[ \t]*(?:\(?(?:for[ ])?reasons?\b|1[.,][ ]?[4-6]|E\.?O\.?[ ]1)", re.IGNORECASE)

_LONGEST: Final = 4000


def read_fields(text: str, start: int, end: int) -> list[Field]:
    """The fields of a span, in order; of each kind the first."""
    matches = []
    kinds: set[str] = set()
    for match in _KEYWORD.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind not in kinds:
            kinds.add(kind)
            matches.append((kind, match))
    fields = []
    for at, (kind, match) in enumerate(matches):
        limit = matches[at + 1][1].start() if at + 1 < len(matches) else end
        limit = min(limit, match.end() + _LONGEST)
        stop = _ENDS[kind](text, match.end(), limit)
        value_start, stop = trim(text, match.end(), stop)
        begin = skip_space(text, match.start(), match.end())
        fields.append(Field(kind=kind, start=begin, value_start=value_start, end=stop))
    return fields


def loose_spans(text: str, fields: list[Field], end: int) -> list[tuple[int, int]]:
    """What stands between and after the fields up to `end` and belongs to none, in order."""
    spans = []
    for at, field in enumerate(fields):
        stop = fields[at + 1].start if at + 1 < len(fields) else end
        if text[field.end : stop].strip():
            spans.append((field.end, stop))
    return spans


def _to_line_end(text: str, start: int, limit: int) -> int:
    return min(limit, line_of(text, start)[1])


def _tags_end(text: str, start: int, limit: int) -> int:
    """The end of the line, and of each line after it that holds nothing but terms."""
    stop = _to_line_end(text, start, limit)
    while stop < limit:
        line_start, line_end = line_of(text, stop + 1)
        line_end = min(line_end, limit)
        line = text[line_start:line_end]
        after_comma = text[start:stop].rstrip().endswith(",")
        if not line.strip() or not (after_comma or is_list_of_terms(line)):
            break
        stop = line_end
    return stop


def _subject_end(text: str, start: int, limit: int) -> int:
    match = _SUBJECT_ENDS.search(text, skip_space(text, start, limit), limit)
    return match.start() + (match.group()[0] == ".") if match else limit


def _references_end(text: str, start: int, limit: int) -> int:
    at = skip_space(text, start, limit)
    prose = _TEXT.search(text, start, limit)
    limit = prose.start() if prose else limit
    while True:
        match = _BLANK_LINE.search(text, at, limit)
        if match is None:
            return limit
        following = skip_space(text, match.end(), limit)
        if _NEXT_REFERENCE.match(text, line_of(text, following)[0], limit) is None:
            return match.start()
        at = following


def _classified_end(text: str, start: int, limit: int) -> int:
    at = skip_space(text, start, limit)
    match = _BLANK_LINE.search(text, at, limit)
    while match is not None:
        if _REASON.search(text, start, match.start()):
            return match.start()
        following = skip_space(text, match.end(), limit)
        if _NEXT_REASON.match(text, following, limit) is None:
            return match.start()
        match = _BLANK_LINE.search(text, following, limit)
    return limit


_ENDS: Final = {
    "eo": _to_line_end,
    "tags": _tags_end,
    "subject": _subject_end,
    "ref": _references_end,
    "classified": _classified_end,
    "derived": _to_line_end,
}
