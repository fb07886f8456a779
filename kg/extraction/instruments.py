"""Find instruments by name: known ones (`Kyoto Protocol`) and those whose name ends or begins with their kind."""

from functools import cache
from types import MappingProxyType
from typing import Final

from kg.extraction.candidates import Candidate, agreement_words
from kg.extraction.lexicon import CAPITAL, COMMON, DEMONYM, FUNCTION, INSTITUTION, REDACTED, mapping
from kg.extraction.tokens import Reading, Token, opens_sentence
from kg.extraction.treaties import treaties

LONGEST_NAME: Final = 9  # words before the head
LONGEST_COMPLEMENT: Final = 12  # words after it
COMPLEMENTS: Final = frozenset(("against", "between", "concerning", "for", "of", "on", "to", "with"))
INNER: Final = frozenset((*COMPLEMENTS, "the", "and", "in", "against"))
LETTERS: Final = frozenset(("letter", "letters"))  # of intent, of understanding
LABELS: Final = agreement_words("labels")  # SUMMARY, COMMENT: they head a text and name nothing
# Kinds whose name in capitals names an instrument: "the Lima Accord", but not "the Lima Group".
NAMING: Final = frozenset(
    (
        "instrument",
        "memorandum",
        "plan",
        "statement",
        "bargain",
        "resolution",
        "contract",
        "partnership",
        "scheme",
        "finance",
        "project",
        "group",
    )
)


def known(reading: Reading, index: int) -> Candidate | None:
    """The known instrument whose name or alias begins at a token."""
    for words, kind, head, name in _treaties().get(reading.tokens[index].text, ()):
        last = index + len(words)
        if tuple(token.text for token in reading.tokens[index:last]) != words or _goes_on(reading.tokens, last):
            continue
        if not _is_body(reading.tokens[last : last + 1]):
            return Candidate(
                first=index,
                last=capital_complement(reading.tokens, last),
                core=index,
                core_end=last,
                head=index + head,
                kind=kind,
                sort="known",
                rule="known-agreement",
                instrument=name,
            )
    return None


def plan(reading: Reading, index: int) -> Candidate | None:
    """`Plan Orlanda`: a programme whose kind stands before its name, as in Spanish and French."""
    tokens = reading.tokens
    if tokens[index].text != "Plan" or opens_sentence(tokens, index):
        return None
    last = index + 1
    while last < min(len(tokens), index + 4) and _is_proper(tokens[last]):
        last += 1
    if last == index + 1:
        return None
    return Candidate(
        first=index,
        last=last,
        core=index,
        core_end=last,
        head=index,
        kind="programme",
        sort="plan",
        rule="named-agreement",
    )


def _is_proper(token: Token) -> bool:
    return bool(token.bits & CAPITAL) and len(token.text) > 2 and not token.bits & (COMMON | FUNCTION | REDACTED)


def named(reading: Reading, head: int, floor: int) -> Candidate | None:
    """A name in capitals that ends with the head, or goes on after it: `Convention on Fisheries`."""
    tokens = reading.tokens
    sort = mapping("instruments.tsv", "word", "sort")[tokens[head].low]
    after = mapping("instruments.tsv", "word", "after")[tokens[head].low]
    if after and tokens[head - 1].low != after:
        return None
    if not tokens[head].bits & CAPITAL or reading.is_capitals or sort not in NAMING or _goes_on(tokens, head + 1):
        return None
    first = head
    while first > floor and head - first < LONGEST_NAME and _is_name_part(tokens, first - 1, floor):
        first -= 3 if tokens[first - 1].text == ")" else 1
    while first < head and (_is_low(tokens[first]) or _is_bare(tokens, first)):
        first += 1
    last = capital_complement(tokens, head + 1)
    if (
        last == head + 1
        and sort == "memorandum"
        and [t.low for t in tokens[head + 1 : head + 3]]
        == [
            "of",
            "understanding",
        ]
    ):
        last = head + 3
    if tokens[head].low in LETTERS and (last == head + 1 or tokens[head + 1].low != "of"):
        return None
    if last - first < 2 or _is_body(tokens[last : last + 1]):
        return None
    if not any(t.bits & CAPITAL for t in tokens[first:head] + tokens[head + 1 : last]):
        return None
    return Candidate(
        first=first,
        last=last,
        core=first if first < head else head,
        core_end=head + 1 if first < head else last,
        head=head,
        kind=mapping("instruments.tsv", "word", "kind")[tokens[head].low],
        sort=sort,
        rule="named-agreement",
    )


