"""Read the text of a part as words: tokens with their offsets, sentences, the true case of text in capitals."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import Final, NamedTuple

from kg.extraction.keeping import Kept
from kg.extraction.lexicon import (
    CAPITAL,
    COMMON,
    DEMONYM,
    INITIAL,
    PLURAL_TITLE,
    PUNCTUATION,
    STOP,
    TERM,
    TITLE,
    column,
    country_words,
    flags,
    long_terms,
    mapping,
    title_of,
    title_pairs,
    titles,
)

# Matches the words and marks of "PM's aide Jean-Luc de l'Orme (A/S) told U.S. staff on Feb. 3."
TOKEN: Final = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                 # U.S.
    | [A-Z]/[A-Z][A-Za-z]*(?:-[a-zA-Z]+)?                # A/S, P/EOff, A/S-designate
    | [^\W\d_]+(?:['’`-][^\W\d_]+)*                      # Jean-Luc, O'Neil, mid-January
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])    # 29, 18th, 3.5, 1/2
    | \d+ | --+ | [^\w\s]
    """,
    re.VERBOSE,
)
PIECES: Final = re.compile(r"([-'’/])")
POSSESSIVE: Final = re.compile(r"['’`]s?$", re.IGNORECASE)
ENDINGS: Final = ("s", "es", "ed", "d", "ing", "ly", "er", "ers")
MONTHS: Final = frozenset(("march", "may"))
LONGEST_KEPT: Final = 40  # characters of a run without a space whose tokens are kept


class Token(NamedTuple):
    """A word or mark; `start` and `end` count in the part's text, `bits` are the flags of kg.extraction.lexicon."""

    text: str
    low: str
    start: int
    end: int
    bits: int


