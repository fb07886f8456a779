"""The class line: classification, section, station and number (`UNCLAS SECTION 01 OF 05 KABUL 003934`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.cables.header.misprints import is_one_edit_away
from kg.cables.ids.stations import is_known, station
from kg.cables.spans import line_of
from kg.cables.words import CLASSIFICATIONS, in_capitals

# A class line without a station opens a cable only where more than a few words follow it.
_AFTER_IT: Final = 400
_WORDS_AFTER_IT: Final = 10

# How far into a text its class line is looked for; the longest header seen has some 5,000 characters.
HEADER_LENGTH: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """A class line with the spans of what stands in it; offsets in the clean text."""

    start: int
    end: int
    classification: str
    classification_span: tuple[int, int]
    captions_span: tuple[int, int]
    section: int | None
    section_of: int | None
    station: str | None
    number: str | None
    reference_span: tuple[int, int] | None


def spaced(word: str) -> str:
    """A pattern for a word whose letters may stand apart: `S E C R E T`."""
    return r"[ ]{0,2}".join(word)


_WORD: Final = rf"""
    (?:
      {spaced("TOPSECRET")}
    | [CS]?[ ]?[S]?[ ]?{spaced("ECRET")}              # S E C R E T, SS E C R E T, CSE C R E T, E C R E T
    | [CE]?[ ]?[C]?[ ]?{spaced("ONFIDENTIA")}[ ]{{0,2}}[LT]    # C O N F I D E N T I A L, CC O N ..., EONFIDENTIAt
    | {spaced("LIMITED")}[ ]{{1,3}}{spaced("OFFICIAL")}[ ]{{1,3}}{spaced("USE")} | LOU | LIMOFFUSE
    | {spaced("UNCLAS")}(?:[ ]{{0,2}}{spaced("SIFIED")}|S)?
    )
