"""Where numbered paragraphs begin: the chain of numbers that fits best, by the next number to be expected.

A number at the margin is often no paragraph: dates and years break there ("September / 15."), and lists have numbers
of their own. So every candidate gets a weight (portion marking, blank line before it, full stop), every step from one
number to another a cost (none to the next number), and the chain of the greatest total wins.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from kg.cables.model import CleanText
from kg.cables.spans import skip_space

PORTION: Final = re.compile(
    r"""
    \(\s?(?P<marking>
      (?:TS|S|C|U|SBU|LOU|FOUO|N|SNF)
      (?:[ ]?[/-]{1,2}[ ]?(?:[A-Z]{1,6}(?:[ ]TO)?(?:[ ][A-Z]{2,8}){0,3}))*
      (?:[ ]NF|[ ]?-[ ]ENTIRE[ ]TEXT)?
    )\s?\)               # (C)  (S/NF)  (S/REL NATO)  (U//FOUO)  (C - ENTIRE TEXT)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The margin and a number in it: "6. (C)", "¶7. ", "8 (SBU)", "1.(C)", "(2) ", "- 3. ".
_NUMBERED: Final = r"""
    [^\S\n]*+(?P<margin>[-(]?)[^\S\n]*+(?P<number>[0-9]{1,3})
    (?:(?P<dot>[.)])(?!\d)|,?(?=[ \t]*\()) (?=(?P<space>\s{0,8}))
"""
_FIRST_LINE: Final = re.compile(_NUMBERED, re.VERBOSE)
# Begins with the line break, by which the search is fast.
_NEXT_LINES: Final = re.compile(r"\n" + _NUMBERED, re.VERBOSE)
# A number within a line counts only before a portion marking: "… the nets. 7. (C)".
_BEFORE_PORTION: Final = re.compile(r"(?P<number>[0-9]{1,3})(?:[.)]\s{0,8}|,?[ \t]{0,8})\Z")
_LONGEST_NUMBER: Final = 12
_SENTENCE_ENDS: Final = frozenset('.!?"”)')

# The weight of a number within a line, which has a portion marking.
_WITHIN_LINE: Final = 3.0
# The weight of a number without a portion marking where others have one.
_UNMARKED: Final = 0.5
# The cost of going on to the same number, the next, the next but one …
_JUMPS: Final = (3.0, 0.0, 2.0, 2.5, 3.0, 3.5)


class ParagraphStart(NamedTuple):
    """The start of a numbered paragraph: `start` is where the number stands, `text_start` where its text begins.

    A text may have as many as lines, so it is a plain tuple; `weight` says how much it looks like one.
    """

    number: int
    portion_marking: str | None
    start: int
    text_start: int
    weight: float
    is_embedded: bool = False


def paragraph_starts(
    clean: CleanText, start: int, end: int, documents: Sequence[tuple[int, int]] = ()
) -> list[ParagraphStart]:
    """The starts of the numbered paragraphs of a span, in order.

    `documents` are spans that quote a text, sorted and disjoint: where one numbers its paragraphs anew, its numbers
    are a chain of their own and do not break that of the cable.
    """
    candidates = _candidates(clean, start, end)
    places = [candidate.start for candidate in candidates]
    outer: list[ParagraphStart] = []
    embedded: list[ParagraphStart] = []
    at = 0
    for first, last in documents:
        low, high = bisect_left(places, first), bisect_left(places, last)
        chain = _chain(candidates[low:high])
        if low > 0 and len(chain) > 1 and chain[0].number == 1:
            embedded += [found._replace(is_embedded=True) for found in chain]
            outer += candidates[at:low]
            at = high
    chain = _chain([*outer, *candidates[at:]])
    return sorted([*chain, *embedded], key=_place) if embedded else chain


def _chain(candidates: list[ParagraphStart]) -> list[ParagraphStart]:
    marked = sum(candidate.portion_marking is not None for candidate in candidates)
    if marked >= 3:
        candidates = [_less_if_unmarked(candidate) for candidate in candidates]
    return _best_chain(candidates)


def _place(found: ParagraphStart) -> int:
    return found.start


def marking(portion: re.Match[str]) -> str:
    """The portion marking without its brackets, as `S/NF`."""
    return " ".join(portion["marking"].upper().split())


