"""The fields under the class line: E.O., TAGS, SUBJECT, REF, Classified By; where each keyword stands.

Keywords are looked for where they can stand: at the start of a line, before a colon, around the number of an executive
order. So the text is not matched at every character. `kg.cables.fields.ends` says where each field ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.fields.ends import ENDS
from kg.cables.spans import skip_space, trim


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: its kind, where its keyword begins, and the span of its value."""

    kind: str
    start: int
    value_start: int
    end: int


_AT_LINE_START: Final = re.compile(
    r"""
    [ \t]*(?:
      (?P<tags>(?:TAGS{0,2}|TA?GES?|TAAGS|TAS|TABS|TGS|AGS)[ \t]?[:;,]               # TAGS: PGOV PREL
        | TAGS?[ \t]+(?=[A-Z(]))
    | (?P<subject>(?:S?UBJ(?:ECT)?S?|SUBE?CT|SUBJCT|SUJECT|SUBJET)[ \t]?[:;]         # SUBJECT: ...
        | SUBJ(?:ECT)?[ \t]+(?=\S))
    | (?P<ref>(?:REF(?:S|TELS?|ERENCES?|\(S\))?|RETELS?)[ \t]?[:;]                   # REF: A. 07 BOGOTA 7470
        | REFS?[ \t]+(?=\(?[A-Z][.):]|A[ ][A-Z]{3}|[A-Z]{3,}[ ]\d))
    | (?P<classified>(?:\([A-Z]{1,3}\)[ ]?)?Clas{1,2}i?f{1,2}i?ed[ \t]+by[ \t]*:?)         # Classified By: ...
    | (?P<derived>(?:\([A-Z]{1,3}\)[ ]?)?Derived[ ]from[ \t]*:?)                     # Derived from: DSCG 05-1
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What ends right before a colon; words in capitals and small letters as they are written in the middle of a line, and
# those that lost the space before them: "... VISIT TO THE CAPEClassified By: DCM ROE".
_BEFORE_COLON: Final = re.compile(
    r"""
    (?: (?P<tags>(?:(?<=\s)|(?<=\d))(?:T?AGS?|Tags?))
      | (?P<subject>(?<=\s)(?:SUBJ|Subject|Subj)|SUBJECT)
      | (?P<ref>(?:(?<=\s)|(?<=,))(?:REF|Ref)(?:S|TELS?|\([Ss]\)|ERENCES?)?)
      | (?P<glued_ref>REFS?)
      | (?P<classified>(?<=\s)CLASSIFIED[ ]BY|Classified[ ][Bb]y)
      | (?P<derived>(?<=\s)(?:DERIVED[ ]FROM|Derived[ ][Ff]rom))
    )[ \t]?\Z
    """,
    re.VERBOSE,
)
_LONGEST_KEYWORD: Final = 16
# "... WHO WOULD LEAD THE GUILDREF: A. QUITO 12": glued to the word before it, the keyword needs a first bullet.
_FIRST_BULLET: Final = re.compile(r":[ ]{0,2}\(?A[.)]")
_ORDER_NUMBER: Final = re.compile(r"1[1-3]\d{3}(?!\d)")
# "E.O. 12958", "EO 12958", "E.O.12958", "EO: 12958"; the number follows.
_BEFORE_ORDER: Final = re.compile(r"(?:(?:^|\n)[ \t]*|(?<=\s))E\.?[ ]?[O0]\.?[ ]?:?[ ]?\Z", re.IGNORECASE)
# "for E.O. 12958 reasons 1.4 (c)": the order as a ground of the classification, inside the Classified By line.
_AS_GROUND: Final = re.compile(r"[,:]?\s{0,3}(?:for\s)?(?:reasons?\b|section\b|para|1[.,]\s?[4-6]\b)", re.IGNORECASE)
_BARE_TAGS: Final = re.compile(r"[ \t]TAGS?[ ](?=[A-Z]{4}[ ,])")  # E.O. 12958: DECL: 02/02/2019 TAG PTER, PGOV

_LONGEST: Final = 4000


def read_fields(text: str, start: int, end: int) -> list[Field]:
    """The fields of a span, in order; of each kind the first."""
    found: dict[str, tuple[int, int]] = {}
    for keyword_start, value_start, kind in sorted(_keywords(text, start, end)):
        found.setdefault(kind, (keyword_start, value_start))
    spans = sorted((*span, kind) for kind, span in found.items())
    fields = []
    for at, (keyword_start, value_start, kind) in enumerate(spans):
        limit = spans[at + 1][0] if at + 1 < len(spans) else end
        limit = min(limit, value_start + _LONGEST)
        value_start, stop = trim(text, value_start, ENDS[kind](text, value_start, limit))
        begin = skip_space(text, keyword_start, value_start)
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


def _keywords(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The keywords of a span: where each begins, where its value begins, and its kind."""
    found = [*_at_line_starts(text, start, end), *_before_colons(text, start, end)]
    for number in _ORDER_NUMBER.finditer(text, start, end):
        order = _BEFORE_ORDER.search(text, max(start, number.start() - 12), number.start())
        if order is not None and _AS_GROUND.match(text, number.end(), end) is None:
            found.append((order.start(), number.start(), "eo"))
    if all(kind != "tags" for _, _, kind in found) and (bare := _BARE_TAGS.search(text, start, end)):
        found.append((bare.start(), bare.end(), "tags"))
    return found


def _at_line_starts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    at = start if start == 0 or text[start - 1] == "\n" else text.find("\n", start, end) + 1
    while at < end and (at > 0 or start == 0):
        match = _AT_LINE_START.match(text, at, end)
        if match is not None:
            yield match.start(), match.end(), str(match.lastgroup)
        at = text.find("\n", at, end) + 1 or end


def _before_colons(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    colon = text.find(":", start, end)
    while colon >= 0:
        match = _BEFORE_COLON.search(text, max(start, colon - _LONGEST_KEYWORD), colon)
        if match is not None:
            kind = str(match.lastgroup)
            if kind != "glued_ref":
                yield match.start(), colon + 1, kind
            elif _FIRST_BULLET.match(text, colon, end):
                yield match.start(), colon + 1, "ref"
        colon = text.find(":", colon + 1, end)
