"""Find undertakings told by a verb: `agreed on a list of ports`, `offered to train divers`, `sold six ships`."""

from collections.abc import Iterator
from typing import Final

from kg.extraction.candidates import Candidate, agreement_words
from kg.extraction.dealing_phrases import JOINT, MAKERS, SOURCES, is_modifier
from kg.extraction.dealings import OPINIONS
from kg.extraction.lexicon import CAPITAL, COMMON, PLURAL_TITLE, SPEECH, TITLE, UNDERTAKING, mapping, word_set
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE
from kg.extraction.tokens import Reading, Token

LONGEST: Final = 12
LONGEST_ASIDE: Final = 18
TO_VERB: Final = frozenset(("agree", "offer", "pledge", "propose", "arrange", "permit"))
TO_NOUN: Final = frozenset(("buy", "conclude", "form", "hire", "lend", "negotiate", "pledge", "propose", "sell"))
TRADES: Final = frozenset(("buy", "form", "hire", "lend", "pledge", "sell"))  # with a thing, these need a partner
MODALS: Final = frozenset(("will", "would", "should", "shall", "must"))
VERBAL: Final = frozenset(("buy", "hire", "lend", "sell"))  # of these the verb belongs to the phrase
BETWEEN: Final = agreement_words("undertaking-adverbs")
ARTICLES: Final = frozenset(("a", "an", "the", "their", "its", "his", "both", "any"))
DISMISSED: Final = frozenset(
    (
        "disagree",
        "how",
        "more",
        "many",
        "much",
        "something",
        "whatever",
        "what",
        "whether",
        "differ",
        "it",
        "this",
        "them",
        "him",
        "us",
    )
)
NO_NOUNS: Final = word_set("no-nouns")
VERBS: Final = word_set("bare-verbs")
NO_OBJECTS: Final = word_set("prepositions") | {"to", "that", "by", "with", "as", "when", "only", "there"}
LOOSE: Final = frozenset(
    ("of", "the", "a", "an", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "its")
)
CLAUSE: Final = STOPS - {"and", "from", "their", "with"}


def undertakings(reading: Reading) -> Iterator[Candidate]:
    """All phrases of a part that say what somebody agreed, offered, pledged, sold or bought."""
    verbs = mapping("undertaking_verbs.tsv", "word", "sort")
    kinds = mapping("undertaking_verbs.tsv", "word", "kind")
    for index in reading.places(UNDERTAKING):
        token = reading.tokens[index]
        if _is_adjective(reading, index) or _is_denied(reading, index):
            continue
        found = _object(reading, index, verbs[token.low]) or _thing(reading, index)
        if found is None:
            continue
        first, last, manner = found
        yield Candidate(
            first=first,
            last=last,
            core=first,
            core_end=last,
            head=index,
            kind=kinds[token.low],
            sort=f"{verbs[token.low]}-{manner}",
            rule="agreed-on",
        )


def _is_adjective(reading: Reading, index: int) -> bool:
    """Whether the word stands before a noun: `the proposed bridge`, `an agreed text`."""
    before = reading.tokens[index - 1] if index else None
    return before is not None and (
        before.low in ARTICLES - {"both"} or before.low in ("'s", "of", "this", "these", "on")
    )


def _is_denied(reading: Reading, index: int) -> bool:
    floor = reading.sentence_of(index)[0]
    return any(t.low in NEGATIVE for t in reading.tokens[max(floor, index - 3) : index])


