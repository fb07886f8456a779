"""Find persons by the title before their name: `Minister of Trade Ana Ruiz`, `officials Ana Ruiz and Jo Berg`."""

from collections.abc import Iterator
from typing import Final

from kg.extraction import apposition, phrases
from kg.extraction.figures import known_figure, spelled_out
from kg.extraction.lexicon import (
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    GIVEN,
    HONORIFIC,
    INSTITUTION,
    ORGANIZATION,
    PLURAL_TITLE,
    PORTFOLIO,
    SPEECH,
    TITLE,
    title_of,
    word_set,
)
from kg.extraction.names import fold, skip_honorifics
from kg.extraction.scan import Scan, Sighting
from kg.tables import is_given_name

OPENINGS: Final = TITLE | PLURAL_TITLE | HONORIFIC
LONGEST_LIST: Final = 12
LONGEST_WAY_TO_LIST: Final = 30  # words from a plural title to the colon of its list
LONGEST_ASIDE: Final = 18  # words in parentheses between a title and its name
AFTER_TITLES: Final = word_set("after-titles")
HEDGES: Final = word_set("hedges")
EXAMPLES: Final = frozenset(("including", "like", "namely"))


def titled(scan: Scan, floor: int, ceiling: int) -> Iterator[Sighting]:
    """The persons of a sentence whose title stands before them."""
    for index in scan.reading.places_in(OPENINGS, floor, ceiling):
        bits = scan.tokens[index].bits
        if bits & (TITLE | PLURAL_TITLE) and index not in scan.taken:
            yield from _after_title(scan, index, floor, ceiling)
        elif bits & HONORIFIC and bits & CAPITAL and index not in scan.taken:
            yield from _after_honorific(scan, index, ceiling)


def _after_title(scan: Scan, head: int, floor: int, ceiling: int) -> Iterator[Sighting]:
    is_plural = bool(scan.tokens[head].bits & PLURAL_TITLE)
    place = _name_after(scan, head, floor, ceiling)
    if place is None and is_plural:
        place = _after_colon(scan, head, ceiling)
    if place is None or (scan.is_list and scan.follows_name(head, floor)):
        return
    at, end, role_last, rule = place
    first = phrases.role_start(scan.tokens, head, _free_from(scan, head, floor))
    if is_plural:
        for start, stop in _list(scan, at, ceiling):
            is_aside = stop < ceiling and scan.tokens[stop].text in ("(", "-", "--")
            own = scan.role_after(stop, ceiling) if is_aside else None
            yield from scan.sighting(start, stop, (first, role_last), "plural-title-list")
            if own is not None:
                yield scan.seen(start, stop, own, "name-role")
        return
    if not _is_safe(scan, at, end, head, role_last, ceiling):
        return
    second = scan.role_after(end, ceiling)
    yield from scan.sighting(at, end, (first, role_last), rule)
    if second is not None:
        yield scan.seen(at, end, second, "name-role")


def _after_colon(scan: Scan, head: int, ceiling: int) -> tuple[int, int, int, str] | None:
    """Where a list of full names begins that a colon leads in: `Three ministers spoke: Ana Ruiz and Jo Berg`."""
    for mark in range(head + 1, min(ceiling - 3, head + LONGEST_WAY_TO_LIST)):
        token = scan.tokens[mark]
        if token.bits & PLURAL_TITLE:
            return None
        if token.text == ":":
            names = list(_list(scan, mark + 1, ceiling))
            is_list = len(names) > 1 and all(scan.is_full(first, last) for first, last in names)
            return (*names[0], head + 1, "plural-title-list") if is_list else None
    return None


def _name_after(scan: Scan, head: int, floor: int, ceiling: int) -> tuple[int, int, int, str] | None:
    """The name that a title leads to: where it begins and ends, where the role ends, and by which rule."""
    role_last = phrases.portfolio_end(scan.tokens, head + 1, ceiling)
    while role_last < ceiling and scan.tokens[role_last].low in AFTER_TITLES:  # "Ambassador designate"
        role_last += 1
    at = _name_start(scan, role_last, ceiling, is_plural=bool(scan.tokens[head].bits & PLURAL_TITLE))
    if _is_title_alone(scan, at, ceiling):
        return None
    end = _name_end(scan, at, ceiling, is_after_portfolio=role_last > head + 1)
    if end > at:
        following = scan.tokens[end].bits if end < ceiling else 0
        is_title = following & TITLE and following & CAPITAL
        if is_title and end - at == 1:  # "Deputy Prime Minister"
            return None
        if end - at > 1 or role_last > head + 1 or scan.tokens[head + 1].low not in phrases.LINKS:
            return at, end, role_last, "title-name"
    for last, rule in _longer_roles(scan, head, role_last, ceiling):
        at = last if rule == "title-name" else _after_comma(scan, last, ceiling)
        end = scan.name_end(at, ceiling)
        if end > at and scan.is_full(at, end) and not scan.follows_name(head, floor):
            return at, end, last, rule
    return None


