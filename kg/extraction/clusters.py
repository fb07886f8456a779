"""Group the names of one cable into persons: the longest name wins, and a surname must equal its last words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.extraction.lexicon import column, word_set
from kg.extraction.names import SUFFIXES, fold
from kg.extraction.nationality import STATED
from kg.extraction.scan import Sighting

SHORTEST_TYPO: Final = 6  # letters
SHORTEST_VARIANT: Final = 4
# Chinese and Korean surnames, which come first; some are given names elsewhere, unless two words follow.
FAMILY_FIRST: Final = word_set("family-first")
FAMILY_FIRST_OF_THREE: Final = word_set("family-first-of-three")
PARTICLES: Final = column("name_particles.tsv", "word")
# The words before and after a misspelt one, and what the two spellings of it share.
_Spelling = tuple[tuple[str, ...], tuple[str, ...], str]
FRAME: Final = frozenset(("classified-by", "signature", "tag-person"))


@dataclass(slots=True)
class Cluster:
    """A person in the making: the folded words of the fullest name, the sightings, and what these state together."""

    words: tuple[str, ...]
    sightings: list[Sighting] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    demonyms: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    is_of_frame: bool = False

    def add(self, sighting: Sighting) -> None:
        """Add a sighting."""
        self.sightings.append(sighting)
        self.is_of_frame = self.is_of_frame or sighting.rule in FRAME
        if sighting.country is not None:
            self.countries.add(sighting.country)
        if sighting.role is not None:
            self.titles.add(sighting.role.title.casefold())
            if sighting.role.country_basis in STATED and sighting.country is not None:
                self.stated.add(sighting.country)
            if sighting.role.country_basis == "demonym" and sighting.role.country is not None:
                self.demonyms.add(sighting.role.country)


def cluster(sightings: Sequence[Sighting]) -> list[Cluster]:
    """Persons from sightings given in the order of the text; full names first, then surnames, the nearest preceding."""
    clusters: list[Cluster] = []
    by_word: dict[str, list[Cluster]] = {}
    order = {id(sighting): place for place, sighting in enumerate(sightings)}
    for sighting in sorted(sightings, key=lambda s: (-len(words_of(s)), order[id(s)])):
        words = words_of(sighting)
        # Whatever form of a name it is, its last word is one of the full name's.
        found = _best(by_word.get(words[-1], ()), sighting, words, order)
        if found is None:
            found = Cluster(words=words)
            clusters.append(found)
            for word in {*words, words[0][1:]}:  # and "BLAU" of "RBlau"
                by_word.setdefault(word, []).append(found)
        found.add(sighting)
    clusters = _without_typos(clusters)
    for found in clusters:
        found.sightings.sort(key=lambda s: order[id(s)])
    return clusters


def _without_typos(clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, a misspelt name put to the person who has the office, or else the rest of the name."""
    out: list[Cluster] = []
    by_spelling: dict[_Spelling, list[int]] = {}
    for candidate in clusters:
        spellings = _spellings(candidate.words)
        near = sorted({place for key in spellings for place in by_spelling.get(key, ())})
        meant = [out[place] for place in near if _is_misspelt(candidate, out[place])]
        if len(meant) == 1:
            for sighting in candidate.sightings:
                meant[0].add(sighting)
        else:
            for key in {*spellings, *_spellings(candidate.words[-1:])}:
                by_spelling.setdefault(key, []).append(len(out))
            out.append(candidate)
    return out


def _spellings(words: tuple[str, ...]) -> list[_Spelling]:
    """What two names have in common if they are one letter of one word apart: the other words, and what is left."""
    return [
        (words[:place], words[place + 1 :], left)
        for place, word in enumerate(words)
        if len(word) >= SHORTEST_VARIANT
        for left in _one_letter_less(word)
    ]


@lru_cache(maxsize=1 << 12)
def _one_letter_less(word: str) -> tuple[str, ...]:
    """A word, and what is left of it without one of its letters; words one edit apart share one of these."""
    return (word, *dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))


def _is_misspelt(candidate: Cluster, known: Cluster) -> bool:
    if candidate.stated and known.stated and candidate.stated.isdisjoint(known.stated):
        return False
    if len(candidate.words) == 1:
        word = candidate.words[0]
        return len(word) >= SHORTEST_TYPO and is_one_edit(word, known.words[-1]) and _share_office(candidate, known)
    return _is_variant(candidate.words, known.words)


