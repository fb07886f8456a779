"""Find public figures of these years who are named without a title: in full, or by a surname that tells enough."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extraction.compounds import joined_names
from kg.extraction.lexicon import CAPITAL, COMMON, GIVEN, LEADER, NO_NAME, PARTICLE, Leader, flags, leaders, word_set
from kg.extraction.names import NUMERALS, fold
from kg.extraction.nationality import Setting
from kg.extraction.propagation import RULES_OF, covered, stands_alone
from kg.extraction.tokens import Reading, Token

OFFICES: Final = {
    "dfm": "deputy foreign minister",
    "fm": "foreign minister",
    "formin": "foreign minister",
    "gen": "general",
    "gen.": "general",
    "pm": "prime minister",
    "premier": "prime minister",
    "primemin": "prime minister",
    "syg": "secretary general",
    "vp": "vice president",
}


def spelled_out(role: str) -> str:
    """A role phrase in lower case, its abbreviated office in full: `PM` gives `prime minister`."""
    return " ".join(OFFICES.get(word, word) for word in role.lower().replace("-general", " general").split())


# What a surname is no longer a person's behind: "in Sevilla", "the carrier Orlan".
OF_PLACES: Final = word_set("places-of-surnames")
LAWS: Final = word_set("laws")
VESSELS: Final = word_set("vessels")


def known_figure(words: tuple[str, ...], setting: Setting, held: str = "", *, is_ruler: bool = False) -> Leader | None:
    """The public figure whom words name: in full, by a surname known bare, or with the office held.

    `is_ruler`: the surname stands where a ruler's does. Of several the host country's comes first.
    """
    found = [leader for leader in leaders().get(words[-1], ()) if _is_named(leader, words, setting, held, is_ruler)]
    return min(found, key=lambda leader: _rank(leader, setting, held), default=None)


def _rank(leader: Leader, setting: Setting, held: str) -> tuple[bool, ...]:
    return (
        not _has_office(leader, held),
        leader.country != setting.host,
        setting.year > leader.until,
        not leader.is_known_bare,
        leader.country not in setting.named,
    )


def _has_office(leader: Leader, held: str) -> bool:
    return leader.title != "" and leader.title in held


def _is_named(leader: Leader, words: tuple[str, ...], setting: Setting, held: str, is_ruler: bool) -> bool:
    full = fold(leader.name)
    if leader.since > setting.year:
        return False
    is_in_years = setting.year <= leader.until
    if len(words) > 1:
        if words in (full, full[-len(words) :]):
            return True
        return is_in_years and words[-1] == full[-1] and words[0] == full[0]
    if is_ruler and (leader.is_known_bare or leader.country in setting.named):
        return True
    if (is_in_years or "then" in held or "former" in held) and _has_office(leader, held):
        # "Foreign Minister Abdullah" is many, unless his country is spoken of.
        return leader.country in setting.named or not flags(full[-1].capitalize()) & GIVEN
    # A surname that names one figure stays his after his years; another's does where his country is spoken of.
    return leader.is_known_bare or (is_in_years and leader.country in setting.near)


def figures(reading: Reading, taken: set[tuple[int, int]], setting: Setting) -> Iterator[tuple[int, int, Leader]]:
    """Public figures who are named without a title: spans in the text and who it is."""
    tokens = reading.tokens
    places = [index for index in reading.places(CAPITAL) if tokens[index].bits & LEADER or "-" in tokens[index].text]
    hidden = covered(reading, taken) if places else frozenset()
    for index in places:
        token = tokens[index]
        if token.bits & NO_NAME or index in hidden or _is_abbreviation(token):
            continue
        if "-" in token.text and not _names_law(reading, index):
            yield from _joined(token, setting)
        if not token.bits & LEADER:
            continue
        first = index
        while first and index - first < 3 and tokens[first - 1].bits & CAPITAL and not tokens[first - 1].bits & NO_NAME:
            first -= 1
        if _is_vessel(reading, first):
            continue
        for start in range(first, index + 1):
            if start == index and not _is_surname_alone(reading, index):
                continue
            words = fold(" ".join(t.text for t in tokens[start : index + 1]))
            leader = known_figure(words, setting, is_ruler=_is_ruler(reading, index))
            if leader is not None:
                last = index + 1 if index + 1 < len(tokens) and tokens[index + 1].text in NUMERALS else index
                yield tokens[start].start, tokens[last].end, leader
                break


def _is_abbreviation(token: Token) -> bool:
    # "OrL" is a ministry's name, and no Orl
    return token.text[-1].isupper() and not token.text.isupper()


def _is_vessel(reading: Reading, first: int) -> bool:
    """Whether a name is a ship's or a building's: `the carrier Ana Orlan`, `the frigate Ana de Orlan`."""
    tokens = reading.tokens
    while first and (tokens[first - 1].bits & PARTICLE or tokens[first - 1].bits & GIVEN):
        first -= 1
    return first > 0 and tokens[first - 1].low in VESSELS


def _names_law(reading: Reading, index: int) -> bool:
    # "the Orlan-Varga Act": named after those who moved it
    following = reading.tokens[index + 1] if index + 1 < len(reading.tokens) else None
    return following is not None and following.low in LAWS


def _joined(token: Token, setting: Setting) -> Iterator[tuple[int, int, Leader]]:
    """The figures whom a hyphen joins, if all its names are known bare: `the Orlan-Varga pact`, `Orlan-era`."""
    found = [(start, end, known_figure(fold(name), setting, is_ruler=True)) for name, start, end in joined_names(token)]
    known = [(start, end, leader) for start, end, leader in found if leader is not None and leader.is_known_bare]
    if len(known) == len(found) and not any(flags(name) & (COMMON | GIVEN) for name, _, _ in joined_names(token)):
        yield from known


def _is_ruler(reading: Reading, index: int) -> bool:
    """Whether a surname is that of a ruler by what follows: `the Orlan regime`, `the Orlan-era law`."""
    following = reading.tokens[index + 1] if index + 1 < len(reading.tokens) else None
    return following is not None and following.low in RULES_OF


def _is_surname_alone(reading: Reading, index: int) -> bool:
    """Whether a surname stands by itself, and is more than a word or a given name."""
    tokens = reading.tokens
    if not stands_alone(reading, index) or (index and tokens[index - 1].low in OF_PLACES):
        return False
    if reading.is_capitals and index and tokens[index - 1].low == "to":
        return tokens[index].text in _known_by_one_word()  # "WOULD LIKE TO BUNKER"
    if tokens[index].bits & COMMON:
        near = [tokens[at] for at in (index - 1, index + 1) if 0 <= at < len(tokens)]
        return not reading.is_capitals and reading.kind != "heading" and not any(t.bits & CAPITAL for t in near)
    return not tokens[index].bits & GIVEN or _is_ruler(reading, index) or tokens[index].text in _known_by_one_word()


@cache
def _known_by_one_word() -> frozenset[str]:
    return frozenset(leader.name for found in leaders().values() for leader in found if leader.is_known_bare)
