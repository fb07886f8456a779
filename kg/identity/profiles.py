"""Group the persons of cables into profiles: those that the same name, country and office tell to be one without doubt.

Rules then compare profiles, not persons, so that their work grows with the number of distinct names.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from kg.identity.chiefs import chief_of
from kg.identity.forms import Name, parse
from kg.identity.model import MENTIONED, LocalPerson
from kg.identity.names import part_order
from kg.identity.titles import CHIEFS, SINGLE, office

# A tour at a post lasts two to three years; the same surname after a longer silence may be another person.
SILENCE_DAYS: Final = 730

Order = tuple[date, str, tuple[tuple[bool, int, str], ...], int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Persons of cables that are one person: same name, country and offices, and same post where they signed.

    `members` are sorted by their first mention. `posting` is the post at which they signed, classified or headed the
    mission; `chief` the person of the list of chiefs of mission whom each member is on its day, or nothing. `is_full`
    tells a name with given name and surname. `rule` says why the members are one. `years` are those of the cables.
    """

    name: Name
    country: str | None
    offices: frozenset[str]
    posting: str | None
    chief: str
    is_full: bool
    rule: str
    members: tuple[LocalPerson, ...]
    years: frozenset[int]

    @property
    def anchor(self) -> str:
        """The anchor of the first member."""
        return self.members[0].anchor

    @property
    def order(self) -> tuple[bool, Order]:
        """What sorts profiles: full names first, then by the first mention."""
        return not self.is_full, mention_order(self.members[0])

    def is_near(self, other: "Profile") -> bool:
        """Whether cables of both are of the same year or of years that follow each other."""
        return any(year + step in other.years for year in self.years for step in (-1, 0, 1))


def mention_order(person: LocalPerson) -> Order:
    """What sorts persons of cables: day, canonical id, part, start; those without a day last."""
    part, start = person.first
    return person.sent_at or date.max, person.canonical_id, part_order(part), start, person.key


def profiles(persons: Iterable[LocalPerson], judged: Set[str] = frozenset()) -> list[Profile]:
    """All profiles, sorted; a person whose anchor is in `judged` stands alone, so that it can be kept apart."""
    all_persons = list(persons)
    surnames = _compound_surnames(all_persons)
    groups: dict[_Key, list[LocalPerson]] = {}
    for person in all_persons:
        groups.setdefault(_key(person, surnames, judged), []).append(person)
    found = (_profile(key, run) for key, group in groups.items() for run in _runs(key, group))
    return sorted(found, key=lambda profile: profile.order)


@dataclass(frozen=True, slots=True)
class _Key:
    name: Name
    country: str | None
    offices: frozenset[str]
    posting: str | None
    chief: str
    is_full: bool
    alone: str


def _key(person: LocalPerson, surnames: Set[tuple[tuple[str, ...], str | None]], judged: Set[str]) -> _Key:
    name, country, offices = parse(person.name), country_of(person), _offices(person.roles)
    is_full = name.is_full and (name.words, country) not in surnames
    posting = person.post if person.kind != MENTIONED or (country == "US" and offices & CHIEFS) else None
    is_told = bool(name.words) and bool(is_full or posting or offices & SINGLE)
    alone = "" if is_told and person.anchor not in judged else f"{person.anchor} {person.key}"
    chief = chief_of(name, posting, person.sent_at)
    return _Key(name, country, offices, posting, "" if chief is None else chief.person, is_full, alone)


def country_of(person: LocalPerson) -> str | None:
    """The country a person acts for: who signs or classifies a cable acts for the United States."""
    return person.country if person.country is not None or person.kind == MENTIONED else "US"


@lru_cache(maxsize=1 << 16)
def _offices(roles: tuple[tuple[str, str | None, str], ...]) -> frozenset[str]:
    return frozenset(office(title, status) for title, _, status in roles) - {""}


@lru_cache(maxsize=1 << 12)
def _shared_years(years: frozenset[int]) -> frozenset[int]:
    return years


def _compound_surnames(persons: Iterable[LocalPerson]) -> set[tuple[tuple[str, ...], str | None]]:
    # "Vega Prado" looks like a full name; where a cable uses it for Luis Vega Prado it is a surname in that country.
    found = set()
    for person in persons:
        whole = parse(person.name).words
        for form in person.forms:
            words = parse(form).words
            if 1 < len(words) < len(whole) and whole[-len(words) :] == words:
                found.add((words, country_of(person)))
    return found


def _runs(key: _Key, group: list[LocalPerson]) -> Iterator[list[LocalPerson]]:
    """The members in order; a bare surname is cut where the cables are silent about it for long, or lack a day."""
    ordered = sorted(group, key=mention_order)
    if key.is_full or key.chief:
        yield ordered
        return
    run: list[LocalPerson] = []
    for person in ordered:
        if run and _is_silent(run[-1].sent_at, person.sent_at):
            yield run
            run = []
        run.append(person)
    yield run


def _is_silent(before: date | None, after: date | None) -> bool:
    return before is None or after is None or (after - before).days > SILENCE_DAYS


def _profile(key: _Key, members: Sequence[LocalPerson]) -> Profile:
    by_surname = "same-surname-at-post" if key.posting else "same-surname-and-office"
    return Profile(
        name=key.name,
        country=key.country,
        offices=key.offices,
        posting=key.posting,
        chief=key.chief,
        is_full=key.is_full,
        rule="chief-of-mission" if key.chief else "same-full-name" if key.is_full else by_surname,
        members=tuple(members),
        years=_shared_years(frozenset(p.sent_at.year for p in members if p.sent_at is not None)),
    )
