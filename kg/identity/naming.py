"""Give every person its opaque name, and keep the names that earlier builds gave out."""

import base64
import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import UsageError
from kg.identity.chiefs import terms_of
from kg.identity.forms import parse
from kg.identity.model import Ledger, Official
from kg.identity.profiles import Profile, country_of, mention_order

NAME_LENGTH: Final = 10
# A form of a name that comes this many times more seldom than another is no label.
RARE_FORM: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One person: its profiles, its name, the anchor the name was made from, and the names it had besides."""

    profiles: Sequence[Profile]
    name: str
    anchor: str
    retired: tuple[str, ...]


def name_of(anchor: str, taken: Container[str] = ()) -> str:
    """Ten base-32 characters (a-z, 2-7) of the SHA-256 of an anchor; where the name is taken, of the next digest."""
    digest = hashlib.sha256(anchor.encode()).digest()
    while (name := base64.b32encode(digest).decode().lower()[:NAME_LENGTH]) in taken:
        digest = hashlib.sha256(digest).digest()
    return name


def name_all(clusters: Iterable[Sequence[Profile]], ledger: Ledger) -> tuple[list[Named], Ledger]:
    """Name every cluster, in the order given, and the ledger that remembers it.

    A cluster that holds anchors of the ledger keeps the name of the least; its other names redirect to it. A name that
    stands comes before one that redirects, so that what was merged once keeps its name; then full names come before
    surnames: a surname may turn out to be somebody else when more is read. Any other cluster is named after its own
    least mention, by the same order. An anchor in two clusters is wrong use: persons of one cable differ in theirs.
    """
    taken = {name: anchor for anchor, name in ledger.names.items()}
    used: set[str] = set()
    named = []
    for group in clusters:
        anchors = _known_anchors(group, ledger) or [group[0].anchor]
        if not used.isdisjoint(anchors):
            raise UsageError(f"Two persons have one anchor among {', '.join(anchors)}; each needs its own.")
        name, *others = dict.fromkeys(ledger.names.get(anchor) or name_of(anchor, taken) for anchor in anchors)
        named.append(Named(profiles=group, name=name, anchor=anchors[0], retired=tuple(others)))
        taken[name] = anchors[0]
        used.update(anchors)
    return named, _remember(ledger, named)


def officials(named: Iterable[Named], ledger: Ledger) -> tuple[Official, ...]:
    """All persons as they are written into the graph, sorted by name, with those whose names were given up."""
    standing = {one.name: _official(one) for one in named}
    anchors = {name: anchor for anchor, name in ledger.names.items()}
    retired = [
        Official(
            name=name,
            label=standing[target].label,
            alt_labels=(),
            country=standing[target].country,
            is_official=standing[target].is_official,
            anchor=anchors[name],
            replaced_by=target,
        )
        for name, target in ledger.redirects.items()
        if target in standing
    ]
    return tuple(sorted([*standing.values(), *retired], key=lambda official: official.name))


def label_of(one: Named) -> str:
    """The fullest name of a person but for rare forms; one in mixed case before one in capitals.

    A chief of mission has the name of the list.
    """
    chief = chief_of_all(one)
    if chief:
        return max((term.name for term in terms_of(chief)), key=lambda name: (len(name), name))
    persons = [person for profile in one.profiles for person in profile.members]
    counts = Counter(person.name for person in persons if parse(person.name).is_full) or Counter(
        p.name for p in persons
    )
    # A form that few cables have is more often a slip than the whole name.
    most = max(counts.values())
    return min((name for name, count in counts.items() if count * RARE_FORM >= most), key=_fullest_first)


def chief_of_all(one: Named) -> str:
    """The person of the list of chiefs of mission whom a person is, by its id, or nothing."""
    return min((profile.chief for profile in one.profiles if profile.chief), default="")


def _known_anchors(group: Sequence[Profile], ledger: Ledger) -> list[str]:
    if not ledger.names:
        return []
    found = [
        (ledger.names[anchor] in ledger.redirects, not profile.is_full, mention_order(person), anchor)
        for profile in group
        for person in profile.members
        if (anchor := person.anchor) in ledger.names
    ]
    return [anchor for *_, anchor in sorted(found)]


def _remember(ledger: Ledger, named: Iterable[Named]) -> Ledger:
    names, redirects, standing = dict(ledger.names), dict(ledger.redirects), set()
    for one in named:
        names[one.anchor] = one.name
        standing.add(one.name)
        redirects.update((name, one.name) for name in one.retired)
    final = {name: _follow(name, redirects, standing) for name in redirects if name not in standing}
    return Ledger(names=dict(sorted(names.items())), redirects=dict(sorted(final.items())))


def _follow(name: str, redirects: Mapping[str, str], standing: set[str]) -> str:
    seen = {name}
    target = redirects[name]
    while target in redirects and target not in standing and target not in seen:
        seen.add(target)
        target = redirects[target]
    return target


def _official(one: Named) -> Official:
    persons = [person for profile in one.profiles for person in profile.members]
    label = label_of(one)
    forms = {form for person in persons for form in (person.name, *person.forms)} - {label}
    countries = Counter(country for person in persons if (country := country_of(person)) is not None)
    return Official(
        name=one.name,
        label=label,
        alt_labels=tuple(sorted(forms)),
        country=min(countries, key=lambda code: (-countries[code], code)) if countries else None,
        is_official=any(person.is_official for person in persons),
        anchor=one.anchor,
        listed_as=chief_of_all(one) or None,
    )


def _fullest_first(name: str) -> tuple[int, bool, int, str]:
    return -len(name.split()), name.isupper(), -len(name), name
