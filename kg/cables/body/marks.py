"""The marks that begin and end a stretch of the body: BEGIN TEXT, END NOTE, (Comment: …), END SUMMARY AND COMMENT."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.cables.spans import skip_space
from kg.cables.words import in_capitals

# The words of a mark, with the kind of region that they name.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "SUMMARY": "summary",
        "SUMMAY": "summary",
        "SUMARY": "summary",
        "COMMENT": "comment",
        "COMMENTS": "comment",
        "NOTE": "note",
        "NOTES": "note",
        "TEXT": "text",
        "TRANSLATION": "text",
        "EXCERPT": "text",
        "EXCERPTS": "text",
        "LETTER": "text",
        "STATEMENT": "text",
        "TALKING POINTS": "talking-points",
        "POINTS": "talking-points",
        "BULLETS": "talking-points",
        "KEY POINTS": "key-points",
        "NON-PAPER": "non-paper",
        "NONPAPER": "non-paper",
        "NON PAPER": "non-paper",
        "QUOTE": "quote",
        "INTRODUCTION": "introduction",
        "ACTION REQUEST": "action-request",
        "ACTION REQUESTED": "action-request",
    }
)
_WORDS: Final = "|".join(re.sub(r"[ ]", r"\\s{1,9}", word) for word in sorted(KINDS, key=len, reverse=True))

_EDGE: Final = re.compile(
    rf"""
    (?P<edge>BEGIN|END)\s{{1,20}}(?:OF\s{{1,20}})?
    (?P<more>(?:(?!CABLE\b)[A-Z][A-Z'’.-]{{0,20}}\s{{1,9}}){{0,3}}?)
    (?P<kind>{_WORDS})\b
    (?:(?:\s{{1,9}}(?:AND|&)\s{{1,9}}|/)[A-Z]{{3,20}}(?:\sREQUEST(?:ED)?)?)?      # END SUMMARY AND COMMENT
    (?:\s{{1,9}}OF\s[^\n.:]{{1,60}}(?=[.:]{{0,2}}[ \t\r]{{0,9}}\n))?             # BEGIN TEXT OF PRESS RELEASE
    (?P<stop>[.:;]{{0,4}})                                   # BEGIN UNOFFICIAL TRANSLATION:
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What a region opens with where BEGIN is left out: "COMMENT:"  "(Note: "  "Bio note."  "Embassy Comment --"
OPENING: Final = re.compile(
    rf"""
    [\s(]{{0,9}}(?:BEGIN\s{{1,9}})?(?P<more>(?:(?!END\b)[A-Z][A-Z'’-]{{0,20}}[ ]{{1,3}}){{0,2}}?)(?P<kind>{_WORDS})\b
    (?:(?:\s{{1,9}}(?:AND|&)\s{{1,9}}|/)[A-Z]{{3,20}})?
    \s{{0,3}}(?:[:.;]|--?(?=\s)|(?=\()|\Z)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"B(?:EGIN|egin)\s")  # a text without one encloses nothing
_SENTENCE_END: Final = frozenset('.!?:;"”’)]*-([,/')
# Kinds whose mark is known without what stands around it: nobody ends a summary in a sentence.
_PLAIN: Final = frozenset({"summary", "comment", "note"})
_BEHIND: Final = re.compile(r"[\s.:;–—-]{0,200}(?:\((?:TS|C|S|U|SBU|LOU|[CS]//?NF)\)[\s.:]{0,200})?")  # ": (C) "
_NEXT: Final = re.compile(r"[ \t\r]*(?:\n|\)|\]|--|\(|\Z)")


class Mark(NamedTuple):
    """A mark BEGIN or END with its kind; the span takes in the punctuation behind it.

    A plain tuple, as some texts have tens of thousands of them.
    """

    kind: str
    is_end: bool
    start: int
    end: int


class Stretch(NamedTuple):
    """What stands between two marks; a stretch that is not opened or not closed lacks the one or the other."""

    kind: str
    start: int
    end: int
    is_opened: bool = True
    is_closed: bool = True


def marks(text: str, small: str, start: int, end: int) -> list[Mark]:
    """The marks of a span, in order; `small` is the text in small letters."""
    found = [*_edges(text, small, "begin", start, end), *_edges(text, small, "end", start, end)]
    return sorted(found, key=lambda mark: mark.start)


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The mark that stands at an offset, or None."""
    match = _EDGE.match(text, start, end)
    if match is None:
        return None
    kind, is_end = _kind(match["kind"]), match["edge"][0] in "Ee"
    return Mark(kind, is_end, match.start(), match.end()) if _is_mark(text, match, kind, is_end) else None


def lowered(text: str) -> str:
    """The text in small letters, as long as the text."""
    # The dotted capital I is the one letter that gets longer.
    return text.replace("\u0130", "i").lower() if "\u0130" in text else text.lower()


def documents(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between a BEGIN and the END of its kind next after it: sorted, and none inside another."""
    out: list[tuple[int, int]] = []
    opened: dict[str, Mark] = {}
    for mark in marks(text, lowered(text), start, end) if _BEGINS.search(text, start, end) else ():
        begin = opened.pop(mark.kind, None)
        if not mark.is_end:
            opened[mark.kind] = mark
        elif begin is not None:
            while out and out[-1][0] > begin.start:
                out.pop()
            out.append((begin.start, mark.end))
    return out


def _edges(text: str, small: str, word: str, start: int, end: int) -> Iterator[Mark]:
    at = small.find(word, start, end)
    while at >= 0:
        after = at + len(word)
        if small[after : after + 1].isspace() and not small[at - 1 : at].isalpha():
            mark = mark_at(text, at, end)
            if mark is not None:
                yield mark
                after = mark.end
        at = small.find(word, after, end)


def _is_mark(text: str, match: re.Match[str], kind: str, is_end: bool) -> bool:
    """Whether the words stand as a mark does: by themselves, not in a sentence ("the end of the statement said")."""
    edge, more = match.group("edge", "more")
    if not more and (edge.isupper() or (is_end and kind in _PLAIN)):
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    opens = not before.strip() or before.rstrip()[-1] in _SENTENCE_END or "\n" in before[len(before.rstrip()) :]
    return opens and (bool(match["stop"]) or _NEXT.match(text, match.end()) is not None)


def kind_opened(opening: re.Match[str]) -> str | None:
    """The kind of region that a match of `OPENING` opens; None where its words are those of a sentence."""
    # "Embassy Comment", not "they made a statement".
    if not all(word[0].isupper() for word in opening["more"].split()):
        return None
    return _kind(opening["kind"])


@lru_cache(maxsize=1024)
def _kind(words: str) -> str:
    """The kind of region that the words of a mark name."""
    return KINDS[in_capitals(words)]


def after_mark(text: str, start: int, end: int) -> int:
    """Where the text behind a mark begins: behind punctuation, white space and a portion marking."""
    match = _BEHIND.match(text, start, end)
    return skip_space(text, match.end() if match else start, end)
