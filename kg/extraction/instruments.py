"""Find instruments by their names and kinds: `the Lima Convention`, `free trade agreement`, `MOU with the port`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.extraction.lexicon import CALENDAR, CAPITAL, COMMON, FUNCTION, REDACTED, SPEECH, column, mapping, word_set
from kg.extraction.phrases import STOPS
from kg.extraction.tokens import Reading, Token, opens_sentence
from kg.tables import rows

LONGEST_NAME: Final = 9  # words before the head
COMPLEMENTS: Final = frozenset(("against", "between", "for", "of", "on", "to", "with"))
# Heads that name an instrument only with a capital or with "joint", "of understanding" and the like beside them.
WEAK: Final = word_set("weak-instruments")
UNDERSTOOD: Final = frozenset(("informal", "written", "verbal", "secret", "bilateral", "unwritten", "tacit"))
ARTICLES: Final = frozenset(("a", "an", "the", "this", "that", "its", "their", "such", "any", "his", "our", "each"))
VAGUE: Final = word_set("vague")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument named at the tokens from `first` to the one before `last`."""

    first: int
    last: int
    name: str
    kind: str
    head: int
    rule: str


def instruments(reading: Reading) -> Iterator[Instrument]:
    """All instruments that a part names, in order, none overlapping."""
    kinds = mapping("instruments.tsv", "word", "kind")
    taken = 0
    for index, token in enumerate(reading.tokens):
        if index < taken:
            continue
        found = _known(reading, index) if token.bits & CAPITAL else None
        if found is None and token.low in kinds:
            found = _named(reading, index, taken) or _described(reading, index, taken)
        if found is not None and _is_instrument(found):
            yield found
            taken = found.last


def _is_instrument(found: Instrument) -> bool:
    low = found.name.lower()
    return not any(low == stop or low.endswith(f" {stop}") for stop in column("no_agreements.tsv", "phrase"))


def _known(reading: Reading, index: int) -> Instrument | None:
    for words, kind in _treaties().get(reading.tokens[index].text, ()):
        last = index + len(words)
        if tuple(token.text for token in reading.tokens[index:last]) == words:
            last = _capital_complement(reading.tokens, last)
            return Instrument(
                first=index,
                last=last,
                name=reading.words(index, last),
                kind=kind,
                head=last - 1,
                rule="known-agreement",
            )
    if reading.tokens[index].text == "Plan" and not opens_sentence(reading.tokens, index):
        last = index + 1
        while last < min(len(reading.tokens), index + 4) and _is_proper(reading.tokens[last]):
            last += 1
        if last > index + 1:
            return Instrument(
                first=index,
                last=last,
                name=reading.words(index, last),
                kind="programme",
                head=index,
                rule="named-agreement",
            )
    return None


def _is_proper(token: Token) -> bool:
    return bool(token.bits & CAPITAL) and len(token.text) > 2 and not token.bits & (COMMON | FUNCTION | REDACTED)


def _named(reading: Reading, head: int, floor: int) -> Instrument | None:
    """A name in capitals that ends with the head, or goes on after it: `Convention on Fisheries`."""
    tokens = reading.tokens
    if not tokens[head].bits & CAPITAL or reading.is_capitals or tokens[head].low in VAGUE:
        return None
    first = head
    while first > floor and head - first < LONGEST_NAME and _is_name_part(tokens, first - 1, floor):
        first -= 1
    while first < head and (
        (not tokens[first].bits & CAPITAL and not tokens[first].text[0].isdigit()) or _is_bare(tokens, first)
    ):
        first += 1
    last = _capital_complement(tokens, head + 1)
    if last == head + 1 and tokens[head].low in ("memorandum", "memoranda") and tokens[head + 1 : head + 2]:
        last = head + 3 if tokens[head + 1].low == "of" else last
    if last - first < 2 or last > len(tokens):
        return None
    if tokens[last - 1].low == "office" or not any(
        t.bits & CAPITAL for t in tokens[first:head] + tokens[head + 1 : last]
    ):
        return None
    return _instrument(reading, first, last, head, "named-agreement")


