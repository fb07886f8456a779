"""List who acts in a sentence: persons of the cable, positions such as the Ambassador, and bodies."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from kg.extraction.anaphora import Titles
from kg.extraction.figures import known_figure
from kg.extraction.lexicon import (
    BODY_FIRST,
    CAPITAL,
    COUNTRY,
    DEMONYM,
    INSTITUTION,
    ORGANIZATION,
    PARTY,
    REDACTED,
    TITLE,
    body_country,
    column,
    country_words,
    government,
)
from kg.extraction.model import Actor as Actor
from kg.extraction.model import Evidence, Participant, Person
from kg.extraction.names import fold
from kg.extraction.nationality import Setting
from kg.extraction.parties import with_parties
from kg.extraction.phrases import role_start
from kg.extraction.tokens import Reading
from kg.tables import rows

LONGEST_POSITION: Final = 4


class Cast:
    """The persons of a cable by the places where they are named."""

    def __init__(self, persons: Iterable[Person], setting: Setting) -> None:
        self.setting = setting
        self.by_key: Mapping[str, Person] = {person.key: person for person in persons}
        self.surnames = _by_surname(self.by_key.values())
        self.known: dict[str, list[Actor]] = {}
        self.places: dict[str, dict[int, tuple[int, Person]]] = {}
        for person in self.by_key.values():
            roles = [role.evidence for role in person.roles]
            for mention in person.mentions:
                for start, end in mention.spans:
                    first, last = _with_role(start, end, [e for e in roles if e.part == mention.part])
                    self.places.setdefault(mention.part, {})[first] = (last, person)
        self.positions = _held_positions(persons, setting)
        self.titles = Titles(self.by_key.values(), self.places)

    def actors(self, reading: Reading) -> list[Actor]:
        """All actors of a part, in order, none overlapping."""
        if reading.part not in self.known:
            self.known[reading.part] = with_parties(reading, self._read(reading), self.setting.host)
        return self.known[reading.part]

    def _read(self, reading: Reading) -> list[Actor]:
        places = self.places.get(reading.part, {})
        out: list[Actor] = []
        passed = 0
        named = {bisect_left(reading.tokens, start, key=attrgetter("start")) for start in places}
        for index in sorted(named.union(reading.places(CAPITAL | REDACTED | TITLE | PARTY))):
            if index < passed:
                continue
            actor = (
                self._redacted(reading, index)
                or self._person(reading, index, places)
                or self._position(reading, index)
                or self._titled(reading, index)
                or self._body(reading, index, places)
            )
            if actor is not None:
                out.append(actor)
                passed = actor.last
        return out

    def _person(self, reading: Reading, index: int, places: Mapping[int, tuple[int, Person]]) -> Actor | None:
        found = places.get(reading.tokens[index].start)
        if found is None:
            return None
        end, person = found
        last = index + 1
        while last < len(reading.tokens) and reading.tokens[last].start < end:
            last += 1
        return Actor(
            first=index,
            last=last,
            participant=Participant(name=person.name, kind="person", person=person.key, country=person.country),
            role_kind="",
        )

    def _redacted(self, reading: Reading, index: int) -> Actor | None:
        """Somebody whose name is redacted: a party as written."""
        if not reading.tokens[index].bits & REDACTED:
            return None
        named = Participant(name=reading.words(index, index + 1), kind="position", person=None, country=None)
        return Actor(first=index, last=index + 1, participant=named, role_kind="")

    def _position(self, reading: Reading, index: int) -> Actor | None:
        tokens = reading.tokens
        token = tokens[index]
        if token.low not in _first_words():
            return None
        for length in range(min(LONGEST_POSITION, len(tokens) - index), 0, -1):
            words = " ".join(t.low for t in tokens[index : index + length])
            country = _positions().get(words)
            if country is None or not _is_position_here(reading, index, index + length, words):
                continue
            last = index + length
            owner = self._country(reading, index, country)
            holder = self.positions.get((words, owner))
            if holder is None and owner != "US" and length == 1:
                holder = self.titles.meant(reading, index, but_of="US")
            participant = Participant(
                name=holder.name if holder is not None else _with_article(reading, index, last),
                kind="person" if holder is not None else "position",
                person=holder.key if holder is not None else None,
                country=owner,
            )
            return Actor(first=index, last=last, participant=participant, role_kind=words)
        return None

    def _titled(self, reading: Reading, index: int) -> Actor | None:
        """Somebody named before whom a bare title means: `the general`."""
        if not reading.tokens[index].bits & TITLE:
            return None
        if index + 1 < len(reading.tokens) and reading.tokens[index + 1].bits & CAPITAL:
            return None
        person = self.titles.meant(reading, index)
        if person is None:
            return None
        named = Participant(name=person.name, kind="person", person=person.key, country=person.country)
        return Actor(first=index, last=index + 1, participant=named, role_kind="")

    def _country(self, reading: Reading, index: int, owner: str) -> str | None:
        first = role_start(reading.tokens, index, max(0, index - 3))
        for token in reading.tokens[first:index]:
            if token.bits & DEMONYM and token.text in country_words("demonym"):
                return country_words("demonym")[token.text]
        return "US" if owner == "US" else self.setting.host

    def _body(self, reading: Reading, index: int, places: Mapping[int, tuple[int, Person]]) -> Actor | None:
        tokens = reading.tokens
        token = tokens[index]
        if not token.bits & CAPITAL or token.low in ("a", "an", "the", "this"):
            return None
        last = index + 1
        while last < min(len(tokens), index + 5) and tokens[last].bits & CAPITAL and tokens[last].start not in places:
            last += 1
        for end in range(last, index, -1) if token.bits & BODY_FIRST else ():
            name = reading.text[token.start : tokens[end - 1].end]
            code = self._body_country(name, end - index)
            if code != "?":
                return Actor(
                    first=index,
                    last=end,
                    participant=Participant(
                        name=reading.words(index, end), kind="body", person=None, country=code or None
                    ),
                    role_kind="",
                )
        if last - index > 1 and tokens[last - 1].bits & INSTITUTION:
            country = next((country_words("demonym").get(t.text) for t in tokens[index:last] if t.bits & DEMONYM), None)
            return Actor(
                first=index,
                last=last,
                participant=Participant(name=reading.words(index, last), kind="body", person=None, country=country),
                role_kind="",
            )
        return None

    def _body_country(self, name: str, words: int) -> str:
        """The country of a body, empty for an international one, `?` for what is none."""
        known = body_country(name, self.setting.near)
        if known is not None:
            return {"international": "", "host": self.setting.host or ""}.get(known, known)
        if name in country_words("name"):
            return country_words("name")[name]
        if words == 1 and government(name) is not None:
            return self.setting.government(name) or ""
        return "?"


def _by_surname(persons: Iterable[Person]) -> dict[str, Participant]:
    """The persons whose surname is that of no other."""
    out: dict[str, list[Participant]] = {}
    for person in persons:
        made = Participant(name=person.name, kind="person", person=person.key, country=person.country)
        out.setdefault(person.name.split()[-1], []).append(made)
    return {surname: found[0] for surname, found in out.items() if len(found) == 1}


def _with_role(start: int, end: int, roles: Sequence[Evidence]) -> tuple[int, int]:
    """The span of a name and of the role that stands right before or after it."""
    for role in roles:
        if 0 <= start - role.end <= 12 and role.start < start:
            return role.start, end
        if 0 < role.start - end <= 6:
            return start, role.end
    return start, end


def _held_positions(persons: Iterable[Person], setting: Setting) -> dict[tuple[str, str | None], Person]:
    """Who holds a position that the cable mentions without the name: the classifier is the DCM, Ruiz the President."""
    sure: dict[tuple[str, str | None], Person] = {}
    held: dict[tuple[str, str | None], dict[str, Person]] = {}
    for person in persons:
        leader = known_figure(fold(person.name), setting) if person.country == "US" else None
        if leader is not None and leader.title == "secretary":
            sure.setdefault(("secretary", "US"), person)
        for role in person.roles:
            for position in _names_of(role.text.lower()) if role.status != "former" else ():
                key = (position, person.country)
                if role.rule == "classified-by":
                    sure.setdefault(key, person)
                else:
                    held.setdefault(key, {})[person.key] = person
    return {key: next(iter(found.values())) for key, found in held.items() if len(found) == 1} | sure


def _names_of(role: str) -> tuple[str, ...]:
    """The positions that a role phrase names, in all their spellings: `political counselor` is `polcouns` too."""
    return tuple(
        p for p, full in _spellings() if role == full or role.endswith(f" {full}") or role.startswith(f"{full} ")
    )


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((row["phrase"], row["full"]) for row in rows("positions.tsv") if row["full"])


def _is_position_here(reading: Reading, index: int, last: int, words: str) -> bool:
    tokens = reading.tokens
    before = tokens[index - 1].low if index else ""
    if words == "us":
        return tokens[index].text == "us"
    if words in ("secretary", "post", "po", "cg", "das", "del", "usun", "u/s", "a/s") and before not in (
        "the",
        "us",
        "with",
    ):
        return False
    if _positions()[words] == "host" and not tokens[index].bits & CAPITAL and before not in ("the", "his", "their"):
        return False
    if last < len(tokens) and tokens[last].bits & CAPITAL and tokens[last].text.isalpha():
        # "Ambassador Ortega" is a person, whom the rules for names take care of.
        return bool(tokens[last].bits & (DEMONYM | COUNTRY | ORGANIZATION)) or tokens[last].low in column(
            "not_names.tsv", "word"
        )
    return last >= len(tokens) or tokens[last].low not in ("general", "designate", "of")


def _with_article(reading: Reading, index: int, last: int) -> str:
    if index and reading.tokens[index - 1].low == "the":
        return reading.words(index - 1, last)
    return reading.words(index, last)


@cache
def _positions() -> MappingProxyType[str, str]:
    return MappingProxyType({row["phrase"]: row["country"] for row in rows("positions.tsv")})


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _positions())


def last_persons(actors: Sequence[Actor], before: int, count: int) -> list[Actor]:
    """The last different persons named before a token, in the order of the text."""
    out: dict[str, Actor] = {}
    for actor in reversed(actors):
        key = actor.participant.person
        if actor.last <= before and key is not None and key not in out:
            out[key] = actor
            if len(out) == count:
                break
    return list(reversed(out.values()))
