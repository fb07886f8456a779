"""Find dealings told by a noun and what tells which: `gas memorandum`, `loan from the bank`, `sale of ships`."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.extraction.candidates import Candidate, agreement_words
from kg.extraction.instruments import known, named, plan
from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    INSTRUMENT,
    ORGANIZATION,
    REDACTED,
    SPEECH,
    TERM,
    TITLE,
    column,
    country_words,
    mapping,
)
from kg.extraction.phrases import STOPS
from kg.extraction.tokens import Reading, Token

LONGEST_LEFT: Final = 6
LONGEST_RIGHT: Final = 10
LINKS: Final = agreement_words("dealing-links")  # with, between, of, on, for, to, regarding
ONWARD: Final = frozenset(("between", "for", "from", "to", "with", "of", "in"))
JOINT: Final = agreement_words("joint")
NAMES: Final = frozenset(("known-agreement", "named-agreement"))
PARTNERS: Final = frozenset(("between", "with"))
SOURCES: Final = COUNTRY | DEMONYM | ORGANIZATION | CITY
MONEY: Final = frozenset(("$", "usd", "euro", "euros", "eur", "gbp", "million", "billion", "dollar", "dollars"))
VERBAL: Final = agreement_words("nouns-or-verbs")
OPINIONS: Final = agreement_words("opinions")  # agreement on the need for something: of one mind, no more
NO_MODIFIERS: Final = agreement_words("no-modifiers")


def dealings(reading: Reading) -> Iterator[Candidate]:
    """All instruments and dealings that a part names by a noun, in order; one may stand in another's complement."""
    taken = told = 0  # the ends of the last phrase without its complement and with it
    for index in reading.places(TERM | INSTRUMENT):
        if index < taken:
            continue
        token = reading.tokens[index]
        found = known(reading, index) or plan(reading, index) if token.bits & CAPITAL else None
        if found is None and token.bits & INSTRUMENT:
            found = named(reading, index, taken) or (_described(reading, index, taken) if index >= told else None)
        if found is not None and not _is_other(reading, found):
            yield found
            taken = found.core_end if found.rule in NAMES else found.head + 1
            told = max(told, found.last)


def _is_other(reading: Reading, found: Candidate) -> bool:
    """Whether the words are in use for something that is no agreement: `protocol officer`, `plea deal`."""
    tokens = reading.tokens
    return any(
        tuple(t.low for t in tokens[max(0, found.head + shift) : found.head + shift + len(words)]) == words
        for words, shift in _other_uses().get(tokens[found.head].low, ())
    )


@cache
def _other_uses() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """The phrases of the table by each word of theirs, with the place of the first word before it."""
    out: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in sorted(column("no_agreements.tsv", "phrase")):
        words = tuple(phrase.split())
        for at, word in enumerate(words):
            out.setdefault(word, []).append((words, -at))
    return out


def _described(reading: Reading, head: int, floor: int) -> Candidate | None:
    tokens = reading.tokens
    token = tokens[head]
    sort = mapping("instruments.tsv", "word", "sort")[token.low]
    following = tokens[head + 1] if head + 1 < len(tokens) else None
    if following is not None and _goes_on(following):
        return None
    after = mapping("instruments.tsv", "word", "after")[token.low]
    if after and tokens[head - 1].low != after:
        return None
    first = _left(tokens, head, floor)
    core = _telling(tokens, first, head)
    last = _right(tokens, head + 1, sort)
    if (core == head and last == head + 1) or any(t.low in OPINIONS for t in tokens[head + 1 : min(last, head + 5)]):
        return None
    if _is_verb_here(tokens, head, core):
        return None
    if not _has_what_it_needs(tokens, head, (max(floor, first - 2), core, last)):
        return None
    return Candidate(
        first=core,
        last=last,
        core=core,
        core_end=head + 1 if core < head else last,
        head=head,
        kind=mapping("instruments.tsv", "word", "kind")[token.low],
        sort=sort,
        rule="kind-of-agreement" if not mapping("instruments.tsv", "word", "needs")[token.low] else "dealing",
    )


def _is_verb_here(tokens: tuple[Token, ...], head: int, core: int) -> bool:
    """Whether the word is a verb: `to deal with`, `she plans to visit`, `he pledges to`."""
    if tokens[head].low in VERBAL and head + 1 < len(tokens) and tokens[head + 1].low in ("to", "that"):
        return tokens[head].low.endswith("s") or tokens[head - 1].low in agreement_words("verb-openings")
    before = tokens[head - 1].low if head else "to"
    return core == head and (
        before in agreement_words("verb-openings") or (before == "in" and tokens[head].low in VERBAL)
    )


