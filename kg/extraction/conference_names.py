"""Find where the name of a conference begins, and tell what bears such a name without being an occasion."""

from typing import Final

from kg.extraction.kinds import ordinal_before
from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    COMMON,
    FUNCTION,
    INSTITUTION,
    NUMBER,
    ORGANIZATION,
    TITLE,
    word_set,
)
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import Scene

# What follows "conference" where the two name a thing: "conference center".
THINGS: Final = frozenset(
    ("call", "calls", "center", "centre", "facilities", "facility", "hall", "press", "principles", "room")
)
IN: Final = frozenset(("at", "in"))
ATTENDING: Final = word_set("attending")
UNIONS: Final = frozenset(("front", "organisation", "organization"))
OCCASION: Final = frozenset(("at", "during", "for"))
LOOSE: Final = frozenset(("session", "dialogue", "plenary", "debate", "forum", "congress", "roundtable", "ministerial"))
CONGRESSES: Final = frozenset(("congress", "convention"))
PARTY_WORDS: Final = frozenset(("annual", "national", "party", "republican", "democratic", "spring", "people's"))
PRESS: Final = frozenset(("media", "news", "press", "video"))
GATHERINGS: Final = word_set("gatherings")
WORDS: Final = word_set("conference-words") | GATHERINGS
DETERMINERS: Final = word_set("determiners") | {"last", "next", "this"}
# Words that end a noun phrase on its left.
BREAKS: Final = STOPS | OCCASION | IN | ATTENDING | word_set("prepositions") | {"by", "of", "since", "until", "with"}
LONGEST_NAME: Final = 8


def name_start(scene: Scene, index: int) -> int:
    """The first word of a conference's name: capitals, joined words of the kind `ministerial`, ordinals."""
    first = index
    if acronym_before(scene, index) is not None:
        first = index - 3
        while first > scene.floor + 1 and index - first < LONGEST_NAME + 3 and _is_in_long_name(scene, first - 1):
            first -= 1
    while first > scene.floor and index - first < LONGEST_NAME and _is_in_name(scene, first - 1):
        first -= 1
    while first < index and not scene.tokens[first].bits & CAPITAL and scene.tokens[first].text[0] not in "\"'“‘GP":
        first += 1
    return first


def acronym_before(scene: Scene, index: int) -> str | None:
    """The acronym in parentheses right before a noun: `the Organization of Ports (OP) Summit`."""
    opening = index - 3
    if opening <= scene.floor or scene.tokens[index - 1].text != ")" or scene.tokens[opening].text != "(":
        return None
    acronym = scene.tokens[index - 2].text
    return acronym if acronym.isupper() and len(acronym) > 1 and scene.tokens[opening - 1].bits & CAPITAL else None


def _is_in_long_name(scene: Scene, index: int) -> bool:
    """Whether a word is part of a name that its acronym follows: `the Organization of the Harbor Cities (OHC)`."""
    token = scene.tokens[index]
    if token.low in ("and", "for", "of", "the"):
        return scene.tokens[index - 1].low in ("for", "of") or bool(scene.tokens[index - 1].bits & CAPITAL)
    return bool(token.bits & CAPITAL)


def _is_in_name(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    if token.low == "of":  # Community of Ports
        before, after = scene.tokens[max(scene.floor, index - 1)], scene.tokens[index + 1]
        return bool(before.bits & after.bits & CAPITAL) and not before.bits & TITLE
    if token.bits & (CALENDAR | FUNCTION) or _opens(scene, index):
        return False
    return (
        bool(token.bits & CAPITAL)
        or token.low in WORDS
        or token.text in ("'s", "-", "’s", "'", "+", "and", "&", '"', "“")
    )


def phrase_start(scene: Scene, first: int) -> int:
    """The first word of the noun phrase that a name ends: `the upcoming May 3-4`, `this fall's`."""
    at = first
    while at > scene.floor and first - at < LONGEST_NAME:
        token = scene.tokens[at - 1]
        is_plain = token.text.isalpha() and not token.bits & CAPITAL and token.low not in BREAKS
        if not (is_plain or token.bits & (CALENDAR | NUMBER) or token.text in ("-", "'s", "’s")):
            break
        at -= 1
        if token.low in DETERMINERS:
            break
    return at


def is_named(scene: Scene, first: int, index: int) -> bool:
    """Whether the noun is the last word of a proper name."""
    return first < index and bool(scene.tokens[index].bits & CAPITAL)


def is_no_occasion(scene: Scene, first: int, index: int) -> bool:
    """A press conference, a convention that is a treaty, a legislature, or a session of no day."""
    token = scene.tokens[index]
    before = [t.low for t in scene.tokens[max(scene.floor, min(first, index - 3)) : index]]
    following = scene.tokens[index + 1].low if index + 1 < scene.ceiling else ""
    if (
        PRESS & set(before[-2:])
        or following in THINGS
        or (acronym_before(scene, index) is None and _is_part_of_name(scene, first))
    ):
        return True
    if token.low in CONGRESSES:
        return not (
            before and (before[-1] in PARTY_WORDS or ordinal_before(scene.tokens, index, scene.floor) is not None)
        )
    is_set = scene.date_near(index, reach=6) is not None or ordinal_before(scene.tokens, index, scene.floor) is not None
    if token.low in LOOSE and token.bits & CAPITAL and first < index:
        return False
    if token.low == "ministerial" and scene.tokens[index - 1].bits & (ORGANIZATION | INSTITUTION):
        return False  # "the NATO ministerial"
    return token.low in LOOSE and not is_set


def _is_part_of_name(scene: Scene, first: int) -> bool:
    """Whether a longer name holds the words: `the Front for National Dialogue`."""
    at = first - 1
    while at > scene.floor and scene.tokens[at].low == "the":
        at -= 1
    if at <= scene.floor or scene.tokens[at].low not in ("for", "of"):
        return False
    before = scene.tokens[at - 1]
    return bool(before.bits & CAPITAL) and (bool(before.bits & INSTITUTION) or before.low in UNIONS)


def _opens(scene: Scene, index: int) -> bool:
    return index == scene.floor and bool(scene.tokens[index].bits & COMMON)
