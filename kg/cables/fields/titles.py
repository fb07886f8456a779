"""Subjects and names in capitals, written in capitals and small letters for display.

The rules, in this order, for each piece of a word between hyphens and strokes:

- a piece of the tables of acronyms and of governments' codes has the form that stands there (`UNSCR`, `DoD`, `GOC`);
- digits and initials stay (`P5`, `U.S.`, `G-20`), but for the ending of an ordinal number (`63rd`);
- a piece without a vowel, or of at most three letters that is no word of English and no name, is an acronym (`TFTP`);
- small words (`of`, `on`, `the`) are small, but for the first and the last word and behind a colon or a dash;
- any other piece has one capital, and a second one after `Mc`, `O'` and `D'` (`McRoe`, `D'Ivoire`).

A text that has words in small letters already is left as it is.
"""

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.cables.fields.classifier_words import is_english_or_place
from kg.tables import is_given_name, rows, tag_terms

SMALL_WORDS: Final = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "en",
        "for",
        "if",
        "in",
        "nor",
        "of",
        "on",
        "or",
        "the",
        "to",
        "v",
        "via",
        "vs",
    )
)
_SMALL_LETTERS: Final = re.compile(r"(?<!['’])\b[a-z]{2,}|[a-z]{3,}")  # words in small letters; not the s of ROK's
_PIECE: Final = re.compile(r"[^\s/()\[\]\"“”'‘’:;,?!-][^\s/()\[\]\"“”:;,?!-]*")
_ORDINAL: Final = re.compile(r"(?P<number>\d+)(?P<ending>ST|ND|RD|TH|S)")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.){1,6}[A-Z]?|[A-Z]")
_POSSESSIVE: Final = re.compile(r"(?P<word>[A-Z0-9.]{2,})(?P<ending>['’](?:S|T|VE|RE|LL|D|M)?)", re.IGNORECASE)
_OPENING: Final = re.compile(r"[:?!]\s+[\"“'‘(]?\Z|--?\s+\Z|[\"“'‘]\Z|--\Z")
_NEAR: Final = 12
_VOWEL: Final = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")
_INNER_CAPITAL: Final = re.compile(r"\A(?:Mc|[DO]['’])(?P<next>[a-z])(?=[a-z])")
_LONGEST_UNKNOWN: Final = 3
_LONGEST_BESIDE: Final = 5
_PARTICLES: Final = frozenset(("da", "de", "del", "den", "der", "di", "dos", "du", "la", "van", "von"))
# A zero typed for the letter O: "LEE 0. ROE", "R0E".
_ZERO: Final = re.compile(r"0(?=\.)|(?<=[A-Z])0|0(?=[A-Z])")


def title_case(subject: str) -> str:
    """A subject in capitals as a title; one with small letters, folded only."""
    subject = " ".join(subject.split())
    if _SMALL_LETTERS.search(subject):
        return subject
    starts = [match.start() for match in _PIECE.finditer(subject)]
    ends = frozenset((starts[0], starts[-1])) if starts else frozenset()
    return _PIECE.sub(lambda match: _piece(match, ends), subject)


def display_name(name: str) -> str:
    """A name in capitals in capitals and small letters; in any name a zero for an O is corrected."""
    name = _ZERO.sub("O", " ".join(name.split()))
    if any(map(str.islower, name)):
        return name
    words = [_name_word(word) for word in name.split(" ")]
    return " ".join(word.lower() if at and word.lower() in _PARTICLES else word for at, word in enumerate(words))


def _piece(match: re.Match[str], ends: frozenset[int]) -> str:
    text, piece, start = match.string, match.group(), match.start()
    if piece.lower().rstrip(".") in SMALL_WORDS and not _is_beside_stroke(text, match):
        is_opening = start in ends or _OPENING.search(text, max(0, start - _NEAR), start) is not None
        return _form(piece)[0] if is_opening else piece.lower()
    if piece == "S" and text[start - 1 : start] == ",":
        return "s"  # "AMBASSADOR,S MEETING": a comma for the apostrophe
    form, is_word = _form(piece)
    # "PQRS/FLURB": a short piece beside an acronym is one.
    is_short = is_word and len(piece) <= _LONGEST_BESIDE and _is_beside_stroke(text, match)
    return piece if is_short and _acronym_beside(text, match) else form


@lru_cache(maxsize=16384)
def _form(piece: str) -> tuple[str, bool]:
    """The form of a piece by itself, and whether it is that of a word."""
    possessive = _POSSESSIVE.fullmatch(piece)
    if possessive is not None:
        return _form(possessive["word"])[0] + possessive["ending"].lower(), False
    letters = piece.rstrip(".")
    tail = piece[len(letters) :]
    if piece in _acronyms():
        return _acronyms()[piece], False
    if letters in _acronyms():
        return _acronyms()[letters] + tail, False
    ordinal = _ORDINAL.fullmatch(letters)
    if ordinal is not None:
        return ordinal["number"] + ordinal["ending"].lower() + tail, False
    if any(map(str.isdigit, piece)) or _INITIALS.fullmatch(piece) or _is_acronym(letters):
        return piece, False
    return _capitalized(piece), True


def _capitalized(word: str) -> str:
    out = word.capitalize()
    return _INNER_CAPITAL.sub(lambda match: match.group()[:-1] + match["next"].upper(), out)


def _is_acronym(letters: str) -> bool:
    if not letters.isalpha() or letters.lower() in _short_words():
        return False
    if _VOWEL.search(letters) is None:
        return len(letters) > 1
    is_known = is_english_or_place(letters) or is_given_name(letters, or_word=True)
    return len(letters) <= _LONGEST_UNKNOWN and not is_known


def _is_beside_stroke(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()] == "/" or text[match.end() : match.end() + 1] == "/"


def _acronym_beside(text: str, match: re.Match[str]) -> bool:
    before = re.search(r"([A-Z]+)/\Z", text[max(0, match.start() - _NEAR) : match.start()])
    after = re.match(r"/([A-Z]+)", text[match.end() : match.end() + _NEAR])
    return any(side is not None and (side[1] in _acronyms() or _is_acronym(side[1])) for side in (before, after))


def _name_word(word: str) -> str:
    if _INITIALS.fullmatch(word) or word.rstrip(".,") in ("II", "III", "IV"):
        return word
    return "-".join(_capitalized(part) for part in word.split("-"))


@cache
def _short_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("short_words.tsv"))


@cache
def _acronyms() -> MappingProxyType[str, str]:
    out = {
        term: term
        for term, known in tag_terms().items()
        if known.kind == "organization" and not is_english_or_place(term)
    }
    out |= {row["code"]: row["code"] for row in rows("government_codes.tsv") if not is_english_or_place(row["code"])}
    return MappingProxyType(out | {row["word"]: row["form"] for row in rows("acronyms.tsv")})
