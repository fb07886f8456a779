"""Tell whose official a bare title means from what stands around it: a place after the name, or a list it is in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.extraction.lexicon import (
    CITY,
    COUNTRY,
    DEMONYM,
    INSTITUTION,
    PORTFOLIO,
    country_words,
    mapping,
    word_set,
)
from kg.extraction.nationality import STATED
from kg.extraction.roles import RoleParts
from kg.extraction.tokens import Reading

SUPPOSED: Final = ("host-country", "tags", None)
LONGEST_LINK: Final = 3  # words between a name and the next of its list
SIDES: Final = word_set("sides")
NO_SIDES: Final = frozenset(("at", "for", "from", "in", "of", "on", "to", "with", "and", "&"))
LIST_LINKS: Final = word_set("list-links")
MUTUAL: Final = word_set("mutual-verbs")
REACH_OF_VERB: Final = 8  # words from the last name to the verb, an apposition between


def narrowed(
    parts: RoleParts,
    reading: Reading,
    role: tuple[int, int],
    name: tuple[int, int],
    stated: Mapping[int, str],
    of_sides: Mapping[int, str],
) -> RoleParts:
    """The role with the country that its surroundings name, where its own words do not.

    `stated` leads from the token after a name to the country that the text gives that person, `of_sides` from where a
    side of a list of participants begins to its country.
    """
    if parts.basis in STATED or (parts.basis == "originator" and parts.head.kind not in ("diplomatic", "department")):
        return parts
    code = _place_after(reading, name[1]) or _place_before(reading, role[0])
    if code is not None:
        return replace(parts, country=code, basis="country-name")
    code = _of_the_side(name[0], of_sides)
    if code is None and parts.basis in SUPPOSED and parts.head.country == "host" and not _meet(reading, name[1]):
        code = _of_the_list(reading, role[0], stated)
    return parts if code is None else replace(parts, country=code, basis="list")


def sides(reading: Reading) -> dict[int, str]:
    """The sides of a list of participants, as `U.S.:` or `The Netherlands`: where each begins, and its country."""
    out: dict[int, str] = {}
    for index, token in enumerate(reading.tokens):
        if token.bits & (DEMONYM | COUNTRY) and _opens_side(reading, index):
            code = _named(reading, index)
            if code is not None:
                out[index] = code
    return out


def _named(reading: Reading, index: int) -> str | None:
    """The country that a demonym or a name of one or two words names."""
    words = [token.text for token in reading.tokens[index : index + 2]]
    names = (country_words(use).get(name) for name in (" ".join(words), words[0]) for use in ("name", "demonym"))
    return next((code for code in names if code is not None), None)


def _opens_side(reading: Reading, index: int) -> bool:
    tokens = reading.tokens
    before = index - 1
    while before >= 0 and tokens[before].low in ("the", "-", "--", "*"):
        before -= 1
    if before >= 0 and (tokens[before].low in NO_SIDES or tokens[before].text == ","):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or following.low in SIDES or not following.bits & (INSTITUTION | PORTFOLIO)


def _of_the_side(index: int, of_sides: Mapping[int, str]) -> str | None:
    return next((of_sides[start] for start in sorted(of_sides, reverse=True) if start <= index), None)


def _place_after(reading: Reading, index: int) -> str | None:
    """The country of the place that a name is said to be of: `Mayor Ana Orlan of Lima`."""
    words = reading.tokens[index : index + 2]
    if len(words) < 2 or words[0].low != "of" or not words[1].bits & (CITY | COUNTRY):
        return None
    return mapping("cities.tsv", "name", "country").get(words[1].text) or country_words("name").get(words[1].text)


def _place_before(reading: Reading, index: int) -> str | None:
    """The country that an aside is about: `Peru (President Orlan stays)`."""
    tokens = reading.tokens
    if index < 2 or tokens[index - 1].text != "(" or not tokens[index - 2].bits & COUNTRY:
        return None
    return country_words("name").get(tokens[index - 2].text)


def _meet(reading: Reading, end: int) -> bool:
    """Whether those of a list met each other, so that each may be of another country: `X and Captain Y met`."""
    return any(token.low in MUTUAL for token in reading.tokens[end : end + REACH_OF_VERB])


def _of_the_list(reading: Reading, first: int, stated: Mapping[int, str]) -> str | None:
    """The country of the one before in a list: `Peruvian Minister Orlan and General Varga`; not ours."""
    for last in range(first - 1, first - 1 - LONGEST_LINK, -1):
        if last in stated:
            return stated[last] if stated[last] != "US" else None
        if last < 0 or reading.tokens[last].low not in LIST_LINKS:
            return None
    return None
