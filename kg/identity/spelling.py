"""Tell whether two words are spellings of one name: transliterations, doubled letters, letters of one sound.

Consonants must sound alike one by one, and vowels may differ as transliterations differ: `Qadhafi` and `Gaddafi` are
one name, `Aliyev` and `Abiyev`, `Chacin` and `Chacon` are not.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

# Letters of one sound, in the order in which they are replaced; what stands for a sound alone is a capital.
_SOUNDS: Final = (
    ("oe", "o"),
    ("ue", "u"),
    ("tsch|tch|cz", "C"),
    ("sch|sh", "S"),
    ("ch", "C"),
    ("dzh|dj|zh|j", "J"),
    ("o(?:ff|v)$", "ov"),
    ("e(?:ff|v)$", "ev"),
    ("ph", "f"),
    ("kh|gh|ck", "k"),
    ("th", "t"),
    ("dh", "d"),
    ("qu(?=[ao])|q|g", "k"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("w", "v"),
    ("h(?![aeiouy])", ""),
    ("ou|oo", "u"),
    ("ee", "i"),
    ("y", "i"),
    ("(?:ei|ie|ii)$", "i"),
)
_STEPS: Final = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)
# Matches the second of two equal letters: the second d in gaddafi.
_DOUBLE: Final = re.compile(r"(.)\1+", re.VERBOSE)

# Matches Abd, Abdel, Abdul and Abdur, "servant of", with or without the article that follows.
_SERVANT: Final = re.compile(r"abd (?: [aeiou] [lr]? )?", re.VERBOSE)

# Vowels that stand for each other from one transliteration to the next; at the end of a word a and e tell Maria and
# Marie, and at the start Alan and Ellen.
_WITHIN: Final = frozenset({"ae", "ei", "ou", "aei"})
_AT_THE_EDGE: Final = frozenset({"ou"})
# Shorter words than this have one spelling.
_SHORTEST: Final = 4


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """The consonants of a folded word by their sound: `kdf` for qadhafi and gaddafi; what names are grouped by."""
    return _parted(word)[0]


@lru_cache(maxsize=1 << 16)
def are_spellings(one: str, other: str) -> bool:
    """Whether two folded words are one name in two spellings."""
    if one == other or (_SERVANT.fullmatch(one) and _SERVANT.fullmatch(other)):
        return True
    if min(len(one), len(other)) < _SHORTEST:
        return False
    (first, vowels), (second, others) = _parted(one), _parted(other)
    if first != second or not first:
        return False
    edges = (0, len(vowels) - 1)
    pairs = list(zip(vowels, others, strict=True))
    # One vowel may be left out between consonants: Nasr and Nasir; of two some words are made of others.
    is_plain = sum(not a or not b for a, b in pairs if a != b) < 2
    return is_plain and all(_alike(a, b, place in edges) for place, (a, b) in enumerate(pairs))


@lru_cache(maxsize=1 << 16)
def is_slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter behind the first: left out, put in, changed, or changed places."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or len(longer) - len(shorter) > 1 or one[0] != other[0] or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    is_swapped = shorter[start : start + 2] == longer[start : start + 2][::-1]
    return shorter[start + 1 :] == longer[start + 1 :] or (is_swapped and shorter[start + 2 :] == longer[start + 2 :])


@lru_cache(maxsize=1 << 16)
def _parted(word: str) -> tuple[str, tuple[str, ...]]:
    """The consonants of a word, and the vowels before, between and behind them."""
    sounds = word
    for pattern, sound in _STEPS:
        sounds = pattern.sub(sound, sounds)
    sounds = _DOUBLE.sub(r"\1", sounds)
    places = [-1, *(place for place, sound in enumerate(sounds) if sound not in "aeiou"), len(sounds)]
    return (
        "".join(sounds[place] for place in places[1:-1]),
        tuple(sounds[before + 1 : after] for before, after in pairwise(places)),
    )


def _alike(one: str, other: str, is_edge: bool) -> bool:
    if one == other:
        return True
    if not one or not other:
        return not is_edge and len(one + other) == 1 and one + other != "o"
    return "".join(sorted(set(one + other))) in (_AT_THE_EDGE if is_edge else _WITHIN)
