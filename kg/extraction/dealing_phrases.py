"""Bound a dealing around the noun that heads it: the modifiers before it and the complement after it."""

from typing import Final

from kg.extraction.candidates import agreement_words
from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    ORGANIZATION,
    REDACTED,
    SPEECH,
    column,
)
from kg.extraction.phrases import STOPS
from kg.extraction.tokens import Token

LONGEST_LEFT: Final = 6
LONGEST_RIGHT: Final = 10
LINKS: Final = agreement_words("dealing-links")  # with, between, of, on, for, to, regarding
ONWARD: Final = frozenset(("between", "for", "from", "to", "with", "of", "in"))
JOINT: Final = agreement_words("joint")
SOURCES: Final = COUNTRY | DEMONYM | ORGANIZATION | CITY
NO_MODIFIERS: Final = agreement_words("no-modifiers")
CLAUSAL: Final = frozenset(("consensus", "understanding"))  # these tell their object by "that"
QUOTES: Final = frozenset('"“”')
MAKERS: Final = frozenset(("among", "between", "by", "under"))
DETERMINERS: Final = frozenset(("a", "an", "the", "this", "another", "any", "'s", "its", "their"))
TAILS: Final = frozenset(("the", "a", "an", "and", "in", "at", "by", "its", "their", "from", "or", "'s", "-", "/"))


def left(tokens: tuple[Token, ...], head: int, floor: int) -> int:
    """The first token of the modifiers before the head, quotes and sums included."""
    first = head
    is_low = not tokens[head].bits & CAPITAL or tokens[head].text.isupper()
    while first > floor and head - first < LONGEST_LEFT:
        token = tokens[first - 1]
        if token.text in QUOTES and first - 1 > floor:
            opening = _opening(tokens, first - 1, floor)
            if opening is None:
                break
            first = opening
        elif token.low == "'s" and first - 2 >= floor and tokens[first - 2].bits & SOURCES:
            first -= 2
            if not tokens[first - 1].bits & SOURCES:  # the owner begins the phrase
                break
        elif token.text == ")" and first - 3 >= floor and tokens[first - 3].text == "(":  # an acronym
            first -= 3
        elif token.text in "-/$" or (is_modifier(token) and (is_low or not _is_low_word(token))):
            first -= 1
        else:
            break
    if tokens[first].text == "(":
        first += 3
    while first < head and not (tokens[first].text[0].isalnum() or tokens[first].text in '"“$'):
        first += 1
    return first


def _is_low_word(token: Token) -> bool:
    return token.text[0].islower()


def _opening(tokens: tuple[Token, ...], closing: int, floor: int) -> int | None:
    """The quote mark that opens what the one at `closing` ends, few words before."""
    for at in range(closing - 1, max(floor, closing - 6) - 1, -1):
        if tokens[at].text in QUOTES:
            return at if closing - at > 1 else None
    return None


def is_modifier(token: Token) -> bool:
    """Whether a word may stand before the noun that it tells about: no verb of speech, article or pronoun."""
    if token.bits & (SPEECH | REDACTED | CALENDAR) and not token.bits & DEMONYM:
        return False
    if token.low in STOPS or token.low in NO_MODIFIERS or token.low.endswith("ly"):
        return False
    if token.bits & FUNCTION and not token.bits & DEMONYM and token.low not in JOINT:
        return token.low in ("new", "second", "third", "first", "another", "current")
    return token.text[0].isalnum() and (len(token.text) > 1 or not token.text.islower())


def telling(tokens: tuple[Token, ...], first: int, head: int) -> int:
    """The first word from `first` that tells which is meant; the head where none does."""
    plain = column("plain_modifiers.tsv", "word")
    core = first
    while core < head and (tokens[core].low in plain or _is_verb(tokens[core])):
        if _is_verb(tokens[core]) and core and tokens[core - 1].low in DETERMINERS:  # an implementing arrangement
            break
        core += 1
    return core


def _is_verb(token: Token) -> bool:
    """A verb before the noun: `secured`, `approving`; no compound such as `oil-backed`."""
    return bool(token.bits & COMMON) and not token.bits & CAPITAL and token.low.endswith(("ing", "ed"))


def right(tokens: tuple[Token, ...], index: int, sort: str) -> int:
    """The token after the complement at `index`: `with the port authority`, `of ships to Peru`, `to keep it open`."""
    if index + 1 >= len(tokens) or not _is_link(tokens, index):
        return index
    is_clause = tokens[index].low == "that"
    end, links = index + 1 + (tokens[index].low.endswith("ed") and tokens[index + 1].low in MAKERS), 0
    while end < len(tokens) and end - index < LONGEST_RIGHT:
        token = tokens[end]
        if token.low in ONWARD:
            links += end > index + 1
            if links > (2 if sort in ("trade", "swap") else 1):
                break
        elif token.text in QUOTES and _closing(tokens, end) is not None:
            end = _closing(tokens, end) or end
        elif is_clause and token.text[0].isalnum():
            pass
        elif _ends_phrase(token, end - index) or (token.low == "and" and _begins_another(tokens, end + 1)):
            break
        end += 1
    while end > index + 1 and (tokens[end - 1].low in LINKS or tokens[end - 1].low in TAILS):
        end -= 1
    return end if end > index + 1 else index


def _is_link(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a complement begins: with a preposition or a participle, `limiting high tides`, `developed by Varga`."""
    token = tokens[index]
    if token.low in LINKS or (token.low == "that" and tokens[index - 1].low in CLAUSAL):
        return True
    if token.bits & (CAPITAL | SPEECH) or not token.bits & COMMON or index + 1 >= len(tokens):
        return False
    return token.low.endswith("ing") or (token.low.endswith("ed") and tokens[index + 1].low in MAKERS)


def _closing(tokens: tuple[Token, ...], opening: int) -> int | None:
    """The quote mark that ends a name in quotes, few words on: `from the "Icy Consortium"`."""
    for at in range(opening + 1, min(len(tokens), opening + 6)):
        if tokens[at].text in QUOTES:
            return at if at > opening + 1 else None
        if not tokens[at].bits & CAPITAL:
            return None
    return None


def _begins_another(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether another thing follows: `a contract with Varga and an additional one with Orlan`."""
    return index < len(tokens) and tokens[index].low in ("a", "an", "another")


def _ends_phrase(token: Token, length: int) -> bool:
    if token.low in ("'s", "/", "-", "and"):
        return False
    if token.bits & (CALENDAR | SPEECH) or token.low in STOPS or not token.text[0].isalnum():
        return token.text not in "$"
    return length > 2 and bool(token.bits & COMMON) and token.low.endswith(("ed", "ing")) and not token.bits & CAPITAL