def _longer_roles(scan: Scan, head: int, role_last: int, ceiling: int) -> Iterator[tuple[int, str]]:
    """Where else the role may end, with the rule that this makes it."""
    by_given = phrases.role_end_before_given(scan.tokens, head + 1, ceiling)
    if by_given is not None:
        yield by_given, "title-name"
    yield role_last, "role-comma-name"
    longest = apposition.role_end(scan.tokens, head, ceiling)
    yield longest, "role-comma-name"
    behind = _after_aside(scan, longest, ceiling)
    if behind > longest:  # "Minister for Docks (and former senator) Ana Ruiz"
        yield behind, "title-name"
    after = apposition.clause_end(scan.tokens, head + 1, ceiling)
    if after is not None and scan.tokens[after + 1].bits & GIVEN:
        yield after, "role-comma-name"


def _name_end(scan: Scan, at: int, ceiling: int, *, is_after_portfolio: bool) -> int:
    end = scan.name_end(at, ceiling)
    # "Minister Salvador Ruiz", "prosecutor Christian Ruiz", "Secretary for Latin America Trinidad Ruiz"
    if end == at and at < ceiling and is_given_name(scan.tokens[at].text.upper(), or_word=True):
        return _after_demonym(scan, at, ceiling)
    if end == at and at < ceiling and scan.tokens[at].bits & (CITY | COUNTRY if is_after_portfolio else CITY):
        return _after_demonym(scan, at, ceiling)
    return end


def _name_start(scan: Scan, index: int, ceiling: int, *, is_plural: bool) -> int:
    """The first token behind a title that is no aside and no honorific: `Chief of Operations (OC) Dr. Orlan`."""
    if index < ceiling and scan.tokens[index].low in EXAMPLES:  # "judges like Ana Ruiz"
        index += 1
    elif [token.low for token in scan.tokens[index : min(index + 2, ceiling)]] == ["such", "as"]:
        index += 2
    if index < ceiling and scan.tokens[index].text == "(":
        is_list = is_plural and _opens_list(scan, index + 1, ceiling)  # "ministers (Orlan, Varga)"
        index = index + 1 if is_list else _after_aside(scan, index, ceiling)
    elif index + 1 < ceiling and scan.tokens[index].text == ")":  # "(Deputy Minister) Orlan"
        index += 1
    return skip_honorifics(scan.tokens, index)


def _opens_list(scan: Scan, index: int, ceiling: int) -> bool:
    end = scan.name_end(index, ceiling)
    return index < end < ceiling and scan.tokens[end].low in (",", "and", "&")


def _is_title_alone(scan: Scan, index: int, ceiling: int) -> bool:
    """Whether another title follows, which takes the name; not "Director of the Minister's Office"."""
    if index >= ceiling or not scan.tokens[index].bits & (TITLE | PLURAL_TITLE):
        return False
    is_owner = index + 1 < ceiling and scan.tokens[index + 1].low == "'s"
    return bool(scan.tokens[index].bits & CAPITAL) and not is_owner


def _free_from(scan: Scan, head: int, floor: int) -> int:
    """The first token after the last name before a head."""
    return next((index + 1 for index in range(head - 1, floor - 1, -1) if index in scan.taken), floor)


def _after_comma(scan: Scan, index: int, ceiling: int) -> int:
    if index < ceiling and scan.tokens[index].text in (",", "--", "(", ":"):
        at = index + 1
        while at < ceiling and scan.tokens[at].low in HEDGES:  # "his successor, perhaps Ana Ruiz"
            at += 1
        at = skip_honorifics(scan.tokens, at)
        if at >= ceiling:
            return index
        title = title_of(scan.tokens[at].low) if at + 1 < ceiling and scan.tokens[at].bits & CAPITAL else None
        return at + 1 if title is not None and not title.is_official else at  # "an adviser, Professor Orlan"
    return index


def _is_safe(scan: Scan, at: int, end: int, head: int, role_last: int, ceiling: int) -> bool:
    """Whether what follows a title is a name, and no other words with capitals."""
    if scan.reading.kind == "heading" and _is_of_staff(scan, head) and not scan.tokens[at].bits & GIVEN:
        return False  # "Few Official Echoes"
    if scan.tokens[head].low in ("chief", "general", "major") and end - at == 1 and end < ceiling:
        # "Two Other Major Diamond Mines", in a heading
        following = scan.tokens[end].bits
        if scan.reading.kind == "heading" and following & CAPITAL and following & COMMON:
            return False
    return end - at > 1 or _is_safe_single(scan, at, head, role_last, ceiling)


