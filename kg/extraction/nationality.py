"""Tell whose official a role makes somebody: by its demonym, place, body or code, or by the setting of the cable."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from kg.extraction.lexicon import (
    CITY,
    INSTITUTION,
    ORGANIZATION,
    TITLE,
    Title,
    body_country,
    country_words,
    government,
    mapping,
    title_of,
    word_set,
)
from kg.extraction.tokens import Token
from kg.tables import rows

# Titles that mean a visitor from Washington, but for hosts that have the like themselves.
AMERICAN_ELSEWHERE: Final = {
    "sen": word_set("hosts-with-senate"),
    "senator": word_set("hosts-with-senate"),
    "cong": word_set("hosts-with-congress"),
    "congressman": word_set("hosts-with-congress"),
    "congressmember": word_set("hosts-with-congress"),
    "congressmen": word_set("hosts-with-congress"),
    "congresswoman": word_set("hosts-with-congress"),
    "rep": word_set("hosts-with-congress"),
}
# Secretaries of the American cabinet, but for hosts whose cabinet has secretaries.
CABINET: Final = frozenset(f"secretary of {name}" for name in ("commerce", "defense", "energy", "state"))
# The bases of a country that the text states; the others are supposed.
STATED: Final = ("demonym", "country-name", "organization", "government-code")
OUTWARD: Final = frozenset(("for", "in", "on", "to"))
# Whom a cable about another country names without saying whose they are; others are of the country of the post.
NATIONAL_OFFICES: Final = word_set("national-offices")
# Offices that international organizations have as well.
ORGANIZATIONS_OFFICES: Final = word_set("offices-of-organizations")
# Secretaries by their department's portfolio: America's, but where the host's cabinet has such secretaries.
PORTFOLIOS: Final = word_set("american-portfolios")
# What a country named before it is the subject of: "Peru desk", "Iran Division".
TOPIC_OFFICES: Final = word_set("topic-offices")
WATERS: Final = word_set("waters")
OF_THE_WHITE_HOUSE: Final = "national security affairs"
LENT: Final = frozenset(("amb", "ambassador", "cda", "charge", "chargé", "congen", "consgen", "consul", "fso"))
LESSER: Final = frozenset(("assistant", "deputy", "visiting"))
TOWN_OFFICES: Final = word_set("town-offices")
# Titles whose country is where they come from, not the country named after "to".
PARTS_OF_CONTINENTS: Final = frozenset(("central", "latin", "north", "south"))  # "Latin America adviser"
ENVOYS: Final = frozenset(("ambassador", "attache", "consul", "envoy", "representative"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a cable tells about whom its unqualified titles mean: the post's country, and how to read GO codes.

    `post` is where the post is, though its cable be about another country, the `host`. `near` are the countries that
    the cable is about: the host and its TAGS; `named` are all that its text names. `is_at_organization`: the post is a
    mission to an organization, whose officials its bare titles mean.
    """

    host: str | None
    host_basis: str
    government: Callable[[str], str | None]
    year: int
    post: str | None = None
    near: frozenset[str | None] = frozenset()
    named: frozenset[str | None] = frozenset()
    is_at_organization: bool = False


def country_of(
    tokens: tuple[Token, ...], at: int, head: Title, organization: str | None, setting: Setting
) -> tuple[str | None, str | None]:
    """The country of a role whose head is the token `at`, and what it was read by."""
    for use, basis in (("demonym", "demonym"), ("name", "country-name")):
        code = _named(tokens, at, head, use)
        if code is not None:
            return code, basis
    code = _of_town(tokens, at, head)
    if code is not None:
        return code, "country-name"
    for name in (*(token.text for token in tokens), *((organization,) if organization is not None else ())):
        known = body_country(name, setting.near)
        if known is not None and known != "host":
            return (known, "organization") if known != "international" else (None, "organization")
    for token in tokens:
        code = government(token.text)
        if code is not None:
            resolved = setting.government(token.text)
            return resolved, "government-code" if resolved else None
    return _unqualified(head, tokens, setting)


def _of_town(tokens: tuple[Token, ...], at: int, head: Title) -> str | None:
    """The country of the town that a mayor, judge or the like is of: `Lima mayor`."""
    if head.term not in TOWN_OFFICES:
        return None
    towns = (mapping("cities.tsv", "name", "country").get(token.text) for token in tokens[:at] if token.bits & CITY)
    return next((code for code in towns if code is not None), None)


def _named(tokens: tuple[Token, ...], at: int, head: Title, use: str) -> str | None:
    words = country_words(use)
    for first in range(len(tokens)):
        for last in (first + 3, first + 2, first + 1):
            text = " ".join(token.text for token in tokens[first:last])
            code = words.get(text) if last <= len(tokens) else None
            if last < len(tokens) and tokens[last].low in WATERS:  # "Indian Ocean Department"
                continue
            if code is not None and _is_affiliation(tokens, first, last, at, head, use):
                return code
    return None


