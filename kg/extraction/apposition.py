"""Find where a role phrase ends that stands after a name: `Ana Ruiz, head of the port authority,`."""

from kg.extraction.lexicon import CAPITAL, REDACTED, ROLE_WORD, SPEECH
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
)
from kg.extraction.tokens import Token


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
        end = stop
    return end


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
            token.low in STOPS
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
