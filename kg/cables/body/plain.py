"""The plain text of a cable, for reading and for full-text search: its body without what only transmission needs."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from kg.cables.body.marks import OPENING, after_mark, kind_opened, lowered, marks
from kg.cables.clean import clean as clean_text
from kg.cables.model import Cable, CleanText, Part, Region
from kg.cables.spans import lines

_OF_BODY: Final = frozenset({"heading", "paragraph", "unnumbered", "signature"})
_OF_HEADER: Final = frozenset({"subject", "tags", "classified-by"})
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_ROW: Final = re.compile(r"[-=_*~‐–— \t]{3,}")
_CAPTION_LINE: Final = re.compile(r"[ \t]*(?:SIPDIS|NOFORN|SENSITIVE)[ \t]*")
_BLANKS: Final = re.compile(r"[ \t]+")
# Stands for each character of a mark until its line is put together.
_SILENCE: Final = "\0"
# Marks whose words say what the text is, not what it tells.
_SILENT: Final = frozenset({"summary", "comment"})
_LONGEST_OPENING: Final = 60


def plain_text(cable: Cable) -> str:
    """The body, line by line, with a blank line where one parted it in the text.

    Paragraph numbers, portion markings, page lines, captions in the text, rows of dashes and the marks of summaries
    and comments are left out; redactions stay. It has no coordinates.
    """
    clean = clean_text(cable.raw.text)
    parts = _body(cable)
    if not parts:
        return ""
    spoken = _without_marks(clean.text, parts, cable.regions)
    texts = [(part, "\n".join(_lines(clean, spoken, part.start, part.end))) for part in parts]
    kept = [(part, text) for part, text in texts if text.strip()]
    pieces = [kept[0][1]] if kept else []
    for (before, _), (after, text) in pairwise(kept):
        pieces += [_between(clean, before.end, after.start), text]
    return "".join(pieces) + ("\n" if "\n" in clean.text[parts[-1].end :] else "")


def plain_summary(cable: Cable) -> str | None:
    """The summary, line by line without blank lines; None where there is none."""
    if cable.summary is None:
        return None
    clean, (start, end) = clean_text(cable.raw.text), cable.summary
    covered = [p for p in cable.parts if p.kind in ("paragraph", "unnumbered") and p.start < end and start < p.end]
    rows = [row.strip() for p in covered for row in _lines(clean, clean.text, max(start, p.start), min(end, p.end))]
    return "\n".join(row for row in rows if row) or None


def _body(cable: Cable) -> list[Part]:
    """The parts of the body in the order of the text, without the loose lines of the header."""
    floor = max((part.end for part in cable.parts if part.kind in _OF_HEADER), default=0)
    parts = [part for part in cable.parts if part.kind in _OF_BODY and part.start >= floor]
    return sorted(parts, key=lambda part: part.start)


def _lines(clean: CleanText, spoken: str, start: int, end: int) -> Iterator[str]:
    """The lines of a span that hold text; white space at their ends is left as it is, but not that of an artefact."""
    for at, stop in lines(spoken, start, end):
        line = spoken[at:stop]
        indent = len(line) - len(line.lstrip())
        line = line[indent:] if clean.found[at : at + indent].strip() else line
        line = line.replace(_SILENCE, "")
        if line.strip() and not _ROW.fullmatch(line) and not _CAPTION_LINE.fullmatch(line):
            yield line


def _without_marks(text: str, parts: list[Part], regions: Iterable[Region]) -> str:
    """The text with each mark replaced by as many characters that stand for nothing."""
    found = [mark for mark in marks(text, lowered(text), parts[0].start, parts[-1].end) if mark.kind in _SILENT]
    spans = [(mark.start, mark.end + len(_blanks(text, mark.end))) for mark in found]
    spans += [(part.start, _behind_opening(text, part)) for part in parts]
    spans += [(_opening_before(text, r.start), r.start) for r in regions if r.kind in _SILENT and r.is_opened]
    pieces, at = [], 0
    for start, end in sorted(spans):
        if at <= start < end:
            pieces += [text[at:start], _SILENCE * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _opening_before(text: str, start: int) -> int:
    """Where the mark begins that stands before the text of a region in the middle of a line: "… Comment: The"."""
    floor = max(0, start - _LONGEST_OPENING)
    for word in re.finditer(r"(?<![^\s(])[A-Za-z]", text[floor:start]):
        opening = OPENING.match(text, floor + word.start(), start)
        if opening is not None and after_mark(text, opening.end(), start) == start and kind_opened(opening) in _SILENT:
            return floor + word.start()
    return start


def _blanks(text: str, at: int) -> str:
    match = _BLANKS.match(text, at)
    return match.group() if match else ""


def _behind_opening(text: str, part: Part) -> int:
    """Where the text of a part begins behind a mark that it opens with: "Comment: The …"."""
    opening = OPENING.match(text, part.start, part.end) if text[part.start] != "(" else None
    return after_mark(text, opening.end(), part.end) if opening and kind_opened(opening) in _SILENT else part.start


def _between(clean: CleanText, start: int, end: int) -> str:
    """What parts two parts: a blank line where one stands between them, or a row or an artefact; else a line break."""
    gap = clean.found[start:end]
    if _BLANK_LINE.search(gap) or any(_ROW.fullmatch(line) for line in gap.split("\n")[1:-1]):
        return "\n\n"
    return "\n"
