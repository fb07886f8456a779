"""Find where a role phrase ends that stands after a name: `Ana Ruiz, head of the port authority,`."""

from typing import Final

from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    GIVEN,
    INSTITUTION,
    ORGANIZATION,
    PORTFOLIO,
    REDACTED,
    ROLE_WORD,
    SPEECH,
    word_set,
)
from kg.extraction.phrases import (
    DETERMINERS,
    HEADS,
    LINKS,
    LONGEST_LEFT,
    LONGEST_RIGHT,
    MARKS,
    QUOTES,
    STOPS,
    is_short_form,
    is_strange,
)
from kg.extraction.tokens import Token

LONGEST_ENUMERATION: Final = 5
TOPICS: Final = word_set("topics")


def apposition(tokens: tuple[Token, ...], index: int, ceiling: int) -> tuple[int, int] | None:
    """The role phrase that begins at `index` or after its determiner: `the head of the port authority`."""
    first = index
    while first < ceiling and (tokens[first].low in DETERMINERS or tokens[first].text in QUOTES):
        first += 1
    head = _first_head(tokens, first, ceiling)
    if head is None:
        return None
    return first, role_end(tokens, head, ceiling)


def _first_head(tokens: tuple[Token, ...], first: int, ceiling: int) -> int | None:
    end = min(ceiling, first + LONGEST_LEFT)
    index = first
    while index < end:
        token = tokens[index]
        if token.bits & HEADS:
            following = tokens[index + 1] if index + 1 < ceiling else None
            leads_on = token.low in ("deputy", "assistant") and _leads_to_head(tokens, index + 1, ceiling)
            if not leads_on and not (following is not None and following.bits & HEADS):
                return index
        elif is_short_form(tokens, index, ceiling):  # "the Harbor Office (HO) Director"
            index += 2
            end = min(ceiling, end + 3)
        elif not _leads_up(tokens, index, ceiling):
            return None
        index += 1
    return None


def _leads_up(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    """Whether a word may stand inside a role phrase, before its head."""
    token = tokens[index]
    if token.low == "and" and 0 < index < ceiling - 1:  # "the Trade and Harbor Office director"
        return bool(tokens[index - 1].bits & tokens[index + 1].bits & CAPITAL)
    if token.bits & (SPEECH | REDACTED) or (token.low in STOPS and not token.bits & CAPITAL):
        return False
    return token.text[0].isalnum() or token.low in MARKS


def _leads_to_head(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    # "Deputy Political Counselor"
    for token in tokens[index : min(index + 4, ceiling)]:
        if token.bits & HEADS:
            return True
        if not token.bits & (CAPITAL | ROLE_WORD):
            return False
    return False


def role_end(tokens: tuple[Token, ...], head: int, ceiling: int) -> int:
    """The token after the role phrase, its complements included: `minister of trade and industry`."""
    end = head + 1
    while end < ceiling and tokens[end].low in LINKS:
        stop = _complement_end(tokens, end + 1, min(ceiling, head + LONGEST_RIGHT))
        if stop == end + 1:
            break
        end = _enumeration_end(tokens, stop, ceiling)
    return _office_end(tokens, end, ceiling)


def _enumeration_end(tokens: tuple[Token, ...], index: int, ceiling: int) -> int:
    """The token after what else somebody is for: `, smuggling and fraud issues`, `, Trade, and Supply`; or `index`."""
    at = index
    if is_strange(tokens[index - 1]):  # a name ends there
        return index
    for _ in range(LONGEST_ENUMERATION):
        if at < ceiling and tokens[at].text == ",":
            at += 1
        is_last = at < ceiling and tokens[at].low in ("and", "&")
        first = at = at + 1 if is_last else at
        while at < min(ceiling, first + 3) and _is_topic(tokens[at]):
            at += 1
        if at in (first, index):
            return index
        if is_last:
            is_named = all(token.bits & CAPITAL for token in tokens[first:at])
            is_closed = at >= ceiling or not tokens[at].bits & CAPITAL
            return at if is_closed and (is_named or tokens[at - 1].low in TOPICS) else index
    return index


def _is_topic(token: Token) -> bool:
    if token.bits & CAPITAL:
        return bool(token.bits & (PORTFOLIO | INSTITUTION)) and not token.bits & HEADS
    is_word = token.text[0].isalpha() and token.low not in STOPS and token.low not in LINKS
    return is_word and token.low not in DETERMINERS and not token.bits & (SPEECH | HEADS)


def _office_end(tokens: tuple[Token, ...], index: int, ceiling: int) -> int:
    """The token after the office that a comma adds to a role: `Director, Office of Harbor Affairs`; or `index`."""
    if index >= ceiling or tokens[index].text != "," or is_strange(tokens[index - 1]):
        return index
    end = index + 1
    is_office = False
    while end < min(ceiling, index + LONGEST_LEFT) and _is_of_office(tokens, end, index):
        is_office = is_office or bool(tokens[end].bits & (INSTITUTION | PORTFOLIO | ORGANIZATION))
        end += 1
    is_closed = end >= ceiling or tokens[end].text in (",", ")", ";", ".", "--", "-")
    return end if is_office and is_closed and tokens[end - 1].bits & CAPITAL else index


def _is_of_office(tokens: tuple[Token, ...], index: int, comma: int) -> bool:
    token = tokens[index]
    if not token.bits & CAPITAL:
        return index > comma + 1 and token.low in ("of", "for", "and", "&", "the", "/")
    known = INSTITUTION | PORTFOLIO | ORGANIZATION | COUNTRY | DEMONYM | CITY | COMMON
    return bool(token.bits & known) and not token.bits & (HEADS | FUNCTION | GIVEN | CALENDAR)


def clause_end(tokens: tuple[Token, ...], index: int, ceiling: int) -> int | None:
    """The comma that ends a clause on what the holder does: `the prosecutor handling the harbor case,`."""
    if index >= ceiling or tokens[index].bits & CAPITAL or not tokens[index].low.endswith("ing"):
        return None
    for at in range(index + 1, min(ceiling - 1, index + LONGEST_RIGHT)):
        if tokens[at].text == ",":
            return at
        if tokens[at].bits & HEADS or not tokens[at].text[0].isalnum():
            return None
    return None


def _complement_end(tokens: tuple[Token, ...], index: int, ceiling: int) -> int:
    end = index
    while end < ceiling:
        token = tokens[end]
        if token.low in ("the", "'s", "and", "&", "/", "a") and end + 1 < ceiling:
            # "the port authority": an article or a link leads on only to a word.
            if token.low in ("and", "&") and not tokens[end + 1].bits & CAPITAL:
                break
        elif (
            (token.low in STOPS and not token.text.isupper())  # "for the US Harbor Service"
            or token.low in LINKS
            or token.bits & (SPEECH | REDACTED)
            or not token.text[0].isalnum()
            or (not token.bits & CAPITAL and token.low.endswith(("ed", "ing")))
        ):
            break
        end += 1
    while end > index and tokens[end - 1].low in ("the", "'s", "and", "&", "/", "a"):
        end -= 1
    return end