def _candidates(clean: CleanText, start: int, end: int) -> list[ParagraphStart]:
    text = clean.text
    first = _FIRST_LINE.match(text, start, end)
    at_margin = [first] if first else []
    at_margin += _NEXT_LINES.finditer(text, start, end)
    out = [_at_margin(text, match, end) for match in at_margin]
    places = {match.start("number") for match in at_margin}
    behind = {match.end("space") for match in at_margin}
    for portion in PORTION.finditer(text, start, end):
        if portion.start() in behind:
            continue
        low = max(start, portion.start() - _LONGEST_NUMBER)
        number = _BEFORE_PORTION.search(text, low, portion.start())
        if number is not None and number.start() not in places and _ends_sentence(text, number.start()):
            out.append(
                ParagraphStart(
                    int(number["number"]),
                    marking(portion),
                    number.start(),
                    skip_space(text, portion.end(), end),
                    _WITHIN_LINE,
                )
            )
    return sorted([found for found in out if found.weight > 0], key=_place)


def _at_margin(text: str, match: re.Match[str], end: int) -> ParagraphStart:
    after = match.end("space")
    portion = PORTION.match(text, after) if text[after : after + 1] == "(" else None
    margin, number = match.group("margin", "number")
    return ParagraphStart(
        int(number),
        marking(portion) if portion else None,
        match.start("number") - (margin == "("),
        skip_space(text, portion.end() if portion else after, end),
        _weight(text, match, portion),
    )


def _ends_sentence(text: str, at: int) -> bool:
    """Whether one or two spaces and before them the end of a sentence stand before an offset."""
    before = text[max(0, at - 3) : at]
    return before.endswith(" ") and before.rstrip(" ")[-1:] in _SENTENCE_ENDS


def _weight(text: str, match: re.Match[str], portion: re.Match[str] | None) -> float:
    """How much a number at the margin looks like that of a paragraph; at or below 0 it is none."""
    if portion is not None:
        return 4.0
    margin, dot = match.group("margin", "dot")
    if dot is None or (margin == "(" and dot != ")"):
        return 0.0
    line_start = match.start() + match.group().startswith("\n")
    head = text[max(0, line_start - 120) : max(0, line_start - 1)]
    stripped = head.rstrip()
    begin = match.end("space")
    after = text[begin : begin + 1]
    weight = 1.0
    weight += 1.5 if not stripped or "\n" in head[len(stripped) :] else 0.0
    weight += 1.0 if not stripped or stripped[-1] in '.!?:"”)-=*' else 0.0
    is_opening = after.isupper() or after in '"“([' or text.startswith("xxxx", begin)
    weight += 0.5 if is_opening else -2.5
    return weight if dot == "." else weight - 1.5


def _less_if_unmarked(candidate: ParagraphStart) -> ParagraphStart:
    if candidate.portion_marking is not None or candidate.weight <= _UNMARKED:
        return candidate
    return candidate._replace(weight=_UNMARKED)


def _step(before: int, after: int) -> float:
    """The cost of going from one paragraph number to another."""
    jump = after - before
    if 0 < jump < len(_JUMPS):
        return _JUMPS[jump]
    return 3.0 if jump == 0 or after == 1 else 5.0


def _best_chain(candidates: list[ParagraphStart]) -> list[ParagraphStart]:
    """The chain with the greatest sum of weights less costs; linear in the number of candidates."""
    totals: list[float] = []
    previous: list[int] = []
    best_of_number: dict[int, int] = {}
    best = -1
    for at, candidate in enumerate(candidates):
        number, weight = candidate.number, candidate.weight
        total, origin = weight - (0.0 if number == 1 else 1.5), -1
        for jump, cost in enumerate(_JUMPS):
            option = best_of_number.get(number - jump)
            if option is not None and (reached := totals[option] + weight - cost) > total:
                total, origin = reached, option
        if best >= 0 and (reached := totals[best] + weight - _step(candidates[best].number, number)) > total:
            total, origin = reached, best
        totals.append(total)
        previous.append(origin)
        if number not in best_of_number or total > totals[best_of_number[number]]:
            best_of_number[number] = at
        if best < 0 or total > totals[best]:
            best = at
    chain = []
    while best >= 0:
        chain.append(candidates[best])
        best = previous[best]
    return chain[::-1]
