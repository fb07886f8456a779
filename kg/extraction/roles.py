"""Split a role phrase into title, organization, country and status."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.extraction.lexicon import (
    CAPITAL,
    DEMONYM,
    INSTITUTION,
    ORGANIZATION,
    PLURAL_TITLE,
    TITLE,
    Title,
    column,
    country_words,
    government,
    mapping,
    title_of,
)
from kg.extraction.tokens import Token
from kg.tables import rows

STATUS_SUFFIXES: Final = (("-elect", "elect"), ("-designate", "designate"), ("-nominee", "designate"))
# Where an unqualified senator is the host country's rather than a visitor from Washington.
HOSTS_WITH_SENATE: Final = frozenset(
    [
        "AR",
        "AU",
        "BE",
        "BO",
        "BR",
        "CA",
        "CL",
        "CO",
        "CZ",
        "DO",
        "ES",
        "FR",
        "HT",
        "IT",
        "JO",
        "KH",
        "KZ",
        "LR",
        "MX",
        "NG",
        "NL",
        "PE",
        "PH",
        "PK",
        "PL",
        "PR",
        "PY",
        "RO",
        "TH",
        "UY",
        "ZW",
    ]
)
OUTWARD: Final = frozenset(("for", "in", "on", "to"))
# Titles whose country is where they come from, not the country named after "to".
ENVOYS: Final = frozenset(("ambassador", "attache", "consul", "envoy", "representative"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a cable tells about whom its unqualified titles mean: the post's country, and how to read GO codes."""

    host: str | None
    host_basis: str
    government: Callable[[str], str | None]
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleParts:
    """A role phrase taken apart."""

    title: str
    head: Title
    organization: str | None
    country: str | None
    basis: str | None
    status: str


def split(tokens: tuple[Token, ...], setting: Setting) -> RoleParts | None:
    """Take a role phrase apart; None where no word of it heads a role."""
    heads = [index for index, token in enumerate(tokens) if token.bits & (TITLE | PLURAL_TITLE)]
    if not heads:
        return None
    at = _main_head(tokens, heads)
    head = title_of(tokens[at].low)
    if head is None:
        return None
    organization = _organization(tokens, at)
    country, basis = _country(tokens, at, head, organization, setting)
    return RoleParts(
        title=_title(tokens, at, organization),
        head=head,
        organization=organization,
        country=country,
        basis=basis,
        status=_status(tokens),
    )


def _main_head(tokens: tuple[Token, ...], heads: list[int]) -> int:
    # "Commander General": the last of the first run; "head of the party's staff officers": the first run.
    at = heads[0]
    for index in heads[1:]:
        if any(not token.bits & CAPITAL for token in tokens[at + 1 : index]):
            break
        at = index
    return at


def _country(
    tokens: tuple[Token, ...], at: int, head: Title, organization: str | None, setting: Setting
) -> tuple[str | None, str | None]:
    for use, basis in (("demonym", "demonym"), ("name", "country-name")):
        code = _named(tokens, at, head, use)
        if code is not None:
            return code, basis
    for token in tokens:
        known = mapping("organizations.tsv", "name", "country").get(token.text)
        if known is not None and known not in ("host", "international"):
            return known, "organization"
        if known == "international":
            return None, "organization"
    if organization is not None:
        known = mapping("organizations.tsv", "name", "country").get(organization)
        if known is not None and known != "host":
            return (known, "organization") if known != "international" else (None, "organization")
    for token in tokens:
        code = government(token.text)
        if code is not None:
            resolved = setting.government(token.text)
            return resolved, "government-code" if resolved else None
    return _unqualified(head, tokens, setting)


def _named(tokens: tuple[Token, ...], at: int, head: Title, use: str) -> str | None:
    words = country_words(use)
    for first in range(len(tokens)):
        for last in (first + 3, first + 2, first + 1):
            text = " ".join(token.text for token in tokens[first:last])
            code = words.get(text) if last <= len(tokens) else None
            if code is not None and _is_affiliation(tokens, first, last, at, head, use):
                return code
    return None


