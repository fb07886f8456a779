"""What the attributes of a release say of a cable, read into its values; they stand nowhere in the text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from kg.cables.fields.tags import read_tags
from kg.cables.ids.repair import repair_id
from kg.cables.ids.stations import is_known, post_of, post_of_station, posts_by_label
from kg.cables.model import Addressee, CleanText, Reference, Tag, TextValue
from kg.cables.words import CAPTIONS, CLASSIFICATIONS, NO_FOREIGN, OFFICIAL_USE
from kg.sources.model import RawCable

# CONFIDENTIAL; CONFIDENTIAL//NOFORN; UNCLASSIFIED, FOR OFFICIAL USE ONLY. In the archive SECRETARIAT stands there too,
# where a program took a word of the text.
_WORDS: Final = "|".join(sorted({re.escape(value) for value in CLASSIFICATIONS.values()}, key=len, reverse=True))
_CLASSIFICATION: Final = re.compile(
    rf"""
    (?P<class>{_WORDS})
    (?:[ ,/]+(?P<captions>[A-Z][A-Z ]{{2,40}}))?
    """,
    re.VERBOSE,
)
_ALSO: Final = re.compile(r"(?:^|(?<![ \t])[ \t]++)INFO[ \t]+")  # STATE INFO LISBON
_PARTS: Final = re.compile(r"[|;,\n]|[ \t]{2,}")
# 75 STATE 194199; ABIDJAN 7259, of the cable's own year.
_YEAR: Final = re.compile(r"[ \t]*\d{2,4}[ \t]?[A-Z]")
_LONGEST: Final = 2000
_LONGEST_LIST: Final = 20_000


def stated_post(raw: RawCable) -> str | None:
    """The post that a source names as the origin: `Embassy Bogota`, `BOGOTA`, `Colombia Bogota`."""
    origin = raw.get("origin")
    if origin:
        known = posts_by_label().get(origin.casefold())
        # The Department sends as STATE; releases call it "Secretary of State".
        return post_of_station(known.stations[0]) if known else None
    words = (raw.get("from") or "")[:_LONGEST].split()
    if "department of state" in " ".join(words).casefold():
        return post_of_station("STATE")
    return next((post for at in range(len(words)) if (post := post_of_station(" ".join(words[at:])))), None)


def stated_classification(raw: RawCable) -> str | None:
    """The classification that a source states, spelt as in the Cablegate CSV; None where it is none."""
    match = _CLASSIFICATION.fullmatch((raw.get("classification") or "").upper())
    if match is None:
        return None
    captions = " ".join((match["captions"] or "").split())
    if captions in NO_FOREIGN:
        return f"{match['class']}//NOFORN"
    return f"{match['class']}//FOR OFFICIAL USE ONLY" if captions in OFFICIAL_USE else match["class"]


def stated_captions(raw: RawCable) -> tuple[TextValue, ...]:
    """The captions among the handling restrictions that a source states."""
    words = (part.strip().upper() for part in _PARTS.split((raw.get("handling") or "")[:_LONGEST]))
    return tuple(unplaced(word) for word in dict.fromkeys(words) if word in CAPTIONS)


def stated_tags(raw: RawCable, day: date | None) -> tuple[Tag, ...]:
    """The TAGS terms that a source states, with their meanings (`PFOR - Political Affairs | …`) or without."""
    text = raw.get("tags") or ""
    if " - " in text:
        text = ", ".join(part.partition(" - ")[0] for part in text.split("|"))
    text = " ".join(text[:_LONGEST].split())
    terms = read_tags(CleanText(found=text, text=text, blanked=()), 0, len(text), day)
    return tuple(replace(term, as_sent="", start=0, end=0) for term in terms)


def stated_references(raw: RawCable, year: int | None) -> tuple[Reference, ...]:
    """The cables that a source says are referred to: canonical ids or `75 STATE 194199`, with the year or without."""
    out: dict[Reference, None] = {}
    for part in re.split(r"[|,;\n]", (raw.get("references") or "")[:_LONGEST_LIST]):
        spelt = part if _YEAR.match(part) or year is None else f"{year % 100:02d} {part.strip()}"
        if (known := repair_id(spelt)) is not None:
            reference = Reference(
                as_sent="", start=0, end=0, letter=None, kind="cable", target=str(known.id), repair=known.reason
            )
            out[reference] = None
    return tuple(out)


def stated_addressees(raw: RawCable) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
    """The action and the info addressees that a source states; posts in a row without a sign between are parted."""
    action, *info = _ALSO.split((raw.get("to") or "")[:_LONGEST])
    return _addressees(action), tuple(one for part in info for one in _addressees(part))


def unplaced(value: str) -> TextValue:
    """A value that stands nowhere in the text."""
    return TextValue(as_sent="", start=0, end=0, value=value)


def _addressees(text: str) -> tuple[Addressee, ...]:
    names = (name for part in _PARTS.split(text) for name in _names(part.split()))
    return tuple(
        Addressee(
            as_sent="", start=0, end=0, routing_indicator=None, plad=name, precedence=None, serial=None, exempted=(),
            post=post_of("STATE" if name.casefold() == "department of state" else name),
        )
        for name in dict.fromkeys(names)
    )  # fmt: skip


def _names(words: list[str]) -> Iterator[str]:
    """The names in a run of words: the longest that are stations, and what stands between them."""
    if is_known(" ".join(words)) or not all(word.isupper() for word in words):
        yield from [" ".join(words)] if words else []
        return
    rest: list[str] = []
    at = 0
    while at < len(words):
        end = next((end for end in range(min(len(words), at + 4), at, -1) if is_known(" ".join(words[at:end]))), None)
        if end is None:
            rest.append(words[at])
            at += 1
            continue
        yield from [" ".join(rest)] if rest else []
        yield " ".join(words[at:end])
        rest, at = [], end
    yield from [" ".join(rest)] if rest else []
