"""Read a sentence as a scene: who stands before and after a trigger, and whom a pronoun means."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from kg.extraction.actors import Actor, last_persons
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
from kg.tables import countries

LISTING: Final = word_set("listing")
HIS: Final = frozenset(("her", "his"))
PRONOUNS: Final = frozenset(("he", "she"))
PLURALS: Final = frozenset(("both", "leaders", "ministers", "presidents", "sides", "they", "two"))
CANCELLED: Final = frozenset(("called-off", "canceled", "cancelled", "postponed"))
NEGATIVE: Final = word_set("negative")
LONGEST_CHAIN: Final = 40  # actors listed beside one another
MEMORY: Final = 40  # actors that a pronoun can reach back to
LONGEST_GAP: Final = 16
REACH: Final = 26  # tokens from a trigger to its subject
BEFORE_HEAD: Final = word_set("determiners") | word_set("quantifiers")
GOVERNING: Final = frozenset(("about", "against", "among", "between", "for", "from", "of", "on", "than", "to", "with"))
PREPOSITIONS: Final = word_set("prepositions")


class Scene(Clause):
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

    def pronoun_at(self, index: int) -> list[Actor]:
        """Whom a pronoun at a token means as a subject: `he`, `the two`, `we`."""
        if index < self.ceiling and self.tokens[index].low == "the":
            index += 1
        if index >= self.ceiling:
            return []
        low = self.tokens[index].low
        if low in PRONOUNS:
            return self._antecedents(index, 1)
        if low in PLURALS:
            return self._antecedents(index, 2)
        return [_us(index)] if low == "we" else []

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

    def subjects(self, index: int, reach: int = REACH, *, bodies: bool = True) -> list[Actor]:
        """Who does what the trigger at `index` says: the nearest actors before it, or whom a pronoun stands for."""
        for at in range(index - 1, max(self.floor, index - reach) - 1, -1):
            low = self.tokens[at].low
            actor = self._ending_at(at + 1)
            if actor is not None and not self.is_owner(actor) and (bodies or actor.participant.kind != "body"):
                chain = self.chain_left(actor)
                if self._is_governed(chain[0].first):
                    continue
                return chain if self._reaches(actor.last, index) else []
            if low in PRONOUNS:
                return self._antecedents(at, 1)
            if low in PLURALS and (low == "they" or self.tokens[at - 1].low in ("the", "of") or low == "both"):
                return self._antecedents(at, 2)
            if low == "we":
                return [_us(at)]
            if low in (";", ":"):
                break
        return []

    def _reaches(self, first: int, index: int) -> bool:
        """Whether a subject governs a verb: a lone comma between them means another clause or subject."""
        if self._dashes(first, index) % 2 and not self._dashes(self.floor, first) % 2:
            return False
        commas = [at for at in range(first, index) if self.tokens[at].text == ","]
        if len(commas) != 1:
            return True
        at = commas[0]
        return index - at <= 2 or self.tokens[at + 1].low in ("and", "but", "then", "who", "along", "together", "to")

    def _is_governed(self, first: int) -> bool:
        """Whether a preposition leads in the words at `first`, so that they are no subject: `with the help of Ruiz`."""
        at = first - 1
        while at >= self.floor and first - at < 4 and self.tokens[at].low in BEFORE_HEAD:
            at -= 1
        return at >= self.floor and self.tokens[at].low in GOVERNING

    def _dashes(self, first: int, last: int) -> int:
        return sum(self.tokens[at].text == "--" for at in range(first, last))

    def _antecedents(self, index: int, count: int) -> list[Actor]:
        """Whom a pronoun means: one person is the subject of this sentence or of the one before, else the nearest."""
        if count == 1:
            first = (self.reading.sentence_before(self.floor) or (self.floor, self.floor))[0]
            here = self.actors[: bisect_left(self.actors, index, key=attrgetter("first"))]
            there = [a for a in self.before if a.first >= first]
            for actors in (here, there):
                found = [a for a in actors if self._is_one(a) and not self.is_owner(a)]
                if found:
                    return found[:1]
        return last_persons([*self.before, *self.actors], index, count)

    def _is_one(self, actor: Actor) -> bool:
        """Whether a pronoun can mean the actor: a person, or in its sentence the holder of a position."""
        if actor.participant.person is not None:
            return True
        return self.floor <= actor.first and bool(actor.role_kind) and not actor.role_kind.endswith(("s", "embassy"))

    def _owner_before(self, index: int) -> list[Actor]:
        """Whom "his" means: the nearest person before it in the sentence, or its subject after an opening phrase."""
        people = [a for a in self.actors if a.participant.kind == "person" and not self.is_owner(a)]
        before = [a for a in people if a.last <= index]
        if before or index - self.floor > 6:
            return before[-1:]
        comma = next((i for i in range(index, self.ceiling) if self.tokens[i].text == ","), self.ceiling)
        return [a for a in people if comma < a.first <= comma + 4][:1]

    def _ending_at(self, last: int) -> Actor | None:
        return self._by_end.get(last)

    @cached_property
    def _by_end(self) -> dict[int, Actor]:
        return {actor.last: actor for actor in self.actors}

    def is_owner(self, actor: Actor) -> bool:
        """Whether a possessive follows: `Ruiz's`."""
        if actor.last >= self.ceiling:
            return False
        after = self.tokens[actor.last]
        is_lost = after.text == "," and actor.last + 1 < self.ceiling and self.tokens[actor.last + 1].low == "s"
        return after.low == "'s" or is_lost  # an apostrophe lost in transmission

    def owner(self, index: int) -> list[Actor]:
        """Whose occasion the noun at `index` is: `Ruiz's recent visit`, `his visit`."""
        for at in range(index - 1, max(self.floor, index - 5) - 1, -1):
            low = self.tokens[at].low
            if low == "'s" or (low == "s" and self.tokens[at - 1].text == ","):  # an apostrophe lost in transmission
                if self.tokens[at - 1].low == "latter":
                    return last_persons([*self.before, *self.actors], at, 1)
                actor = self._by_end.get(at if low == "'s" else at - 1)
                return [actor] if actor is not None else []
            if low in ("his", "her"):
                return self._owner_before(at) or self._antecedents(at, 1)
            if low == "our":
                return [_us(at)]
            if low == "their":
                return self._antecedents(at, 2)
            if low in ("a", "the", "an", ",", "and", "for", "on", "that", "this", "with"):
                break
        return []

    def his(self, index: int) -> list[Actor]:
        """Whose plan a clause tells of: `one reason for his trip was to meet`."""
        at = next((i for i in range(index - 1, max(self.floor, index - 14), -1) if self.tokens[i].low in HIS), None)
        return (self._owner_before(at) or self._antecedents(at, 1)) if at is not None else []

    def named_owner(self, index: int) -> Participant | None:
        """Whose occasion the noun at `index` is, where no actor is known: `Vice Minster Ruiz's meeting`."""
        for at in range(index - 1, max(self.floor + 1, index - 6), -1):
            if self.tokens[at].low == "'s" and not self._ending_at(at):
                word = self.tokens[at - 1]
                if not word.bits & CAPITAL or word.bits & COMMON:
                    return None
                known = self.party(word.text)
                return known or Participant(name=word.text, kind="body", person=None, country=None)
        return None

    def chain_left(self, actor: Actor) -> list[Actor]:
        """The actor and those listed before it."""
        out = [actor]
        place = bisect_left(self.actors, actor.first, key=attrgetter("first"))
        for other in reversed(self.actors[max(0, place - LONGEST_CHAIN) : place]):
            if not self._is_listing(other.last, out[0].first) or self.is_owner(other):
                break
            joined = {t.low for t in self.tokens[other.last : out[0].first]}
            if self._is_governed(other.first) and not joined & {"and", "&", "with"}:
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
            if out and actor.first == at + 1 and self.tokens[at].text == "," and self._speaks(actor):
                break  # "in a meeting with Ruiz, Berg said"
            if not self.is_owner(actor) and not (out and out[0].participant.kind != "body" and _is_country(actor)):
                out.append(actor)
            at = actor.last
        return out

    def _speaks(self, actor: Actor) -> bool:
        return actor.last < self.ceiling and bool(self.tokens[actor.last].bits & SPEECH)

    def objects(self, index: int) -> list[Actor]:
        """Whom a verb or link means that stands before `index`: the actors listed there, or a pronoun's."""
        found = self.chain_right(index)
        if not found and index < self.ceiling and self.tokens[index].low in ("him", "her", "them"):
            return self._antecedents(index, 2 if self.tokens[index].low == "them" else 1)
        return found

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
            for t in gap
        )

    def party(self, word: str) -> Participant | None:
        """The country that a demonym or name means, or the person of the cable whose surname it is."""
        code = country_words("demonym").get(word) or country_words("name").get(word)
        if code is not None:
            return Participant(name=countries()[code].name, kind="body", person=None, country=code)
        return self.surnames.get(word)


def _is_country(actor: Actor) -> bool:
    return actor.participant.kind == "body" and actor.participant.name in country_words("name")


def _us(index: int) -> Actor:
    return Actor(
        first=index,
        last=index + 1,
        participant=Participant(name="we", kind="position", person=None, country="US"),
        role_kind="us",
    )
