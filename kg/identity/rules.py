"""The rules that tell who is whom across cables, in the order in which they are tried.

A rule joins only what can be one person alone; where several are possible it leaves candidates for a person to judge.
No rule rests on likeness of spelling.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final, TypeVar

from kg.identity.clusters import Clusters
from kg.identity.forms import Name, extends, parse
from kg.identity.profiles import Profile
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

Pair = tuple[int, int, float, str]
Surname = tuple[tuple[str, ...], str | None]
NameInCountry = tuple[Name, str | None]
K = TypeVar("K")


# Every rule that joins, in the order in which they are tried, and what it joins.
RULES: Final = {
    "same-full-name": "the same full name in the same country",
    "fuller-name": "a full name and the one fuller form of it in that country (a middle name, an initial spelt out)",
    "second-surname": "a full name and the one form of it with a second surname, where that is the custom",
    "same-full-name-and-office": "a full name without a country and the one country where that name holds the office",
    "same-surname-at-post": "the same surname that signed at a post, or headed it, in years close by",
    "full-name-at-post": "a surname that signed at a post and the one full name there in those years",
    "surname-and-office": "a surname and the one full name in its country and years, where both hold the office",
    "surname-and-single-office": "a surname and the one of several full names that holds an office with one holder",
    "same-surname-and-office": "the same surname in an office with one holder at a time, in years close by",
}

# Everything that keeps two apart, though a rule would join them.
VETOES: Final = {
    "judged-different": "a person judged that they differ",
    "other-country": "they act for different countries",
    "other-name": "their given names, middle names, initials or suffixes contradict",
    "other-office-same-month": "one is a bare surname, and cables of one month give them different offices",
    "other-post-same-month": "they signed at different posts in one month",
}


def possible_pairs(clusters: Clusters) -> list[Pair]:
    """Apply all rules in order; the pairs of profiles that they left for a person to judge."""
    return [pair for step in STEPS for pair in step(clusters)]


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
    _same_full_name,
    _fuller_name,
    _country_unstated,
    _same_surname_at_post,
    _head_of_post,
    _surname_and_office,
    _same_surname_and_office,
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
    return _grouped(clusters, lambda p: [(words, p.country) for words in _surnames(p)] if p.is_full else [])


def _surnames(profile: Profile) -> list[tuple[str, ...]]:
    """All that the person may be called by: each word after the given name, compounds of the last, forms in cables."""
    words = profile.name.words
    found = {(word,) for word in words[1:] if len(word) > 1} | {words[start:] for start in range(1, len(words))}
    forms = {parse(form).words for person in profile.members for form in person.forms}
    return sorted(found | {form for form in forms if 0 < len(form) < len(words) and set(form) <= set(words)})


def _possible(clusters: Clusters, full: dict[Surname, list[int]], number: int) -> list[int]:
    """The full names that a bare surname may stand for: same country, years close by, the initial if there is one."""
    bare = clusters.profiles[number]
    return [
        other
        for other in full.get((bare.name.surname, bare.country), [])
        if clusters.profiles[other].name.words[0].startswith(bare.name.initial)
        and clusters.profiles[other].is_near(bare)
    ]
