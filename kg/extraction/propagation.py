"""Find the other places where the persons of a cable are named: surnames, full names again, and misspelt surnames."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from kg.extraction.clusters import FAMILY_FIRST, SHORTEST_TYPO, Cluster, is_family_first, is_first_surname, is_one_edit
from kg.extraction.compounds import joined_names
from kg.extraction.lexicon import (
    CAPITAL,
    COMMON,
    FUNCTION,
    INITIAL,
    INSTITUTION,
    NO_NAME,
    PLURAL_TITLE,
    REDACTED,
    TITLE,
    word_set,
)
from kg.extraction.names import LONGEST, fold
from kg.extraction.tokens import Reading, Token, opens_sentence

# What a ruler has that is named after him: "the Orlan government".
RULES_OF: Final = word_set("rule-of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A name of a cluster at one more place."""

    cluster: int
    part: str
    start: int
    end: int
    rule: str


def nickname(cluster: Cluster, readings: Mapping[str, Reading]) -> str | None:
    """The initials that a cable gives a person in parentheses: `Hamid bin Rashid (HbR)`."""
    for sighting in cluster.sightings:
        reading = readings.get(sighting.part)
        after = reading.text[sighting.end : sighting.end + 9] if reading is not None else ""
        close = after.find(")")
        if after.startswith(" (") and 4 <= close <= 6:
            word = after[2:close]
            if word.isalpha() and word.lower() == "".join(part[0] for part in sighting.name.lower().split()):
                return word
    return None


class Forms:
    """The forms by which the persons of a cable can be named again: folded words → the persons they fit."""

    def __init__(self, clusters: Sequence[Cluster], readings: Sequence[Reading]) -> None:
        self.by_words: dict[tuple[str, ...], list[int]] = {}
        self.surnames: dict[str, dict[str, int]] = {}  # by their first letter
        for index, cluster in enumerate(clusters):
            for words in sorted(_forms(cluster)):
                self.by_words.setdefault(words, []).append(index)
            known = nickname(cluster, {reading.part: reading for reading in readings})
            if known is not None:
                self.by_words.setdefault(fold(known), []).append(index)
            if len(cluster.words[-1]) >= SHORTEST_TYPO:
                self.surnames.setdefault(cluster.words[-1][0], {}).setdefault(cluster.words[-1], index)
        self.firsts = frozenset(words[0] for words in self.by_words)
        self.likely: dict[str, bool] = {}

    def fits(self, words: tuple[str, ...]) -> list[int]:
        """The clusters that these folded words name."""
        return self.by_words.get(words, [])

    def may_name(self, word: str) -> bool:
        """Whether a word may begin one of the forms, or be a misspelt surname."""
        found = self.likely.get(word)
        if found is None:
            folded = fold(word)
            found = self.likely[word] = folded[0] in self.firsts or self.misspelt(folded[-1]) is not None
        return found

    def misspelt(self, word: str) -> int | None:
        """The cluster whose surname is one edit away from a folded word, and no plural: the Orlans are a family."""
        near = self.surnames.get(word[0], {})
        return next((c for known, c in near.items() if word != f"{known}s" and is_one_edit(word, known)), None)


def _forms(cluster: Cluster) -> set[tuple[str, ...]]:
    words = cluster.words
    out = {words[first:] for first in range(len(words))}
    if len(words) >= 3:
        out.add(words[:2])
        out.add((words[0], words[-1]))
        out.update((word,) for word in words[1:-1] if is_first_surname((word,), words))
    if is_family_first(words[:1], words):
        out.add(words[:1])
    # A last word of one or two letters ("Kim Il", "Li") names nobody by itself.
    return {form for form in out if len(form) > 1 or len(form[0]) > 2 or form[0] in FAMILY_FIRST}


