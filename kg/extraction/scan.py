"""Read names and roles at a place of a part, each token for one person only: what the rules that find persons share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extraction import apposition, phrases
from kg.extraction.confidence import confidence
from kg.extraction.contexts import narrowed, sides
from kg.extraction.lexicon import CAPITAL, COMMON, HONORIFIC, PARTICLE, PLURAL_TITLE, REDACTED, SPEECH, TITLE, title_of
from kg.extraction.model import Evidence, Role
from kg.extraction.names import is_likely_full_name, name_end, skip_honorifics
from kg.extraction.nationality import STATED, Setting
from kg.extraction.roles import RoleParts, split
from kg.extraction.tokens import Reading, Token, is_list_of_participants
from kg.tables import is_given_name

COPULAS: Final = frozenset(("became", "is", "remains", "was"))
MOOTED: Final = frozenset(("leading", "likely", "main", "possible", "potential", "top"))
# Matches "D-MI", "R-Ohio", "I-VT".
PARTY_AND_STATE: Final = re.compile(r"[DRI]-[A-Z][A-Za-z]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name at one place of a part, the role given to it there, and the rule that found it.

    `organization` is the body that a person without a role is said to belong to. `confidence` is that of a suggestion
    by an extractor; a rule of the project has its own.
    """

    part: str
    start: int
    end: int
    name: str
    role: Role | None
    is_official: bool
    country: str | None
    rule: str
    organization: str | None = None
    confidence: float | None = None


class Scan:
    """One part on its way through the rules; `taken` are the tokens that serve a name already."""

    def __init__(self, reading: Reading, setting: Setting) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.setting = setting
        self.taken: set[int] = set()
        self.stated: dict[int, str] = {}  # the token after a name → the country that the role with it states
        self.is_list = is_list_of_participants(reading)
        self.sides = sides(reading) if self.is_list else {}

    def name_end(self, index: int, ceiling: int) -> int:
        """The token after the name that begins at `index` and serves no person yet; `index` where none begins."""
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

    def is_full(self, first: int, last: int) -> bool:
        """Whether a name at a place is more than a surname, or has an honorific before it."""
        if is_likely_full_name(self.tokens, first, last) or self.tokens[first - 1].bits & HONORIFIC:
            return True
        # "Frank Wood, Deputy Secretary": a given name that is a word too.
        return last - first <= 3 and self.is_named(first, last) and not self.tokens[last - 1].bits & SPEECH

    def is_named(self, first: int, last: int) -> bool:
        """Whether a known given name and more stand at a place."""
        return last - first > 1 and is_given_name(self.tokens[first].text.upper(), or_word=True)

    def follows_name(self, head: int, floor: int) -> bool:
        """Whether the role is that of the name before it: `Ruiz, head of section, Berg, deputy`."""
        first = phrases.role_start(self.tokens, head, floor)
        while first - 1 > floor and self.tokens[first - 1].low in phrases.DETERMINERS:
            first -= 1
        before = first - 2
        if before < floor or self.tokens[first - 1].text != ",":
            return False
        is_other = bool(self.tokens[before].bits & REDACTED) or (before in self.taken and not self.is_list)
        return is_other or self.name_end(before, first) > before

    def role_after(self, end: int, ceiling: int) -> tuple[int, int] | None:
        """The role in apposition at `end`; not one that belongs to the next name: "Ruiz, Minister Berg"."""
        if end + 2 < ceiling and self.tokens[end].low == "'s" and self.tokens[end + 1].text == "(":
            end += 1
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
        role = apposition.apposition(self.tokens, at, ceiling)
        if role is None or self.is_list:
            return role
        if mark == "," and self._acts(*role, ceiling):
            return None
        following = skip_honorifics(self.tokens, role[1])
        return None if self.name_end(following, ceiling) > following or self._ends_in_name(*role) else role

    def _acts(self, first: int, last: int, ceiling: int) -> bool:
        # "After lunch with Ana Orlan, Polcouns met ...": the next one to act.
        title = title_of(self.tokens[first].low) if last == first + 1 else None
        if title is None or title.kind != "diplomatic" or title.country != "US" or last >= ceiling:
            return False
        return self.tokens[last].text[0].isalpha() and not self.tokens[last].bits & CAPITAL

    def _ends_in_name(self, first: int, last: int) -> bool:
        # "Ruiz, Secretary for Works and Pensions Ana Orlan"; but "adviser to Ana Orlan" is a role.
        if last - first < 4 or self.name_end(last - 2, last) < last or not self.is_full(last - 2, last):
            return False
        before = self.tokens[last - 3].bits
        return bool(before & CAPITAL) and not before & (TITLE | PLURAL_TITLE)

    def sighting(self, first: int, last: int, role: tuple[int, int] | None, rule: str) -> Iterator[Sighting]:
        """The person whose name stands at these tokens, which serve no other from now on."""
        if self.taken.isdisjoint(range(first, last)):
            self.taken.update(range(first, last))
            yield self.seen(first, last, role, rule)

    def seen(self, first: int, last: int, role: tuple[int, int] | None, rule: str) -> Sighting:
        """The person whose name stands at these tokens, with the role at others."""
        made = self._role(role, (first, last), rule) if role is not None else None
        if made is not None and made[0].country is not None and made[0].country_basis in (*STATED, "list"):
            self.stated[last] = made[0].country
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

    def _parts(self, role: tuple[int, int], name: tuple[int, int]) -> RoleParts | None:
        parts = split(self.tokens[role[0] : role[1]], self.setting)
        if parts is not None and self._has_state(name[1]):
            return replace(parts, country="US", basis="country-name")
        return narrowed(parts, self.reading, role, name, self.stated, self.sides) if parts is not None else None

    def _is_official(self, first: int, last: int) -> bool:
        """Whether the title beside the last one is public: `commission official Father Orlan`."""
        titles = (title_of(token.low) for token in self.tokens[max(first, last - 2) : last] if token.bits & TITLE)
        return any(title is not None and title.is_official for title in titles)

    def _role(self, span: tuple[int, int], name: tuple[int, int], rule: str) -> tuple[Role, bool] | None:
        first, last = span
        parts = self._parts(span, name)
        if parts is None:
            return None
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if parts.head.term == "candidate" and _is_only_mooted(self.tokens[first:last]):
            return None
        role = Role(
            text=self.reading.found[start:end],
            title=parts.title,
            organization=parts.organization,
            country=parts.country,
            country_basis=parts.basis,
            status="candidate" if self._is_quoted(first) else parts.status,
            evidence=Evidence(part=self.reading.part, start=start, end=end),
            rule=rule,
            confidence=confidence(rule),
        )
        return role, parts.head.is_official or self._is_official(first, last)


def _is_only_mooted(role: tuple[Token, ...]) -> bool:
    """Whether candidates are only somebody's guess: `leading candidates`."""
    return bool(role[-1].bits & PLURAL_TITLE) and role[0].low in MOOTED
