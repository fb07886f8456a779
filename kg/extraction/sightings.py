"""Find persons by named rules: a title before a name, a role after it, a list after a plural, a verb of speech."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extraction import phrases
from kg.extraction.confidence import confidence
from kg.extraction.lexicon import (
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    HONORIFIC,
    INSTITUTION,
    PARTICLE,
    PLURAL_TITLE,
    PORTFOLIO,
    SPEECH,
    TITLE,
    title_of,
)
from kg.extraction.model import Evidence, Role
from kg.extraction.names import is_likely_full_name, name_end, skip_honorifics
from kg.extraction.roles import Setting, split
from kg.extraction.tokens import Reading, Token, is_list_of_participants, opens_sentence

COPULAS: Final = frozenset(("became", "is", "remains", "was"))
LONGEST_LIST: Final = 12
MOOTED: Final = frozenset(("leading", "likely", "main", "possible", "potential", "top"))
# Matches "D-MI", "R-Ohio", "I-VT".
PARTY_AND_STATE: Final = re.compile(r"[DRI]-[A-Z][A-Za-z]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name at one place of a part, the role given to it there, and the rule that found it."""

    part: str
    start: int
    end: int
    name: str
    role: Role | None
    is_official: bool
    country: str | None
    rule: str


def sightings(reading: Reading, setting: Setting) -> list[Sighting]:
    """All persons that the rules find in a part, in the order of the text, none overlapping."""
    finder = _Finder(reading, setting)
    return sorted(finder.run(), key=lambda sighting: sighting.start)


