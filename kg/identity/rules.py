"""The rules that tell who is whom across cables, in the order in which they are tried.

A rule joins only what can be one person alone; where several are possible it leaves candidates for a person to judge.
kg/data/identity_rules.tsv says what each joins. Those for bare surnames across the corpus are in kg.identity.surnames.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import combinations
from typing import Final, TypeVar

from kg.identity.clusters import Clusters, Pair
from kg.identity.forms import Name, extends
from kg.identity.matching import decide
from kg.identity.profiles import Profile
from kg.identity.spelling import consonants
from kg.identity.surnames import leading_holder, leading_of_surname, only_of_surname, surnames
from kg.identity.titles import SINGLE

# More possible persons than this say nothing to who judges.
MOST_CANDIDATES: Final = 8

# Where the last word of a full name is the mother's surname, and may be left out.
# fmt: off
SPANISH_NAMES: Final = frozenset({
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX", "NI", "PA", "PE", "PY", "SV", "UY",
    "VE",
})
# fmt: on

# Where the surname stands first, and is put last by some who write for English readers.
SURNAME_FIRST: Final = frozenset({"CN", "HK", "HU", "JP", "KH", "KP", "KR", "MO", "SG", "TW", "VN"})

# Among so many names of one surname in a country no two are told to be one by likeness.
MOST_NAMES: Final = 60

# Rules of names that need no years close by; those that are tried by other steps, or leave too much open.
AT_ANY_TIME: Final = frozenset({"spelling", "same-letters"})
LEFT_OPEN: Final = frozenset({"same-words", "middle-name", "initials", "second-surname", "rare-name"})

Surname = tuple[tuple[str, ...], str | None]
NameInCountry = tuple[Name, str | None]
K = TypeVar("K")


def possible_pairs(clusters: Clusters) -> list[Pair]:
    """Apply all rules in order; the pairs of profiles that they left for a person to judge."""
    return [pair for step in STEPS for pair in step(clusters)] + clusters.open


def _chief_of_mission(clusters: Clusters) -> Iterator[Pair]:
    for numbers in _grouped(clusters, lambda p: [p.chief] if p.chief else []).values():
        _gather(clusters, numbers, "chief-of-mission")
    yield from ()


def _same_full_name(clusters: Clusters) -> Iterator[Pair]:
    groups = _grouped(clusters, lambda p: [(p.name, p.country)] if p.is_full else [])
    for numbers in groups.values():
        _gather(clusters, numbers, "same-full-name")
    yield from ()


def _fuller_name(clusters: Clusters) -> Iterator[Pair]:
    by_name = _grouped(clusters, lambda p: [(p.name, p.country)] if p.is_full else [])
    fuller = _by_two_words(by_name)
    for name, country in sorted(by_name, key=lambda key: (_fullness(key[0]), key[0], key[1] or ""), reverse=True):
        numbers = by_name[name, country]
        longer = [
            other
            for other in fuller[name.words[0], name.words[-1], country]
            if _fullness(other) > _fullness(name) and extends(other, name)
        ]
        roots = clusters.roots(number for other in longer for number in by_name[other, country])
        is_surname_last = all(other.words[-1] == name.words[-1] for other in longer)
        if len(roots) == 1 and (is_surname_last or country in SPANISH_NAMES):
            rule = "fuller-name" if is_surname_last else "second-surname"
            for number in numbers:
                clusters.join(roots[0], number, rule)
        else:
            yield from _pairs(numbers, roots, 0.8, "fuller-name-of-several" if len(roots) > 1 else "longer-name")


def _alike_names(clusters: Clusters) -> Iterator[Pair]:
    """Full names of one country that kg.identity.matching finds to be one, where nobody else can be meant."""
    blocks = _grouped(clusters, lambda p: [(key, p.country) for key in _surname_sounds(p)] if p.is_full else [])
    for (_, country), numbers in blocks.items():
        by_name: dict[Name, list[int]] = {}
        for number in numbers:
            by_name.setdefault(clusters.profiles[number].name, []).append(number)
        if len(by_name) > MOST_NAMES:
            continue
        for one, other in combinations(sorted(by_name), 2):
            rule = decide(one, other, list(by_name))
            if rule is not None:
                yield from _joined(clusters, by_name[one], by_name[other], rule, country)


def _surname_sounds(profile: Profile) -> list[str]:
    places = (0, -1) if profile.country in SURNAME_FIRST else (-1,)
    return sorted({consonants(profile.name.words[place]) for place in places})


def _joined(clusters: Clusters, ours: list[int], theirs: list[int], rule: str, country: str | None) -> Iterator[Pair]:
    if rule in LEFT_OPEN or country is None:
        yield from _pairs(ours[:1], theirs[:1], 0.7, "alike-names")
        return
    profiles = clusters.profiles
    for one in ours:
        for other in theirs:
            if _are_two_of_one_cable(profiles[one], profiles[other]):
                yield one, other, 0.3, "alike-names"
            elif rule in AT_ANY_TIME or profiles[one].is_near(profiles[other]):
                clusters.join(one, other, f"name-{rule}")


def _are_two_of_one_cable(one: Profile, other: Profile) -> bool:
    """Whether a cable names both, with other offices: a Prime Minister and a Foreign Minister of one family."""
    is_one_cable = {p.canonical_id for p in one.members} & {p.canonical_id for p in other.members}
    return bool(is_one_cable and one.offices and other.offices) and one.offices.isdisjoint(other.offices)


def _country_unstated(clusters: Clusters) -> Iterator[Pair]:
    by_name = _grouped(clusters, lambda p: [p.name] if p.is_full else [])
    for numbers in by_name.values():
        told = clusters.roots(number for number in numbers if clusters.profiles[number].country is not None)
        for number in numbers:
            if clusters.profiles[number].country is None and told:
                if len(told) == 1 and clusters.profiles[number].offices & clusters.offices(told[0]):
                    clusters.join(told[0], number, "same-full-name-and-office")
                else:
                    yield from _pairs([number], told, 0.7, "same-full-name-country-unstated")


def _same_surname_at_post(clusters: Clusters) -> Iterator[Pair]:
    groups = _grouped(clusters, lambda p: [(p.name.surname, p.posting)] if p.posting and not p.is_full else [])
    for numbers in groups.values():
        _gather(clusters, numbers, "same-surname-at-post", are_near=True)
    yield from ()


def _head_of_post(clusters: Clusters) -> Iterator[Pair]:
    full = _full_by_surname(clusters)
    for number, profile in _bare(clusters):
        if profile.posting is None:
            continue
        there = [n for n in _possible(clusters, full, number) if clusters.profiles[n].posting == profile.posting]
        roots = clusters.roots(there)
        if len(roots) == 1:
            clusters.join(there[0], number, "full-name-at-post")
        else:
            yield from _pairs([number], roots, 0.9, "full-names-at-post")


def _surname_and_office(clusters: Clusters) -> Iterator[Pair]:
    full = _full_by_surname(clusters)
    for number, profile in _bare(clusters):
        numbers = _possible(clusters, full, number)
        roots = clusters.roots(numbers)
        if not roots or clusters.find(number) in roots:
            continue
        holding = [n for n in numbers if profile.offices & clusters.profiles[n].offices]
        alone = [n for n in holding if profile.offices & clusters.profiles[n].offices & SINGLE]
        holders = clusters.roots(holding)
        if len(roots) == len(holders) == 1:
            clusters.join(holding[0], number, "surname-and-office")
        elif len(holders) == len(clusters.roots(alone)) == 1:
            clusters.join(alone[0], number, "surname-and-single-office")
        else:
            yield from _pairs([number], holders or roots, 0.9 if holders else 0.6, "surname")


def _same_surname_and_office(clusters: Clusters) -> Iterator[Pair]:
    full = _full_by_surname(clusters)

    def keys(profile: Profile) -> Iterable[Hashable]:
        if profile.is_full or not profile.name.words or profile.country is None:
            return []
        return [(profile.name.surname, profile.country, held) for held in sorted(profile.offices & SINGLE)]

    for numbers in _grouped(clusters, keys).values():
        plain = [n for n in numbers if len(clusters.roots(_possible(clusters, full, n))) < 2]
        _gather(clusters, plain, "same-surname-and-office", are_near=True)
    yield from ()


STEPS: Final = (
    _chief_of_mission,
    _same_full_name,
    _fuller_name,
    _alike_names,
    _country_unstated,
    _same_surname_at_post,
    _head_of_post,
    _surname_and_office,
    _same_surname_and_office,
    leading_holder,
    only_of_surname,
    leading_of_surname,
)


def _grouped(clusters: Clusters, keys: Callable[[Profile], Iterable[K]]) -> dict[K, list[int]]:
    groups: dict[K, list[int]] = {}
    for number, profile in enumerate(clusters.profiles):
        for key in keys(profile):
            groups.setdefault(key, []).append(number)
    return groups


def _gather(clusters: Clusters, numbers: list[int], rule: str, *, are_near: bool = False) -> None:
    profiles = clusters.profiles
    for place, number in enumerate(numbers):
        for earlier in numbers[:place]:
            is_fit = not are_near or profiles[earlier].is_near(profiles[number])
            if is_fit and clusters.join(earlier, number, rule):
                break


def _pairs(numbers: Iterable[int], others: list[int], score: float, rule: str) -> Iterator[Pair]:
    if 0 < len(others) <= MOST_CANDIDATES:
        for number in numbers:
            for other in others:
                yield number, other, round(score / len(others), 3), rule


def _fullness(name: Name) -> tuple[int, int, bool]:
    return len(name.words), sum(map(len, name.words)), bool(name.suffix)


def _by_two_words(names: Iterable[NameInCountry]) -> dict[tuple[str, str, str | None], list[Name]]:
    index: dict[tuple[str, str, str | None], list[Name]] = {}
    for name, country in names:
        for word in sorted(set(name.words[1:])):
            index.setdefault((name.words[0], word, country), []).append(name)
    return index


def _bare(clusters: Clusters) -> Iterator[tuple[int, Profile]]:
    return ((n, p) for n, p in enumerate(clusters.profiles) if p.name.words and not p.is_full)


def _full_by_surname(clusters: Clusters) -> dict[Surname, list[int]]:
    return _grouped(clusters, lambda p: [(words, p.country) for words in surnames(p)] if p.is_full else [])


def _possible(clusters: Clusters, full: dict[Surname, list[int]], number: int) -> list[int]:
    """The full names that a bare surname may stand for: same country, years close by, the initial if there is one."""
    bare = clusters.profiles[number]
    return [
        other
        for other in full.get((bare.name.surname, bare.country), [])
        if clusters.profiles[other].name.words[0].startswith(bare.name.initial)
        and clusters.profiles[other].is_near(bare)
    ]
