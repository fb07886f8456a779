"""Compare names of persons as they stand in cables: accents, capitals, particles, initials and suffixes.

Nothing here is fuzzy: two names are equal, one is a fuller form of the other, or they are different names.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Written or left out, joined or apart, from one cable to the next: "al-Rahbani", "Al Rahbani", "Rahbani".
# fmt: off
PARTICLES: Final = frozenset({
    "abu", "ad", "al", "ap", "as", "bin", "bint", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "las", "le", "los", "ter", "ul", "van", "von", "y",
})
# fmt: on
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})

# Matches the letters of O'Brien-Łukasz: O, Brien, ukasz; digits and signs part words.
_WORD: Final = re.compile(r"[^\W\d_]+", re.VERBOSE)
# Matches the sign in O'Brien and Qa`id, which some cables leave out.
_APOSTROPHE: Final = re.compile(r"['’‘`ʻʼʾʿ′´]", re.VERBOSE)
# Matches the initial in James Y. Quill, which is no particle as in Quill y Vega.
_INITIAL_Y: Final = re.compile(r"\b Y \.", re.VERBOSE)
# Matches 2nd in James Quill, 2nd
_ORDINAL: Final = re.compile(r"\b ([23]) [nr]? d \b", re.VERBOSE)
# Matches XXXXXXXXXXXX, which stands for a name that was taken out.
_REDACTED: Final = re.compile(r"x{3,}", re.VERBOSE)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name to compare: its words folded, particles gone; the suffix (`jr`) apart."""

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a surname, neither of them an initial."""
        return len(self.words) >= 2 and len(self.words[0]) > 1 and len(self.words[-1]) > 1

    @property
    def initial(self) -> str:
        """The initial that stands before a bare surname (`j` of J. Quill), or nothing."""
        return self.words[0] if len(self.words) > 1 and len(self.words[0]) == 1 else ""

    @property
    def surname(self) -> tuple[str, ...]:
        """The words of a bare surname: all but initials."""
        return tuple(word for word in self.words if len(word) > 1) or self.words


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Name:
    """The name behind a form; `Quill, James B.` counts as `James B. Quill`, and a redacted name has no words."""
    text = _ORDINAL.sub(lambda found: " ii" if found[1] == "2" else " iii", text)
    before, comma, after = text.partition(",")
    words = fold(text)
    if comma and not SUFFIXES.issuperset(fold(after)):
        # "Quill, James B., Jr." and "Quill, Jr., James B." have their suffix beside the given names.
        given = fold(after)
        suffixes = [word for word in (given[:1] + given[-1:] if len(given) > 1 else []) if word in SUFFIXES]
        words = [word for word in given if word not in suffixes] + fold(before) + suffixes[:1]
    suffix = words[-1] if len(words) > 1 and words[-1] in SUFFIXES else ""
    kept = words[: len(words) - bool(suffix)]
    if any(_REDACTED.fullmatch(word) for word in kept):
        return Name((), suffix)
    particles = PARTICLES - {"y"} if _INITIAL_Y.search(text) else PARTICLES
    return Name(tuple(word for word in kept if word not in particles) or tuple(kept), suffix)


def fold(text: str) -> list[str]:
    """The words of a text in lower case, without accents and apostrophes."""
    plain = _APOSTROPHE.sub("", unicodedata.normalize("NFKD", text))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(letters.casefold())


def extends(longer: Name, shorter: Name) -> bool:
    """Whether one full name is the other with more of it said.

    The given name is the same; what follows in the shorter follows in the longer, in that order, an initial standing
    for a word; suffixes do not contradict. `Ana Maria Quill Vega` extends `Ana Quill` and `Ana M. Quill`.
    """
    if longer.suffix and shorter.suffix and longer.suffix != shorter.suffix:
        return False
    if longer.words[0] != shorter.words[0] or shorter.words[-1] not in longer.words[1:]:
        return False
    rest = iter(longer.words[1:])
    return all(any(_stands_for(word, other) for other in rest) for word in shorter.words[1:])


def contradict(a: Name, b: Name) -> bool:
    """Whether two full names with a word in common behind the given name cannot name one person."""
    shared = set(a.words[1:]) & set(b.words[1:])
    return bool(shared) and not (extends(a, b) or extends(b, a) or _crossed(a, b))


def _crossed(a: Name, b: Name) -> bool:
    # `Ana Maria Quill` and `Ana Quill Vega` may both be short for `Ana Maria Quill Vega`.
    same_given = a.words[0] == b.words[0] and not (a.suffix and b.suffix and a.suffix != b.suffix)
    return same_given and a.words[-1] != b.words[-1]


def _stands_for(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])