def occurrences(
    reading: Reading, forms: Forms, taken: set[tuple[int, int]], places: Mapping[int, list[tuple[int, int]]], here: int
) -> Iterator[Occurrence]:
    """The places in a part where known persons are named and no rule has seen them.

    `places` tells for each cluster where it was seen so far, as (number of the part, offset), and is added to; `here`
    is this part's number. Of namesakes the one seen last before is meant.
    """
    tokens = reading.tokens
    likely = [
        index for index in reading.places(CAPITAL) if forms.may_name(tokens[index].text) or "-" in tokens[index].text
    ]
    hidden = covered(reading, taken) if likely else set()
    passed = 0
    for index in likely:
        if index < passed or tokens[index].bits & REDACTED or index in hidden:
            continue
        found = _longest(reading, index, forms, hidden)
        last, places_here = (index + 1, _joined(reading, index, forms)) if found is None else _one(tokens, index, found)
        for start, end, candidates, rule in places_here:
            at = (here, start)
            chosen = max(candidates, key=lambda c: (_last_before(places[c], at), -c))
            insort(places[chosen], at)
            yield Occurrence(cluster=chosen, part=reading.part, start=start, end=end, rule=rule)
        passed = last


def _one(
    tokens: Sequence[Token], index: int, found: tuple[int, list[int], str]
) -> tuple[int, list[tuple[int, int, list[int], str]]]:
    last, candidates, rule = found
    return last, [(tokens[index].start, tokens[last - 1].end, candidates, rule)]


def _joined(reading: Reading, index: int, forms: Forms) -> list[tuple[int, int, list[int], str]]:
    """The persons whom a hyphen joins, if all its names are known: `the Orlan-Varga talks`."""
    token, before = reading.tokens[index], reading.tokens[index - 1].bits if index else 0
    if "-" not in token.text or (before & CAPITAL and not before & FUNCTION):
        return []  # not "San Orlan-based"
    out = [(start, end, forms.fits(fold(name)), "surname") for name, start, end in joined_names(token)]
    return out if all(fits for _, _, fits, _ in out) else []


def _last_before(places: Sequence[tuple[int, int]], at: tuple[int, int]) -> tuple[int, int]:
    index = bisect_left(places, at)
    return places[index - 1] if index else (-1, -1)


def covered(reading: Reading, taken: set[tuple[int, int]]) -> set[int]:
    """The tokens that lie in spans."""
    at, tokens = attrgetter("start"), reading.tokens
    return {
        index
        for first, last in taken
        for index in range(bisect_left(tokens, first, key=at), bisect_left(tokens, last, key=at))
    }


def _longest(reading: Reading, index: int, forms: Forms, hidden: set[int]) -> tuple[int, list[int], str] | None:
    tokens = reading.tokens
    if fold(tokens[index].text)[0] not in forms.firsts:
        return _typo(reading, index, forms)
    for last in range(min(len(tokens), index + LONGEST), index, -1):
        if tokens[last - 1].bits & CAPITAL and hidden.isdisjoint(range(index, last)):
            words = fold(" ".join(token.text for token in tokens[index:last]))
            fits = forms.fits(words)
            if fits and (last - index > 1 or stands_alone(reading, index)):
                return last, fits, "full-name" if len(words) > 1 else "surname"
    return _typo(reading, index, forms)


def _typo(reading: Reading, index: int, forms: Forms) -> tuple[int, list[int], str] | None:
    token = reading.tokens[index]
    if len(token.text) < SHORTEST_TYPO or token.bits & (COMMON | NO_NAME | TITLE | PLURAL_TITLE):
        return None
    if not stands_alone(reading, index) or "'" in token.text:
        return None
    cluster = forms.misspelt(fold(token.text)[-1])
    return (index + 1, [cluster], "typo") if cluster is not None else None


def stands_alone(reading: Reading, index: int) -> bool:
    """Whether a single capitalised word is not part of a longer name or term."""
    tokens = reading.tokens
    token = tokens[index]
    if token.bits & (COMMON | TITLE) and (opens_sentence(tokens, index) or reading.is_capitals):
        return False
    if index and _is_other_name(reading, index - 1) and not opens_sentence(tokens, index - 1):
        return False
    following = index + 1
    if following >= len(tokens):
        return True
    return not _is_other_name(reading, following) and not _is_named_after(tokens[following])


def _is_named_after(following: Token) -> bool:
    # "Orlan City", "the Orlan Foundation"; but "the Orlan Administration" is the person's.
    is_body = following.bits & CAPITAL and following.bits & INSTITUTION
    return bool(is_body) and following.low not in RULES_OF


def _is_other_name(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if token.bits & (NO_NAME | TITLE | PLURAL_TITLE):
        return False
    return (bool(token.bits & CAPITAL) and not (token.bits & COMMON)) or bool(token.bits & INITIAL)
