"""Where each field under the class line ends: at the end of its line, at a blank line, or where other text begins."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from kg.cables.fields.tags import is_list_of_terms
from kg.cables.spans import line_of, skip_space

_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_SUBJECT_ENDS: Final = re.compile(
    r"""
      \n[ \t\r]*\n
    | \n[ \t]*(?: [-=*_]{4,} | (?:\([A-Z/]{1,8}\)[ ]?)?SUMMARY\b | ¶?\d{1,2}\.[ \t]*\(? | PAGE[ ]+\d
        | SENSITIVE[ ]BUT[ ]UNCLASSIFIED\b )          # SENSITIVE BUT UNCLASSIFIED -- HANDLE WITH CARE
    | \.[ ]{1,3}1\.[ ]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A sentence under a subject in capitals: "This is an action request. See paragraph 2."
_SENTENCE: Final = re.compile(r"\n[ \t]*[A-Z][a-z']{1,15}[ ][a-z]{1,15}[ ][^\n]{10,}")
# Where a blank line does not end the REF line: a bullet or a further reference follows.
_NEXT_REFERENCE: Final = re.compile(
    r"[ \t-]*(?:\(?[A-Z]\)|[A-Z][.:]|\[[A-Z]\]|(?:\d{2,4}[ ])?[A-Z][A-Z]+(?:[ ][A-Z]+){0,2}[ ]\d{1,6}[ \t.;]*$)",
    re.MULTILINE,
)
# What a reference still has to follow: a bullet, a comma.
_UNFINISHED: Final = re.compile(r"(?:(?<![A-Za-z])\(?[A-Z][).:]|\[[A-Z]\]|,|\b(?:and|AND))[ \t]*\Z")
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
# A page break inside TAGS leaves this many blanked lines at most.
_BLANKED_LINES: Final = 6


def _to_line_end(text: str, start: int, limit: int) -> int:
    return min(limit, line_of(text, start)[1])


def _tags_end(text: str, start: int, limit: int) -> int:
    """The end of the line, and of each line after it that holds nothing but terms, also behind a page break."""
    stop = _to_line_end(text, start, limit)
    while stop < limit:
        line_start, line_end = line_of(text, stop + 1)
        after_comma = text[start:stop].rstrip().endswith(",")
        blanked = 0
        while not text[line_start:line_end].strip() and line_end < limit and blanked < _BLANKED_LINES:
            line_start, line_end = line_of(text, line_end + 1)
            blanked += 1
        line_end = min(line_end, limit)
        line = text[line_start:line_end]
        if not line.strip() or not ((after_comma and not blanked) or is_list_of_terms(line)):
            break
        stop = line_end
    return stop


def _subject_end(text: str, start: int, limit: int) -> int:
    at = skip_space(text, start, limit)
    match = _SUBJECT_ENDS.search(text, at, limit)
    stop = match.start() + (match.group()[0] == ".") if match else limit
    if text[at : min(stop, line_of(text, at)[1])].isupper():
        sentence = _SENTENCE.search(text, at, stop)
        stop = sentence.start() if sentence else stop
    return stop


def _references_end(text: str, start: int, limit: int) -> int:
    at = skip_space(text, start, limit)
    prose = _TEXT.search(text, start, limit)
    limit = prose.start() if prose else limit
    while True:
        match = _BLANK_LINE.search(text, at, limit)
        if match is None:
            return limit
        following = skip_space(text, match.end(), limit)
        is_unfinished = _UNFINISHED.search(text, max(at, match.start() - 8), match.start()) is not None
        if not is_unfinished and _NEXT_REFERENCE.match(text, line_of(text, following)[0], limit) is None:
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


ENDS: Final[Mapping[str, Callable[[str, int, int], int]]] = MappingProxyType(
    {
        "eo": _to_line_end,
        "tags": _tags_end,
        "subject": _subject_end,
        "ref": _references_end,
        "classified": _classified_end,
        "derived": _classified_end,
    }
)
