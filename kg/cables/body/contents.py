"""What the body of a cable holds beside its parts: the summary, regions, redactions."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.cables.body.marks import lowered
from kg.cables.body.pieces import MOST_LINES, Piece
from kg.cables.body.redactions import find_redactions
from kg.cables.body.regions import as_regions, find_regions, region_problems
from kg.cables.body.summary import find_summary
from kg.cables.model import CleanText, Part, Problem, Redaction, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The values of a body that may lie across its parts; `summary` is a pair of offsets in the text as found."""

    summary: tuple[int, int] | None
    regions: tuple[Region, ...]
    redactions: tuple[Redaction, ...]
    problems: tuple[Problem, ...]


def read_contents(clean: CleanText, pieces: list[Piece], parts: Sequence[Part]) -> Contents:
    """The contents of a body; `parts` are what its pieces became, in order."""
    rest = [piece for piece in pieces if piece.is_rest]
    pieces = [piece for piece in pieces if not piece.is_rest] if rest else pieces
    small = lowered(clean.text)
    summary = find_summary(clean.text, small, pieces)
    stretches = find_regions(clean.text, small, pieces, summary)
    return Contents(
        summary=(summary.start, summary.end) if summary else None,
        regions=as_regions(clean, stretches, parts),
        redactions=find_redactions(clean, small),
        problems=(*region_problems(stretches), *map(_too_long, rest)),
    )


def _too_long(rest: Piece) -> Problem:
    message = f"the body has more than {MOST_LINES:,} lines; what follows them is kept as one unnumbered part"
    return Problem(code="body-too-long", message=message, start=rest.start, end=rest.end)
