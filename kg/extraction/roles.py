"""Split a role phrase into title, organization, country and status."""

from dataclasses import dataclass
from typing import Final

from kg.extraction.lexicon import (
    CAPITAL,
    DEMONYM,
    INSTITUTION,
    ORGANIZATION,
    PLURAL_TITLE,
    PORTFOLIO,
    TITLE,
    Title,
    column,
    title_of,
)
from kg.extraction.nationality import Setting, country_of, statuses
from kg.extraction.phrases import portfolio_end
from kg.extraction.tokens import Token

STATUS_SUFFIXES: Final = (("-elect", "elect"), ("-designate", "designate"), ("-nominee", "designate"))
MINISTERS: Final = frozenset(("minister", "ministers", "secretary", "undersecretary", "vice-minister"))
OFFICES: Final = frozenset(("branch", "bureau", "chapter", "mission", "office", "section"))
# Words of rank that belong to a title, not to the body named before it.
RANKS: Final = frozenset(("chief", "deputy", "first", "labour", "permanent", "senior", "state", "under", "vice"))


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
    country, basis = country_of(tokens, at, head, organization, setting)
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


def _organization(tokens: tuple[Token, ...], at: int) -> str | None:
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + 5), first, -1):
            text = _text(tokens[first:last])
            if text in column("organizations.tsv", "name"):
                return _text(tokens[first : _office_end(tokens, last)]) if first > at else text
    return _body(tokens, at)


def _office_end(tokens: tuple[Token, ...], last: int) -> int:
    """The token after a body's office at `last`: `Interpol's Lima bureau`; `last` where there is none."""
    if last >= len(tokens) or tokens[last].low != "'s":
        return last
    return next((i + 1 for i in range(last + 1, len(tokens)) if tokens[i].low in OFFICES), last)


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
    if last >= len(tokens) or tokens[last].low not in (("of",) if last < at else ("of", "in", "for")):
        return last
    following = last + 1
    while following < (at if last < at else len(tokens)) and (
        tokens[following].bits & CAPITAL or tokens[following].low in ("the", "of", "and")
    ):
        if last < at and tokens[following].bits & (TITLE | PLURAL_TITLE):
            break
        following += 1
    while last < at and tokens[following - 1].low in RANKS:
        following -= 1
    return following if tokens[following - 1].bits & CAPITAL else last


def _title(tokens: tuple[Token, ...], at: int, organization: str | None) -> str:
    """The title in the singular, with its portfolio: `Minister of Justice`, `trade official`."""
    first = at
    while first and not _ends_title(tokens[first - 1]):
        first -= 1
    text = _text(tokens[first : at + 1])
    text = text[: len(text) - len(tokens[at].text)] + singular(tokens[at])
    if organization is not None:
        text = _without_start(text, organization)
    return (text or tokens[at].text) + _portfolio(tokens, at)


def _without_start(text: str, organization: str) -> str:
    """A title without the words of the organization that it begins with."""
    if text.startswith(organization):
        return text[len(organization) :].lstrip(" '’s")
    words = text.split()
    shared = (n for n in range(len(words) - 1, 0, -1) if organization.endswith(f" {' '.join(words[:n])}"))
    return " ".join(words[next(shared, 0) :])


def _ends_title(token: Token) -> bool:
    return bool(token.bits & (DEMONYM | ORGANIZATION)) or token.low == "'s" or token.low in statuses()


def _portfolio(tokens: tuple[Token, ...], at: int) -> str:
    """What a minister or secretary is of: ` of Justice`; empty for other heads."""
    end = portfolio_end(tokens, at + 1, len(tokens)) if tokens[at].low in MINISTERS else at + 1
    words = tokens[at + 1 : end]
    is_portfolio = any(t.bits & PORTFOLIO for t in words) and not any(
        t.bits & (ORGANIZATION | INSTITUTION) for t in words
    )
    return " " + _text(words) if is_portfolio else ""


def singular(token: Token) -> str:
    """A title's word in the singular: `officials` gives `official`, `Secretaries` gives `Secretary`."""
    title = title_of(token.low)
    if not token.bits & PLURAL_TITLE or title is None:
        return token.text
    text = title.term.split()[-1]
    if token.text.isupper():
        return text.upper()
    return text.capitalize() if token.text[0].isupper() else text


def _status(tokens: tuple[Token, ...]) -> str:
    for token in tokens:
        for suffix, status in STATUS_SUFFIXES:
            if token.low.endswith(suffix):
                return status
        if token.low.startswith(("ex-", "then-")):
            return "former"
        if token.low in ("candidate", "candidates", "nominee"):
            return "designate" if token.low == "nominee" else "candidate"
    for token in tokens:
        status = statuses().get(token.low, "")
        if status:
            return status
    return "current"


def _text(tokens: tuple[Token, ...]) -> str:
    """The tokens' text with their spaces; the tokens must follow each other."""
    out = ""
    for index, token in enumerate(tokens):
        out += " " * (token.start - tokens[index - 1].end if index else 0) + token.text
    return out
