"""What was taken out of a text before its release: `XXXXXXXXXXXX`, `[...]`, `[4½ lines not declassified]`.

Only the marks that stand in the text are values; nothing here or elsewhere tries to undo one.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.cables.model import CleanText, Redaction

_XXX: Final = re.compile(r"(?:X{4,}|x{4,})(?:[ ](?:X{8,}|x{8,}))*")
# Shorter runs count only where they are words of their own.
_LONG_RUN: Final = 8
_ELLIPSIS: Final = re.compile(r"\[\s?(?:\.[ ]?\.[ ]?\.[. ]{0,6}|…)\s?\]")  # "[...]"
# "[4½ lines not declassified]", "(text not declassified)", "[1 paragraph (6 lines) not declassified]".
_NOT_DECLASSIFIED: Final = re.compile(
    r"""
    [\[(] (?P<extent>[^\[\]()]{0,60} (?:\([^\[\]()]{1,40}\)[^\[\]()]{0,20})?)
    not \s{1,9} declassified \s? [\])]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SAYS_NOT: Final = re.compile(r"not\s{1,9}declassified")
_SAYS_HOW_MUCH: Final = re.compile(
    r"\S\s{1,9}(?:lines?|pages?|paragraphs?|words?|sentences?|columns?|sections?|names?)\b", re.IGNORECASE
)
# "met with ------ at the quay": dashes inside a line where a name stood.
_DASHES: Final = re.compile(r"[ ]-----{0,36}(?=[.,;)'’]?[ ][a-z(])")


def find_redactions(clean: CleanText, small: str) -> tuple[Redaction, ...]:
    """The redactions of a text, in order; `small` is the text in small letters."""
    text = clean.text
    found = [_redaction(clean, "xxx", start, end) for start, end in _xxx(text, small)]
    if "[" in text:
        found += [_redaction(clean, "ellipsis", *match.span()) for match in _ELLIPSIS.finditer(text)]
    if " ----" in text:
        found += [_redaction(clean, "dashes", start, end) for start, end in _dashes(text)]
    if "declassified" in small and _SAYS_NOT.search(small):
        found += [
            _redaction(clean, "not-declassified", *match.span(), _extent(match["extent"]))
            for match in _NOT_DECLASSIFIED.finditer(text)
        ]
    return tuple(sorted(found, key=lambda redaction: redaction.start))


def _xxx(text: str, small: str) -> Iterator[tuple[int, int]]:
    at = small.find("xxxx")
    while at >= 0:
        match = _XXX.match(text, at)
        end = match.end() if match else at + 1
        around = text[max(0, at - 1) : at] + text[end : end + 1]
        if match and (end - at >= _LONG_RUN or not any(letter.isalnum() for letter in around)):
            yield at, end
        at = small.find("xxxx", end)


def _dashes(text: str) -> Iterator[tuple[int, int]]:
    for match in _DASHES.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if before.islower() or before in (",", "("):
            yield match.start() + 1, match.end()


def _redaction(clean: CleanText, kind: str, start: int, end: int, extent: str | None = None) -> Redaction:
    return Redaction(as_sent=clean.found[start:end], start=start, end=end, kind=kind, extent=extent)


def _extent(words: str) -> str | None:
    """How much was taken out, in the words of the text ("4½ lines"); None where it is not said."""
    return " ".join(words.split()) if _SAYS_HOW_MUCH.search(words) else None