def _goes_on(token: Token) -> bool:
    """Whether the noun is but a modifier of the next: `trade agreement negotiators`, `Loan Officer`."""
    if token.bits & TITLE:
        return True
    return token.low in mapping("instruments.tsv", "word", "sort") or token.low in agreement_words("no-heads")


def _left(tokens: tuple[Token, ...], head: int, floor: int) -> int:
    """The first token of the modifiers before the head, quotes and sums included."""
    first = head
    is_low = not tokens[head].bits & CAPITAL or tokens[head].text.isupper()
    while first > floor and head - first < LONGEST_LEFT:
        token = tokens[first - 1]
        if token.text in '"“”' and first - 1 > floor:
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
        if tokens[at].text in '"“”':
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


def _telling(tokens: tuple[Token, ...], first: int, head: int) -> int:
    """The first word from `first` that tells which is meant; the head where none does."""
    plain = column("plain_modifiers.tsv", "word")
    core = first
    while core < head and (tokens[core].low in plain or _is_verb(tokens[core])):
        core += 1
    return core


def _is_verb(token: Token) -> bool:
    """A verb before the noun: `secured`, `approving`; no compound such as `oil-backed`."""
    return bool(token.bits & COMMON) and not token.bits & CAPITAL and token.low.endswith(("ing", "ed"))


def _right(tokens: tuple[Token, ...], index: int, sort: str) -> int:
    """The token after the complement at `index`: `with the port authority`, `of ships to Peru`, `to keep it open`."""
    if index >= len(tokens) or tokens[index].low not in LINKS:
        return index
    end, links = index + 1, 0
    while end < len(tokens) and end - index < LONGEST_RIGHT:
        token = tokens[end]
        if token.low in ONWARD:
            links += end > index + 1
            if links > (2 if sort in ("trade", "swap") else 1):
                break
        elif _ends_phrase(token, end - index):
            break
        end += 1
    while end > index + 1 and (tokens[end - 1].low in LINKS or tokens[end - 1].low in _TAILS):
        end -= 1
    return end if end > index + 1 else index


_TAILS: Final = frozenset(("the", "a", "an", "and", "in", "at", "by", "its", "their", "from", "or", "'s", "-", "/"))


def _ends_phrase(token: Token, length: int) -> bool:
    if token.low in ("'s", "/", "-", "and"):
        return False
    if token.bits & (CALENDAR | SPEECH) or token.low in STOPS or not token.text[0].isalnum():
        return token.text not in "$"
    return length > 2 and bool(token.bits & COMMON) and token.low.endswith(("ed", "ing")) and not token.bits & CAPITAL


def _has_what_it_needs(tokens: tuple[Token, ...], head: int, places: tuple[int, int, int]) -> bool:
    """Whether one of the things stands with the noun without which it is in use for too much else.

    `party` is a country, body or sum in the phrase or just before it; `joint` a word such as "joint";
    `pair` two countries; `between` and `with` what follows, `of-for` "of barley for wheat";
    `name` a name in capitals, which `named` reads; any other a modifier.
    """
    needs = mapping("instruments.tsv", "word", "needs")[tokens[head].low]
    if not needs:
        return True
    before, core, last = places
    phrase = tokens[before:last]
    modifiers = {piece for t in tokens[core : head + 5] for piece in (t.low, *t.low.split("-"))}
    complement = [t.low for t in tokens[head + 1 : last]]
    for need in needs.split("|"):
        if need == "party" and any(t.bits & SOURCES or t.low in MONEY for t in phrase):
            return True
        if need == "joint" and _is_joint(phrase):
            return True
        if need == "pair" and _countries(phrase) > 1:
            return True
        if need in modifiers or (need in PARTNERS and need in complement[:1]):
            return True
        if need == "of-for" and complement[:1] == ["of"] and "for" in complement:
            return True
    return False


def _is_joint(phrase: Sequence[Token]) -> bool:
    return any(t.low in JOINT for t in phrase)


def _countries(phrase: Sequence[Token]) -> int:
    """How many countries stand in the words; `Peru-Chile` is two."""
    return sum(1 + t.text.count("-") for t in phrase if t.bits & (COUNTRY | DEMONYM) or _is_pair(t))


def _is_pair(token: Token) -> bool:
    words = token.text.split("-")
    return len(words) > 1 and all(w in country_words("name") or w in country_words("demonym") for w in words)


def echoes(reading: Reading, named_here: Sequence[Candidate]) -> list[int]:
    """The places where a kind alone means one named before: `the deal`, `this Treaty`."""
    taken = {at for found in named_here for at in range(found.first, found.last)}
    return [
        index
        for index in reading.places(INSTRUMENT)
        if index and index not in taken and _is_definite(reading.tokens[index - 1])
    ]


def _is_definite(token: Token) -> bool:
    return token.low in ("the", "this", "that", "these")
