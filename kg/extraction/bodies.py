"""Find persons whom the text puts in a public body without a title: `Ana Ruiz from DFID`, `the MFA's Ana Ruiz`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extraction.lexicon import (
    CAPITAL,
    CITY,
    COUNTRY,
    DEMONYM,
    FORENAME,
    FUNCTION,
    ORGANIZATION,
    PLURAL_TITLE,
    TITLE,
    body_country,
    country_words,
    government,
    word_set,
)
from kg.extraction.scan import Scan, Sighting

LINKS: Final = frozenset(("at", "from", "in", "of", "with"))
LONGEST_BODY: Final = 7
OFFICES: Final = word_set("public-bodies")
MISSIONS: Final = frozenset(("consulate", "embassy", "mission"))
ARMED: Final = word_set("armed-groups")


def bodied(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence who are said to belong to a public body."""
    for index in scan.reading.places_in(FORENAME, floor, ceiling - 1):
        if index in scan.taken or not scan.tokens[index].bits & CAPITAL:
            continue
        end = scan.name_end(index, ceiling)
        if not scan.is_named(index, end) or not scan.taken.isdisjoint(range(index, end)):
            continue
        body = _body_after(scan, end, ceiling) or _owner(scan, index, floor)
        if body is not None:
            yield from _members(scan, index, end, body)


def _members(scan: Scan, first: int, last: int, body: tuple[int, int]) -> Iterator[Sighting]:
    for sighting in scan.sighting(first, last, None, "name-body"):
        yield replace(
            sighting,
            is_official=True,
            country=_country(scan, *body),
            organization=scan.reading.words(*body),
        )


def _body_after(scan: Scan, index: int, ceiling: int) -> tuple[int, int] | None:
    """The body after a name: `, from DFID`, `(TDY from Embassy Lima)`, `(EUR/ERA)`."""
    at = index
    is_aside = at < ceiling and scan.tokens[at].text == "("
    if at < ceiling and scan.tokens[at].text in (",", "("):
        at += 1
    if is_aside and at + 1 < ceiling and scan.tokens[at].text == "TDY":
        at += 1
    if at < ceiling and scan.tokens[at].low in LINKS:
        at += 1
    elif not is_aside or at >= ceiling or not scan.tokens[at].text.isupper():  # "Ana Ruiz (EUR/ERA)"
        return None
    while at < ceiling and scan.tokens[at].low == "the":
        at += 1
    end = _body_end(scan, at, ceiling)
    return (at, end) if end > at else None


def _owner(scan: Scan, index: int, floor: int) -> tuple[int, int] | None:
    """The body that a name is of, before it: `OSD's Ana Ruiz`."""
    if index - 2 < floor or scan.tokens[index - 1].low != "'s":
        return None
    for first in range(max(floor, index - 1 - LONGEST_BODY), index - 1):
        if _body_end(scan, first, index - 1) == index - 1:
            return first, index - 1
    return None


def _body_end(scan: Scan, first: int, ceiling: int) -> int:
    """The token after a public body that begins at `first`; `first` itself where none does."""
    end = first
    is_public = False
    while end < min(ceiling, first + LONGEST_BODY):
        token = scan.tokens[end]
        is_link = end > first and token.low in ("of", "for", "and", "/", "the") and end + 1 < ceiling
        if token.bits & (TITLE | PLURAL_TITLE) or not (token.bits & CAPITAL or is_link):
            break
        if token.bits & FUNCTION and not is_link:
            break
        is_public = is_public or _is_public(scan, end)
        end += 1
    while end > first and not scan.tokens[end - 1].bits & CAPITAL:
        end -= 1
    return end if is_public else first


def _is_public(scan: Scan, index: int) -> bool:
    token = scan.tokens[index]
    if token.low in ARMED:
        return False
    return bool(token.bits & ORGANIZATION) or token.low in OFFICES


def _country(scan: Scan, first: int, last: int) -> str | None:
    words = scan.tokens[first:last]
    for token in words:
        if token.bits & (DEMONYM | COUNTRY):
            return country_words("demonym").get(token.text) or country_words("name").get(token.text)
    if any(token.low in MISSIONS for token in words):
        return "US"  # "Embassy Lima" is ours
    for name in (scan.reading.words(first, last), *(token.text for token in words)):
        known = body_country(name, scan.setting.near)
        if known is not None:
            return {"host": scan.setting.host, "international": None}.get(known, known)
        if government(name) is not None:
            return scan.setting.government(name)
    return scan.setting.host if not any(token.bits & CITY for token in words) else None
