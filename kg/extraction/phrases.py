"""Find where a role phrase begins and ends around the word that heads it."""

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
    HONORIFIC,
    INSTITUTION,
    ORGANIZATION,
    PLURAL_TITLE,
    PORTFOLIO,
    REDACTED,
    ROLE_WORD,
    TITLE,
    column,
    country_words,
    word_set,
)
from kg.extraction.names import WORD_ENDING, is_plain_word
from kg.extraction.tokens import Token, opens_sentence

HEADS: Final = TITLE | PLURAL_TITLE
LONGEST_LEFT: Final = 9
LONGEST_RIGHT: Final = 14
PORTFOLIO_LINKS: Final = frozenset(("&", ",", "and", "for", "of", "the"))
LINKS: Final = frozenset(("at", "for", "in", "of", "on", "to"))
STOPS: Final = word_set("stop")
DETERMINERS: Final = word_set("determiners")
QUOTES: Final = frozenset(('"', "“", "”"))
MARKS: Final = QUOTES | {"'s", "/", "&"}  # inside a role phrase
PLACE_OPENINGS: Final = word_set("place-openings")


def role_start(tokens: tuple[Token, ...], head: int, floor: int) -> int:
    """The first token of the role phrase that ends with the head."""
    first = head
    while first > floor and head - first < LONGEST_LEFT:
        before = first - 1
        token = tokens[before]
        if token.bits & (HONORIFIC | REDACTED | CALENDAR):
            break
        if _is_role_part(tokens, before) or (token.low == "'s" and _is_owner(tokens, before - 1, floor)):
            first = before
        elif (
            _joins_department(tokens, before, floor)
            or _joins_portfolios(tokens, before, floor)
            or (token.text == "/" and before > floor and tokens[before - 1].text.isupper())
        ):
            first = before - 1
        elif token.text == ")" and before - 3 >= floor and is_short_form(tokens, before - 2, head):
            if not tokens[before - 3].bits & CAPITAL:
                break
            first = before - 2
        else:
            break
    while first < head and (
        tokens[first].low in ("'s", "and", "&", "/", "(", ")")
        or _is_opening_word(tokens, first)
        or _is_of_head_before(tokens, first, floor)
    ):
        first += 1
    return first


