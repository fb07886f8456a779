"""Tell whose official a bare title means from what stands around it: a place after the name, or a list it is in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.extraction.lexicon import CITY, COUNTRY, country_words, mapping, word_set
from kg.extraction.roles import RoleParts
from kg.extraction.tokens import Reading

SUPPOSED: Final = ("host-country", "tags", None)
LONGEST_LINK: Final = 3  # words between a name and the next of its list
LIST_LINKS: Final = word_set("list-links")


def narrowed(
    parts: RoleParts, reading: Reading, role: tuple[int, int], name: tuple[int, int], stated: Mapping[int, str]
) -> RoleParts:
    """The role with the country that its surroundings name, where its own words do not.

    `stated` leads from the token after a name to the country that the text gives that person.
    """
    if parts.basis not in SUPPOSED or parts.head.country != "host":
        return parts
    code = _place_after(reading, name[1])
    if code is not None:
        return replace(parts, country=code, basis="country-name")
    code = _of_the_list(reading, role[0], stated)
    return parts if code is None else replace(parts, country=code, basis="list")


def _place_after(reading: Reading, index: int) -> str | None:
    """The country of the place that a name is said to be of: `Mayor Ana Orlan of Lima`."""
    words = reading.tokens[index : index + 2]
    if len(words) < 2 or words[0].low != "of" or not words[1].bits & (CITY | COUNTRY):
        return None
    return mapping("cities.tsv", "name", "country").get(words[1].text) or country_words("name").get(words[1].text)


def _of_the_list(reading: Reading, first: int, stated: Mapping[int, str]) -> str | None:
    """The country of the one before in a list: `Peruvian Minister Orlan and General Varga`; not ours."""
    for last in range(first - 1, first - 1 - LONGEST_LINK, -1):
        if last in stated:
            return stated[last] if stated[last] != "US" else None
        if last < 0 or reading.tokens[last].low not in LIST_LINKS:
            return None
    return None
