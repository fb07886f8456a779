"""Read which actors of a clause are listed beside one another, and which of them are no parties."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.clauses import Clause, Dates
from kg.extraction.lexicon import (
    CAPITAL,
    COMMON,
    DEMONYM,
    HONORIFIC,
    PORTFOLIO,
    ROLE_WORD,
    SPEECH,
    TITLE,
    country_words,
    word_set,
)
from kg.extraction.model import Participant
from kg.extraction.phrases import STOPS
from kg.extraction.tokens import Reading

LISTING: Final = word_set("listing")
LONGEST_CHAIN: Final = 40  # actors listed beside one another
MEMORY: Final = 40  # actors that a pronoun can reach back to
LONGEST_GAP: Final = 16
BEFORE_HEAD: Final = word_set("determiners") | word_set("quantifiers")
GOVERNING: Final = frozenset(("about", "against", "among", "between", "for", "from", "of", "on", "than", "to", "with"))
PREPOSITIONS: Final = word_set("prepositions")


class Lineup(Clause):
    """A clause with its actors."""

    def __init__(
        self,
        reading: Reading,
        floor: int,
        ceiling: int,
        actors: Sequence[Actor],
        dates: Dates,
        surnames: Mapping[str, Participant] = MappingProxyType({}),
    ) -> None:
        super().__init__(reading, floor, ceiling, dates)
        self.surnames = surnames
        first, last = (bisect_left(actors, at, key=attrgetter("first")) for at in (floor, ceiling))
        self.all_actors = actors
        self.before = actors[max(0, first - MEMORY) : first]
        self.actors = [actor for actor in actors[first:last] if self._acts(actor)]

    def _acts(self, actor: Actor) -> bool:
        """Whether a body is a party rather than a place or part of a phrase."""
        if actor.participant.kind != "body":
            return True
        if actor.first > self.floor and self.tokens[actor.first - 1].low in PREPOSITIONS:
            return False
        if actor.first > self.floor + 1 and self.tokens[actor.first - 1].low == "the":
            return self.tokens[actor.first - 2].low not in PREPOSITIONS
        following = self.tokens[actor.last] if actor.last < self.ceiling else None
        return following is None or not following.bits & (CAPITAL | TITLE | PORTFOLIO) or following.low == "'s"

    def is_owner(self, actor: Actor) -> bool:
        """Whether a possessive follows: `Ruiz's`."""
        if actor.last >= self.ceiling:
            return False
        after = self.tokens[actor.last]
        is_lost = after.text == "," and actor.last + 1 < self.ceiling and self.tokens[actor.last + 1].low == "s"
        return after.low == "'s" or is_lost  # an apostrophe lost in transmission

    def chain_left(self, actor: Actor) -> list[Actor]:
        """The actor and those listed before it."""
        out = [actor]
        place = bisect_left(self.actors, actor.first, key=attrgetter("first"))
        for other in reversed(self.actors[max(0, place - LONGEST_CHAIN) : place]):
            if not self._is_listing(other.last, out[0].first) or self.is_owner(other):
                break
            joined = {t.low for t in self.tokens[other.last : out[0].first]}
            if self.is_governed(other.first) and not joined & {"and", "&", "with"}:
                break  # "in talks with Peru, an official told"
            out.insert(0, other)
        return out

    def chain_right(self, index: int) -> list[Actor]:
        """The actors listed from `index` on."""
        out: list[Actor] = []
        at = index
        place = bisect_left(self.actors, index, key=attrgetter("first"))
        for actor in self.actors[place : place + LONGEST_CHAIN]:
            if not (self._is_listing(at, actor.first) if out else self._is_role_gap(at, actor.first)):
                break
            if out and actor.first == at + 1 and self.tokens[at].text == "," and self.speaks(actor):
                break  # "in a meeting with Ruiz, Berg said"
            if not self.is_owner(actor) and not (out and out[0].participant.kind != "body" and _is_country(actor)):
                out.append(actor)
            at = actor.last
        return out

    def speaks(self, actor: Actor) -> bool:
        """Whether a verb of speech follows an actor."""
        return actor.last < self.ceiling and bool(self.tokens[actor.last].bits & SPEECH)

    def _is_listing(self, first: int, last: int) -> bool:
        gap = self.tokens[first:last]
        known = CAPITAL | ROLE_WORD | TITLE | DEMONYM | PORTFOLIO | HONORIFIC
        return (
            bool(gap)
            and len(gap) <= LONGEST_GAP
            and all((t.low in LISTING or t.bits & known) and not t.bits & SPEECH for t in gap)
            and any(t.low in (",", "and", "&", "with", "(") for t in gap)
        )

    def _is_role_gap(self, first: int, last: int) -> bool:
        """Whether only a role stands between a link and a name: `with the visiting deputy minister of trade Ruiz`."""
        gap = self.tokens[first:last]
        known = CAPITAL | ROLE_WORD | TITLE | DEMONYM | PORTFOLIO | HONORIFIC | COMMON
        return len(gap) <= LONGEST_GAP and all(
            (
                t.low in LISTING
                or t.low in ("to", "on", "in", "at")
                or t.bits & CAPITAL
                or (t.bits & known and t.low not in STOPS)
            )
            and not t.bits & SPEECH
            and not t.low.endswith("ed")
            and t.low != "that"
            for t in gap
        )

    def is_governed(self, first: int) -> bool:
        """Whether a preposition leads in the words at `first`, so that they are no subject: `with the help of Ruiz`."""
        at = first - 1
        while at >= self.floor and first - at < 4 and self.tokens[at].low in BEFORE_HEAD:
            at -= 1
        return at >= self.floor and self.tokens[at].low in GOVERNING

    def ending_at(self, last: int) -> Actor | None:
        """The actor whose words end before a token."""
        return self._by_end.get(last)

    def starting_at(self, first: int) -> Actor | None:
        """The actor whose words begin at a token."""
        place = bisect_left(self.actors, first, key=attrgetter("first"))
        found = self.actors[place] if place < len(self.actors) else None
        return found if found is not None and found.first == first else None

    @cached_property
    def _by_end(self) -> dict[int, Actor]:
        return {actor.last: actor for actor in self.actors}


def _is_country(actor: Actor) -> bool:
    return actor.participant.kind == "body" and actor.participant.name in country_words("name")