class _Finder:
    """Runs the rules over one part; a token serves one name only, and the more certain rules come first."""

    def __init__(self, reading: Reading, setting: Setting) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.setting = setting
        self.taken: set[int] = set()
        self.is_list = is_list_of_participants(reading)

    def run(self) -> Iterator[Sighting]:
        for rule in (self._titled, self._apposed, self._spoken):
            for first, last in self.reading.sentences:
                yield from rule(first, last)

    # Title, name: "Minister of Trade Ana Ruiz", "officials Ana Ruiz and Jo Berg".

    def _titled(self, floor: int, ceiling: int) -> Iterator[Sighting]:
        index = floor
        while index < ceiling:
            bits = self.tokens[index].bits
            if bits & (TITLE | PLURAL_TITLE) and index not in self.taken:
                yield from self._after_title(index, floor, ceiling)
            elif bits & HONORIFIC and bits & CAPITAL and index not in self.taken:
                yield from self._after_honorific(index, ceiling)
            index += 1

    def _after_title(self, head: int, floor: int, ceiling: int) -> Iterator[Sighting]:
        place = self._name_after(head, floor, ceiling)
        if place is None or (self.is_list and self._follows_name(head, floor)):
            return
        at, end, role_last, rule = place
        first = phrases.role_start(self.tokens, head, self._free_from(head, floor))
        if self.tokens[head].bits & PLURAL_TITLE:
            for start, stop in self._list(at, ceiling):
                yield from self._sighting(start, stop, (first, role_last), "plural-title-list")
            return
        if end - at == 1 and not self._is_safe_single(at, head, role_last, ceiling):
            return
        second = self._role_after(end, ceiling)
        yield from self._sighting(at, end, (first, role_last), rule)
        if second is not None:
            yield self._seen(at, end, second, "name-role")

    def _name_after(self, head: int, floor: int, ceiling: int) -> tuple[int, int, int, str] | None:
        """The name that a title leads to: where it begins and ends, where the role ends, and by which rule."""
        role_last = phrases.portfolio_end(self.tokens, head + 1, ceiling)
        at = skip_honorifics(self.tokens, self._after_acronym(role_last, ceiling))
        if self._is_title_alone(at, ceiling):
            return None
        end = self._name_end(at, ceiling)
        if end == at and at < ceiling and self.tokens[at].bits & CITY:  # "Minister Salvador Ruiz"
            end = self._after_demonym(at, ceiling)
        if end > at:
            is_title = end < ceiling and self.tokens[end].bits & TITLE and self.tokens[end].bits & CAPITAL
            return None if is_title and end - at == 1 else (at, end, role_last, "title-name")  # "Deputy Prime Minister"
        for last in (role_last, phrases.role_end(self.tokens, head, ceiling)):
            at = self._after_comma(last, ceiling)
            end = self._name_end(at, ceiling)
            if end > at and self._is_full(at, end) and not self._follows_name(head, floor):
                return at, end, last, "role-comma-name"
        return None

    def _is_title_alone(self, index: int, ceiling: int) -> bool:
        """Whether another title follows, which takes the name; not "Director of the Minister's Office"."""
        if index >= ceiling or not self.tokens[index].bits & (TITLE | PLURAL_TITLE):
            return False
        is_owner = index + 1 < ceiling and self.tokens[index + 1].low == "'s"
        return bool(self.tokens[index].bits & CAPITAL) and not is_owner

    def _after_acronym(self, index: int, ceiling: int) -> int:
        # "Chief of Operations (OC) Thomas Orlan"
        words = self.tokens[index : min(index + 3, ceiling)]
        is_acronym = len(words) == 3 and words[0].text == "(" and words[2].text == ")" and words[1].text.isupper()
        return index + 3 if is_acronym else index

    def _free_from(self, head: int, floor: int) -> int:
        """The first token after the last name before a head."""
        return next((index + 1 for index in range(head - 1, floor - 1, -1) if index in self.taken), floor)

    def _follows_name(self, head: int, floor: int) -> bool:
        # "Ruiz, head of section, Berg, deputy": the role is that of the name before it.
        first = phrases.role_start(self.tokens, head, floor)
        while first - 1 > floor and self.tokens[first - 1].low in phrases.DETERMINERS:
            first -= 1
        before = first - 2
        return before >= floor and self.tokens[first - 1].text == "," and bool(self._name_end(before, first) > before)

    def _after_comma(self, index: int, ceiling: int) -> int:
        if index < ceiling and self.tokens[index].text in (",", "--", "(", ":"):
            return skip_honorifics(self.tokens, index + 1)
        return index

    def _is_full(self, first: int, last: int) -> bool:
        return is_likely_full_name(self.tokens, first, last) or bool(self.tokens[first - 1].bits & HONORIFIC)

    def _is_safe_single(self, index: int, head: int, role_last: int, ceiling: int) -> bool:
        """Whether one word after a title is a name: not "Mother Earth", nor an acronym after a title in lower case."""
        token = self.tokens[index]
        if token.bits & COMMON and not (role_last == head + 1 and self._is_used_as_name(index, head, ceiling)):
            return False
        if role_last > head + 1 and self._opens_name_of_body(index, ceiling):
            return False
        return bool(self.tokens[head].bits & CAPITAL) or (not token.text.isupper() and "-" not in token.text)

    def _is_used_as_name(self, index: int, head: int, ceiling: int) -> bool:
        """Whether a common word after a title can only be a name: `Ambassador Wood told`, `Minister Price's`."""
        title = title_of(self.tokens[head].low)
        if title is None or not title.is_official or not self.tokens[head].bits & CAPITAL or index + 1 >= ceiling:
            return False
        following = self.tokens[index + 1]
        is_verb = bool(following.bits & SPEECH) and not following.bits & CAPITAL
        return self.reading.kind != "heading" and (is_verb or following.low == "'s")

    def _opens_name_of_body(self, index: int, ceiling: int) -> bool:
        # "Chairman of the Senate Harbr Relations Committee"
        following = self.tokens[index + 1] if index + 1 < ceiling else None
        known = INSTITUTION | PORTFOLIO | COMMON
        return following is not None and bool(following.bits & CAPITAL) and bool(following.bits & known)

    def _list(self, at: int, ceiling: int) -> Iterator[tuple[int, int]]:
        for _ in range(LONGEST_LIST):
            end = self._name_end(at, ceiling) or at
            if end == at:
                end = self._after_demonym(at, ceiling)
            if end == at or (end - at == 1 and self.tokens[at].bits & COMMON):
                return
            yield at, end
            at = end
            while at < ceiling and self.tokens[at].low in (",", "and", "&"):
                at += 1
            if at == end:
                return
            at = skip_honorifics(self.tokens, at)

    def _after_demonym(self, at: int, ceiling: int) -> int:
        # First names such as German, Israel and Salvador, in a list of names.
        if at + 1 < ceiling and self.tokens[at].bits & (DEMONYM | COUNTRY | CITY):
            end = self._name_end(at + 1, ceiling)
            return end if end > at + 1 else at
        return at

    def _after_honorific(self, index: int, ceiling: int) -> Iterator[Sighting]:
        at = skip_honorifics(self.tokens, index)
        end = self._name_end(at, ceiling)
        if end > at and at not in self.taken:
            role = self._role_after(end, ceiling)
            yield from self._sighting(at, end, role, "name-role" if role else "honorific-name")

    # Name, role: "Ana Ruiz, head of the port authority,", "Ana Ruiz (Deputy Minister)".

    def _apposed(self, floor: int, ceiling: int) -> Iterator[Sighting]:
        index = floor
        while index < ceiling:
            end = self._name_end(index, ceiling) if index not in self.taken else index
            if end == index:
                index += 1
                continue
            role = self._role_after(end, ceiling)
            if role is not None and self._is_full(index, end) and self.taken.isdisjoint(range(index, end)):
                yield from self._sighting(index, end, role, "name-role")
            index = end

    def _role_after(self, end: int, ceiling: int) -> tuple[int, int] | None:
        """The role in apposition at `end`; not one that belongs to the next name: "Ruiz, Minister Berg"."""
        if end + 1 >= ceiling:
            return None
        at = end + 1
        mark = self.tokens[end].low
        if mark in (",", "(", "--", "-"):
            words = [token.low for token in self.tokens[at : min(end + 5, ceiling)]]
            if "as" in words:  # ", who served as", "--known as"
                at += words.index("as") + 1
        elif mark == "as" or mark in COPULAS:
            if self.tokens[at].low not in phrases.DETERMINERS and not self.tokens[at].bits & CAPITAL:
                return None
        else:
            return None
        role = phrases.apposition(self.tokens, at, ceiling)
        if role is None or self.is_list:
            return role
        following = skip_honorifics(self.tokens, role[1])
        return None if self._name_end(following, ceiling) > following or self._ends_in_name(*role) else role

    def _ends_in_name(self, first: int, last: int) -> bool:
        # "Ruiz, Secretary for Works and Pensions Ana Orlan"; but "adviser to Ana Orlan" is a role.
        if last - first < 4 or not is_likely_full_name(self.tokens, last - 2, last):
            return False
        before = self.tokens[last - 3].bits
        return bool(before & CAPITAL) and not before & (TITLE | PLURAL_TITLE)

    # Name, verb of speech: "Ana Ruiz told".

    def _spoken(self, floor: int, ceiling: int) -> Iterator[Sighting]:
        for verb in range(floor + 2, ceiling):
            token = self.tokens[verb]
            if not token.bits & SPEECH or token.bits & CAPITAL or verb - 1 in self.taken:
                continue
            first = verb
            while first > floor and self._name_end(first - 1, ceiling) == verb:
                first -= 1
            if is_likely_full_name(self.tokens, first, verb) and self.taken.isdisjoint(range(first, verb)):
                opening = first > floor and self.tokens[first - 1].bits & CAPITAL
                if not opening or opens_sentence(self.tokens, first):
                    yield from self._sighting(first, verb, None, "name-speech")

    def _name_end(self, index: int, ceiling: int) -> int:
        if index >= ceiling or not self.tokens[index].bits & (CAPITAL | PARTICLE):
            return index
        end = min(name_end(self.tokens, index, is_capitals=self.reading.is_capitals), ceiling)
        if end - index > 3 and self.is_list:  # two names whose line break is lost
            end = index + 2
        while end > index and end - 1 in self.taken:
            end -= 1
        while end - index > 1 and self._is_no_part_of_name(end - 1, ceiling):
            end -= 1
        return end

    def _is_no_part_of_name(self, index: int, ceiling: int) -> bool:
        """Whether a common word ends the name before it: in headings, whose verbs have capitals, and before a title."""
        if not self.tokens[index].bits & COMMON:
            return False
        following = self.tokens[index + 1] if index + 1 < ceiling else None
        is_before_title = following is not None and bool(following.bits & TITLE and following.bits & CAPITAL)
        return self.reading.kind == "heading" or is_before_title

    def _sighting(self, first: int, last: int, role: tuple[int, int] | None, rule: str) -> Iterator[Sighting]:
        if not self.taken.isdisjoint(range(first, last)):
            return
        self.taken.update(range(first, last))
        yield self._seen(first, last, role, rule)

    def _seen(self, first: int, last: int, role: tuple[int, int] | None, rule: str) -> Sighting:
        made = self._role(role, rule, is_american=self._has_state(last)) if role is not None else None
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Sighting(
            part=self.reading.part,
            start=start,
            end=end,
            name=self.reading.found[start:end],
            role=made[0] if made else None,
            is_official=made[1] if made else False,
            country=made[0].country if made else None,
            rule=rule,
        )

    def _is_quoted(self, first: int) -> bool:
        """Whether a role stands in quotation marks after an article, as a thing imagined: `a "President Orlan"`."""
        words = self.tokens[max(0, first - 2) : first]
        return len(words) == 2 and words[0].low in ("a", "an") and words[1].text in ('"', "“", "'", "‘")

    def _has_state(self, index: int) -> bool:
        """Whether the party and state of an American legislator follow: `(D-MI)`."""
        words = self.tokens[index : index + 2]
        return len(words) == 2 and words[0].text == "(" and PARTY_AND_STATE.match(words[1].text) is not None

    def _role(self, span: tuple[int, int], rule: str, *, is_american: bool) -> tuple[Role, bool] | None:
        first, last = span
        parts = split(self.tokens[first:last], self.setting)
        if parts is None:
            return None
        if is_american:
            parts = replace(parts, country="US", basis="country-name")
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if parts.head.term == "candidate" and _is_only_mooted(self.tokens[first:last]):
            return None
        status = "candidate" if self._is_quoted(first) else parts.status
        role = Role(
            text=self.reading.found[start:end],
            title=parts.title,
            organization=parts.organization,
            country=parts.country,
            country_basis=parts.basis,
            status=status,
            evidence=Evidence(part=self.reading.part, start=start, end=end),
            rule=rule,
            confidence=confidence(rule),
        )
        return role, parts.head.is_official


def _is_only_mooted(role: tuple[Token, ...]) -> bool:
    """Whether candidates are only somebody's guess: `leading candidates`."""
    return bool(role[-1].bits & PLURAL_TITLE) and role[0].low in MOOTED
