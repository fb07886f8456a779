"""List parties that have no name of their own: groups, unnamed officials, ministries, and the embassy itself."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    INSTITUTION,
    NUMBER,
    ORGANIZATION,
    PARTY,
    PLURAL_TITLE,
    PORTFOLIO,
    REDACTED,
    ROLE_WORD,
    SPEECH,
    TITLE,
    country_words,
    word_set,
)
from kg.extraction.model import Actor, Participant
from kg.extraction.phrases import STOPS, portfolio_end
from kg.extraction.tokens import Reading, Token, opens_sentence

GROUPS: Final = word_set("groups")
FIRMS: Final = word_set("firms")  # parties where one is told of as new: "another Japanese firm"
PLURAL_GROUPS: Final = word_set("plural-groups")
INDEFINITE: Final = frozenset(("a", "an", "another", "one"))
DEFINITE: Final = frozenset(("the", "visiting"))
COMPLEMENT: Final = 2  # tokens of "of Kuwait"
QUANTIFIERS: Final = word_set("quantifiers")
HEADS: Final = TITLE | PLURAL_TITLE
MODIFIERS: Final = CAPITAL | DEMONYM | ORGANIZATION | ROLE_WORD | PORTFOLIO | COUNTRY | NUMBER
ENDINGS: Final = ("al", "ic", "ary", "ior", "ish", "ese", "ian", "level", "ist", "wing")
POSTS: Final = frozenset(("embassy", "mission", "post"))
HEAD_WORDS: Final = GROUPS | FIRMS | POSTS
NOT_THERE: Final = frozenset(("'s", "at", "in", "near", "outside"))
LONGEST: Final = 7  # words before a head


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The tokens of a noun phrase."""

    first: int
    last: int


def with_parties(reading: Reading, actors: Sequence[Actor], host: str | None) -> list[Actor]:
    """The actors with the parties of a part that no name tells; a body inside the words of a group goes into it."""
    out = list(actors)
    for index in reading.places(HEADS | INSTITUTION | PARTY):
        token = reading.tokens[index]
        if not token.bits & (HEADS | INSTITUTION) and token.low not in HEAD_WORDS:
            continue
        found = _party(reading, index, out, host)
        if found is not None:
            place = bisect_right(out, found.first, key=attrgetter("first"))
            while place and out[place - 1].last > found.first:
                place -= 1
            end = place
            while end < len(out) and out[end].first < found.last:
                end += 1
            out[place:end] = [found]
    return out


def _party(reading: Reading, index: int, actors: Sequence[Actor], host: str | None) -> Actor | None:
    token = reading.tokens[index]
    covering = _covering(actors, index)
    if covering is not None and not (covering.participant.kind == "body" and covering.last == index + 1):
        return None
    if token.low in POSTS and token.bits & CAPITAL:
        return _post(reading, index)
    if token.bits & INSTITUTION and token.bits & CAPITAL and not token.bits & HEADS:
        return _ministry(reading, index, host)
    is_head = bool(token.bits & HEADS) or token.low in GROUPS | FIRMS
    if not is_head or covering is not None or _leads_on(reading, index, actors):
        return None
    extent = _group(reading, index, actors)
    return _made(reading, extent, actors) if extent is not None else None


def _covering(actors: Sequence[Actor], index: int) -> Actor | None:
    place = bisect_right(actors, index, key=attrgetter("first"))
    actor = actors[place - 1] if place else None
    return actor if actor is not None and actor.last > index else None


def _leads_on(reading: Reading, index: int, actors: Sequence[Actor]) -> bool:
    """Whether a name or another head follows, to which the word at `index` belongs."""
    if index + 1 >= len(reading.tokens):
        return False
    following = reading.tokens[index + 1]
    if following.low in ("general", "designate", "-") or following.bits & HEADS or following.low in GROUPS:
        return True
    covering = _covering(actors, index + 1)
    return bool(following.bits & (CAPITAL | REDACTED)) and (
        covering is not None or not following.bits & (FUNCTION | ORGANIZATION)
    )


def _group(reading: Reading, index: int, actors: Sequence[Actor]) -> Extent | None:
    tokens = reading.tokens
    token = tokens[index]
    is_plural = bool(token.bits & PLURAL_TITLE) or token.low in PLURAL_GROUPS
    first = _modifiers_start(reading, index, actors)
    before = tokens[first - 1].low if first else ""
    is_quantified = first > 0 and (before in QUANTIFIERS or bool(tokens[first - 1].bits & NUMBER))
    last = _complement_end(reading, index + 1)
    if is_plural:
        return Extent(first=first, last=last) if first < index or is_quantified or last > index + 1 else None
    if token.low in GROUPS and token.low not in ("contact", "source"):
        is_told_of = before == "the" and token.low in ("delegation", "team")
        return Extent(first=first, last=last) if first < index or last > index + 1 or is_told_of else None
    is_one = before in INDEFINITE and (first < index or last > index + 1)
    if token.low in FIRMS:
        return Extent(first=first, last=last) if is_one else None
    if is_one or (before in DEFINITE and (tokens[first].bits & DEMONYM or _of_country(reading, index + 1, last))):
        return Extent(first=first, last=last)
    return _owned(reading, first, index, actors)


