"""Tell who is whom across cables: from the persons of all cables to officials with IRIs that stay.

Pure: the same persons, ledger and judgements give the same result, in whatever order the persons come.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.identity.chiefs_of_cables import ambassadors
from kg.identity.clusters import Clusters, Pair
from kg.identity.model import (
    DIFFERENT,
    PERSON,
    SAME,
    CableResolution,
    Candidate,
    Judgement,
    Ledger,
    LocalPerson,
    Resolution,
)
from kg.identity.naming import Named, label_of, name_all, officials
from kg.identity.profiles import profiles
from kg.identity.rules import possible_pairs
from kg.identity.telling import judged, meaning_of, place_of


def resolve(persons: Iterable[LocalPerson], ledger: Ledger, judgements: Sequence[Judgement]) -> Resolution:
    """Who is whom among the persons of all cables.

    Of `judgements` those by a person are followed, and outrank all rules; those by rules are made anew. Names of the
    ledger stay; the ledger of the result holds the new ones too.
    """
    decisions = sorted(j for j in judgements if j.by == PERSON)
    judged = frozenset(anchor for j in decisions for anchor in (j.a, j.b))
    clusters = Clusters(profiles(persons, judged))
    places = {p.anchor: number for number, p in enumerate(clusters.profiles) if p.anchor in judged}
    unmatched = _follow(clusters, decisions, places)
    pairs = possible_pairs(clusters)
    named, new_ledger = name_all(clusters.members(), ledger)
    return Resolution(
        cables=_by_cable(named),
        officials=officials(named, new_ledger),
        candidates=_candidates(clusters, pairs, named),
        judgements=_with_names(
            [*clusters.judgements, *(j for j in decisions if j not in unmatched)], named, new_ledger
        ),
        ledger=new_ledger,
        unmatched=unmatched,
    )


def _follow(clusters: Clusters, decisions: Sequence[Judgement], places: Mapping[str, int]) -> tuple[Judgement, ...]:
    matched = [j for j in decisions if j.a in places and j.b in places]
    for judgement in matched:
        if judgement.verdict == DIFFERENT:
            clusters.keep_apart(places[judgement.a], places[judgement.b])
    for judgement in matched:
        if judgement.verdict == SAME:
            clusters.join(places[judgement.a], places[judgement.b], judgement.rule, by=PERSON)
    return tuple(j for j in decisions if j not in set(matched))


def _with_names(judgements: Collection[Judgement], named: Iterable[Named], ledger: Ledger) -> tuple[Judgement, ...]:
    wanted = {anchor for judgement in judgements for anchor in (judgement.a, judgement.b)}
    found = {
        person.anchor: (ledger.names.get(person.anchor, one.name), person)
        for one in named
        for profile in one.profiles
        for person in profile.members
        if person.anchor in wanted
    }
    return tuple(sorted(_with_name(j, *found[j.a], *found[j.b]) for j in judgements))


def _with_name(judgement: Judgement, a: str, one: LocalPerson, b: str, other: LocalPerson) -> Judgement:
    told = judged(judgement, one, other) if judgement.by == PERSON else judgement.told
    return replace(judgement, names=(a, b), told=told)


def _by_cable(named: Sequence[Named]) -> dict[str, CableResolution]:
    cables: dict[str, dict[str, str]] = {}
    for one in named:
        for profile in one.profiles:
            for person in profile.members:
                cables.setdefault(person.canonical_id, {})[person.key] = one.name
    chiefs = ambassadors(named)
    return {
        canonical_id: CableResolution(persons=cables[canonical_id], ambassador=chiefs.get(canonical_id))
        for canonical_id in sorted(cables)
    }


def _candidates(clusters: Clusters, pairs: Iterable[Pair], named: Sequence[Named]) -> tuple[Candidate, ...]:
    roots = sorted({clusters.find(number) for number in range(len(clusters.profiles))})
    known = dict(zip(roots, named, strict=True))
    best: dict[tuple[str, str], Candidate] = {}
    for one, other, score, rule in pairs:
        a, b = sorted((known[clusters.find(number)] for number in (one, other)), key=lambda person: person.name)
        if a is b or clusters.are_apart(one, other):
            continue
        first, second = (clusters.profiles[number].members[0] for number in sorted((one, other)))
        told = f"{place_of(first)} and {place_of(second)} may be one person: {meaning_of(rule)}."
        labels = (label_of(a), label_of(b))
        candidate = Candidate(a=a.name, b=b.name, score=score, rule=rule, labels=labels, told=told)
        before = best.setdefault((a.name, b.name), candidate)
        best[a.name, b.name] = max(before, candidate)
    return tuple(best[pair] for pair in sorted(best))
