"""Tell whose official a bare title means from what stands around it: a place after the name, or a list it is in."""

from dataclasses import replace

from kg.extraction.lexicon import CITY, COUNTRY, country_words, mapping
from kg.extraction.roles import RoleParts, Setting
from kg.extraction.tokens import Reading

SUPPOSED = ("host-country", "tags", None)


def narrowed(
    parts: RoleParts, reading: Reading, role: tuple[int, int], name: tuple[int, int], setting: Setting
) -> RoleParts:
    """The role with the country that its surroundings name, where its own words do not."""
    if parts.basis not in SUPPOSED:
        return parts
    code = _place_after(reading, name[1])
    return parts if code is None else replace(parts, country=code, basis="country-name")


def _place_after(reading: Reading, index: int) -> str | None:
    """The country of the place that a name is said to be of: `Mayor Ana Orlan of Lima`."""
    words = reading.tokens[index : index + 2]
    if len(words) < 2 or words[0].low != "of" or not words[1].bits & (CITY | COUNTRY):
        return None
    return mapping("cities.tsv", "name", "country").get(words[1].text) or country_words("name").get(words[1].text)