def _of_country(reading: Reading, first: int, last: int) -> bool:
    """Whether a complement names a country: `of Kuwait`."""
    return last - first == COMPLEMENT and bool(reading.tokens[last - 1].bits & COUNTRY)


def _owned(reading: Reading, first: int, index: int, actors: Sequence[Actor]) -> Extent | None:
    """`the King's intelligence chief`: somebody whom a possessive and a word of his office tell."""
    if first < 2 or first == index or reading.tokens[first - 1].low != "'s":
        return None
    owner = _covering(actors, first - 2)
    following = reading.tokens[index + 1 : index + 3]
    is_apposed = len(following) > 1 and following[0].text in (",", "(") and bool(following[1].bits & CAPITAL)
    return Extent(first=owner.first, last=index + 1) if owner is not None and not is_apposed else None


def _modifiers_start(reading: Reading, index: int, actors: Sequence[Actor]) -> int:
    tokens = reading.tokens
    first = index
    while first and index - first < LONGEST:
        token = tokens[first - 1]
        covering = _covering(actors, first - 1)
        if covering is not None:
            if covering.participant.kind != "body":
                break
            first = covering.first
        elif _is_modifier(token):
            first -= 1
        else:
            break
    while first < index and (
        tokens[first].bits & NUMBER or tokens[first].low in QUANTIFIERS or _is_function(tokens[first])
    ):
        first += 1
    return first


def _is_function(token: Token) -> bool:
    # "Senior" opens sentences as other words do that are no names, and belongs to a role all the same.
    return bool(token.bits & FUNCTION) and not token.bits & ROLE_WORD


def _is_modifier(token: Token) -> bool:
    if token.bits & (SPEECH | REDACTED | CALENDAR) or _is_function(token):
        return False
    return bool(token.bits & MODIFIERS) or (
        token.text[0].isalpha() and (token.low.endswith(ENDINGS) or "-" in token.text)
    )


def _complement_end(reading: Reading, index: int) -> int:
    """The token after "of Peruvian fishermen" or "from the Ministry of Ports" at `index`; `index` where none is."""
    tokens = reading.tokens
    if index + 1 >= len(tokens) or tokens[index].low not in ("from", "of"):
        return index
    at = index + 1
    while at < len(tokens) and (tokens[at].low in ("the", "of", "for") or tokens[at].low in QUANTIFIERS):
        at += 1
    start = at
    while at < len(tokens) and at - start < LONGEST and (_is_modifier(tokens[at]) or tokens[at].low == "of"):
        at += 1
    if at < len(tokens) and (tokens[at].bits & PLURAL_TITLE or tokens[at].low in PLURAL_GROUPS | GROUPS):
        return at + 1
    if at < len(tokens) and at - start <= 1 and (tokens[at].low.endswith("s") or tokens[at - 1].bits & DEMONYM):
        is_noun = tokens[at].text[0].islower() and not tokens[at].bits & (SPEECH | FUNCTION)
        if is_noun and tokens[at].low not in STOPS and not tokens[at].low.endswith(("ed", "ing")):
            return at + 1
    return at if at > start and tokens[at - 1].bits & CAPITAL else index


def _made(reading: Reading, extent: Extent, actors: Sequence[Actor]) -> Actor:
    tokens = reading.tokens
    country = None
    for at in range(extent.first, extent.last):
        covering = _covering(actors, at)
        here = country_words("demonym").get(tokens[at].text) if tokens[at].bits & DEMONYM else None
        country = here or (covering.participant.country if covering is not None else None)
        if country is not None:
            break
    named = Participant(name=reading.words(extent.first, extent.last), kind="position", person=None, country=country)
    return Actor(first=extent.first, last=extent.last, participant=named, role_kind="")


def _post(reading: Reading, index: int) -> Actor | None:
    """`Embassy Lima told`, `the Embassy delivered`: the post itself, unless another country's."""
    tokens = reading.tokens
    before = tokens[index - 1] if index else None
    if before is not None and (before.low in NOT_THERE or (before.bits & CAPITAL and before.low not in ("the", "us"))):
        return None
    last = index + 1
    while last < len(tokens) and tokens[last].bits & CITY and last < index + 3:
        last += 1
    if last < len(tokens) and (tokens[last].bits & (CAPITAL | HEADS | ROLE_WORD) or tokens[last].low in GROUPS):
        return None
    if tokens[index].low != "embassy" and not opens_sentence(tokens, index):
        return None
    named = Participant(name=reading.words(index, last), kind="position", person=None, country="US")
    return Actor(first=index, last=last, participant=named, role_kind="embassy")


def _ministry(reading: Reading, index: int, host: str | None) -> Actor | None:
    """`the Peruvian Ministry of Ports`."""
    tokens = reading.tokens
    if tokens[index].low not in MINISTRIES:
        return None
    last = portfolio_end(tokens, index + 1, min(len(tokens), index + 8))
    if last == index + 1:
        return None
    owner = country_words("demonym").get(tokens[index - 1].text) if index else None
    first = index - 1 if owner is not None else index
    named = Participant(name=reading.words(first, last), kind="body", person=None, country=owner or host)
    return Actor(first=first, last=last, participant=named, role_kind="")


MINISTRIES: Final = frozenset(("ministry", "office", "department", "commission", "council", "committee"))
