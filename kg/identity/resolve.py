"""Tell who is whom across cables: from the persons of all cables to officials with IRIs that stay.

Pure: the same persons, ledger and judgements give the same result, in whatever order the persons come.
"""

from collections.abc import Iterable, Mapping, Sequence

from kg.identity.clusters import Clusters
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
from kg.identity.naming import Named, name_all, officials
from kg.identity.profiles import profiles
from kg.identity.rules import Pair, possible_pairs


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
    names = _names(clusters, named)
    made = tuple(sorted(set(clusters.judgements)))
    return Resolution(
        cables=_by_cable(named),
        officials=officials(named, new_ledger),
        candidates=_candidates(clusters, pairs, names),
        judgements=made,
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


def _names(clusters: Clusters, named: Iterable[Named]) -> dict[int, str]:
    by_anchor = {one.profiles[0].anchor: one.name for one in named}
    return {
        number: by_anchor[p.anchor] for number, p in enumerate(clusters.profiles) if clusters.find(number) == number
    }


def _by_cable(named: Iterable[Named]) -> dict[str, CableResolution]:
    cables: dict[str, dict[str, str]] = {}
    for one in named:
        for profile in one.profiles:
            for person in profile.members:
                cables.setdefault(person.canonical_id, {})[person.key] = one.name
    return {canonical_id: CableResolution(persons=cables[canonical_id]) for canonical_id in sorted(cables)}


def _candidates(clusters: Clusters, pairs: Iterable[Pair], names: Mapping[int, str]) -> tuple[Candidate, ...]:
    best: dict[tuple[str, str], Candidate] = {}
    for one, other, score, rule in pairs:
        a, b = sorted((names[clusters.find(one)], names[clusters.find(other)]))
        if a != b and not clusters.are_apart(one, other):
            candidate = Candidate(a=a, b=b, score=score, rule=rule)
            known = best.get((a, b))
            if known is None or (candidate.score, candidate.rule) > (known.score, known.rule):
                best[a, b] = candidate
    return tuple(best[pair] for pair in sorted(best))
