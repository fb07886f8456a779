"""Tell whom a cable means by "the Ambassador": the chief of its post that day, known by name from some cable."""

from collections.abc import Iterable, Mapping
from typing import Final

from kg.identity.chiefs import ambassador_of
from kg.identity.model import SIGNER, LocalPerson
from kg.identity.naming import Named, chief_of_all
from kg.identity.titles import office

AMERICAN: Final = "US"
# Who acts where the ambassador is away, or where there is none.
CHARGE: Final = "charge"


def ambassadors(named: Iterable[Named]) -> Mapping[str, str]:
    """The official who is the ambassador of its post on its day, for each cable that leaves no doubt of it.

    None for a cable that somebody else signs or that names a charge: there the chief is away.
    """
    listed: dict[str, list[str]] = {}
    cables: dict[str, list[tuple[LocalPerson, str]]] = {}
    for one in named:
        listed.setdefault(chief_of_all(one), []).append(one.name)
        for profile in one.profiles:
            for person in profile.members:
                cables.setdefault(person.canonical_id, []).append((person, one.name))
    found: dict[str, str] = {}
    for canonical_id, persons in cables.items():
        post, day = persons[0][0].post, persons[0][0].sent_at
        chief = ambassador_of(post, day)
        names = listed.get(chief.person, []) if chief is not None else []
        if len(names) == 1 and not _is_away(names[0], persons):
            found[canonical_id] = names[0]
    return found


def _is_away(chief: str, persons: Iterable[tuple[LocalPerson, str]]) -> bool:
    people = list(persons)
    signers = {name for person, name in people if person.kind == SIGNER}
    return bool(signers and chief not in signers) or any(_is_charge(person) for person, _ in people)


def _is_charge(person: LocalPerson) -> bool:
    roles = (office(title, status) for title, country, status in person.roles if country in (None, AMERICAN))
    return any(role.startswith(CHARGE) for role in roles)