def _is_body(tokens: tuple[Token, ...]) -> bool:
    """Whether a body follows, of whose name the instrument is only part: `Lima Treaty Organization`."""
    return any(t.bits & INSTITUTION and t.bits & CAPITAL for t in tokens)


def _goes_on(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether another kind in capitals follows: `Framework Convention`."""
    return (
        index < len(tokens)
        and bool(tokens[index].bits & CAPITAL)
        and tokens[index].low in mapping("instruments.tsv", "word", "kind")
    )


def _is_low(token: Token) -> bool:
    return not token.bits & CAPITAL and not token.text[0].isdigit()


def _is_name_part(tokens: tuple[Token, ...], index: int, floor: int) -> bool:
    token = tokens[index]
    if token.text == ")":  # an acronym: Early Warning (EW) System
        return index - 3 >= floor and tokens[index - 2].text == "(" and bool(tokens[index - 1].bits & CAPITAL)
    if token.bits & REDACTED or token.low in ("'s", ".") or _is_label(token):
        return False
    if token.bits & CAPITAL:
        return not token.bits & FUNCTION or bool(token.bits & DEMONYM) or token.low == "bilateral"
    if token.low in ("and", "of", "on", "for", "in", "&", "-", "/"):
        return index - 1 >= floor and bool(tokens[index - 1].bits & CAPITAL) and bool(tokens[index + 1].bits & CAPITAL)
    return token.text.isdigit() and len(token.text) == 4


def _is_label(token: Token) -> bool:
    return token.text.isupper() and token.low in LABELS


def _is_bare(tokens: tuple[Token, ...], index: int) -> bool:
    opening = bool(tokens[index].bits & (COMMON | FUNCTION)) and opens_sentence(tokens, index)
    return (opening and not tokens[index].bits & DEMONYM) or tokens[index].low == "the"


def capital_complement(tokens: tuple[Token, ...], index: int) -> int:
    """The token after `on the Law of the Sea` at `index`; `index` where the words are not capitals."""
    if index >= len(tokens) or tokens[index].low not in COMPLEMENTS:
        return index
    end = index
    while end < len(tokens) and end - index < LONGEST_COMPLEMENT:
        token = tokens[end]
        if (token.bits & CAPITAL and not token.bits & FUNCTION and end > index) or (
            token.low in INNER and _leads_to_capital(tokens, end)
        ):
            end += 1
        else:
            break
    return end if end > index + 1 else index


def _leads_to_capital(tokens: tuple[Token, ...], index: int) -> bool:
    following = tokens[index + 1 : index + 3]
    if not following:
        return False
    return bool(following[0].bits & CAPITAL) or (
        following[0].low == "the" and len(following) == 2 and bool(following[1].bits & CAPITAL)
    )


@cache
def _treaties() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], str, int, str], ...]]:
    """The known instruments by the first word of a name or alias: its words, kind, and which word is the head."""
    kinds = mapping("instruments.tsv", "word", "kind")
    out: dict[str, list[tuple[tuple[str, ...], str, int, str]]] = {}
    names = [(name, t.kind, t.name) for t in treaties().values() for name in (t.name, *t.aliases)]
    for name, kind, instrument in sorted(names, key=lambda item: -len(item[0].split())):
        words = tuple(name.split())
        head = next((at for at, word in enumerate(words) if word.lower() in kinds), len(words) - 1)
        out.setdefault(words[0], []).append((words, kind, head, instrument))
    return MappingProxyType({first: tuple(found) for first, found in out.items()})