def _object(reading: Reading, index: int, sort: str) -> tuple[int, int, str] | None:
    """What was undertaken, and how it is told: `to` with a verb, `on` with a noun, `that` with a clause, `noun`."""
    tokens = reading.tokens
    ceiling = reading.sentence_of(index)[1]
    first = index + 1
    while first < ceiling and tokens[first].low in BETWEEN:
        first += 1
    first = _after_aside(tokens, first, ceiling)
    if first >= ceiling:
        return None
    low = tokens[first].low
    manner = _manner(tokens, first, ceiling, low, sort, is_past=_is_past(tokens, index))
    if manner is None:
        return None
    if manner != "noun":
        first += 3 if manner == "plan" else 1
    while first < ceiling and tokens[first].low in ARTICLES:
        first += 1
    last = _end(tokens, first, ceiling, manner)
    if last - first < 2 or tokens[first].low in DISMISSED or not _has_noun(tokens[first:last]):
        return None
    if manner == "on" and any(t.low in OPINIONS for t in tokens[first:last]):
        return None
    if manner == "that" and not any(t.low in MODALS for t in tokens[first:last]):
        return None  # "agreed that it rained"
    if manner == "noun" and sort in TRADES and not any(_tells_partner(t) for t in tokens[first:last]):
        return None
    return (index if sort in VERBAL else first), last, manner


def _tells_partner(token: Token) -> bool:
    return bool(token.bits & SOURCES) or token.text[0].isdigit() or token.low in JOINT


def _is_low_modifier(token: Token) -> bool:
    return is_modifier(token) and not token.bits & CAPITAL


def _is_past(tokens: tuple[Token, ...], index: int) -> bool:
    return tokens[index].low.endswith("ed") or (index > 0 and tokens[index - 1].low == "did")


def _thing(reading: Reading, index: int) -> tuple[int, int, str] | None:
    """What stands before a participle: `harbor dues agreed between Peru and Chile`."""
    tokens = reading.tokens
    floor, ceiling = reading.sentence_of(index)
    if index + 1 >= ceiling or tokens[index + 1].low not in MAKERS or not tokens[index].low.endswith("ed"):
        return None
    first = index
    while first > floor and index - first < 4 and _is_low_modifier(tokens[first - 1]):
        first -= 1
    if index - first < 2 or tokens[index - 1].bits & (TITLE | PLURAL_TITLE):
        return None
    return first, index, "thing"


def _after_aside(tokens: tuple[Token, ...], first: int, ceiling: int) -> int:
    """The token after an aside between the verb and what was undertaken: `agreed, at a lunch in Lima, to`."""
    if first < ceiling and (tokens[first].text == "," or tokens[first].text.startswith("--")):
        mark = tokens[first].text
        for at in range(first + 2, min(ceiling - 1, first + LONGEST_ASIDE)):
            if tokens[at].text == mark:
                return at + 1 if tokens[at + 1].low in ("to", "on", "that") else first
    return first


def _manner(tokens: tuple[Token, ...], first: int, ceiling: int, low: str, sort: str, *, is_past: bool) -> str | None:
    if low == "to" and sort in TO_VERB:
        following = tokens[first + 1] if first + 1 < ceiling else None
        if following is None:
            return None
        return "on" if following.low in ARTICLES or not following.bits & COMMON else "to"
    if low in ("on", "upon") and sort in ("agree",):
        return "on"
    if low == "that" and sort in ("agree", "propose") and is_past:
        return "that"
    if sort == "announce" and [t.low for t in tokens[first : first + 2]] == ["that", "they"]:
        return "plan"
    if sort in TO_NOUN and tokens[first].text[0].isalnum() and low not in STOPS and low not in NO_OBJECTS:
        return "noun"
    return None


def _end(tokens: tuple[Token, ...], first: int, ceiling: int, manner: str) -> int:
    last = first
    while last < min(ceiling, first + LONGEST):
        token = tokens[last]
        if manner != "that" and token.low in CLAUSE:
            break
        if manner == "noun" and last > first + 1 and token.bits & SPEECH:
            break
        if token.text[0] in ",;:.()?!" or token.text.startswith("--"):
            break
        last += 1
    while last > first and (tokens[last - 1].low in LOOSE or not tokens[last - 1].text[0].isalnum()):
        last -= 1
    return last


def _has_noun(words: tuple[Token, ...]) -> bool:
    """Whether the phrase holds a noun, and is not a verb cut short: `set up`, `name each one`."""
    nouns = [word for word in words[1:] if word.low not in NO_NOUNS and word.text[0].isalnum()]
    return bool(nouns) and (len(words) > 2 or words[0].low not in VERBS)
