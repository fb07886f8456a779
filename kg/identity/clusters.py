"""Join profiles into persons, unless something speaks against it; every join and every refusal is a judgement."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.identity.catalogue import score_of
from kg.identity.chiefs import terms_of
from kg.identity.forms import Name, contradict
from kg.identity.matching import match
from kg.identity.model import DIFFERENT, MENTIONED, PERSON, RULE, SAME, By, Judgement, Verdict
from kg.identity.profiles import Profile
from kg.identity.telling import gathered, sentence
from kg.identity.titles import SINGLE

# Two profiles that may be one person, how likely, and the rule that left them open.
Pair = tuple[int, int, float, str]


# Vetoes that leave a pair for a person to judge: who signed before or after a term is often the chief all the same.
OPEN_VETOES: Final = frozenset({"not-in-office"})


@dataclass(slots=True)
class _Known:
    """What is known of one cluster: full names, initials, countries, and what was held in which month."""

    names: set[Name] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    held: dict[tuple[int, int, str], set[str]] = field(default_factory=dict)
    chiefs: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    # Posts at which a bare surname signed on a day when nobody of that name headed it.
    outside: set[str] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    is_judged: bool = False

    def add(self, other: "_Known") -> None:
        self.names |= other.names
        self.initials |= other.initials
        self.countries |= other.countries
        self.offices |= other.offices
        self.chiefs |= other.chiefs
        self.years |= other.years
        self.outside |= other.outside
        self.apart |= other.apart
        self.is_judged |= other.is_judged
        for when, what in other.held.items():
            self.held.setdefault(when, set()).update(what)


class Clusters:
    """Union-find over profiles, by their place in the sorted list, with vetoes; the lesser root stays."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self.judgements: list[Judgement] = [_within(p) for p in profiles if len(p.members) > 1]
        # Pairs that were refused and yet may be one.
        self.open: list[Pair] = []
        self._parents = list(range(len(profiles)))
        self._members: dict[int, list[int]] = {}
        # Kept only for clusters that were joined: most persons of a corpus stay alone.
        self._known: dict[int, _Known] = {}
        self._refused: set[tuple[int, int, str]] = set()

    def find(self, number: int) -> int:
        """The root of a profile's cluster."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def roots(self, numbers: Iterable[int]) -> list[int]:
        """The distinct clusters of profiles, sorted."""
        return sorted({self.find(number) for number in numbers})

    def offices(self, number: int) -> set[str]:
        """All offices of a profile's cluster."""
        return self._about(self.find(number)).offices

    def years(self, number: int) -> set[int]:
        """The years of all cables of a profile's cluster."""
        return self._about(self.find(number)).years

    def has_full_name(self, number: int) -> bool:
        """Whether a profile's cluster has a full name."""
        return bool(self._about(self.find(number)).names)

    def cluster(self, number: int) -> list[Profile]:
        """The profiles of a profile's cluster, sorted."""
        return [self.profiles[member] for member in sorted(self._members.get(self.find(number), [number]))]

    def keep_apart(self, a: int, b: int) -> None:
        """Let no rule ever join the two."""
        for one, other in ((self.find(a), b), (self.find(b), a)):
            self._known[one] = self._about(one)
            self._known[one].apart.add(other)

    def are_apart(self, a: int, b: int) -> bool:
        """Whether a person judged that the clusters of the two differ."""
        root = self.find(b)
        known = self._known.get(self.find(a))
        return known is not None and any(self.find(other) == root for other in known.apart)

    def join(self, a: int, b: int, rule: str, *, by: By = RULE) -> bool:
        """Join two clusters by a rule unless a veto stands; whether they are one now."""
        one, other = sorted((self.find(a), self.find(b)))
        if one == other:
            return True
        veto = self._veto(one, other, by)
        if veto is not None:
            self._refuse(one, other, rule, veto)
            if veto in OPEN_VETOES:
                self.open.append((a, b, round(1 - score_of(veto), 3), veto))
            return False
        if by == RULE:
            self.judgements.append(_between(self.profiles[a], self.profiles[b], SAME, rule))
        known = self._about(one)
        known.add(self._about(other))
        known.is_judged |= by == PERSON
        self._known[one] = known
        self._known.pop(other, None)
        self._parents[other] = one
        self._members.setdefault(one, [one]).extend(self._members.pop(other, [other]))
        return True

    def members(self) -> Iterator[list[Profile]]:
        """The profiles of each cluster, sorted; clusters by their first profile."""
        groups: dict[int, list[Profile]] = {}
        for number, profile in enumerate(self.profiles):
            groups.setdefault(self.find(number), []).append(profile)
        yield from groups.values()

    def _about(self, root: int) -> _Known:
        known = self._known.get(root)
        return _known(self.profiles[root]) if known is None else known

    def _refuse(self, one: int, other: int, rule: str, veto: str) -> None:
        if (one, other, veto) not in self._refused:
            self._refused.add((one, other, veto))
            a, b = self.profiles[one], self.profiles[other]
            self.judgements.append(_between(a, b, DIFFERENT, veto, rule))

    def _veto(self, one: int, other: int, by: By) -> str | None:
        a, b = self._about(one), self._about(other)
        if self.are_apart(one, other):
            return "judged-different"
        if by == PERSON:
            return None
        if a.countries and b.countries and a.countries.isdisjoint(b.countries):
            return "other-country"
        if a.chiefs and b.chiefs and a.chiefs.isdisjoint(b.chiefs):
            return "other-chief"
        if _outside(a, b) or _outside(b, a):
            return "not-in-office"
        if _other_name(a, b) and not (a.is_judged or b.is_judged):
            return "other-name"
        # Who bears one full name in one country holds two such offices by a slip of reading, not by being two: of 389
        # cables this veto told two pairs apart, and both were one man.
        ladders = ("post",) if a.names and b.names else ("office", "post")
        return _contradiction(a, b, ladders)


