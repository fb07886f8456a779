"""The regions of a body: comments, notes, quoted texts, talking points, by their marks; tables and lists by their form.

A comment may begin with BEGIN COMMENT, in brackets `(Comment: …`, with its word at the start of a paragraph, under a
heading, or in the middle of a line; it ends at END COMMENT, at its bracket, or with its paragraph or heading.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.cables.body.blocks import NOTICE
from kg.cables.body.listings import lists, tables
from kg.cables.body.marks import KINDS, OPENING, Mark, Stretch, after_mark, kind_opened, marks
from kg.cables.body.pieces import Piece
from kg.cables.model import CleanText, Part, Problem, Region
from kg.cables.spans import trim

_BRACKET: Final = re.compile(r"[()]")
_BRACKETS: Final = ("(note", "(comment")
_QUOTES: Final = re.compile(r"\b(?P<end>UN)?(?:QTE|QUOTE)\b")
# Kinds that a word alone opens, without BEGIN.
_BY_WORD: Final = frozenset(
    {"comment", "note", "talking-points", "key-points", "non-paper", "introduction", "action-request"}
)
# Kinds that hold the words of others: where one is not closed, it is not known whose words follow.
_QUOTING: Final = frozenset({"text", "talking-points", "non-paper", "quote"})
_ENDS_SENTENCE: Final = frozenset('.!?:;"”’)]([\n')
# What may stand before the word: "… nets. Embassy Comment: …".
_QUALIFIED: Final = re.compile(r"(?<![\w'’-])(?:[A-Z][A-Za-z'’-]{0,20}[ ]){1,2}\Z")

# So far above its END a region may begin.
_LONGEST: Final = 20_000
_LONGEST_NOTE: Final = 4000
# So many openings of one kind may wait for their END, one inside the other.
_DEEPEST: Final = 4
_LOOKS: Final = 8


class _Opening(NamedTuple):
    """Where a region begins: the offset of its mark and of its text, and where it ends at the latest without an END."""

    at: int
    kind: str
    start: int
    limit: int
    form: str


def find_regions(text: str, small: str, pieces: list[Piece], summary: Stretch | None) -> list[Stretch]:
    """The regions of the body, in the order of the text, the summary among them; `small` is it in small letters."""
    if not pieces:
        return []
    start, end = pieces[0].start, pieces[-1].end
    found = [mark for mark in marks(text, small, start, end) if mark.kind != "summary"]
    places = [piece.start for piece in pieces]
    openings = _openings(text, small, pieces, places, found)
    stretches = [summary] if summary else []
    stretches += _paired(text, small, pieces, places, openings, [mark for mark in found if mark.is_end])
    stretches += _quotes(text, start, end)
    stretches += [*tables(text, start, end), *lists(text, start, end)]
    return sorted(filter(None, (_trimmed(text, stretch) for stretch in stretches)), key=_place)


def as_regions(clean: CleanText, stretches: list[Stretch], parts: Sequence[Part]) -> tuple[Region, ...]:
    """The regions as values, with the keys of the parts that they cover; `parts` are those of the body, in order."""
    starts = [part.start for part in parts]
    out = []
    for found in stretches:
        low, high = max(0, bisect_right(starts, found.start) - 1), bisect_left(starts, found.end)
        out.append(
            Region(
                as_sent=clean.found[found.start : found.end],
                start=found.start,
                end=found.end,
                kind=found.kind,
                is_opened=found.is_opened,
                is_closed=found.is_closed,
                parts=tuple(part.key for part in parts[low:high] if found.start < part.end),
            )
        )
    return tuple(out)


def region_problems(stretches: list[Stretch]) -> list[Problem]:
    """Words of others whose beginning or end is not marked."""
    return [
        _problem(found) for found in stretches if found.kind in _QUOTING and not (found.is_opened and found.is_closed)
    ]


def _problem(found: Stretch) -> Problem:
    if found.is_opened:
        message = f"the end of the {found.kind} is not marked"
        return Problem(code="region-not-closed", message=message, start=found.start, end=found.end)
    message = f"the beginning of the {found.kind} is not marked"
    return Problem(code="region-not-opened", message=message, start=found.start, end=found.end)


def _place(found: Stretch) -> tuple[int, int, str]:
    return found.start, -found.end, found.kind


def _trimmed(text: str, found: Stretch) -> Stretch | None:
    start, end = trim(text, found.start, found.end)
    if end > start and text[end - 1] == "(":
        start, end = trim(text, start, end - 1)
    if start >= end:
        return None
    return Stretch(kind=found.kind, start=start, end=end, is_opened=found.is_opened, is_closed=found.is_closed)


def _openings(text: str, small: str, pieces: list[Piece], places: list[int], found: list[Mark]) -> list[_Opening]:
    begins = [mark for mark in found if not mark.is_end]
    out = [
        _Opening(
            mark.start, mark.kind, after_mark(text, mark.end, len(text)), _limit(pieces, places, mark.end), "begin"
        )
        for mark in begins
    ]
    known = {opening.start for opening in out}
    others = [*_in_brackets(text, small, pieces, places), *_of_pieces(text, pieces)]
    for opening in sorted(others):
        if opening.start not in known:
            known.add(opening.start)
            out.append(opening)
    return sorted(out)


def _limit(pieces: list[Piece], places: list[int], at: int) -> int:
    """The end of the piece in which an offset lies."""
    return max(at, pieces[max(0, bisect_right(places, at) - 1)].end)


def _in_brackets(text: str, small: str, pieces: list[Piece], places: list[int]) -> Iterator[_Opening]:
    for words in _BRACKETS:
        at = small.find(words, places[0], pieces[-1].end)
        while at >= 0:
            limit = _limit(pieces, places, at)
            match = OPENING.match(text, at, limit)
            kind = kind_opened(match) if match else None
            if match is not None and kind is not None and not match["more"]:
                yield _Opening(at, kind, after_mark(text, match.end(), limit), limit, "bracket")
            at = small.find(words, at + 1, pieces[-1].end)


def _of_pieces(text: str, pieces: list[Piece]) -> Iterator[_Opening]:
    """Regions that open with a heading or at the start of a paragraph."""
    under: _Opening | None = None
    for at, piece in enumerate(pieces):
        opening = _at_start(text, piece)
        if piece.kind != "heading":
            if opening is not None and (under is None or under.kind != opening.kind or under.limit < piece.start):
                yield opening
        elif opening is not None and at + 1 < len(pieces) and pieces[at + 1].kind != "heading":
            inner = _at_start(text, pieces[at + 1])
            start = inner.start if inner and inner.kind == opening.kind else pieces[at + 1].start
            under = _Opening(
                piece.start, opening.kind, start, _end_under_heading(text, pieces, at + 1, opening), "heading"
            )
            yield under


def _at_start(text: str, piece: Piece) -> _Opening | None:
    """What opens with the first words of a piece, "COMMENT: …"; None where nothing does."""
    match = OPENING.match(text, piece.start, piece.end)
    kind = kind_opened(match) if match else None
    if match is None or kind not in _BY_WORD:
        return None
    return _Opening(piece.start, kind, after_mark(text, match.end(), piece.end), piece.end, "word")


def _end_under_heading(text: str, pieces: list[Piece], at: int, opening: _Opening) -> int:
    """A comment takes in all text under its heading; the other kinds are one paragraph."""
    end = pieces[at].end
    while opening.kind == "comment" and at + 1 < len(pieces):
        at += 1
        if pieces[at].kind == "heading" or NOTICE.match(text, pieces[at].start):
            break
        end = pieces[at].end
    return end


def _paired(
    text: str, small: str, pieces: list[Piece], places: list[int], openings: list[_Opening], ends: list[Mark]
) -> Iterator[Stretch]:
    """Each END with the opening of its kind next above it, then what is left of both."""
    waiting: dict[str, list[_Opening]] = {}
    left: list[_Opening] = []
    at, floor = 0, places[0]
    for end in ends:
        while at < len(openings) and openings[at].at < end.start:
            opened = waiting.setdefault(openings[at].kind, [])
            opened.append(openings[at])
            left += [opened.pop(0)] if len(opened) > _DEEPEST else []
            at += 1
        opened = waiting.get(end.kind, [])
        if opened and end.start - opened[-1].at <= _LONGEST:
            yield Stretch(kind=end.kind, start=min(opened.pop().start, end.start), end=end.start)
        else:
            start = _in_line(text, small, end, floor)
            top = max(floor, pieces[max(0, bisect_right(places, end.start) - 1)].start) if start is None else start
            yield Stretch(kind=end.kind, start=min(top, end.start), end=end.start, is_opened=start is not None)
        floor = end.end
    yield from _unclosed(text, [*left, *(opening for kind in waiting.values() for opening in kind), *openings[at:]])


def _unclosed(text: str, openings: list[_Opening]) -> Iterator[Stretch]:
    """Openings without an END: to their bracket, else to the end of their paragraph or the next opening of the kind."""
    following: dict[str, int] = {}
    for opening in sorted(openings, reverse=True):
        limit = min(opening.limit, following.get(opening.kind, opening.limit))
        following[opening.kind] = opening.at
        stop = _bracket_end(text, opening) if opening.form == "bracket" else None
        end = limit if stop is None else stop
        yield Stretch(kind=opening.kind, start=opening.start, end=end, is_closed=stop is not None)


def _in_line(text: str, small: str, end: Mark, floor: int) -> int | None:
    """Where the text begins of a region that opens in the middle of a line, "… nets. NOTE: The …"; or None."""
    low = max(floor, end.start - _LONGEST_NOTE)
    for word in [word.lower() for word, kind in KINDS.items() if kind == end.kind]:
        at = end.start
        for _ in range(_LOOKS):
            at = small.rfind(word, low, at)
            if at < 0:
                break
            match = OPENING.match(text, at, end.start)
            before = _QUALIFIED.sub("", text[max(low, at - 40) : at]).rstrip(" \t\r")
            if match is not None and (not before or before[-1] in _ENDS_SENTENCE):
                return after_mark(text, match.end(), end.start)
    return None


def _bracket_end(text: str, opening: _Opening) -> int | None:
    """Where the bracket closes that a region opened; None where it does not."""
    depth = 1
    for match, _ in zip(_BRACKET.finditer(text, opening.start, opening.limit), range(_LOOKS * 2), strict=False):
        depth += 1 if match.group() == "(" else -1
        if depth == 0:
            return match.start()
    return None


def _quotes(text: str, start: int, end: int) -> Iterator[Stretch]:
    """QTE … UNQTE, QUOTE … UNQUOTE: the word QUOTE counts only where an UNQUOTE follows it."""
    if "UNQ" not in text:
        return
    opened: re.Match[str] | None = None
    for match in _QUOTES.finditer(text, start, end):
        if not match["end"]:
            opened = match
        elif opened is not None:
            yield Stretch(kind="quote", start=opened.end(), end=match.start())
            opened = None