"""

_NUMBERS: Final = MappingProxyType(
    {
        word: at
        for at, word in enumerate(("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"), start=1)
    }
)
_COUNT: Final = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_CAPTION: Final = "|".join(
    ("FOR[ ]OFFICIAL[ ]USE[ ]ONLY", *map(spaced, ("NOFORN", "SENSITIVE", "FOUO", "NODIS", "EXDIS", "LIMDIS", "EFTO")))
)


def _garbled_forms(word: str) -> str:
    """A pattern for a word of which a letter may be lost, garbled, doubled, or swapped with the next."""
    forms = {word}
    for at in range(len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        forms |= {
            before + after,
            f"{before}[A-Z]{after}",
            before + letter + word[at:],
            before + after[:1] + letter + after[1:],
        }
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


# What follows the word of classification: captions, section, station and number. A caption can be read in several ways,
# so that their number must have a limit: without one, each more would double the time.
_MOST_CAPTIONS: Final = 6
_CAPTIONS: Final = rf"""
    (?P<captions>(?:
        [ \t]*(?://?|-)[ \t]*(?:{_CAPTION})(?://)?(?![A-Za-z])
      | [ \t]*(?://?|-)[ \t]*[A-Z][A-Z ]{{2,24}}?(?://)?(?=[ \t]|$)
      | [ \t]+(?:{_CAPTION})(?![A-Za-z])
      ){{0,{_MOST_CAPTIONS}}})
"""
_SECTION: Final = rf"""
    (?:[ \t]+(?P<final>FINAL)(?=[ \t]))?
    (?:[ \t]+(?:{_garbled_forms("SECTION")})[ \t]*+(?P<section>{_COUNT})?[ \t]*+(?:[A-Z0]F|O)[ \t]*+(?P<of>{_COUNT})\b)?
"""
_REFERENCE: Final = r"""
    (?P<reference>(?P<station>[A-Z][A-Z.'’-]+(?:[ ][A-Z.'’-]+){0,3}?)[ \t]+(?P<number>\d{1,6}))\b
"""

_CLASS_LINE: Final = re.compile(
    rf"^[ \t]* (?P<class>{_WORD})(?![A-Za-z]) {_CAPTIONS} {_SECTION} (?:[ \t]+{_REFERENCE})? (?P<rest>.*)$",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

# A word that is none, in capitals, where station and number follow: "C 0 N F I D E N T I A L QUITO 000034".
_GARBLED_LINE: Final = re.compile(
    rf"""
    ^[ \t]* (?P<class>[A-Z05](?:[ ]{{0,2}}[A-Z015]){{4,18}}?)
    {_CAPTIONS} {_SECTION} [ \t]+{_REFERENCE} (?P<rest>.*)$
    """,
    re.VERBOSE | re.MULTILINE,
)
_MISREAD: Final = str.maketrans("015", "OIS")

# "OF 02" of a section number, each spelling by itself: the engine finds a pattern by the letters that it starts with.
_OF_SECTIONS: Final = tuple(re.compile(word + r"[ \t]*(?:\d|TWO|THREE|FOUR|FIVE|SIX)") for word in ("OF", "of", "Of"))

# A line that says nothing but a classification, with at most a code beside it: "CONFIDENTIAL     PTQ1859".
_BARE_REST: Final = re.compile(r"[ \t]*+(?:[A-Z]{3}\d{4})?[ \t]*+")
# Serials of a class line and words like SIPDIS may follow the reference; prose may not.
_FOLLOWS: Final = re.compile(r"[ \t.]*(?:$|[A-Z(/])")


def class_lines(text: str, start: int, end: int) -> Iterator[ClassLine]:
    """All class lines of a span: those with a station and a number, a section, or nothing beside the word."""
    for match in _CLASS_LINE.finditer(text, start, end):
        line = _read(match)
        if line is not None:
            yield line


def section_lines(text: str, opening: ClassLine) -> Iterator[ClassLine]:
    """The class lines below the opening one that number a section; they have small letters only where that has."""
    start = reached = opening.end
    capitals, *others = _OF_SECTIONS
    spellings = [capitals] if text[slice(*opening.classification_span)].isupper() else [capitals, *others]
    for at in sorted([match.start() for spelling in spellings for match in spelling.finditer(text, start)]):
        if at >= reached:
            line_start, reached = line_of(text, at)
            for line in class_lines(text, line_start, reached) if line_start >= start else ():
                if line.section is not None:
                    yield line


def opening_class_line(text: str) -> ClassLine | None:
    """The class line that opens the cable: the first that names it, else the first of any kind."""
    first = None
    for line in class_lines(text, 0, min(len(text), HEADER_LENGTH)):
        if line.station is not None:
            return line
        # A class word at the end is the one that closes the cable.
        after = text[line.end : line.end + _AFTER_IT].partition("Declassified/Released")[0]
        if first is None and len(after.split()) > _WORDS_AFTER_IT:
            first = line
    return _garbled(text) or first


def _garbled(text: str) -> ClassLine | None:
    """The line that names the cable where its classification is misprinted or misread; its station must be known."""
    for match in _GARBLED_LINE.finditer(text, 0, min(len(text), HEADER_LENGTH)):
        if match["station"] and is_known(match["station"]) and (line := _read(match)) is not None:
            return line
    return None


def classification_of(words: str) -> str | None:
    """The classification that the letters of a class line mean, garbled or not."""
    letters = "".join(words.split()).upper()
    if letters in CLASSIFICATIONS:
        return CLASSIFICATIONS[letters]
    if letters.endswith("ECRET"):
        return "SECRET"
    if "ONFIDENTIA" in letters:
        return "CONFIDENTIAL"
    letters = letters.translate(_MISREAD)
    return next((known for word, known in CLASSIFICATIONS.items() if _means(letters, word)), None)


def _means(letters: str, word: str) -> bool:
    return letters == word or (len(word) > 5 and is_one_edit_away(letters, word))


def _read(match: re.Match[str]) -> ClassLine | None:
    names_cable = match["reference"] is not None and (
        is_known(match["station"]) or (match["station"].isupper() and _FOLLOWS.match(match["rest"]) is not None)
    )
    is_plain = match["reference"] is None and (match["of"] or _BARE_REST.fullmatch(match["rest"]))
    classification = classification_of(match["class"]) if names_cable or is_plain else None
    if classification is None:
        return None
    return ClassLine(
        start=match.start("class"),
        end=match.end(),
        classification=classification,
        classification_span=match.span("class"),
        captions_span=match.span("captions"),
        section=_number(match["section"] or (match["of"] if match["final"] else None)),
        section_of=_number(match["of"]),
        station=station(match["station"]) if names_cable else None,
        number=match["number"] if names_cable else None,
        reference_span=match.span("reference") if names_cable else None,
    )


def _number(text: str | None) -> int | None:
    """The number that digits or a word of a section stand for: `02`, `TWO`."""
    return None if text is None else _NUMBERS.get(in_capitals(text)) or int(text)