def _is_name_part(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    token = tokens[index]
    if token.bits & REDACTED or token.low in ("'s", "."):
        return False
    if token.bits & CAPITAL:
        return not token.bits & FUNCTION
    if token.low in ("and", "of", "on", "&", "-", "/"):
        return index - 1 >= floor and bool(tokens[index - 1].bits & CAPITAL) and bool(tokens[index + 1].bits & CAPITAL)
    return token.text.isdigit() and len(token.text) == 4


def _is_bare(tokens: tuple[Token, ...], index: int) -> bool:
    return (bool(tokens[index].bits & (COMMON | FUNCTION)) and opens_sentence(tokens, index)) or tokens[
        index
    ].low == "the"


def _capital_complement(tokens: tuple[Token, ...], index: int) -> int:
    """The token after `on the Law of the Sea` at `index`; `index` where the words are not capitals."""
    end = index
    while end < len(tokens) and end - index < LONGEST_NAME:
        token = tokens[end]
        if (token.bits & CAPITAL and not token.bits & FUNCTION and end > index) or (
            token.low in ("on", "of", "for", "against", "the", "and") and _leads_to_capital(tokens, end)
        ):
            end += 1
        else:
            break
    return end if end > index + 1 and tokens[index].low in ("on", "of", "for", "against") else index


def _leads_to_capital(tokens: tuple[Token, ...], index: int) -> bool:
    following = tokens[index + 1 : index + 3]
    if not following:
        return False
    return bool(following[0].bits & CAPITAL) or (
        following[0].low == "the" and len(following) == 2 and bool(following[1].bits & CAPITAL)
    )


def _described(reading: Reading, head: int, floor: int) -> Instrument | None:
    """A kind of instrument and what tells which: modifiers, a partner, or what it is to do."""
    tokens = reading.tokens
    low = tokens[head].low
    first = head
    while first > floor and head - first < 5 and _is_modifier(tokens, first - 1):
        first -= 1
    while first < head and (
        tokens[first].low in column("plain_modifiers.tsv", "word") or tokens[first].text[0].isdigit()
    ):
        first += 1
    while first < head and _is_no_modifier(tokens[first]):
        first += 1
    before = tokens[head - 1].low if head else ""
    if low == "accord" and first == head and before not in ARTICLES:  # "to accord with"
        return None
    if low in ("deal", "deals", "contract", "contracts") and first == head:  # "to deal with"
        return None
    if before == "in" or (low in ("statement", "declaration", "communique") and before != "joint"):
        return None
    telling = [t for t in tokens[first:head] if t.low not in column("plain_modifiers.tsv", "word")]
    last = _complement(tokens, head + 1)
    if low in WEAK and low not in ("statement", "declaration") and not _is_of_understanding(tokens, head):
        return None
    if low in VAGUE and not (telling and last > head + 1):
        return None
    if low == "understanding" and not UNDERSTOOD & {t.low for t in telling}:
        return None
    if low == "agreement" and not reading.is_capitals and not _is_countable(tokens, first, head):
        return None
    if not telling and last == head + 1:
        return None
    if not telling and tokens[head + 1].low not in ("to", "with", "between"):
        return None
    if not telling and low.endswith("s") and not any(t.bits & CAPITAL for t in tokens[head + 1 : last]):
        return None  # "agreements with many parts": whichever
    return _instrument(reading, first, last, head, "kind-of-agreement")


def _is_no_modifier(token: Token) -> bool:
    """A verb or a sum before the noun: `secured`, `approving`, `- 1989`."""
    if not token.text[0].isalpha():
        return True
    return bool(token.bits & COMMON) and not token.bits & CAPITAL and token.low.endswith(("ing", "ed"))


def _is_countable(tokens: tuple[Token, ...], first: int, head: int) -> bool:
    """Whether one agreement is meant: `an agreement`, `the trade agreement`; not `reach agreement on`."""
    before = tokens[first - 1].low if first else ""
    plain = {t.low for t in tokens[max(0, first - 4) : first]}
    return bool(plain & ARTICLES) or before == "'s" or any(t.bits & CAPITAL for t in tokens[first:head])


def _is_of_understanding(tokens: tuple[Token, ...], head: int) -> bool:
    return [t.low for t in tokens[head + 1 : head + 3]] == ["of", "understanding"]


def _is_modifier(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    if (
        token.bits & (SPEECH | REDACTED)
        or token.low in STOPS
        or token.low in ("'s", "of", "to", "on", "for", "with", "in")
    ):
        return False
    if token.low in column("plain_modifiers.tsv", "word") or token.low.endswith("ly"):
        return False
    return token.text[0].isalnum() or token.text in ("-", "/")


def _complement(tokens: tuple[Token, ...], index: int) -> int:
    """The token after `with the port authority` or `to keep the border open` at `index`."""
    if index >= len(tokens) or tokens[index].low not in COMPLEMENTS:
        return index
    end = index + 1
    while end < len(tokens) and end - index < 8:
        token = tokens[end]
        if (
            token.bits & CALENDAR
            or (token.low in STOPS and token.low not in ("and",))
            or token.bits & SPEECH
            or not token.text[0].isalnum()
        ):
            break
        if end > index + 2 and token.low in ("with", "to", "in", "on", "at") and tokens[index].low != "to":
            break
        end += 1
    while end > index + 1 and tokens[end - 1].low in ("the", "a", "and", "of", "to", "in", "on", "for", "with", "at"):
        end -= 1
    return end if end > index + 1 else index


def _instrument(reading: Reading, first: int, last: int, head: int, rule: str) -> Instrument:
    return Instrument(
        first=first,
        last=last,
        name=reading.words(first, last),
        kind=mapping("instruments.tsv", "word", "kind")[reading.tokens[head].low],
        head=head,
        rule=rule,
    )


@cache
def _treaties() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], str], ...]]:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in sorted(rows("treaties.tsv"), key=lambda row: -len(row["name"].split())):
        words = tuple(row["name"].split())
        out.setdefault(words[0], []).append((words, row["kind"]))
    return MappingProxyType({first: tuple(found) for first, found in out.items()})
