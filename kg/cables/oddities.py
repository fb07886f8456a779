"""What a whole cable has and this one has not, and paragraph numbers out of order: as problems."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final

from kg.cables.body.pieces import Piece
from kg.cables.header.class_lines import ClassLine, section_lines
from kg.cables.model import CleanText, Problem
from kg.sources.decoding import line_broken
from kg.sources.model import RawCable

_ABSENCES: Final = {
    "class-line": "no line with the classification was found",
    "date-time-group": "no date-time group was found in the header",
    "originator": "no FM line was found",
    "subject": "no SUBJECT line was found",
    "signature": "no surname stands at the end",
}


def absences(present: Mapping[str, object]) -> list[Problem]:
    """A problem `no-...` for each thing of a whole cable that was not found."""
    return [
        Problem(code=f"no-{name}", message=message, start=0, end=0)
        for name, message in _ABSENCES.items()
        if present[name] is None
    ]


def section_gaps(clean: CleanText, line: ClassLine | None) -> list[Problem]:
    """The sections missing before the last one of a text; copies drop the class lines of those after the first."""
    if line is None or line.section is None:
        return []
    found = {line.section}
    if any(kind == "section-header" for _, _, kind in clean.blanked):
        later = section_lines(line_broken(clean.found), line)
        found |= {found_line.section for found_line in later if found_line.section is not None}
    return missing_sections(found, max(found))


def missing_sections(found: Collection[int], last: int) -> list[Problem]:
    """A problem that names the sections up to the last one that were not found."""
    missing = [str(number) for number in range(1, last + 1) if number not in found]
    if not missing:
        return []
    message = f"of the sections of the cable these were not found: {', '.join(missing)}"
    return [Problem(code="section-missing", message=message, start=0, end=0)]


def repair_problems(raw: RawCable) -> list[Problem]:
    """A problem that tells how much mojibake was repaired in the text, from the first place to the last."""
    if not raw.repairs:
        return []
    start, (last, _, now) = raw.repairs[0][0], raw.repairs[-1]
    message = f"mojibake was repaired, places: {len(raw.repairs)}; `repairs` has what stood there"
    return [Problem(code="mojibake-repaired", message=message, start=start, end=last + len(now))]


def numbering_problems(pieces: list[Piece], *, is_partial: bool) -> list[Problem]:
    """Paragraph numbers that are missing or stand twice; an extract lacks numbers by its nature."""
    numbered = [piece for piece in pieces if piece.number is not None and not piece.is_embedded]
    if not numbered:
        return [Problem(code="no-numbered-paragraph", message="the text has no numbered paragraphs", start=0, end=0)]
    return list(_numbering(numbered, is_partial))


def _numbering(numbered: list[Piece], is_partial: bool) -> Iterator[Problem]:
    first = numbered[0]
    if first.number != 1 and not is_partial:
        yield _problem("paragraph-number-skipped", f"the first paragraph has number {first.number}", first)
    for before, piece in pairwise(numbered):
        step = (piece.number or 0) - (before.number or 0)
        if step > 1 and not is_partial:
            yield _problem("paragraph-number-skipped", f"{piece.number} follows {before.number}", piece)
        elif step < 1:
            yield _problem("paragraph-number-repeated", f"{piece.number} follows {before.number}", piece)


def _problem(code: str, message: str, piece: Piece) -> Problem:
    return Problem(code=code, message=message, start=piece.start, end=piece.end)
