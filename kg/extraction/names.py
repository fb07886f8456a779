"""Recognise a person's name at a place in a text: capitalised words, initials and particles."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    GIVEN,
    HONORIFIC,
    INITIAL,
    INSTITUTION,
    NO_NAME,
    ORGANIZATION,
    PARTICLE,
    PLURAL_TITLE,
    PORTFOLIO,
    PUNCTUATION,
    SPEECH,
    TITLE,
    word_set,
)
from kg.extraction.tokens import Token

LONGEST: Final = 6  # words of a name
BEFORE_NICKNAME: Final = frozenset(('"', "“", "(", "'", "‘"))
AFTER_NICKNAME: Final = frozenset(('"', "”", ")", "'", "’"))
# Matches the quoted word of `Ana "Nita" Orlan` and `Ana (Nita) Orlan`.
NICKNAME: Final = re.compile(r"""(?<=\s)["“(][^\s"“”()]+["”)]\s""")
NO_NICKNAME: Final = NO_NAME | TITLE | PLURAL_TITLE
# Numbers of kings and popes; I and X alone are more often other things.
NUMERALS: Final = frozenset(
    ("II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV", "XVI")
)
SUFFIXES: Final = frozenset(("jr", "sr", *(numeral.lower() for numeral in NUMERALS)))
# Words that open the names of places and no person's: Puerto, Camp.
PLACE_FIRST: Final = word_set("place-first")
# Words that head a role and are surnames too.
SURNAME_TITLES: Final = word_set("surname-titles")
# Endings that names rarely have; in text sent in capitals they tell words that the table of common ones lacks.
# Matches McNeil, MacRae, DeGroot, O'Hara, Ya'Ruba, Jones-Bos, al-Rashid.
PREFIXED: Final = re.compile(
    r"(?:Mc|Mac|De|Del|Di|Du|La|Le|Van|Von|Al|El|Bin|Fitz|Ab)[A-Z][a-z]|[A-Z][a-z]*['’`][A-Z]|[A-Za-z]+-"
)
WORD_ENDING: Final = re.compile(r"(?:ed|ings?|[ts]ions?|ments?|ness|ity|ally|able|ive|ous|[ea]nces?|ers)$")
# Endings of English plurals and adjectives; a word of the table of common ones that has one opens no name.
# Matches "accounts", "economies", "judicial"; not "glass", "mark".
NOUN_ENDING: Final = re.compile(r"(?:[^su]s|[^aeou]al|ary)$")


def skip_honorifics(tokens: tuple[Token, ...], index: int) -> int:
    """The first token after the honorifics that stand at `index`."""
    while index < len(tokens) and tokens[index].bits & HONORIFIC and tokens[index].bits & CAPITAL:
        index += 1
    return index


def name_end(tokens: tuple[Token, ...], index: int, *, is_capitals: bool = False) -> int:
    """The token after the name that begins at `index`; `index` itself where none begins."""
    if not tokens[index].bits & (CAPITAL | PARTICLE) or tokens[index].low in PLACE_FIRST:
        return index
    end, longest = index, LONGEST
    while end < len(tokens) and end - index < longest:
        token = tokens[end]
        bits = token.bits
        if (bits & CAPITAL and _is_name_word(token.text, token.low, bits, end > index, is_capitals)) or (
            bits & PARTICLE and _leads_on(tokens, end, is_capitals)
        ):
            end += 1
        elif end > index and token.text in BEFORE_NICKNAME and _is_nickname(tokens, end, is_capitals):
            end, longest = end + 3, longest + 3
        elif end > index and token.text == "-" and _is_broken(tokens, end, is_capitals):
            end, longest = end + 2, longest + 1
        elif end == index + 1 and _is_surname_of_given(tokens, end):
            end += 1
        else:
            break
    while end > index and tokens[end - 1].bits & INITIAL and end - index > 1 and not tokens[end - 1].text[0].isupper():
        end -= 1
    if end > index and all(token.bits & INITIAL for token in tokens[index:end]):
        return index
    return end


def _is_nickname(tokens: tuple[Token, ...], index: int, is_capitals: bool) -> bool:
    """Whether a nickname stands in quotation marks inside a name: `Ana "Nita" Orlan`."""
    words = tokens[index : index + 4]
    if len(words) < 4 or words[2].text not in AFTER_NICKNAME or words[1].bits & NO_NICKNAME:
        return False
    is_word = bool(words[1].bits & CAPITAL) and not words[1].text.isupper()
    return is_word and (
        _is_inside_name(words[3], is_capitals)
        or bool(words[3].bits & PARTICLE and _leads_on(tokens, index + 3, is_capitals))
    )