def _known(profile: Profile) -> _Known:
    known = _Known(offices=set(profile.offices), chiefs={profile.chief} - {""}, years=set(profile.years))
    if not profile.chief and not profile.is_full:
        known.outside.update(_post(profile))
    if profile.is_full:
        known.names.add(profile.name)
    elif profile.name.initial:
        known.initials.add(profile.name.initial)
    if profile.country is not None:
        known.countries.add(profile.country)
    for ladder, what in (("office", profile.offices & SINGLE), ("post", _post(profile))):
        if what:
            for month in {(p.sent_at.year, p.sent_at.month) for p in profile.members if p.sent_at is not None}:
                known.held[(*month, ladder)] = set(what)
    return known


def _post(profile: Profile) -> frozenset[str]:
    is_there = profile.posting is not None and any(p.kind != MENTIONED for p in profile.members)
    return frozenset({profile.posting}) if is_there and profile.posting is not None else frozenset()


def _outside(a: _Known, b: _Known) -> bool:
    return bool(a.outside) and any(chief.post in a.outside for person in b.chiefs for chief in terms_of(person))


def _other_name(a: _Known, b: _Known) -> bool:
    if any(contradict(x, y) and match(x, y) is None for x in a.names for y in b.names):
        return True
    return _other_initial(a, b) or _other_initial(b, a)


def _other_initial(a: _Known, b: _Known) -> bool:
    others = b.initials | {name.words[0][0] for name in b.names}
    return bool(a.initials and others) and a.initials.isdisjoint(others)


def _contradiction(a: _Known, b: _Known, ladders: Collection[str]) -> str | None:
    fewer, more = sorted((a.held, b.held), key=len)
    for when in sorted(fewer):
        if when[2] in ladders and when in more and fewer[when].isdisjoint(more[when]):
            return f"other-{when[2]}-same-month"
    return None


def _within(profile: Profile) -> Judgement:
    first, second = profile.members[:2]
    many = len(profile.members)
    a, b = sorted((first.anchor, second.anchor))
    reason = f"{first.name} in {many} cables" if many > 2 else first.name
    told = gathered(profile) if many > 2 else sentence(first, second, SAME, profile.rule)
    return _made(a, b, SAME, profile.rule, reason, told)


def _between(one: Profile, other: Profile, verdict: Verdict, rule: str, against: str = "") -> Judgement:
    first, second = sorted((p.members[0] for p in (one, other)), key=lambda person: person.anchor)
    reason = f"{first.name} / {second.name}" + (f" (against {against})" if against else "")
    told = sentence(first, second, verdict, rule, against)
    return _made(first.anchor, second.anchor, verdict, rule, reason, told)


def _made(a: str, b: str, verdict: Verdict, rule: str, reason: str, told: str) -> Judgement:
    return Judgement(a=a, b=b, verdict=verdict, by=RULE, rule=rule, reason=reason, score=score_of(rule), told=told)
