"""Say when an extracted entry is the annotated one: by names, participants and paragraphs, and each entry once."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from kg.evaluation.model import AgreementEntry, MeetingEntry, PersonEntry

Left = TypeVar("Left")
Right = TypeVar("Right")

# Words that two roles or agreements may share by chance; `s` is what a possessive leaves.
_COMMON: Final = frozenset(("a", "an", "and", "for", "in", "of", "on", "s", "the", "to", "with"))
_WORD: Final = re.compile(r"[a-z0-9]+", re.VERBOSE)
# More words than this make a sentence and no name, of a person or of an agreement.
LONGEST_NAME: Final = 8
LONGEST_TITLE: Final = 15
# The share of common words, and of common participants, from which two are one.
ALIKE: Final = 0.6
MOSTLY: Final = 0.5
# What makes the meeting of the same paragraph the better one of two that are else alike.
SAME_PARAGRAPH: Final = 0.01
# The marks of EDTF for what is approximate, uncertain or not specified: `2009-01~`, `2008-1X`.
_UNSURE: Final = re.compile(r"[~?%X]", re.VERBOSE)
_YEAR: Final = len("2009")


def pairs(gold: Sequence[Left], found: Sequence[Right], alike: Callable[[Left, Right], float]) -> list[tuple[int, int]]:
    """Which of `gold` is which of `found`, by their places: the most alike first, each of both at most once."""
    scores = ((alike(left, right), i, j) for i, left in enumerate(gold) for j, right in enumerate(found))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((s for s in scores if s[0] > 0), key=lambda s: (-s[0], s[1], s[2])):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return list(out.items())


def official_likeness(gold: PersonEntry, found: PersonEntry) -> float:
    """The number of forms that both have."""
    return len(person_forms(gold.names) & person_forms(found.names))


def meeting_likeness(gold: MeetingEntry, found: MeetingEntry) -> float:
    """The F1 of the participants from a half on, and slightly more in the same paragraph; 0 two paragraphs apart.

    Where the annotation names no participant the countries are compared, where it names neither the place.
    """
    apart = abs(gold.paragraph - found.paragraph)
    if apart > 1:
        return 0
    if gold.participants:
        left, right = gold.participants, found.participants
    else:
        left, right = gold.countries, found.countries
    left, right = left or (gold.venue or "?",), right or (found.venue or "?",)
    shared = 2 * len(pairs(left, right, _participant_likeness)) / (len(left) + len(right))
    return shared + (SAME_PARAGRAPH if apart == 0 else 0) if shared >= MOSTLY else 0


def agreement_likeness(gold: AgreementEntry, found: AgreementEntry) -> float:
    """The greatest share of words that two names have in common, where it is enough or one holds the other."""
    return max((_title_likeness(a, b) for a in _titles(gold.names) for b in _titles(found.names)), default=0)


def is_same_role(gold: PersonEntry, found: PersonEntry) -> bool:
    """Whether a role of one holds the words of one of the other, or shares most of them."""
    return any(
        left <= right or right <= left or _dice(left, right) >= ALIKE
        for left in filter(None, map(content_words, gold.roles))
        for right in filter(None, map(content_words, found.roles))
    )


def is_same_date(gold: str, found: str | None) -> bool:
    """Whether two dates agree as far as the coarser of them goes, the one found at least to the year."""
    left, right = _day(gold), _day(found or "")
    return len(right) >= _YEAR and (left.startswith(right) or right.startswith(left))


def person_forms(names: Iterable[str]) -> frozenset[str]:
    """The forms of a name that count, folded."""
    return frozenset(form for form in map(folded, names) if 0 < len(form.split()) <= LONGEST_NAME)


def content_words(text: str) -> frozenset[str]:
    """The words of a text, folded, without those that say little."""
    return frozenset(folded(text).split()) - _COMMON


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text without accents, case and punctuation: `Álvaro D'Oro-Paz` is `alvaro doro paz`."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall("".join(letters).casefold().replace("'", "")))


def _participant_likeness(gold: str, found: str) -> float:
    left, right = folded(gold).split(), folded(found).split()
    if not left or not right:
        return 0
    return left[-1] == right[-1] or set(left) <= set(right) or set(right) <= set(left)


def _titles(names: Iterable[str]) -> list[frozenset[str]]:
    return [words for words in map(content_words, names) if 0 < len(words) <= LONGEST_TITLE]


def _title_likeness(left: frozenset[str], right: frozenset[str]) -> float:
    shared = _dice(left, right)
    holds = min(len(left), len(right)) > 1 and (left <= right or right <= left)
    return shared if holds or shared >= ALIKE else 0


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _day(edtf: str) -> str:
    """The first day, month or year of a date, without marks: `2009-01~/2009-03` is `2009-01`."""
    first = edtf.split("/")[0].strip("[]{}").split("..")[0]
    return _UNSURE.sub("", first).rstrip("-")
