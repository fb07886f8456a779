"""Tell which roles that one cable gives to a person say the same, so that they are one tenure.

A cable that writes "Foreign Minister", then "FM" and "Minister" of one person speaks of one office. The fullest wording
stands for all; where a bare title may be short for either of two offices, it stays apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extraction.model import Person, Role
from kg.extraction.nationality import STATED
from kg.identity.forms import fold
from kg.identity.titles import BARE, office
from kg.iris import slug
from kg.mapping.sureness import is_sure

# Whose short title is another office: the Vice President is not the President.
BELOW: Final = frozenset({"assistant", "associate", "co", "deputy", "under", "vice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """An office that a cable gives to a person: the fullest role, and where the part of that role says it.

    The first of `spans` is that of the role; the others are where the same office is told in other words.
    """

    role: Role
    spans: tuple[tuple[int, int], ...]


def tenures(person: Person) -> list[Tenure]:
    """The offices of a person in one cable, the fullest worded first."""
    groups: list[list[Role]] = []
    for role in sorted(person.roles, key=_brevity):
        fitting = [group for group in groups if _says_no_more(role, group[0])]
        if len(fitting) == 1:
            fitting[0].append(role)
        else:
            groups.append([role])
    return [_tenure(group) for group in groups]


def _tenure(roles: Sequence[Role]) -> Tenure:
    part = roles[0].evidence.part
    first, *others = ((role.evidence.start, role.evidence.end) for role in roles if role.evidence.part == part)
    return Tenure(role=roles[0], spans=(first, *sorted(set(others) - {first})))


def _brevity(role: Role) -> tuple[bool, bool, int, bool, bool]:
    """How little a role says: what sorts first tells the country, the body and the most of the title."""
    return (
        role.country is None,
        role.organization is None,
        -len(fold(role.title)),
        not _complement(role),
        role.country_basis not in STATED,
    )


def _complement(role: Role) -> str:
    """What the text adds behind the title: ` for economic affairs`."""
    return role.text.partition(role.title)[2].casefold()


def _says_no_more(role: Role, fuller: Role) -> bool:
    is_one_time = role.status == fuller.status and role.held in (None, fuller.held)
    return (
        is_one_time and is_sure(role) == is_sure(fuller) and _is_of_body(role, fuller) and _is_of_office(role, fuller)
    )


def _is_of_body(role: Role, fuller: Role) -> bool:
    if role.country not in (None, fuller.country):
        return False
    if role.organization is not None:
        return fuller.organization is not None and slug(role.organization) == slug(fuller.organization)
    # The President of France is not the president of a party of France.
    return fuller.organization is None or role.country is None


def _is_of_office(role: Role, fuller: Role) -> bool:
    if _complement(role) not in ("", _complement(fuller)):
        return False  # two posts of one title: a director for one matter, and for another
    if office(role.title, role.status) == office(fuller.title, fuller.status):
        return True
    word, words = " ".join(fold(role.title)), fold(fuller.title)
    is_short = word in BARE and word in (*words[:1], *words[-1:])
    return is_short and fuller.organization is None and BELOW.isdisjoint(words)
