"""What a corpus knows of officials by name: seen under strong rules in some cables, known in all others.

Made from compact tuples of a first pass over all cables; the same tuples in any order give the same gazetteer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.extraction.clusters import is_form_of
from kg.extraction.model import Person
from kg.extraction.names import SUFFIXES, fold

# Rules that tell a full name and a public role at once.
STRONG: Final = frozenset(("name-role", "plural-title-list", "role-comma-name", "title-name"))
# A surname alone is known of somebody whom so many cables name, or strong rules at so many places of one.
FEWEST: Final = 2
# So many years before the first and after the last cable that names a person, a surname alone may still be theirs.
YEARS_AROUND: Final = 3
MOST: Final = 3  # countries and offices of one person


class Naming(NamedTuple):
    """An official as one cable names it in full: the year of the cable, and how many places strong rules found."""

    name: str
    country: str | None
    office: str
    year: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """An official of the gazetteer: the full name, its folded words, and what the cables that name it say.

    `countries` are ISO 3166-1 alpha-2 codes, the one that most cables give first, none where no cable gives one;
    `offices` are titles in lower case; `places` counts where strong rules found the name in all cables; `since` and
    `until` are the years of the first and the last cable.
    """

    name: str
    words: tuple[str, ...]
    countries: tuple[str, ...]
    offices: tuple[str, ...]
    cables: int
    places: int
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Known officials by the folded surname."""

    by_surname: Mapping[str, tuple[KnownName, ...]] = field(default_factory=dict)

    def find(self, words: tuple[str, ...], countries: frozenset[str | None], year: int) -> KnownName | None:
        """The official whom folded words name in a cable about these countries, in full or by the surname."""
        found = self.by_surname.get(words[-1], ())
        return _named(found, words, countries) if len(words) > 1 else _surnamed(found, countries, year)


EMPTY: Final = Gazetteer()


def _named(found: Iterable[KnownName], words: tuple[str, ...], countries: frozenset[str | None]) -> KnownName | None:
    """The official of this full name, from whom most cables tell; middle names may be left out."""
    meant = [
        known
        for known in found
        if (known.words == words or (len(words) == 2 and known.words[0] == words[0])) and _is_of(known, countries)
    ]
    return max(meant, key=lambda known: (known.words == words, known.cables, known.words), default=None)


def _surnamed(found: Iterable[KnownName], countries: frozenset[str | None], year: int) -> KnownName | None:
    """The one official of these years who has this surname, if of these countries; None for none and for several."""
    near = [known for known in found if known.since - YEARS_AROUND <= year <= known.until + YEARS_AROUND]
    fullest = max(near, key=lambda known: (len(known.words), known.cables, known.words), default=None)
    if fullest is None or not fullest.countries or not _is_of(fullest, countries):
        return None
    is_one = all(is_form_of(known.words, fullest.words) for known in near)
    return fullest if is_one and sum(known.places for known in near) >= FEWEST else None


def _is_of(known: KnownName, countries: frozenset[str | None]) -> bool:
    return not known.countries or not countries.isdisjoint(known.countries)


def namings(persons: Iterable[Person], year: int) -> tuple[Naming, ...]:
    """The officials whom strong rules of one cable name in full; none of a cable without a date."""
    out = []
    for person in persons if year else ():
        words = fold(person.name)
        if not person.is_official or not _is_full(person.name, words):
            continue
        places = sum(
            len(mention.spans) for mention in person.mentions if mention.rule in STRONG and fold(mention.text) == words
        )
        if places:
            office = person.roles[0].title.casefold() if person.roles else ""
            out.append(Naming(person.name, person.country, office, year, places))
    return tuple(out)


def _is_full(name: str, words: tuple[str, ...]) -> bool:
    """Whether a name has a first name: not "de Maar", "Maar-Linde", "Maar Jr."."""
    first = name.split()[0]
    return len(words) > 1 and " " in name and first[0].isupper() and words[-1] not in SUFFIXES and not name.isupper()


def gazetteer_of(seen: Iterable[Naming]) -> Gazetteer:
    """The gazetteer of a corpus, from what the first pass saw in its cables, each official once a cable."""
    gathered: dict[tuple[str, ...], list[Naming]] = {}
    for naming in seen:
        gathered.setdefault(fold(naming.name), []).append(naming)
    return indexed(_known(words, found) for words, found in gathered.items())


def indexed(names: Iterable[KnownName]) -> Gazetteer:
    """The gazetteer of some officials."""
    by_surname: dict[str, list[KnownName]] = {}
    for known in sorted(names, key=lambda known: (known.words[-1], known.words)):
        by_surname.setdefault(known.words[-1], []).append(known)
    return Gazetteer(by_surname={surname: tuple(found) for surname, found in by_surname.items()})


def _known(words: tuple[str, ...], found: Sequence[Naming]) -> KnownName:
    return KnownName(
        name=_commonest(naming.name for naming in found)[0],
        words=words,
        countries=_commonest(naming.country for naming in found if naming.country is not None)[:MOST],
        offices=_commonest(naming.office for naming in found if naming.office)[:MOST],
        cables=len(found),
        places=sum(naming.places for naming in found),
        since=min(naming.year for naming in found),
        until=max(naming.year for naming in found),
    )


def _commonest(values: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))
