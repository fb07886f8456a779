"""The body of a cable: numbered paragraphs, headings and unnumbered text, as parts."""

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice
from typing import Final, NamedTuple

from kg.cables.body.blocks import ROW_ENDS, Block, blocks, is_heading, is_in_capitals, opens_unnumbered
from kg.cables.body.marks import documents as enclosed
from kg.cables.body.numbering import PORTION, ParagraphStart, marking, paragraph_starts
from kg.cables.fold import fold
from kg.cables.model import CleanText, Part
from kg.cables.spans import folded, trim

# A megabyte of one-letter lines is no cable, and would take long: the longest of the corpus has 960 lines.
MOST_LINES: Final = 50_000
_LINE_BREAK: Final = re.compile(r"\n")
# So much of a body tells whether the whole of it is in capitals.
_SAMPLE: Final = 4000
_WORD: Final = re.compile(r"[^\W_]|\[")  # a word, or the bracket of "[...]"
_FURNITURE: Final = frozenset("X .-_=*#><\n\t ")


class Piece(NamedTuple):
    """A stretch of the body before it gets its key and its folded text; a plain tuple, as there may be many."""

    kind: str
    start: int
    end: int
    number: int | None = None
    portion_marking: str | None = None
    heading: str | None = None
    is_embedded: bool = False
    is_rest: bool = False


def read_pieces(clean: CleanText, spans: list[tuple[int, int]], body: tuple[int, int]) -> list[Piece]:
    """The pieces of the loose text of the header (`spans`) and of the body, in the order of the text.

    What lies behind the first MOST_LINES lines of a body is one unnumbered piece.
    """
    text, whole_end = clean.text, body[1]
    body = (body[0], _end_of_lines(text, *body))
    documents = enclosed(text, *body)
    starts = paragraph_starts(clean, *body, documents)
    first = starts[0].start if starts else body[1]
    capitals = is_in_capitals(text[body[0] : min(body[1], body[0] + _SAMPLE)])
    pieces: list[Piece] = []
    lead = [*spans, (body[0], first)]
    for at, (start, end) in enumerate(lead):
        opens = bool(starts) and at == len(lead) - 1
        pieces += _unnumbered(text, blocks(text, start, end, has_capitals_only=capitals), capitals, opens)
    for at, found in enumerate(starts):
        end = starts[at + 1].start if at + 1 < len(starts) else body[1]
        stop = _end_of_document(documents, found, end) if found.is_embedded else end
        here = _blocks_of_paragraph(text, min(found.text_start, stop), stop, capitals)
        last = _last_block(text, here, capitals, stop == end < body[1])
        pieces.append(_paragraph(text, found, stop, here[: last + 1], _heading_above(text, pieces)))
        if last + 1 < len(here):
            pieces += _unnumbered(text, here[last + 1 :], capitals, stop == end < body[1])
        if stop < end:
            pieces += _unnumbered(text, blocks(text, stop, end, has_capitals_only=capitals), capitals, end < body[1])
    if body[1] < whole_end and text[body[1] : whole_end].strip():
        pieces.append(Piece("unnumbered", body[1], whole_end, is_rest=True))
    return pieces


def _end_of_lines(text: str, start: int, end: int) -> int:
    """Where the lines that are told apart end: behind the first MOST_LINES of a span."""
    if text.count("\n", start, end) <= MOST_LINES:
        return end
    return next(islice(_LINE_BREAK.finditer(text, start, end), MOST_LINES, None)).start()