def _is_affiliation(tokens: tuple[Token, ...], first: int, last: int, at: int, head: Title, use: str) -> bool:
    if first < at:
        return True
    before = tokens[first - 1].low if first else ""
    if before == "the" and first > 1:
        before = tokens[first - 2].low
    is_followed = last < len(tokens)
    if use == "name":
        return (before == "of" and head.term not in ENVOYS) or (is_followed and tokens[last].low == "'s")
    return before not in OUTWARD or (is_followed and bool(tokens[last].bits & INSTITUTION))


def _unqualified(head: Title, tokens: tuple[Token, ...], setting: Setting) -> tuple[str | None, str | None]:
    if head.country == "US" or _is_american(head, tokens):
        return "US", "originator"
    if head.term in ("senator", "sen", "rep", "cong") and setting.host not in HOSTS_WITH_SENATE:
        return "US", "originator"
    if head.country == "host" and setting.host is not None:
        return setting.host, setting.host_basis
    return None, None


def _is_american(head: Title, tokens: tuple[Token, ...]) -> bool:
    # "Secretary Rice", "Assistant Secretary Fried": other countries' secretaries come with their department or country.
    lows = [token.low for token in tokens]
    return head.term == "secretary" and (lows == ["secretary"] or "assistant" in lows or "under" in lows)


def _organization(tokens: tuple[Token, ...], at: int) -> str | None:
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + 5), first, -1):
            text = _text(tokens[first:last])
            if text in column("organizations.tsv", "name"):
                return text
    return _body(tokens, at)


def _body(tokens: tuple[Token, ...], at: int) -> str | None:
    """A body named by its last word: "Colombian National Police", "Mexican Embassy in Bogota"."""
    for index, token in enumerate(tokens):
        if token.bits & INSTITUTION and token.bits & CAPITAL and not token.bits & TITLE and index != at:
            first = last = index
            while first and tokens[first - 1].bits & CAPITAL and not tokens[first - 1].bits & (TITLE | PLURAL_TITLE):
                first -= 1
            last = _tail(tokens, last + 1, at)
            return _text(tokens[first:last]) if last - first > 1 else None
    return None


def _tail(tokens: tuple[Token, ...], last: int, at: int) -> int:
    if last < at or last >= len(tokens) or tokens[last].low not in ("of", "in", "for"):
        return last
    following = last + 1
    while following < len(tokens) and (
        tokens[following].bits & CAPITAL or tokens[following].low in ("the", "of", "and")
    ):
        following += 1
    return following if tokens[following - 1].bits & CAPITAL else last


def _title(tokens: tuple[Token, ...], at: int, organization: str | None) -> str:
    first = at
    while first and not tokens[first - 1].bits & (DEMONYM | ORGANIZATION) and tokens[first - 1].low not in _statuses():
        first -= 1
    text = _text(tokens[first : at + 1])
    if organization is not None and text.startswith(organization):
        text = text[len(organization) :].lstrip(" '’s")
    return text or tokens[at].text


def _status(tokens: tuple[Token, ...]) -> str:
    for token in tokens:
        for suffix, status in STATUS_SUFFIXES:
            if token.low.endswith(suffix):
                return status
        if token.low.startswith("ex-"):
            return "former"
        if token.low in ("candidate", "nominee"):
            return "candidate" if token.low == "candidate" else "designate"
    for token in tokens:
        status = _statuses().get(token.low, "")
        if status:
            return status
    return "current"


@cache
def _statuses() -> MappingProxyType[str, str]:
    return MappingProxyType(
        {
            row["word"]: row["use"].removeprefix("status:")
            for row in rows("role_words.tsv")
            if row["use"].startswith("status:")
        }
    )


def _text(tokens: tuple[Token, ...]) -> str:
    """The tokens' text with their spaces; the tokens must follow each other."""
    out = ""
    for index, token in enumerate(tokens):
        out += " " * (token.start - tokens[index - 1].end if index else 0) + token.text
    return out
