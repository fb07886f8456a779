"""Read a sentence as a scene: who stands before and after a trigger, and whom a pronoun means."""

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from kg.extraction.actors import Actor, last_persons
from kg.extraction.lexicon import CAPITAL, COMMON, body_country, country_words, word_set
from kg.extraction.lineups import Lineup
from kg.extraction.model import Participant
from kg.tables import countries

HIS: Final = frozenset(("her", "his"))
PRONOUNS: Final = frozenset(("he", "she"))
PLURALS: Final = frozenset(("both", "leaders", "ministers", "presidents", "sides", "they", "two"))
CANCELLED: Final = frozenset(("called-off", "canceled", "cancelled", "postponed"))
NEGATIVE: Final = word_set("negative")
LONGEST_RELATIVE: Final = 4  # tokens from "who" to its verb
BEGINNING: Final = frozenset(("began", "begun"))
CODE: Final = 2  # letters of a country's code
REACH: Final = 26  # tokens from a trigger to its subject


class Scene(Lineup):
    """A clause with its actors and those whom its pronouns mean."""

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

    def subjects(self, index: int, reach: int = REACH, *, bodies: bool = True) -> list[Actor]:
        """Who does what the trigger at `index` says: the nearest actors before it, or whom a pronoun stands for."""
        for at in range(index - 1, max(self.floor, index - reach) - 1, -1):
            low = self.tokens[at].low
            if low == "who" and (found := self._whose(at, index)):
                return found
            if low == "by" and self._is_means(at):
                return self._main(at)
            actor = self.ending_at(at + 1)
            if actor is not None and not self.is_owner(actor) and (bodies or actor.participant.kind != "body"):
                chain = self.chain_left(actor)
                if self.is_governed(chain[0].first):
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

    def _whose(self, at: int, index: int) -> list[Actor]:
        """Whom the "who" at a token means, right before a verb: `according to Ruiz, who recently spoke to Berg`."""
        if index - at > LONGEST_RELATIVE:
            return []
        actor = self.ending_at(at) or (self.ending_at(at - 1) if self.tokens[at - 1].text == "," else None)
        return self.chain_left(actor) if actor is not None and not self.is_owner(actor) else []

    def _is_means(self, index: int) -> bool:
        """Whether a "by" leads in how something was done to what stands before it: `slighted the navy by talking`."""
        before = self.tokens[index - 1].low
        return self.tokens[index + 1].low.endswith("ing") and not before.endswith("ed") and before not in BEGINNING

    def _main(self, index: int) -> list[Actor]:
        """Whose deed a gerund tells that a preposition leads in: `Ruiz offended the navy by planning a meeting`."""
        people = [a for a in self.actors if a.last <= index and a.participant.kind != "body" and not self.is_owner(a)]
        first = next((a for a in people if not self.is_governed(a.first)), None)
        if first is not None:
            return [first]
        is_told_of = any(self.tokens[at].low in PRONOUNS for at in range(self.floor, index))
        return self._antecedents(index, 1) if is_told_of else []

    def _reaches(self, first: int, index: int) -> bool:
        """Whether a subject governs a verb: a lone comma between them means another clause or subject."""
        if self._dashes(first, index) % 2 and not self._dashes(self.floor, first) % 2:
            return False
        commas = [at for at in range(first, index) if self.tokens[at].text == ","]
        if len(commas) != 1:
            return True
        at = commas[0]
        return index - at <= 2 or self.tokens[at + 1].low in ("and", "but", "then", "who", "along", "together", "to")

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
        if before or index - self.start > 6:
            return before[-1:]
        commas = self._outer_commas(index)
        return next(([a] for a in people if any(at < a.first <= at + 4 for at in commas)), [])

    def _outer_commas(self, index: int) -> list[int]:
        """The commas after a token that stand in no parentheses."""
        out, depth = [], 0
        for at in range(index, self.ceiling):
            text = self.tokens[at].text
            depth += (text == "(") - (text == ")")
            if text == "," and depth == 0:
                out.append(at)
        return out

    def owner(self, index: int) -> list[Actor]:
        """Whose occasion the noun at `index` is: `Ruiz's recent visit`, `his visit`."""
        for at in range(index - 1, max(self.floor, index - 5) - 1, -1):
            low = self.tokens[at].low
            if low == "'s" or (low == "s" and self.tokens[at - 1].text == ","):  # an apostrophe lost in transmission
                if self.tokens[at - 1].low == "latter":
                    return last_persons([*self.before, *self.actors], at, 1)
                actor = self.ending_at(at if low == "'s" else at - 1)
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
            if self.tokens[at].low == "'s" and not self.ending_at(at):
                word = self.tokens[at - 1]
                if not word.bits & CAPITAL or word.bits & COMMON:
                    return None
                known = self.party(word.text)
                return known or Participant(name=word.text, kind="body", person=None, country=None)
        return None

    def objects(self, index: int) -> list[Actor]:
        """Whom a verb or link means that stands before `index`: the actors listed there, or a pronoun's."""
        low = self.tokens[index].low if index < self.ceiling else ""
        found = self.chain_right(index) if low not in ("him", "them") else []
        if not found and low in ("him", "her", "them"):
            return self._antecedents(index, 2 if low == "them" else 1)
        return found

    def party(self, word: str) -> Participant | None:
        """The country that a demonym or name means, the body, or the person of the cable whose surname it is."""
        code = country_words("demonym").get(word) or country_words("name").get(word)
        if code is not None:
            return Participant(name=countries()[code].name, kind="body", person=None, country=code)
        if word not in self.surnames and (home := body_country(word)) is not None:
            is_of_state = len(home) == CODE
            return Participant(name=word, kind="body", person=None, country=home if is_of_state else None)
        return self.surnames.get(word)


def _us(index: int) -> Actor:
    return Actor(
        first=index,
        last=index + 1,
        participant=Participant(name="we", kind="position", person=None, country="US"),
        role_kind="us",
    )