# Token(...) runs Python code; this is half as long, and a cable has some 1,600.
_made: Final[Callable[[tuple[str, str, int, int, int]], Token]] = partial(tuple.__new__, Token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A part's text as tokens; `sentences` are ranges of them. `is_capitals`: the text was sent in capitals alone.

    `bits` are those of the tokens, `firsts` where the sentences begin: rules find their places by them.
    """

    part: str
    kind: str
    number: int
    found: str
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    is_capitals: bool
    bits: tuple[int, ...]
    firsts: tuple[int, ...]
    known: dict[int, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def words(self, first: int, last: int) -> str:
        """The text as it stands from one token to the one before `last`."""
        return self.found[self.tokens[first].start : self.tokens[last - 1].end]

    def sentence_of(self, index: int) -> tuple[int, int]:
        """The sentence that holds a token."""
        return self.sentences[bisect_right(self.firsts, index) - 1]

    def sentence_before(self, floor: int) -> tuple[int, int] | None:
        """The sentence before the one that begins at a token."""
        place = bisect_right(self.firsts, floor) - 1
        return self.sentences[place - 1] if place > 0 else None

    def places(self, mask: int) -> tuple[int, ...]:
        """The tokens that have one of some bits."""
        found = self.known.get(mask)
        if found is None:
            found = self.known[mask] = tuple([index for index, bits in enumerate(self.bits) if bits & mask])
        return found

    def places_in(self, mask: int, floor: int, ceiling: int) -> tuple[int, ...]:
        """The tokens of a range that have one of some bits."""
        found = self.places(mask)
        return found[bisect_left(found, floor) : bisect_left(found, ceiling)]

    def sentences_with(self, mask: int) -> list[tuple[int, int]]:
        """The sentences with a token that has one of some bits."""
        out: list[tuple[int, int]] = []
        passed = 0
        for index in self.places(mask):
            if index >= passed:
                out.append(self.sentence_of(index))
                passed = out[-1][1]
        return out


def read_part(
    key: str, kind: str, number: int, text: str, *, is_capitals: bool, breaks: frozenset[int] = frozenset()
) -> Reading:
    """Read a part; `breaks` are the offsets where a line of a list ends.

    In text sent in capitals the rules see words in their true case, at the same offsets.
    """
    seen = truecase(text) if is_capitals else text
    tokens = _tokens(seen)
    bits = [token.bits for token in tokens]
    _mark_terms(tokens, bits)
    ends = [
        index
        for index, (token, of_token) in enumerate(zip(tokens, bits, strict=True))
        if of_token & STOP or (breaks and token.end in breaks)
    ]
    firsts = [0, *(end + 1 for end in ends)]
    if firsts[-1] >= len(tokens):
        firsts.pop()
    return Reading(
        part=key,
        kind=kind,
        number=number,
        found=text,
        text=seen,
        tokens=tuple(tokens),
        sentences=tuple(zip(firsts, [*firsts[1:], len(tokens)], strict=True)) if firsts else (),
        is_capitals=is_capitals,
        bits=tuple(bits),
        firsts=tuple(firsts),
    )


def is_in_capitals(texts: list[str]) -> bool:
    """Whether nearly all letters of these texts are capitals."""
    upper, lower, total = 0, 0, sum(map(len, texts))
    for text in texts:
        upper += sum(map(str.isupper, text))
        lower += sum(map(str.islower, text))
        if lower * 20 >= total:  # most texts tell it in a few words
            return False
    return upper > 20 * lower


def truecase(text: str) -> str:
    """The text with English words in lower case and others capitalised, equal in length."""
    return TOKEN.sub(lambda match: _truecased(match[0]), text)


@lru_cache(maxsize=1 << 14)
def _truecased(word: str) -> str:
    if len(word) == 1 or word in _acronyms():
        return word
    low = word.lower()
    cased = low if _is_common(low) else "".join(piece.capitalize() for piece in PIECES.split(low))
    return cased if len(cased) == len(word) else word  # İ and ß change length with case


def _is_common(low: str) -> bool:
    """Whether a word, or what is left without its ending, is in the table of common words."""
    words = column("common_words.tsv", "word")
    if low in MONTHS:
        return False
    if low in words:
        return True
    stems = (low.removesuffix(ending) for ending in ENDINGS if low.endswith(ending) and len(low) > len(ending) + 2)
    return any(f"{stem}{end}" in words for stem in stems for end in ("", "e", "d", "ed"))


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(_capitals())


def _capitals() -> Iterator[str]:
    yield from (word for word in country_words("demonym") if word.isupper())
    yield from (word for word in country_words("name") if word.isupper())
    yield from (word for word in column("organizations.tsv", "name") if word.isupper())
    yield from mapping("government_codes.tsv", "code", "country")
    yield from (term.upper() for term, title in titles().items() if title.kind in ("department", "state-abbreviation"))


def _tokens(text: str) -> list[Token]:
    out: list[Token] = []
    known = _runs()
    at = 0
    for run in text.split(" "):  # no token holds a space, and what stands behind one changes none
        if run:
            found = known[run] if len(run) <= LONGEST_KEPT else _of_run(run)
            for word, low, start, end, bits in found:
                out.append(_made((word, low, at + start, at + end, bits)))
        at += len(run) + 1
    return out


@cache
def _runs() -> Kept[tuple[Token, ...]]:
    return Kept(_of_run, most=1 << 16)


def _of_run(run: str) -> tuple[Token, ...]:
    """The tokens of a text without a space."""
    out: list[Token] = []
    taken = 0
    for match in TOKEN.finditer(run):
        start, end = match.span()
        word = match[0]
        low, bits, is_plain = _read(word)
        if is_plain:
            out.append(_made((word, low, start, end, bits)))
        elif start >= taken:  # not the full stop of an abbreviation
            found = _around(word, start, run)
            out.extend(found)
            taken = found[-1].end
    return tuple(out)


def _around(word: str, start: int, text: str) -> list[Token]:
    """The tokens of a word that depends on what it ends with and on what stands around it."""
    end = start + len(word)
    if word in "'’" and text[start - 1 : start] in ("s", "S") and start:  # Williams'
        return [Token(word, "'s", start, end, PUNCTUATION)]
    if (tail := _possessive(word)) is not None:
        return [_token(word[:tail], start), Token(word[tail:], "'s", start + tail, end, PUNCTUATION)]
    return [_token(f"{word}." if _may_be_short(word) and text[end : end + 1] == "." else word, start)]


def _possessive(word: str) -> int | None:
    """Where the ending of a possessive begins."""
    tail = POSSESSIVE.search(word) if word[-1] in "sS'’`" else None
    return tail.start() if tail is not None and tail.start() > 1 else None


def _may_be_short(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word.lower() in column("abbreviations.tsv", "word")


def _token(word: str, start: int) -> Token:
    low, bits, _ = _read(word)
    return Token(word, low, start, start + len(word), bits)


def _read(word: str) -> tuple[str, int, bool]:
    """A word in lower case, its flags, and whether it is a token whatever stands around it."""
    is_plain = not (word in ".'’" or _may_be_short(word) or _possessive(word) is not None)
    return word.lower().removesuffix("."), flags(word), is_plain


def _mark_terms(tokens: list[Token], bits: list[int]) -> None:
    """Mark the second word of a two-word title as its head, and each word of a place or body of several words."""
    pairs, terms = title_pairs(), long_terms()
    for place in [index for index, of_token in enumerate(bits) if of_token & TERM]:
        token = tokens[place]
        if place and (tokens[place - 1].low, token.low) in pairs:
            title = title_of(token.low)
            is_plural = title is not None and token.low != title.term.split()[-1]
            _mark(tokens, bits, place, PLURAL_TITLE if is_plural else TITLE)
        for words, bit in terms.get(token.text, ()) if token.bits & CAPITAL else ():
            if tuple([t.text for t in tokens[place : place + len(words)]]) == words:
                for at in range(place, place + len(words)):
                    _mark(tokens, bits, at, bit)


def _mark(tokens: list[Token], bits: list[int], place: int, bit: int) -> None:
    bits[place] |= bit
    tokens[place] = tokens[place]._replace(bits=bits[place])


def opens_sentence(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the token opens a sentence or stands after a mark that does."""
    return index == 0 or tokens[index - 1].text in (".", "?", "!", ":", '"', "“", "--", "*", ";")


def is_plain_capital(token: Token) -> bool:
    """Whether a capital tells that the word is a proper noun rather than the first of a sentence."""
    return (bool(token.bits & CAPITAL) and not token.bits & COMMON) or bool(token.bits & (INITIAL | DEMONYM))


def is_list_of_participants(reading: Reading) -> bool:
    """Whether the part is the list of participants of a meeting."""
    return reading.text[:30].lower().startswith(("participants", "meeting participants", "u.s. participants"))
