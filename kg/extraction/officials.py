"""Make the persons of a cable from what the rules saw: names, forms, roles, country and mentions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.cables.model import Cable
from kg.extraction.clusters import Cluster, cluster, words_of
from kg.extraction.confidence import confidence
from kg.extraction.figures import figures, known_figure, spelled_out
from kg.extraction.headings import persons_of_the_frame
from kg.extraction.lexicon import Leader, title_of
from kg.extraction.model import Mention, Person, Role
from kg.extraction.names import fold
from kg.extraction.nationality import STATED, Setting
from kg.extraction.propagation import Forms, Occurrence, occurrences
from kg.extraction.scan import Sighting
from kg.extraction.sightings import sightings
from kg.extraction.tenures import bounded
from kg.extraction.tokens import Reading

# How far a country can be trusted by where it came from.
BASES: Final = (*STATED, "list", "host-country", "tags", "originator")
# Titles taken for an American's that others have too.
LENT_TITLES: Final = ("amb", "ambassador", "charge", "consul", "-equivalent", "secretary")
OFFICES_OF_LEADERS: Final = frozenset(
    ("chairman", "chancellor", "envoy", "leader", "minister", "president", "secretary", "senator")
)


def sightings_of(cable: Cable, readings: Sequence[Reading], setting: Setting) -> list[Sighting]:
    """All that the rules see of persons in a cable by itself."""
    seen = [*persons_of_the_frame(cable, setting)]
    base = cable.sent_at.date() if cable.sent_at is not None else None
    found = [(reading, [bounded(s, reading, base) for s in sightings(reading, setting)]) for reading in readings]
    seen.extend(s for _, here in found for s in here)
    seen.extend(_figures(found, setting))
    return seen


def persons(
    cable: Cable, readings: Sequence[Reading], setting: Setting, seen: Iterable[Sighting]
) -> tuple[Person, ...]:
    """All persons of a cable, in the order of their first mention, from what was seen of them."""
    order = {part.key: place for place, part in enumerate(cable.parts)}
    ordered = sorted(seen, key=lambda s: (order[s.part], s.start))
    clusters = cluster(ordered)
    again = _again(readings, clusters, ordered)
    texts = {part.key: part.text for part in cable.parts}
    made = [_Draft(c, again.get(i, ()), texts, order) for i, c in enumerate(clusters)]
    made.sort(key=lambda draft: draft.first)
    return tuple(draft.person(f"p{number}", setting) for number, draft in enumerate(made, start=1))


def _figures(found: Sequence[tuple[Reading, list[Sighting]]], setting: Setting) -> Iterator[Sighting]:
    """Public figures named without a title; a surname alone is another's whom the cable names in full."""
    full: dict[str, set[tuple[str, ...]]] = {}
    for _, here in found:
        for words in map(words_of, here):
            if len(words) > 1:
                full.setdefault(words[-1], set()).add(words)
    for reading, here in found:
        taken = {(s.start, s.end) for s in here}
        for start, end, leader in figures(reading, taken, setting):
            name = reading.found[start:end]
            others = full.get(fold(name)[-1], set()) if " " not in name else set()
            if not others or any(words[0] == fold(leader.name)[0] for words in others):
                yield _figure(reading, start, end, leader)


def _figure(reading: Reading, start: int, end: int, leader: Leader) -> Sighting:
    return Sighting(
        part=reading.part,
        start=start,
        end=end,
        name=reading.found[start:end],
        role=None,
        is_official=True,
        country=leader.country,
        rule="known-figure",
    )


def _again(
    readings: Sequence[Reading], clusters: Sequence[Cluster], seen: Sequence[Sighting]
) -> dict[int, list[Occurrence]]:
    forms = Forms(clusters, readings)
    out: dict[int, list[Occurrence]] = {}
    numbers = {reading.part: number for number, reading in enumerate(readings)}
    places = {
        index: sorted((numbers.get(s.part, -1), s.start) for s in cluster.sightings)
        for index, cluster in enumerate(clusters)
    }
    for reading in readings:
        taken = {(s.start, s.end) for s in seen if s.part == reading.part}
        for occurrence in occurrences(reading, forms, taken, places, numbers[reading.part]):
            out.setdefault(occurrence.cluster, []).append(occurrence)
    return out


class _Draft:
    """A person before it has its key."""

    def __init__(
        self,
        cluster: Cluster,
        again: Iterable[Occurrence],
        texts: Mapping[str, str],
        order: Mapping[str, int],
    ) -> None:
        self.cluster = cluster
        self.order = order
        self.mentions = _mentions([*cluster.sightings, *again], texts, order)
        first = self.mentions[0]
        self.first = (order[first.part], first.spans[0])

    def person(self, key: str, setting: Setting) -> Person:
        forms = tuple(dict.fromkeys(mention.text for mention in self.mentions))
        roles = _roles(self.cluster.sightings)
        country = _country(self.cluster, roles, setting)
        return Person(
            key=key,
            name=_fullest(self.cluster, forms),
            forms=forms,
            roles=tuple(_with_country(role, country) for role in roles),
            organization=_organization(roles, self.cluster.sightings),
            country=country,
            is_official=_is_official(self.cluster, setting),
            mentions=self.mentions,
            confidence=max(mention.confidence for mention in self.mentions),
        )