def as_parts(clean: CleanText, pieces: list[Piece]) -> list[Part]:
    """Parts with keys: `p6`, `p6-2` for a repeated number, `x1`, `x2` … for headings and unnumbered text.

    The cable's own numbers come first: a number inside a quoted document always counts as repeated.
    """
    parts: list[Part] = []
    seen: dict[int, int] = {}
    quotes = any(piece.is_embedded for piece in pieces)
    own = Counter([piece.number for piece in pieces if not piece.is_embedded]) if quotes else Counter()
    inner: dict[int, int] = {}
    loose = 0
    for piece in pieces:
        kind, start, end, number, portion_marking, heading, is_embedded, _ = piece
        text, segments = fold(clean, start, end)
        if not text:
            continue
        if number is None:
            loose += 1
            key = f"x{loose}"
        elif is_embedded:
            inner[number] = inner.get(number, max(1, own[number])) + 1
            key = f"p{number}-{inner[number]}"
        else:
            seen[number] = times = seen.get(number, 0) + 1
            key = f"p{number}-{times}" if times > 1 else f"p{number}"
        _, last_start, last_length = segments[-1]
        parts.append(
            Part(
                kind=kind,
                key=key,
                number=number,
                portion_marking=portion_marking,
                heading=heading,
                text=text,
                start=segments[0][1],
                end=last_start + last_length,
                segments=segments,
            )
        )
    return parts


def part_of(clean: CleanText, kind: str, key: str, start: int, end: int) -> Part | None:
    """The part that stands in a span; None where the span holds white space only."""
    text, segments = fold(clean, start, end)
    if not text:
        return None
    first, last = segments[0], segments[-1]
    return Part(kind=kind, key=key, text=text, start=first[1], end=last[1] + last[2], segments=segments)


def _last_block(text: str, here: list[Block], capitals: bool, precedes: bool) -> int:
    """The last block of a numbered paragraph, of those that stand between it and the next one.

    A blank line does not end a paragraph: it runs on until a heading, a notice or text with a portion marking of its
    own.
    """
    for at in range(1, len(here)):
        opens = precedes and at == len(here) - 1
        if opens_unnumbered(text, here[at]) or is_heading(
            text, here[at], has_capitals_only=capitals, opens_paragraph=opens
        ):
            return at - 1
    return len(here) - 1


def _paragraph(text: str, found: ParagraphStart, end: int, own: list[Block], heading: str | None) -> Piece:
    # "1. (C - ENTIRE TEXT)." has no text of its own: its number and marking stand for it.
    has_text = bool(own) and _WORD.search(text, own[0].start, own[-1].end) is not None
    return Piece(
        "paragraph",
        own[0].start if has_text else found.start,
        own[-1].end if own else min(found.text_start, end),
        found.number,
        found.portion_marking,
        heading,
        found.is_embedded,
    )


def _blocks_of_paragraph(text: str, start: int, end: int, capitals: bool) -> list[Block]:
    # Most of the paragraphs of a very long text are one line each.
    first, last = trim(text, start, end)
    if first < last and text[last - 1] not in ROW_ENDS and text.find("\n", first, last) < 0:
        return [Block(first, last)]
    return blocks(text, start, end, has_capitals_only=capitals)


def _unnumbered(text: str, here: list[Block], capitals: bool, precedes: bool) -> list[Piece]:
    pieces = []
    for at, block in enumerate(here):
        if _FURNITURE.issuperset(text[block.start : block.end]):
            continue
        opens = precedes and at == len(here) - 1
        heading = is_heading(text, block, has_capitals_only=capitals, opens_paragraph=opens)
        portion = PORTION.match(text, block.start, block.end) if text[block.start] == "(" else None
        kind = "heading" if heading else "unnumbered"
        if portion is None or not text[portion.end() : block.end].strip():
            pieces.append(Piece(kind, block.start, block.end))
        else:
            pieces.append(Piece(kind=kind, start=portion.end(), end=block.end, portion_marking=marking(portion)))
    return pieces


def _heading_above(text: str, pieces: list[Piece]) -> str | None:
    """The heading directly above what comes next, several joined by ` / `; None where there is none."""
    if not pieces or pieces[-1].kind != "heading":
        return None
    above = []
    for piece in reversed(pieces):
        if piece.kind != "heading":
            break
        above.append(folded(text[piece.start : piece.end]))
    return " / ".join(reversed(above))


def _end_of_document(documents: list[tuple[int, int]], found: ParagraphStart, end: int) -> int:
    """Where a paragraph of a quoted document ends at the latest: with the document."""
    return min(end, documents[bisect_right(documents, (found.start, end)) - 1][1])