def _is_of_staff(scan: Scan, head: int) -> bool:
    title = title_of(scan.tokens[head].low)
    return title is None or title.kind in ("person", "staff")


def _is_safe_single(scan: Scan, index: int, head: int, role_last: int, ceiling: int) -> bool:
    """Whether one word after a title is a name: not "Mother Earth", nor an acronym after a title in lower case."""
    token = scan.tokens[index]
    if token.bits & COMMON and not (role_last == head + 1 and _is_used_as_name(scan, index, head, ceiling)):
        return False
    if role_last > head + 1 and (_opens_name_of_body(scan, index, ceiling) or _ends_in_body(scan, role_last)):
        return False
    return bool(scan.tokens[head].bits & CAPITAL) or (not token.text.isupper() and "-" not in token.text)


def _is_used_as_name(scan: Scan, index: int, head: int, ceiling: int) -> bool:
    """Whether a common word after a title can only be a name: `Ambassador Wood told`, `Minister Price's`."""
    title = title_of(scan.tokens[head].low)
    if title is None or not title.is_official or not scan.tokens[head].bits & CAPITAL or index + 1 >= ceiling:
        return False
    following = scan.tokens[index + 1]
    role = spelled_out(" ".join(word.text for word in scan.tokens[max(0, head - 2) : head + 1]))
    if known_figure(fold(scan.tokens[index].text), scan.setting, role) is not None:
        return not following.bits & CAPITAL
    is_verb = bool(following.bits & SPEECH) and not following.bits & CAPITAL
    return scan.reading.kind != "heading" and (is_verb or following.low == "'s")


def _ends_in_body(scan: Scan, role_last: int) -> bool:
    # "Chairman of Telmo Harbra": the body has a longer name.
    last = scan.tokens[role_last - 1]
    return bool(last.bits & ORGANIZATION) and not last.bits & (PORTFOLIO | INSTITUTION) and not last.text.isupper()


def _opens_name_of_body(scan: Scan, index: int, ceiling: int) -> bool:
    # "Chairman of the Senate Harbr Relations Committee"
    following = scan.tokens[index + 1] if index + 1 < ceiling else None
    known = INSTITUTION | PORTFOLIO | COMMON
    return following is not None and bool(following.bits & CAPITAL) and bool(following.bits & known)


def _list(scan: Scan, at: int, ceiling: int) -> Iterator[tuple[int, int]]:
    for _ in range(LONGEST_LIST):
        end = scan.name_end(at, ceiling) or at
        if end == at:
            end = _after_demonym(scan, at, ceiling)
        if end == at or (end - at == 1 and scan.tokens[at].bits & COMMON) or _is_prose(scan, at, end):
            return
        yield at, end
        at = end
        at = _after_aside(scan, at, ceiling)
        if at + 1 < ceiling and scan.tokens[at].low == "of" and scan.tokens[at + 1].bits & COUNTRY:
            at += 2  # "Ambassadors Orlan of Peru and Varga of Chile"
        while at < ceiling and scan.tokens[at].low in (",", "and", "&"):
            at += 1
        if at == end or scan.tokens[at - 1].bits & COUNTRY:
            return
        at = skip_honorifics(scan.tokens, at)


def _after_aside(scan: Scan, at: int, ceiling: int) -> int:
    # "Senators Orlan (D-MI) and Varga": what parentheses tell of one in a list.
    if at < ceiling and scan.tokens[at].text == "(":
        for close in range(at + 1, min(at + LONGEST_ASIDE, ceiling)):
            if scan.tokens[close].text == ")":
                return close + 1
    return at


def _is_prose(scan: Scan, at: int, end: int) -> bool:
    # "Soldiers Turn Them Over", in a title
    is_given = is_given_name(scan.tokens[at].text.upper(), or_word=True)
    return end - at > 1 and not is_given and all(token.bits & COMMON for token in scan.tokens[at:end])


def _after_demonym(scan: Scan, at: int, ceiling: int) -> int:
    # First names such as German, Israel and Salvador, in a list of names.
    if at + 1 < ceiling and (
        scan.tokens[at].bits & (DEMONYM | COUNTRY | CITY) or is_given_name(scan.tokens[at].text.upper(), or_word=True)
    ):
        end = scan.name_end(at + 1, ceiling)
        return end if end > at + 1 else at
    return at


def _after_honorific(scan: Scan, index: int, ceiling: int) -> Iterator[Sighting]:
    at = skip_honorifics(scan.tokens, index)
    end = scan.name_end(at, ceiling)
    if end > at and at not in scan.taken:
        role = scan.role_after(end, ceiling)
        yield from scan.sighting(at, end, role, "name-role" if role else "honorific-name")
