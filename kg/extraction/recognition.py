"""Find in a cable the officials whom other cables name: by full names, and by surnames that only one of them has."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.extraction.clusters import FRAME, words_of
from kg.extraction.gazetteer import Gazetteer, KnownName
from kg.extraction.lexicon import (
    CAPITAL,
    COMMON,
    INSTITUTION,
    NO_NAME,
    ORGANIZATION,
    PARTICLE,
    PLURAL_TITLE,
    PORTFOLIO,
    TITLE,
    word_set,
)
from kg.extraction.names import LONGEST, fold
from kg.extraction.nationality import Setting
from kg.extraction.scan import Sighting
from kg.extraction.tokens import Reading, Token, opens_sentence
from kg.tables import is_given_name

NO_PART: Final = NO_NAME | TITLE | PLURAL_TITLE
BODY: Final = INSTITUTION | ORGANIZATION | PORTFOLIO
SHORTEST_SURNAME: Final = 4  # letters
# "in", "at", "through": what follows is a place, or a body.
BEFORE_PLACES: Final = word_set("before-places")


class Unexplained(NamedTuple):
    """Capitalised words that no rule has explained: where they stand in the text of a part, and folded."""

    part: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]


def recognised(
    readings: Sequence[Reading], seen: Sequence[Sighting], setting: Setting, gazetteer: Gazetteer
) -> list[Sighting]:
    """Sightings of the officials of a gazetteer at places that no rule has explained, or where it gave no role."""
    if not gazetteer.by_surname:
        return []
    runs = [
        (run, known)
        for run in unexplained(readings, seen)
        if (known := gazetteer.find(run.words, setting.named, setting.year)) is not None
    ]
    full = [(run, known) for run, known in runs if len(run.words) > 1]
    # The surname of a person named in full in the cable is found as such.
    here = {word for run, _ in full for word in run.words}
    bare = [(run, known) for run, known in runs if len(run.words) == 1 and run.words[0] not in here]
    return [_sighting(run, known, "gazetteer-name") for run, known in full] + [
        _sighting(run, known, "gazetteer-surname") for run, known in bare
    ]


def _sighting(run: Unexplained, known: KnownName, rule: str) -> Sighting:
    return Sighting(
        part=run.part,
        start=run.start,
        end=run.end,
        name=run.text,
        role=None,
        is_official=True,
        country=known.countries[0] if known.countries else None,
        rule=rule,
    )


def unexplained(readings: Sequence[Reading], seen: Sequence[Sighting]) -> Iterator[Unexplained]:
    """The capitalised words of a cable that may name persons and that no sighting covers; then persons without a role.

    These are all the words by which a gazetteer can change what is found in the cable.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    names: set[tuple[str, ...]] = set()
    for sighting in seen:
        spans.setdefault(sighting.part, []).append((sighting.start, sighting.end))
        names.add(words_of(sighting))
    known = {word for words in names for word in words}
    places = _places(readings)
    for reading in readings:
        for first, last in _runs(reading, sorted(spans.get(reading.part, ()))):
            words = fold(" ".join(token.text for token in reading.tokens[first:last]))
            is_explained = words in names or (len(words) == 1 and words[0] in known)
            if not is_explained and (len(words) > 1 or _may_be_surname(reading, first, places)):
                start, end = reading.tokens[first].start, reading.tokens[last - 1].end
                yield Unexplained(reading.part, start, end, reading.found[start:end], words)
    yield from _without_role(seen)


def _without_role(seen: Iterable[Sighting]) -> Iterator[Unexplained]:
    for sighting in seen:
        words = words_of(sighting)
        if sighting.rule not in FRAME and sighting.role is None and not sighting.is_official and len(words) > 1:
            yield Unexplained(sighting.part, sighting.start, sighting.end, sighting.name, words)


def _places(readings: Sequence[Reading]) -> frozenset[str]:
    """The words that stand after "in", "at" or the like somewhere in the cable."""
    return frozenset(
        token.text
        for reading in readings
        for before, token in zip(reading.tokens, reading.tokens[1:], strict=False)
        if before.low in BEFORE_PLACES and token.bits & CAPITAL
    )


def _runs(reading: Reading, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of tokens that may be names, each as long as can be, outside of sorted spans of the text."""
    covered = _covered(reading.tokens, spans)
    for floor, ceiling in reading.sentences:
        index = floor
        while index < ceiling:
            if not _begins(reading, index) or index in covered:
                index += 1
                continue
            last = index + 1
            while last < min(ceiling, index + LONGEST) and last not in covered and _goes_on(reading.tokens, last):
                last += 1
            if index - 1 not in covered and last not in covered and not _is_of_body(reading.tokens[last : last + 1]):
                yield index, last
            index = last


def _covered(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The tokens that lie in sorted spans of the text."""
    found, place = [], 0
    for index, token in enumerate(tokens):
        while place < len(spans) and spans[place][1] <= token.start:
            place += 1
        if place == len(spans):
            break
        if spans[place][0] <= token.start:
            found.append(index)
    return frozenset(found)


def _begins(reading: Reading, index: int) -> bool:
    """Whether a token may be the first of a name: not a word that has its capital from the sentence."""
    bits = reading.tokens[index].bits
    if not bits & CAPITAL or bits & NO_PART:
        return False
    return not bits & COMMON or not (reading.is_capitals or opens_sentence(reading.tokens, index))


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    bits = tokens[index].bits
    if bits & PARTICLE:
        following = tokens[index + 1].bits if index + 1 < len(tokens) else 0
        return bool(following & (CAPITAL | PARTICLE)) and not following & NO_PART
    return bool(bits & CAPITAL) and not bits & NO_PART


def _is_of_body(following: Sequence[Token]) -> bool:
    # "Ana Ruiz Foundation": the name of a body, not of a person.
    return any(token.bits & BODY and token.bits & CAPITAL for token in following)


def _may_be_surname(reading: Reading, index: int, places: frozenset[str]) -> bool:
    token = reading.tokens[index]
    is_acronym = token.text.isupper() and not reading.is_capitals
    return (
        reading.kind != "heading"  # whose words all have capitals
        and len(token.text) >= SHORTEST_SURNAME
        and not token.bits & COMMON
        and not is_acronym
        and token.text not in places
        and not is_given_name(token.text.upper())
    )
