"""Find dealings told by a noun and what tells which: `gas memorandum`, `loan from the bank`, `sale of ships`."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.extraction.candidates import Candidate, agreement_words
from kg.extraction.dealing_phrases import JOINT, LINKS, SOURCES, left, right, telling
from kg.extraction.instruments import known, named, plan
from kg.extraction.lexicon import CAPITAL, COUNTRY, DEMONYM, INSTRUMENT, TERM, TITLE, column, country_words, mapping
from kg.extraction.tokens import Reading, Token

NAMES: Final = frozenset(("known-agreement", "named-agreement"))
PARTNERS: Final = frozenset(("between", "with"))
MONEY: Final = frozenset(("$", "usd", "euro", "euros", "eur", "gbp", "million", "billion", "dollar", "dollars"))
VERBAL: Final = agreement_words("nouns-or-verbs")
OPINIONS: Final = agreement_words("opinions")  # agreement on the need for something: of one mind, no more
STRICT: Final = frozenset(
    ("aid", "body", "credit", "finance", "group", "permission", "position", "resolution", "statement", "understanding")
)  # sorts of nouns that are nothing without what they need


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
    first = left(tokens, head, floor)
    core = telling(tokens, first, head)
    last = right(tokens, head + 1, sort)
    if (core == head and last == head + 1) or any(t.low in OPINIONS for t in tokens[head + 1 : min(last, head + 5)]):
        return None
    if _is_verb_here(tokens, head, core):
        return None
    needs = mapping("instruments.tsv", "word", "needs")[token.low]
    is_met = not needs or _has_what_it_needs(tokens, head, needs, (max(floor, first - 2), core, last))
    if not is_met and (sort in STRICT or needs == "name"):
        return None
    return Candidate(
        first=core,
        last=last,
        core=core,
        core_end=head + 1 if core < head else last,
        head=head,
        kind=mapping("instruments.tsv", "word", "kind")[token.low],
        sort=sort,
        rule="dealing" if needs else "kind-of-agreement",
        is_met=is_met,
    )


def _is_verb_here(tokens: tuple[Token, ...], head: int, core: int) -> bool:
    """Whether the word is a verb: `to deal with`, `she plans to visit`, `he pledges to`."""
    if tokens[head].low in VERBAL and head + 1 < len(tokens) and tokens[head + 1].low in ("to", "that"):
        before = tokens[head - 1].low if head else "to"
        if before in agreement_words("verb-openings"):
            return True
        return tokens[head].low.endswith("s") and not _governs(before)
    before = tokens[head - 1].low if head else "to"
    return core == head and (
        before in agreement_words("verb-openings") or (before == "in" and tokens[head].low in VERBAL)
    )


def _governs(word: str) -> bool:
    """Whether a word before `plans to` makes it a noun: `signed accords to`, `new plans to`."""
    return word.endswith(("ed", "ing")) or word in LINKS or word in mapping("agreement_statuses.tsv", "word", "status")


def _goes_on(token: Token) -> bool:
    """Whether the noun is but a modifier of the next: `trade agreement negotiators`, `Loan Officer`."""
    if token.bits & TITLE:
        return True
    return token.low in mapping("instruments.tsv", "word", "sort") or token.low in agreement_words("no-heads")


def _has_what_it_needs(tokens: tuple[Token, ...], head: int, needs: str, places: tuple[int, int, int]) -> bool:
    """Whether one of the things stands with the noun without which it is in use for much else.

    `party` is a country, body or sum in the phrase or just before it, `sum` money; `joint` a word such as "joint";
    `pair` two countries; `between` and `with` what follows, `of-for` "of barley for wheat";
    `name` a name in capitals, which `named` reads; any other a modifier.
    """
    before, core, last = places
    phrase = tokens[before:last]
    modifiers = {piece for t in tokens[core : head + 5] for piece in (t.low, *t.low.split("-"))}
    complement = [t.low for t in tokens[head + 1 : last]]
    for need in needs.split("|"):
        if need == "party" and any(t.bits & SOURCES or t.low in MONEY for t in phrase):
            return True
        if need == "sum" and any(t.low in MONEY for t in phrase):
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
