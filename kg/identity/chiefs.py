"""Tell who headed a post on a day: the chiefs of mission and principal officers of the Historian's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.identity.forms import Name, parse
from kg.identity.matching import match
from kg.identity.spelling import are_spellings
from kg.tables import rows

# Where the list says more of a person.
PAGES: Final = "https://history.state.gov/departmenthistory/people/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chief:
    """A term of office: who headed a post from `since` to `until`, both included; None leaves the end open.

    `person` is the id of the list, the last part of the page of the person.
    """

    post: str
    since: date
    until: date | None
    name: str
    surname: tuple[str, ...]
    role: str
    person: str

    def is_in_office(self, day: date) -> bool:
        """Whether the chief was in office on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def chief_of(name: Name, post: str | None, day: date | None) -> Chief | None:
    """The one chief in office at the post that day who may bear the name; None where there is none, or several."""
    if post is None or day is None or not name.words:
        return None
    found = {c.person: c for c in chiefs().get(post, ()) if c.is_in_office(day) and _bears(c, name)}
    return next(iter(found.values())) if len(found) == 1 else None


def ambassador_of(post: str | None, day: date | None) -> Chief | None:
    """The ambassador in office at the post that day."""
    if post is None or day is None:
        return None
    found = [c for c in chiefs().get(post, ()) if c.is_in_office(day) and c.role == "Ambassador"]
    return found[0] if len({c.person for c in found}) == 1 else None


@cache
def chiefs() -> Mapping[str, tuple[Chief, ...]]:
    """The terms of office at each post, by the slug of the post, in order of time."""
    found: dict[str, list[Chief]] = {}
    for row in rows("chiefs_of_mission.tsv"):
        chief = Chief(
            post=row["post"],
            since=date.fromisoformat(row["from"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            name=" ".join(filter(None, (row["given"], row["surname"], row["suffix"]))),
            surname=parse(row["surname"]).words,
            role=row["role"],
            person=row["person"],
        )
        found.setdefault(chief.post, []).append(chief)
    return MappingProxyType({post: tuple(terms) for post, terms in found.items()})


def terms_of(person: str) -> tuple[Chief, ...]:
    """The terms of office of a person of the list, in order of time."""
    return _terms().get(person, ())


@cache
def _terms() -> Mapping[str, tuple[Chief, ...]]:
    found: dict[str, list[Chief]] = {}
    for terms in chiefs().values():
        for chief in terms:
            found.setdefault(chief.person, []).append(chief)
    return {person: tuple(sorted(terms, key=lambda c: (c.since, c.post))) for person, terms in found.items()}


def _bears(chief: Chief, name: Name) -> bool:
    own = parse(chief.name)
    if own.suffix and name.suffix and own.suffix != name.suffix:
        return False
    if match(name, own) is not None:
        return True
    # Of a double surname the first may stand alone.
    is_same = any(_are_alike(name.surname, surname) for surname in (chief.surname, chief.surname[:1]))
    return not name.is_full and is_same and own.words[0].startswith(name.initial)


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and all(map(are_spellings, one, other))