def _mentions(
    places: Iterable[Sighting | Occurrence], texts: Mapping[str, str], order: Mapping[str, int]
) -> tuple[Mention, ...]:
    """One mention for each part and surface form, with the rule that is surest of it."""
    every = list(places)
    most = _most(every)
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    rules: dict[tuple[str, str], tuple[float, str]] = {}
    for place in every:
        key = (place.part, texts[place.part][place.start : place.end])
        spans.setdefault(key, set()).add((place.start, place.end))
        found_by = (min(_sureness(place), most), place.rule)
        rules[key] = max(rules.get(key, found_by), found_by)
    out = [
        Mention(
            part=part,
            text=text,
            spans=tuple(sorted(found)),
            rule=rules[part, text][1],
            confidence=rules[part, text][0],
        )
        for (part, text), found in spans.items()
    ]
    return tuple(sorted(out, key=lambda mention: (order[mention.part], mention.spans)))


def _sureness(place: Sighting | Occurrence) -> float:
    stated = place.confidence if isinstance(place, Sighting) else None
    return confidence(place.rule) if stated is None else stated


def _most(places: Iterable[Sighting | Occurrence]) -> float:
    """How sure a mention of a person can be: where extractors alone name the person, as sure as they are."""
    stated = [place.confidence for place in places if isinstance(place, Sighting)]
    return max((each for each in stated if each is not None), default=1.0) if None not in stated else 1.0


def _fullest(cluster: Cluster, forms: Sequence[str]) -> str:
    """The longest form as written; of equals the first that is not all capitals."""
    written = [s.name for s in cluster.sightings if s.rule != "tag-person"] or list(forms)
    return max(written, key=lambda name: (len(name.split()), not name.isupper(), len(name)))


def _roles(sightings: Iterable[Sighting]) -> tuple[Role, ...]:
    """The distinct roles, each where it is first written, or first with the time in which it was held."""
    out: dict[str, Role] = {}
    for sighting in sightings:
        if sighting.role is not None:
            known = out.setdefault(sighting.role.text.casefold(), sighting.role)
            if known.held is None and sighting.role.held is not None:
                out[sighting.role.text.casefold()] = sighting.role
    return tuple(out.values())


def _organization(roles: Iterable[Role], sightings: Iterable[Sighting]) -> str | None:
    stated = (role.organization for role in roles if role.organization)
    return next(stated, None) or next((s.organization for s in sightings if s.organization), None)


def _country(cluster: Cluster, roles: Sequence[Role], setting: Setting) -> str | None:
    stated = [role for role in roles if role.country is not None and not _repeats_international(role, roles)]
    if stated:
        best = min(stated, key=lambda role: BASES.index(role.country_basis or "originator"))
        if best.country_basis in STATED:
            return best.country
    if roles and not stated and any(_is_international(role) for role in roles):
        return None  # an official of an international organization
    if any(sighting.rule in ("signature", "classified-by") for sighting in cluster.sightings):
        return "US"
    leader = known_figure(cluster.words, setting, " / ".join(spelled_out(role.text) for role in roles))
    if leader is not None and (len(cluster.words) > 1 or not roles or _holds(roles, leader)):
        return leader.country
    if stated:
        return "US" if _has_american_post(stated) else best.country
    return next((sighting.country for sighting in cluster.sightings if sighting.country is not None), None)


def _has_american_post(roles: Sequence[Role]) -> bool:
    """Whether one role is an American's, and the others are ranks that any army has: `Captain`, `CJCS officer`."""
    ours = [role for role in roles if role.country_basis == "originator" and role.country == "US"]
    rest = (title_of(role.title.split()[-1]) for role in roles if role not in ours)
    is_ours = any(not role.title.casefold().endswith(LENT_TITLES) for role in ours)
    return is_ours and all(title is not None and title.kind in ("military", "staff") for title in rest)


def _repeats_international(role: Role, roles: Sequence[Role]) -> bool:
    """Whether a role without its organization is one that an international organization's official was given."""
    return role.country_basis not in STATED and any(
        _is_international(other) and other.title == role.title for other in roles
    )


def _is_international(role: Role) -> bool:
    return role.country_basis == "organization" and role.country is None and role.status != "former"


def _is_official(cluster: Cluster, setting: Setting) -> bool:
    if any(sighting.is_official for sighting in cluster.sightings):
        return True
    has_role = any(sighting.role is not None for sighting in cluster.sightings)
    return len(cluster.words) > 1 and not has_role and known_figure(cluster.words, setting) is not None


def _holds(roles: Sequence[Role], leader: Leader) -> bool:
    """Whether one of the roles is the leader's, or one that a leader known by surname may have held before."""
    last = leader.title.split()[-1:] or [""]
    held = " ".join(spelled_out(role.text) for role in roles)
    return last[0] in held or (leader.is_known_bare and any(office in held for office in OFFICES_OF_LEADERS))


def _with_country(role: Role, country: str | None) -> Role:
    """The role without a country that was only supposed, where the person's is another."""
    if country is None or role.country in (None, country) or role.country_basis in STATED:
        return role
    return replace(role, country=None, country_basis=None)