def _is_of_head_before(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    # "Representative for Peru and Chile Ambassador Orlan": the countries belong to the first role.
    at = index
    while at > floor and (tokens[at].bits & COUNTRY or tokens[at].low in ("and", ",")):
        at -= 1
    return at < index and at > floor and tokens[at].low in ("for", "to") and bool(tokens[at - 1].bits & HEADS)


def _joins_department(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    # "Department of Energy representative", "Council of Europe envoy"
    if (
        tokens[index].low != "of"
        or index - 1 < floor
        or not tokens[index - 1].bits & INSTITUTION
        or not tokens[index - 1].bits & CAPITAL
    ):
        return False
    return bool(tokens[index + 1].bits & CAPITAL) and not tokens[index + 1].bits & HEADS


def _is_role_part(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    if token.low.startswith(("ex-", "then-")):  # "then-WHA Assistant Secretary"
        return True
    if _is_low_title_before_rank(tokens, index):
        return True
    if token.bits & (DEMONYM | ROLE_WORD | ORGANIZATION | PORTFOLIO):
        return not _is_opening_word(tokens, index)
    if token.bits & CAPITAL:
        return _is_under(tokens, index) or (not token.bits & FUNCTION and not _is_opening_word(tokens, index))
    return False


def _is_low_title_before_rank(tokens: tuple[Token, ...], index: int) -> bool:
    # "police chief General Orlan"
    if not index or not tokens[index].bits & TITLE or tokens[index].bits & CAPITAL:
        return False
    following = tokens[index + 1].bits
    return bool(following & TITLE and following & CAPITAL and tokens[index - 1].bits & (ROLE_WORD | CAPITAL))


def _is_under(tokens: tuple[Token, ...], index: int) -> bool:
    # "Under Secretary Orlan": the one preposition that begins a title.
    return tokens[index].text == "Under" and index + 1 < len(tokens) and tokens[index + 1].low == "secretary"


def _is_opening_word(tokens: tuple[Token, ...], index: int) -> bool:
    # A common word with a capital only because it opens the sentence: "Visiting Minister Ortega".
    if _is_under(tokens, index):
        return False
    bits = tokens[index].bits
    known = DEMONYM | ROLE_WORD | ORGANIZATION | PORTFOLIO | HEADS | INSTITUTION | COUNTRY
    return bool(bits & FUNCTION and not bits & ROLE_WORD) or (
        bool(bits & COMMON) and not bits & known and opens_sentence(tokens, index)
    )


def _is_owner(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    return index >= floor and bool(tokens[index].bits & CAPITAL) and not tokens[index].bits & FUNCTION


def _joins_portfolios(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    known = PORTFOLIO | ROLE_WORD
    if tokens[index].low not in ("and", "&", "/"):
        return False
    if index - 1 < floor or not tokens[index - 1].bits & CAPITAL or not tokens[index - 1].bits & known:
        return False
    return bool(tokens[index + 1].bits & known) and not tokens[index + 1].bits & HEADS


def portfolio_end(tokens: tuple[Token, ...], index: int, ceiling: int) -> int:
    """The token after "of Foreign Affairs" at `index`, right after a head; `index` where there is none."""
    if index + 1 >= ceiling or tokens[index].low not in ("of", "for", "on", "at", "to", "in"):
        return index
    known = PORTFOLIO | INSTITUTION | COUNTRY | DEMONYM | ORGANIZATION | CITY
    end = index + 1
    while end < ceiling and (
        tokens[end].low in PORTFOLIO_LINKS
        or _is_portfolio(tokens[end], known)
        or _is_general_staff(tokens, end, ceiling)
    ):
        end += 1
    while end > index and not _is_portfolio(tokens[end - 1], known):
        end -= 1
    if _is_given_back(tokens, end - 1, ceiling):
        end -= 1
    if end <= index + 1:
        return index + 2 if _is_town(tokens, index, ceiling) else index
    return end


def role_end_before_given(tokens: tuple[Token, ...], index: int, ceiling: int) -> int | None:
    """The token that begins a name behind "of the Harbor Board" at `index`, told by its given name; None without one.

    Found in `Speaker of the Rada Ana Orlan`; not in `Mayor of San Pedro Orlan`, where it belongs to a place.
    """
    if index >= ceiling or tokens[index].low not in LINKS:
        return None
    is_plain = True  # no word before the name is strange
    for at in range(index + 1, min(ceiling, index + LONGEST_RIGHT)):
        token = tokens[at]
        is_first = at == index + 1 or tokens[at - 1].low in PORTFOLIO_LINKS
        is_word_strange = is_strange(token)
        is_name = token.bits & GIVEN or (is_plain and at + 1 < ceiling and is_strange(tokens[at + 1]))
        if is_word_strange and is_name and not is_first:
            return None if tokens[at - 1].low in PLACE_OPENINGS else at
        if is_word_strange and tokens[at - 1].low == "the" and _is_full_name_only(tokens, at + 1, ceiling):
            return at + 1  # "Director for the Levant Vena Orlan"
        is_plain = is_plain and not is_word_strange
        if token.bits & HEADS or not (token.bits & CAPITAL or token.low in LINKS or token.low in PORTFOLIO_LINKS):
            return None
    return None


def _is_full_name_only(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    """Whether exactly two strange words stand at `index`."""
    words = tokens[index : min(index + 2, ceiling)]
    is_end = index + 2 >= ceiling or not tokens[index + 2].bits & CAPITAL
    return len(words) == 2 and all(map(is_strange, words)) and is_end


def is_strange(token: Token) -> bool:
    """Whether a word is capitalised and no English word, place or body."""
    known = COMMON | HEADS | COUNTRY | DEMONYM | CITY | ORGANIZATION | PORTFOLIO | INSTITUTION | FUNCTION | HONORIFIC
    if not token.bits & CAPITAL or token.bits & (known | CALENDAR | REDACTED) or token.text.isupper():
        return False
    return not WORD_ENDING.search(token.low)


def _is_portfolio(token: Token, known: int) -> bool:
    # "Minister for Public Accounts": a plural in a portfolio, though no table has it.
    return bool(token.bits & known) or bool(token.bits & CAPITAL and not token.bits & HEADS and is_plain_word(token))


def _is_general_staff(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    return tokens[index].low == "general" and index + 1 < ceiling and tokens[index + 1].low in ("staff", "secretariat")


def _is_given_back(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    # "Secretary for Latin America Trinidad Orlan": the last word that seems a place is the first name.
    if index + 1 >= ceiling or not tokens[index].bits & (COUNTRY | CITY | DEMONYM) or not is_strange(tokens[index + 1]):
        return False
    pair = f"{tokens[index - 1].text} {tokens[index].text}"
    is_one_term = (
        pair in country_words("name") or pair in country_words("demonym") or pair in column("cities.tsv", "name")
    )
    return bool(tokens[index - 1].bits & CAPITAL) and not is_one_term and not tokens[index].bits & ORGANIZATION


def _is_town(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    # "Mayor of Orlanda Ana Varga": three capitalised words, the first of them the town.
    words = tokens[index + 1 : min(index + 4, ceiling)]
    capitals = len(words) == 3 and all(t.bits & CAPITAL and not t.bits & (FUNCTION | HEADS) for t in words)
    return (
        capitals
        and words[0].low not in PLACE_OPENINGS
        and tokens[index].low == "of"
        and tokens[index - 1].low in ("mayor", "governor", "bishop", "archbishop")
    )


def is_short_form(tokens: tuple[Token, ...], index: int, ceiling: int) -> bool:
    """Whether an acronym in parentheses begins at `index`."""
    words = tokens[index : min(index + 3, ceiling)]
    return len(words) == 3 and words[0].text == "(" and words[2].text == ")" and words[1].text[:2].isupper()