def _is_broken(tokens: tuple[Token, ...], index: int, is_capitals: bool) -> bool:
    """Whether the margin broke a name behind this hyphen: `Jean- Luc`."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    is_open = tokens[index - 1].end == tokens[index].start and bool(tokens[index - 1].bits & GIVEN)
    return is_open and following is not None and _is_inside_name(following, is_capitals)


def _is_surname_of_given(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a body or place of the tables is a surname, behind a given name: `Ana Rada said`, `Jo France,`."""
    given, word = tokens[index - 1].bits, tokens[index]
    if not given & GIVEN or given & (COMMON | NO_NAME) or not word.bits & CAPITAL or word.text.isupper():
        return False
    if not word.bits & (ORGANIZATION | COUNTRY | DEMONYM) or word.bits & (
        INSTITUTION | PORTFOLIO | FUNCTION | CALENDAR
    ):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.bits & (SPEECH | PUNCTUATION):
        return True
    return bool(word.bits & ORGANIZATION) and not following.bits & CAPITAL


@lru_cache(maxsize=1 << 14)
def _is_name_word(text: str, low: str, bits: int, is_inside: bool, is_capitals: bool) -> bool:
    """Whether a capitalised word may begin a name, or stand inside one."""
    if text in ("I", "A"):
        return False
    if bits & (TITLE | PLURAL_TITLE):
        return is_inside and low in SURNAME_TITLES
    if text in NUMERALS:
        return is_inside
    if bits & NO_NAME and not (bits & CITY and is_inside):
        return False
    if bits & COMMON and not is_inside and _has_plain_ending(low):
        return False
    if bits & COMMON and is_inside and text.isupper() and len(text) > 2:  # "MINISTER ORLAN AGREED"
        return False
    if not is_capitals and is_acronym(text, is_inside):
        return False
    if is_capitals and (bits & (COMMON | SPEECH) or (len(text) > 4 and WORD_ENDING.search(low))):
        return False
    return bits & INITIAL != 0 or len(text) > 1


def is_plain_word(token: Token) -> bool:
    """Whether a word of the table of common ones ends as plurals, adjectives and abstract nouns do."""
    return bool(token.bits & COMMON) and _has_plain_ending(token.low)


def _has_plain_ending(low: str) -> bool:
    return bool(WORD_ENDING.search(low) or NOUN_ENDING.search(low))


def is_acronym(word: str, is_inside: bool) -> bool:
    """Whether a word of a text in mixed case has capitals as a body or an office has them."""
    # "KARZAI" is a name sent in capitals; "MOD", "FinMin" and "BW" are not.
    capitals = sum(map(str.isupper, word))
    if word.isupper():
        return len(word) <= (2 if is_inside else 4) and "." not in word
    return capitals > 1 and not PREFIXED.match(word)


def _leads_on(tokens: tuple[Token, ...], index: int, is_capitals: bool) -> bool:
    following = index + 1
    while following < len(tokens) and tokens[following].bits & PARTICLE and following < index + 3:
        following += 1
    return following < len(tokens) and _is_inside_name(tokens[following], is_capitals)


def _is_inside_name(token: Token, is_capitals: bool) -> bool:
    return bool(token.bits & CAPITAL) and _is_name_word(token.text, token.low, token.bits, True, is_capitals)


def is_likely_full_name(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether two words or more look like a name without help from a title."""
    words = [token for token in tokens[first:last] if not token.bits & (INITIAL | PARTICLE)]
    if last - first < 2 or not words or (tokens[first].text.islower() and len(words) < 2):  # "van Orlan" is a surname
        return False
    common = [token for token in words if token.bits & (COMMON | FUNCTION)]
    acronyms = [token for token in words if token.text.isupper() and len(token.text) > 1]
    return len(common) * 2 < len(words) + 1 and not acronyms and not words[0].bits & COMMON


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents, marks and Arabic articles, to compare by."""
    name = NICKNAME.sub("", name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower() or name.lower()
    words = re.split(r"[\s.,-]+", plain.replace("'", "").replace("`", ""))
    kept = tuple(word for word in words if word and word not in ("al", "el", "ad", "as", "ar", "an", "at", "az"))
    return kept or tuple(word for word in words if word) or (plain,)