def _is_affiliation(tokens: tuple[Token, ...], first: int, last: int, at: int, head: Title, use: str) -> bool:
    if first < at:
        return not _is_topic(tokens, first, last, use)
    before = tokens[first - 1].low if first else ""
    if before == "the" and first > 1:
        before = tokens[first - 2].low
    is_followed = last < len(tokens)
    if use == "name":
        return (before == "of" and head.term not in ENVOYS) or (is_followed and tokens[last].low == "'s")
    return before not in OUTWARD or (is_followed and bool(tokens[last].bits & INSTITUTION))


def _is_topic(tokens: tuple[Token, ...], first: int, last: int, use: str) -> bool:
    """Whether a country is what an office is about: `MFA Peru desk officer`, `Iran Division chief`."""
    is_office = last < len(tokens) and tokens[last].low in TOPIC_OFFICES
    if use == "name":
        return is_office or (first > 0 and tokens[first - 1].low in PARTS_OF_CONTINENTS)
    return is_office and any(token.bits & ORGANIZATION for token in tokens[:first])


def _unqualified(head: Title, tokens: tuple[Token, ...], setting: Setting) -> tuple[str | None, str | None]:
    if head.term in ("amb", "ambassador") and _is_sent_elsewhere(tokens, setting):
        return None, None
    if head.kind == "department" and _is_of_host_body(tokens):
        return setting.host, setting.host_basis
    if head.country == "US" or _is_american(head, tokens, setting) or _is_of_the_post(tokens):
        return "US", "originator"
    if head.country not in ("host", None):
        return head.country, "originator"
    if head.term in AMERICAN_ELSEWHERE and setting.host not in AMERICAN_ELSEWHERE[head.term]:
        return "US", "originator"
    if head.country == "host" and setting.host is not None:
        if setting.is_at_organization and (head.term not in NATIONAL_OFFICES or head.term in ORGANIZATIONS_OFFICES):
            return None, None
        if setting.host_basis == "tags" and head.term not in NATIONAL_OFFICES and setting.post is not None:
            return setting.post, "host-country"
        return setting.host, setting.host_basis
    return None, None


def _is_of_host_body(tokens: tuple[Token, ...]) -> bool:
    # "MFA DAS Orlan": an American title lent to the ministry's officer of that rank.
    return any(body_country(token.text) == "host" and token.low not in ("congress", "senate") for token in tokens)


def _is_sent_elsewhere(tokens: tuple[Token, ...], setting: Setting) -> bool:
    """Whether an ambassador is one to another country than the host: nothing tells who sent him."""
    texts = [token.text for token in tokens]
    pairs = (" ".join(pair) for pair in pairwise(texts))  # "Saudi Arabia"
    named = [country_words("name").get(name) for name in (*texts, *pairs)]
    return any(token.low == "to" for token in tokens) and any(code not in (None, setting.host) for code in named)


def _is_of_the_post(tokens: tuple[Token, ...]) -> bool:
    # "Political Counselor Ana Orlan" belongs to the embassy that writes; "NSA General Orlan" to Washington.
    lows = [token.low for token in tokens if token.low not in statuses()]
    plain = lows[next((place for place, low in enumerate(lows) if low not in LESSER), 0) :]
    positions = mapping("positions.tsv", "phrase", "country")
    if "US" in (positions.get(" ".join(lows)), positions.get(" ".join(plain))) or OF_THE_WHITE_HOUSE in " ".join(lows):
        return True
    known = [title_of(token.low) for token in tokens if token.bits & TITLE]
    return any(title is not None and _is_only_american(title) for title in known)


def _is_only_american(title: Title) -> bool:
    # "DATT Captain Orlan"; but other countries have ambassadors and consuls too.
    if title.kind == "secretary-us":
        return True
    return title.kind == "diplomatic" and title.country == "US" and title.term.split("-")[0] not in LENT


def _is_american(head: Title, tokens: tuple[Token, ...], setting: Setting) -> bool:
    # "Secretary Rice", "Assistant Secretary Fried": other countries' secretaries come with their department or country.
    if head.term not in ("secretary", "undersecretary"):
        return False
    if any(token.bits & ORGANIZATION or token.low == "ministry" for token in tokens):
        return False
    lows = [token.low for token in tokens if token.low not in statuses()]
    if lows == ["secretary"] or "assistant" in lows:
        return True
    if "under" in lows:
        return "state" in lows or setting.host not in word_set("hosts-with-congress")
    phrase = " ".join(lows)
    if len(lows) > 1 and lows[-1] == "secretary" and PORTFOLIOS.issuperset(lows[:-1]):
        return setting.host not in word_set("hosts-with-portfolio-secretaries")
    if phrase.startswith("deputy"):
        is_cabinet = phrase == "deputy secretary" or phrase.removeprefix("deputy ") in CABINET
        return is_cabinet and setting.host not in word_set("hosts-with-congress")
    return phrase in CABINET and setting.host not in word_set("hosts-with-secretaries")


@cache
def statuses() -> MappingProxyType[str, str]:
    """The status that a word of a role gives it: `former`, `acting`."""
    return MappingProxyType(
        {
            row["word"]: row["use"].removeprefix("status:")
            for row in rows("role_words.tsv")
            if row["use"].startswith("status:")
        }
    )
