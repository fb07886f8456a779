"""What one text of a cable has otherwise than another: the words that were replaced, inserted, deleted or redacted.

Words are compared in the clean texts, so page breaks, link markup and white space make no difference, nor do the forms
of quotation marks and dashes. Texts are laid beside each other at the runs of words that each has once; between two
such runs only short stretches are compared word by word. So the time grows with the length of the texts alone, whatever
stands in them, and a longer stretch counts as replaced whole.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from kg.cables.model import Change, CleanText

_RUN: Final = 3  # words of a run
_LONGEST_COMPARED: Final = 50  # words of a stretch that are compared one by one
_MOST_CHANGES: Final = 500
_LONGEST_SHOWN: Final = 400  # characters of the words that a change shows

_WORD: Final = re.compile(r"\S+")
_FORMS: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})
_REDACTED: Final = re.compile(r"X{4,}")  # "the harbour master XXXXXXXXXXXX said"

Word = tuple[str, int, int]  # the word in its plain form, and its span
Block = tuple[int, int, int]
Stretch = tuple[int, int, int, int]


def changes(preferred: CleanText, other: CleanText, offset: int = 0) -> tuple[tuple[Change, ...], bool]:
    """The changes from the preferred text to another, in order, and whether more were left out.

    `start` and `end` count in the text as found that has the preferred one at `offset`.
    """
    here, there = _words(preferred), _words(other)
    found: list[Change] = []
    for i1, i2, j1, j2 in _stretches([word for word, _, _ in here], [word for word, _, _ in there]):
        if len(found) == _MOST_CHANGES:
            return tuple(found), True
        start, end = _span(here, i1, i2, len(preferred.text))
        first, last = _span(there, j1, j2, len(other.text))
        kept, changed = _shown(preferred.found[start:end]), _shown(other.found[first:last])
        kind = _kind(kept, changed)
        found.append(Change(kind=kind, start=offset + start, end=offset + end, preferred=kept, other=changed))
    return tuple(found), False


def folded_words(clean: CleanText) -> str:
    """The words of a text, for telling whether two texts differ at all."""
    return " ".join(clean.text.translate(_FORMS).split())


def _words(clean: CleanText) -> list[Word]:
    return [(match.group().translate(_FORMS), *match.span()) for match in _WORD.finditer(clean.text)]


def _span(words: Sequence[Word], first: int, last: int, length: int) -> tuple[int, int]:
    """The span of words in their text; that of none is empty, before the word that follows."""
    if first < last:
        return words[first][1], words[last - 1][2]
    at = words[first][1] if first < len(words) else length
    return at, at


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN] + "…"


def _kind(preferred: str, other: str) -> str:
    if not preferred:
        return "inserted"
    if not other:
        return "deleted"
    is_redacted = bool(_REDACTED.search(preferred)) != bool(_REDACTED.search(other))
    return "redacted" if is_redacted else "replaced"


def _stretches(here: Sequence[str], there: Sequence[str]) -> Iterator[Stretch]:
    """The stretches in which two lists of words differ, as (start, end) in the one and (start, end) in the other."""
    same = [(0, 0, 0), *_same(here, there), (len(here), len(there), 0)]
    for (i, j, length), (next_i, next_j, _) in pairwise(same):
        yield from _inside(here, there, i + length, next_i, j + length, next_j)


def _inside(here: Sequence[str], there: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> Iterator[Stretch]:
    """What differs between two runs that are the same."""
    if i1 == i2 and j1 == j2:
        return
    if max(i2 - i1, j2 - j1) > _LONGEST_COMPARED:
        yield i1, i2, j1, j2
        return
    for tag, a, b, c, d in SequenceMatcher(None, here[i1:i2], there[j1:j2], autojunk=False).get_opcodes():
        if tag != "equal":
            yield i1 + a, i1 + b, j1 + c, j1 + d


def _same(here: Sequence[str], there: Sequence[str]) -> list[Block]:
    """Blocks of the same words in both lists, in order, grown from their ends and the runs that each has once."""
    blocks: list[Block] = []
    i_floor = j_floor = 0
    for i, j in [(0, 0), *_rising(_unique_pairs(here, there)), (len(here), len(there))]:
        if i < i_floor or j < j_floor:
            continue
        while i > i_floor and j > j_floor and here[i - 1] == there[j - 1]:
            i, j = i - 1, j - 1
        length = 0
        while i + length < len(here) and j + length < len(there) and here[i + length] == there[j + length]:
            length += 1
        if length:
            blocks.append((i, j, length))
            i_floor, j_floor = i + length, j + length
    return blocks


def _unique_pairs(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """Where the runs of words begin that stand once in each list, in the order of the first."""
    places = _places(there)
    pairs = ((i, places.get(run)) for run, i in _places(here).items() if i is not None)
    return [(i, j) for i, j in pairs if j is not None]


def _places(words: Sequence[str]) -> dict[tuple[str, ...], int | None]:
    """Where each run of words begins; None for a run that stands there more than once."""
    places: dict[tuple[str, ...], int | None] = {}
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        places[run] = None if run in places else at
    return places


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest list of pairs whose second numbers rise, as the first ones do (patience sorting)."""
    ends: list[int] = []  # the least second number with which a list of each length ends
    last: list[int] = []  # its pair
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [at]
    out: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        out.append(pairs[at])
        at = before[at]
    return out[::-1]