def _is_variant(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names differ by one letter of one word, as `Luis` and `Luiz`; not `Maria` and `Mario`."""
    if len(a) != len(b) or len(b) < 2:
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(apart) == 1 and all(
        min(len(x), len(y)) >= SHORTEST_VARIANT and is_one_edit(x, y) and x.rstrip("aeo") != y.rstrip("aeo")
        for x, y in apart
    )


def _share_office(a: Cluster, b: Cluster) -> bool:
    is_near = not a.countries.isdisjoint(b.countries) or not a.countries or not b.countries
    return is_near or not _heads(a).isdisjoint(_heads(b))


def _heads(cluster: Cluster) -> set[str]:
    return {title.split()[-1] for title in cluster.titles}


def is_one_edit(a: str, b: str) -> bool:
    """Whether one letter added, left out, replaced or swapped with its neighbour makes one word the other."""
    if abs(len(a) - len(b)) > 1 or a == b or a[:1] != b[:1]:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
    return a[at + 1 :] == b[at:] if len(a) > len(b) else a[at:] == b[at + 1 :]


def words_of(sighting: Sighting) -> tuple[str, ...]:
    """The folded words of a sighting's name; `STEINBERG, JAMES B.` is turned round."""
    if sighting.rule == "tag-person":
        last, _, first = sighting.name.partition(",")
        return fold(first) + fold(last)
    words = fold(sighting.name)
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words


def _best(
    clusters: Iterable[Cluster], sighting: Sighting, words: tuple[str, ...], order: dict[int, int]
) -> Cluster | None:
    fitting = [c for c in clusters if _is_named(c, sighting, words) and _agree(c, sighting, words)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    here = order[id(sighting)]
    exact = [c for c in fitting if c.words == words or words == c.words[-len(words) :]]

    def distance(candidate: Cluster) -> tuple[int, int]:
        places = [order[id(s)] for s in candidate.sightings]
        before = [here - place for place in places if place < here]
        return (0, min(before)) if before else (1, min(places))

    return min(exact or fitting, key=distance)


def _is_named(candidate: Cluster, sighting: Sighting, words: tuple[str, ...]) -> bool:
    """Whether a name can be the candidate's; a public figure's one word may be any of his."""
    if is_form_of(words, candidate.words):
        return True
    is_figure = sighting.rule == "known-figure" and len(words) == 1 and sighting.country in candidate.countries
    return is_figure and words[0] in candidate.words


def is_form_of(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a folded name can stand for a fuller one: its last words, its first two, or words left out inside."""
    if not words or len(words) > len(full):
        return False
    if words == full[-len(words) :] or _is_glued(words, full):
        return True
    if len(words) < 2:
        return (len(full) == 1 and words == full) or is_first_surname(words, full) or is_family_first(words, full)
    if words == full[: len(words)]:
        return True
    return _same(words[0], full[0]) and words[-1] == full[-1] and _is_inside(words, full)


def is_first_surname(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one word is the first of two surnames: `Ruiz` for `Ana Ruiz Coll`; never the second of two words."""
    if len(words) != 1 or len(full) < 3:
        return False
    last = len(full) - 1
    while last > 1 and full[last - 1] in PARTICLES:  # "Orlan" for "Ana Orlan da Silva"
        last -= 1
    return last > 1 and len(full[last - 1]) > 3 and words[0] == full[last - 1]


def is_family_first(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one word is the surname that a Chinese or Korean name begins with: `Wang` for `Wang Lan`."""
    if len(words) != 1 or words[0] != full[0] or not 2 <= len(full) <= 3:
        return False
    return words[0] in FAMILY_FIRST or (len(full) == 3 and words[0] in FAMILY_FIRST_OF_THREE)


def _is_glued(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    # "RBlau" in the Classified By line, "BLAU" in the signature.
    return len(words) == 1 and len(full) == 1 and full[0][1:] == words[0] and len(words[0]) > 3


def _same(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _is_inside(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    at = 0
    for word in words:
        while at < len(full) and not _same(word, full[at]):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _agree(candidate: Cluster, sighting: Sighting, words: tuple[str, ...]) -> bool:
    """Whether nothing speaks against it: a signer is American, and a stated demonym does not contradict another."""
    if sighting.rule in FRAME or candidate.is_of_frame:
        return not candidate.countries or sighting.country is None or sighting.country in candidate.countries
    role = sighting.role
    if len(words) > 1 and words != candidate.words and words == candidate.words[-len(words) :]:
        # Another first name goes with another office: two ministers of one family; not so "van Orlan".
        return (
            words[0] in PARTICLES or role is None or not candidate.titles or role.title.casefold() in candidate.titles
        )
    stated = role.country if role is not None and role.country_basis == "demonym" else None
    return stated is None or not candidate.demonyms or stated in candidate.demonyms
