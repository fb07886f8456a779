"""The summary of a cable: where it begins and where it ends."""

import re
from typing import Final

from kg.cables.body.marks import Stretch
from kg.cables.body.pieces import Piece
from kg.cables.model import Cable, Part
from kg.cables.spans import skip_space

_BEGIN: Final = re.compile(
    r"""
    [\s(]*(?:BEGIN[ ])?(?:EXECUTIVE[ ]|INTRODUCTION[ ](?:AND|&)[ ])?SUMM?A?R?Y
    (?:[ ](?:AND|&)[ ][A-Z]+(?:[ ][A-Z]+){0,2}|/[A-Z]+)?
    (?=[\s.:;,-]|\Z)[\s.:;-]*(?:\((?:C|S|U|SBU|[CS]//?NF)\)[\s.:]*)?   # SUMMARY:  Summary and Comment.
    """,
    re.VERBOSE | re.IGNORECASE,
)
# On the text in small letters; begins with a word that is searched for fast.
_END: Final = re.compile(r"end(?<![a-z]end)\s{1,20}(?:(?:of|executive|introduction\s{1,9}and)\s{1,20})?summ?a?r?y\b")
_HEADING: Final = re.compile(r"\W*(?:EXECUTIVE\s)?SUMM?A?R?Y\b", re.IGNORECASE)

# A summary without an END runs to the end of its paragraph; one with an END is looked for this far.
_LONGEST: Final = 12_000
_AMONG_THE_FIRST: Final = 6


def find_summary(text: str, small: str, pieces: list[Piece]) -> Stretch | None:
    """The summary, without the words SUMMARY and END SUMMARY; `small` is the text in small letters."""
    above = False
    looked_at = 0
    for piece in pieces:
        if piece.kind == "heading":
            above = _HEADING.match(text, piece.start, piece.end) is not None
            continue
        begin = _BEGIN.match(text, piece.start, piece.end)
        if begin is not None or above or (piece.heading is not None and _HEADING.match(piece.heading)):
            return _stretch(text, small, begin.end() if begin else piece.start, piece)
        looked_at += 1
        if looked_at == _AMONG_THE_FIRST:
            break
    return _without_begin(text, small, pieces)


def summary_text(cable: Cable) -> str | None:
    """The folded text of the summary, put together from the parts that it covers; None where there is none."""
    if cable.summary is None:
        return None
    start, end = cable.summary
    covered = [p for p in cable.parts if p.kind in ("paragraph", "unnumbered") and p.start < end and start < p.end]
    texts = [_between(part, start, end).strip() for part in covered]
    return " ".join(text for text in texts if text) or None


def _between(part: Part, start: int, end: int) -> str:
    """What of a part's text comes from a span of the text as found."""
    pieces = []
    for at, found, length in part.segments:
        first, last = max(start, found), min(end, found + length)
        if first < last:
            pieces.append(part.text[at + first - found : at + last - found])
    return "".join(pieces)


def _stretch(text: str, small: str, start: int, piece: Piece) -> Stretch | None:
    end = _END.search(small, start, min(len(text), start + _LONGEST))
    return _trimmed(text, start, end.start() if end else piece.end, is_closed=end is not None)


def _without_begin(text: str, small: str, pieces: list[Piece]) -> Stretch | None:
    """An END SUMMARY whose beginning is not marked: the summary begins with the first paragraph."""
    first = next((piece for piece in pieces if piece.kind == "paragraph"), None)
    if first is None:
        return None
    end = _END.search(small, first.start, min(len(text), first.start + _LONGEST))
    return _trimmed(text, first.start, end.start(), is_opened=False) if end else None


def _trimmed(text: str, start: int, end: int, *, is_opened: bool = True, is_closed: bool = True) -> Stretch | None:
    start = skip_space(text, start, end)
    end = start + len(text[start:end].rstrip(" \t\r\n("))
    if start >= end:
        return None
    return Stretch(kind="summary", start=start, end=end, is_opened=is_opened, is_closed=is_closed)
