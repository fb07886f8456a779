"""The words of a Classified By line: which are titles, offices or places, and which may begin a name."""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.tables import is_given_name, rows

TITLE, OFFICE, BINDING, PLACE, WORD, UNKNOWN = "title", "office", "binding", "place", "word", "unknown"

# Compound titles: PolMinCouns, EconOff, ECOPOL, EmbOff, POLMINCOUNS.
_COMPOUND: Final = re.compile(
    r"(?:pol|econ?|emb|msn|con|lab|est)(?:[/-]?(?:pol|econ?|mil|min|dep))?[/-]?"
    r"(?:min(?:ister)?)?(?:couns?(?:ell?or)?|off(?:icer)?|mil|mc|m/c|chief|min|att(?:ache)?|dir|sec)s?"
)
# How like a long title a misspelt word is: Ambasasdor, AMBSSADOR, Couselor, Minster.
_LIKENESS: Final = 0.84
_LONG: Final = 8
_ACRONYM: Final = re.compile(r"(?=[A-Z&]{2,6}\b)[A-Z]{1,6}(?:&[A-Z])?")
_REGIONS: Final = frozenset(
    {
        *("AFRICA", "AFRICAN", "AMERICA", "AMERICAS", "AMERICAN", "ASIA", "ASIAN", "EUROPE", "EUROPEAN", "EURASIA"),
        *("EURASIAN", "CENTRAL", "NORTH", "SOUTH", "EAST", "WEST", "NORTHERN", "SOUTHERN", "EASTERN", "WESTERN"),
        *("PACIFIC", "GULF", "MIDDLE", "NEAR", "UN", "NATO", "EU", "OAS"),
    }
)


@lru_cache(maxsize=4096)
def use_of(word: str) -> str:
    """What a word of the line is: title, office, binding word, place, word of English, or unknown."""
    key = word.strip(".,:'’`\"").replace("’", "'").lower()
    known = _words().get(key)
    if known is not None and (known != OFFICE or word.isupper()):
        return known
    if _COMPOUND.fullmatch(key) or _is_compound(word, key) or _is_misspelt_title(key):
        return TITLE
    if key.upper() in _places():
        return PLACE
    return WORD if key in _english() else UNKNOWN


def begins_name(word: str) -> bool:
    """Whether a word is a given name or an initial (`J.`, `S.K.`)."""
    letters = word.strip(".,")
    if not word[:1].isupper():
        return False
    return is_given_name(letters.upper(), or_word=True) or (
        word.endswith(".") and all(len(one) < 2 for one in letters.split("."))
    )


def is_acronym(word: str) -> bool:
    """Whether a word has the form of an agency's code: two to six capitals."""
    return _ACRONYM.fullmatch(word.strip(".")) is not None


def is_english(word: str) -> bool:
    """Whether a word in small letters is one of English."""
    return word in _english() or _words().get(word) == TITLE


def is_title(word: str) -> bool:
    """Whether a word is that of a title."""
    return use_of(word) == TITLE


def is_english_or_place(word: str) -> bool:
    """Whether a word in capitals is one of English or part of the name of a place."""
    return word.lower() in _english() or word in _places()


def _is_compound(word: str, key: str) -> bool:
    """`P/E`, `INR/OPS`, `Minister-Counselor`: codes joined by a stroke, or titles joined by a hyphen."""
    parts = [part for part in re.split(r"[/-]", key) if part]
    if len(parts) < 2 and not ("/" in word and parts):
        return False
    if "/" in word:
        return all(part in _words() or _COMPOUND.fullmatch(part) or len(part) <= 4 for part in parts)
    return all(_words().get(part) == TITLE for part in parts)


def _is_misspelt_title(key: str) -> bool:
    if len(key) < _LONG or key in _english() or is_given_name(key.upper()):
        return False
    return any(
        title[0] == key[0]
        and abs(len(title) - len(key)) <= 2
        and SequenceMatcher(None, title, key).ratio() >= _LIKENESS
        for title in _long_titles()
    )


@cache
def _words() -> MappingProxyType[str, str]:
    return MappingProxyType({row["word"]: row["use"] for row in rows("classifier_words.tsv")})


@cache
def _long_titles() -> tuple[str, ...]:
    return tuple(word for word, use in _words().items() if use == TITLE and len(word) >= _LONG)


@cache
def _english() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("common_words.tsv"))


@cache
def _places() -> frozenset[str]:
    countries = (row["term"] for row in rows("country_words.tsv"))
    cities = (row["name"] for row in rows("cities.tsv"))
    words = {word.upper() for name in (*countries, *cities) for word in name.replace("-", " ").split() if len(word) > 2}
    return frozenset(words | _REGIONS)
