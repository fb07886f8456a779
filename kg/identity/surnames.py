"""Tell whom a bare surname means where the corpus knows one person of that name in the country.

Works on clusters, after all rules that need only two profiles: by then the years and offices of a person are known.
"""

from collections.abc import Iterator
from typing import Final

from kg.identity.clusters import Clusters, Pair
from kg.identity.forms import parse
from kg.identity.profiles import Profile
from kg.identity.titles import SINGLE

# So many years may lie between the cables of a surname and those of the full name, where both hold one office and where
# nothing but the name speaks for it.
YEARS_IN_OFFICE: Final = 2
YEARS_APART: Final = 1
# A person leads the holders of an office where so many cables, and so many times those of the next, name it so.
LEADING_CABLES: Final = 3
LEADING_TIMES: Final = 4
# A person leads all of a surname where so many cables, and so many times those of the next, name it.
KNOWN_CABLES: Final = 10
KNOWN_TIMES: Final = 8
# Of more possible persons than this none is told apart by counting.
MOST: Final = 8

Surname = tuple[tuple[str, ...], str | None]


def leading_holder(clusters: Clusters) -> Iterator[Pair]:
    """Join a surname in an office with one holder to the full name that nearly all cables have for that holder."""
    full = _full_by_surname(clusters)
    for number, profile in _bare(clusters):
        roots = _possible(clusters, full, number)
        if not 1 < len(roots) <= MOST:
            continue
        for held in sorted(profile.offices & SINGLE):
            counts = sorted(((_cables_with(clusters, root, held, profile), -root) for root in roots), reverse=True)
            (most, place), (second, _) = counts[:2]
            if most >= LEADING_CABLES and most >= LEADING_TIMES * second:
                clusters.join(-place, number, "surname-of-leading-holder")
                break
    yield from ()


def only_of_surname(clusters: Clusters) -> Iterator[Pair]:
    """Join a surname to the only person with it in the country; where an office speaks against it leave the pair."""
    full = _full_by_surname(clusters)
    for number, profile in _bare(clusters):
        roots = _possible(clusters, full, number)
        if len(roots) != 1 or profile.posting is not None:
            continue
        if _is_fit(clusters, roots[0], profile, number):
            clusters.join(roots[0], number, "only-of-surname")
        else:
            yield roots[0], number, 0.6, "surname"


def leading_of_surname(clusters: Clusters) -> Iterator[Pair]:
    """Join a surname without an office to the one person whom nearly all cables mean by it; of other countries only."""
    full = _full_by_surname(clusters)
    for number, profile in _bare(clusters):
        roots = _possible(clusters, full, number)
        if not 1 < len(roots) <= MOST or profile.country == "US" or clusters.offices(number):
            continue
        counts = sorted(((sum(len(p.members) for p in clusters.cluster(root)), -root) for root in roots), reverse=True)
        (most, place), (second, _) = counts[:2]
        if most >= KNOWN_CABLES and most >= KNOWN_TIMES * second:
            clusters.join(-place, number, "surname-of-leading-person")
    yield from ()


def surnames(profile: Profile) -> list[tuple[str, ...]]:
    """All that the person may be called by: each word after the given name, compounds of the last, forms in cables."""
    words = profile.name.words
    found = {(word,) for word in words[1:] if len(word) > 1} | {words[start:] for start in range(1, len(words))}
    forms = {parse(form).words for person in profile.members for form in person.forms}
    return sorted(found | {form for form in forms if 0 < len(form) < len(words) and set(form) <= set(words)})


def _is_fit(clusters: Clusters, root: int, profile: Profile, number: int) -> bool:
    ours, theirs = clusters.offices(number), clusters.offices(root)
    if ours & theirs:
        return True
    if _gap(clusters.years(number), clusters.years(root)) > YEARS_APART:
        return False
    if ours and theirs:
        # "Minister Quill" may be the Foreign Minister; the Deputy is not the Governor.
        return any(set(mine.split()) < set(other.split()) for mine in ours for other in theirs)
    # A surname of the sender's own country without any office is too often another person's.
    return profile.country != "US" or bool(_posts(clusters, root) & {p.post for p in profile.members})


def _possible(clusters: Clusters, full: dict[Surname, list[int]], number: int) -> list[int]:
    """The persons with a full name whom a surname may mean, by their clusters; none where it is joined to one."""
    if clusters.has_full_name(number):
        return []
    bare = clusters.profiles[number]
    numbers = full.get((bare.name.surname, bare.country), [])
    # Among many persons of a surname none is told apart.
    found = clusters.roots(numbers)
    if len(found) > MOST:
        return []
    if bare.name.initial or bare.name.suffix:
        found = clusters.roots(n for n in numbers if _is_named(clusters.profiles[n], bare))
    years = clusters.years(number)
    return [root for root in found if _gap(years, clusters.years(root)) <= YEARS_IN_OFFICE]


def _is_named(profile: Profile, bare: Profile) -> bool:
    is_given = profile.name.words[0].startswith(bare.name.initial)
    return is_given and bare.name.suffix in ("", profile.name.suffix)


def _gap(ours: set[int], theirs: set[int]) -> int:
    return min((abs(one - other) for one in ours for other in theirs), default=YEARS_IN_OFFICE + 1)


def _cables_with(clusters: Clusters, root: int, held: str, bare: Profile) -> int:
    """How many cables of years close by give the office to a person."""
    holding = (p for p in clusters.cluster(root) if p.is_full and held in p.offices and p.is_near(bare))
    return sum(len(p.members) for p in holding)


def _posts(clusters: Clusters, root: int) -> set[str | None]:
    return {person.post for profile in clusters.cluster(root) for person in profile.members}


def _bare(clusters: Clusters) -> list[tuple[int, Profile]]:
    return [(n, p) for n, p in enumerate(clusters.profiles) if p.name.words and not p.is_full and p.country is not None]


def _full_by_surname(clusters: Clusters) -> dict[Surname, list[int]]:
    found: dict[Surname, list[int]] = {}
    for number, profile in enumerate(clusters.profiles):
        for words in surnames(profile) if profile.is_full else ():
            found.setdefault((words, profile.country), []).append(number)
    return {surname: _told_apart(clusters, numbers) for surname, numbers in found.items()}


def _told_apart(clusters: Clusters, numbers: list[int]) -> list[int]:
    """Profiles of a surname, one for each name of each person: a person of many offices is looked at once."""
    known = {(clusters.find(number), clusters.profiles[number].name): number for number in reversed(numbers)}
    return sorted(known.values())
