"""Find persons by what follows or owns their name: a role, a verb of speech, a body; and given names with a surname."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extraction.lexicon import CAPITAL, COMMON, FORENAME, GIVEN, NO_NAME, PARTICLE, SPEECH, word_set
from kg.extraction.names import is_likely_full_name
from kg.extraction.scan import Scan, Sighting
from kg.extraction.tokens import opens_sentence

# What may stand between a name and its verb: "Ana Ruiz had also told", "Ana Ruiz later said".
BETWEEN: Final = word_set("before-speech")
# What is named after a person and is none: "the carrier Ana Orlan".
VESSELS: Final = word_set("vessels")
LONGEST_BETWEEN: Final = 3
# How somebody comes to an office or leaves it.
OFFICE_VERBS: Final = word_set("office-verbs")
OFFICE_CHANGES: Final = word_set("office-changes")
OFFICE_NOUNS: Final = word_set("office-nouns")
OFFICE_PHRASES: Final = frozenset((("stepped", "down"), ("took", "office"), ("took", "over"), ("assumed", "office")))
AUXILIARIES: Final = frozenset(("who", "was", "is", "had", "has", "been", "recently", "later", "will", "be", "then"))
LONGEST_BETWEEN_OFFICE: Final = 5
BEGINNING: Final = CAPITAL | PARTICLE  # of the first word of a name


def apposed(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence whose role stands after them: `Ana Ruiz, head of the port authority,`."""
    passed = floor
    for index in scan.reading.places_in(BEGINNING, floor, ceiling):
        if index < passed or index in scan.taken:
            continue
        end = passed = scan.name_end(index, ceiling)
        if end == index:
            continue
        role = scan.role_after(end, ceiling)
        if role is not None and scan.is_full(index, end) and scan.taken.isdisjoint(range(index, end)):
            yield from scan.sighting(index, end, role, "name-role")


def spoken(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence who say something: `Ana Ruiz told`."""
    for verb in scan.reading.places_in(SPEECH, floor + 2, ceiling):
        if scan.tokens[verb].bits & CAPITAL:
            continue
        last = verb
        while last > floor and verb - last < LONGEST_BETWEEN and scan.tokens[last - 1].low in BETWEEN:
            last -= 1
        first = last
        while first > floor and scan.name_end(first - 1, ceiling) == last:
            first -= 1
        if is_likely_full_name(scan.tokens, first, last) and scan.taken.isdisjoint(range(first, last)):
            opening = first > floor and scan.tokens[first - 1].bits & CAPITAL
            if not opening or opens_sentence(scan.tokens, first):
                yield from scan.sighting(first, last, None, "name-speech")


def in_office(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence who come to an office or leave it: `took over from Ana Ruiz, who resigned`."""
    for index in scan.reading.places_in(FORENAME, floor, ceiling - 1):
        if not scan.tokens[index].bits & BEGINNING or index in scan.taken:
            continue
        end = scan.name_end(index, ceiling)
        if not scan.is_named(index, end) or not _stands_free(scan, index, end, floor, ceiling):
            continue
        if _leaves_office(scan, end, ceiling) or _comes_after(scan, index, floor):
            for sighting in scan.sighting(index, end, None, "name-office"):
                yield replace(sighting, is_official=True, country=scan.setting.host)


def _leaves_office(scan: Scan, index: int, ceiling: int) -> bool:
    """Whether what follows a name is its election, appointment or end in office."""
    at = index + 1 if index < ceiling and scan.tokens[index].text == "," else index
    while at < min(ceiling, index + LONGEST_BETWEEN_OFFICE) and scan.tokens[at].low in AUXILIARIES:
        at += 1
    words = tuple(token.low for token in scan.tokens[at : min(at + 2, ceiling)])
    return bool(words) and (words[0] in OFFICE_VERBS or words in OFFICE_PHRASES)


def _comes_after(scan: Scan, first: int, floor: int) -> bool:
    """Whether a name is that of somebody replaced or chosen: `replaced Ana Ruiz`, `the election of Ana Ruiz`."""
    before = [token.low for token in scan.tokens[max(floor, first - 3) : first]]
    if not before:
        return False
    if before[-1] in OFFICE_CHANGES or (before[-1] == "by" and before[-2:-1] in (["succeeded"], ["replaced"])):
        return True
    if before[-1] in ("of", "for", "from") and tuple(before[-3:-1]) in OFFICE_PHRASES:
        return True
    return before[-1] == "of" and len(before) > 1 and before[-2] in OFFICE_NOUNS


def given(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence who are named by a known given name and a surname, whatever they do."""
    for index in scan.reading.places_in(GIVEN, floor, ceiling - 1):
        if scan.tokens[index].bits & (COMMON | NO_NAME) or index in scan.taken:
            continue
        end = scan.name_end(index, ceiling)
        if is_likely_full_name(scan.tokens, index, end) and _stands_free(scan, index, end, floor, ceiling):
            yield from scan.sighting(index, end, None, "given-name")


def _stands_free(scan: Scan, first: int, last: int, floor: int, ceiling: int) -> bool:
    """Whether a name is not part of a longer term: `San Juan Varga`, `Jose Marti Airport`."""
    if not scan.taken.isdisjoint(range(first, last)):
        return False
    before = scan.tokens[first - 1] if first > floor else None
    after = scan.tokens[last] if last < ceiling else None
    if before is not None and before.low in VESSELS:
        return False
    is_after_capital = before is not None and bool(before.bits & CAPITAL) and not opens_sentence(scan.tokens, first - 1)
    return not is_after_capital and not (after is not None and after.bits & CAPITAL)
