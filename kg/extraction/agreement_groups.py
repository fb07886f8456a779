"""Put the places of one agreement together: the same name again, a shorter one, `the deal` after a deal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.extraction.agreement_scores import score
from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import CALENDAR, CAPITAL
from kg.extraction.model import DateExpression
from kg.extraction.names import fold
from kg.extraction.tokens import Reading

MEMORY: Final = 100  # agreements that a name can reach back to
NAMES: Final = frozenset(("known-agreement", "named-agreement"))
# Sorts of nouns that tell of one dealing in turn: a sale is a deal and a contract.
DEALINGS: Final = frozenset(
    ("bargain", "contract", "finance", "loan", "memorandum", "offer", "package", "plan", "project", "swap", "trade")
)
COMMON_WORDS: Final = frozenset(("new", "joint", "bilateral", "million", "us", "current", "other"))
PLAIN: Final = frozenset(("the", "of", "a", "an", "on", "and", "for", "to", "in", "with"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An agreement at one place, with what speaks for it.

    `countries` are those that the name itself holds, `parties` these or whom the sentence tells.
    """

    reading: Reading
    candidate: Candidate
    start: int
    end: int
    name: str
    status: str
    countries: tuple[str, ...]
    parties: tuple[str, ...]
    date: DateExpression | None
    quote: str
    evidence: tuple[str, ...]
    words: frozenset[str]
    core: frozenset[str]

    @property
    def is_verbal(self) -> bool:
        """Whether it is told by a verb rather than a noun."""
        return self.candidate.rule == "agreed-on"


@dataclass(slots=True)
class Group:
    """One agreement: the places that name it and those that mean it by its kind alone (`the deal`)."""

    places: list[Found]
    echoes: list[tuple[Reading, int, int]] = field(default_factory=list)

    @property
    def fullest(self) -> Found:
        """The place that gives the name: the surest, then the longest."""
        return max(self.places, key=lambda f: (score(f.evidence), min(len(f.name.split()), 12)))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence of its surest place, and how often it is named."""
        told = dict.fromkeys(self.fullest.evidence)
        count = len(self.places) + len(self.echoes)
        if count > 1:
            told["named-again"] = None
        if count > 3:
            told["named-often"] = None
        return tuple(told)


class Agreements:
    """The agreements of a cable in the order of their first places."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._by_name: dict[frozenset[str], Group] = {}
        self._by_head: dict[str, Group] = {}
        self._initials: list[tuple[str, Group]] = []
        self._by_instrument: dict[str, Group] = {}

    def add(self, item: Found) -> None:
        """Put a place to the agreement it names again, or begin a new one."""
        words = item.words
        group = self._known(item) or self._by_name.get(words) or self._abbreviated(item)
        group = group or next((g for g in reversed(self.groups[-MEMORY:]) if _is_same(g.places[0], item)), None)
        if group is None:
            group = Group([])
            self.groups.append(group)
        group.places.append(item)
        self._by_name.setdefault(words, group)
        if item.candidate.instrument is not None:
            self._by_instrument.setdefault(item.candidate.instrument, group)
        if not item.is_verbal:
            self._initials.append((_initials(item), group))
            self._by_head[_head(item.reading, item.candidate.head)] = group

    def echo(self, reading: Reading, index: int) -> None:
        """Put `the deal` to the last deal that was named."""
        group = self._by_head.get(_head(reading, index))
        if group is not None:
            group.echoes.append((reading, index, index + 1))

    def echo_vague(self, item: Found) -> bool:
        """Whether a kind of which such a one was named is told by a date or a term of it only.

        `the October 2 memo`, `agreement on the text`.
        """
        candidate = item.candidate
        group = self._by_head.get(_head(item.reading, candidate.head)) if _is_vague(item) else None
        if group is not None:
            group.echoes.append((item.reading, candidate.core, candidate.head + 1))
        return group is not None

    def _known(self, item: Found) -> Group | None:
        name = item.candidate.instrument
        return self._by_instrument.get(name) if name is not None else None

    def _abbreviated(self, item: Found) -> Group | None:
        """The agreement whose initials a word of the name is: `PCFA accord` after `Peru-Chile Fisheries Accord`."""
        if item.is_verbal:
            return None
        tokens = item.reading.tokens[item.candidate.core : item.candidate.core_end]
        for word in (t.text for t in tokens if len(t.text) > 2 and t.text.isupper()):
            for initials, group in self._initials[-MEMORY:]:
                if word in initials:
                    return group
        return None


def _is_vague(found: Found) -> bool:
    """Whether a date, or what it is for, is all that tells which is meant: `the October 2 memo`, `the sale to help`."""
    candidate, tokens = found.candidate, found.reading.tokens
    if not all(t.bits & CALENDAR or t.text[0].isdigit() for t in tokens[candidate.core : candidate.head]):
        return False
    after = tokens[candidate.head + 1 : candidate.last]
    if candidate.core == candidate.head and candidate.head and tokens[candidate.head - 1].low in ("the", "this"):
        return not after or after[0].low not in ("with", "between")
    return not found.countries and not any(t.bits & CAPITAL for t in after)


def _head(reading: Reading, index: int) -> str:
    low = reading.tokens[index].low.removesuffix("s")
    return "memorandum" if low in ("memo", "memoranda") else low


def _is_same(a: Found, b: Found) -> bool:
    """Whether two names mean one: one holds all words of the other, or both tell of one dealing in other words."""
    if a.is_verbal or b.is_verbal or (a.countries and b.countries and not set(a.countries) & set(b.countries)):
        return False
    if a.candidate.kind == b.candidate.kind:
        if min(len(a.words), len(b.words)) > 1 and (a.words <= b.words or b.words <= a.words):
            return True
        if len(a.core) > 1 and a.core == b.core:
            return True
    return _is_same_dealing(a, b)


def _is_same_dealing(a: Found, b: Found) -> bool:
    """Whether two descriptions share the thing: `the S-9 buoy sale to Peru` and `the deal on S-9 buoys with Peru`."""
    if a.candidate.rule in NAMES or b.candidate.rule in NAMES or not _are_alike(a, b):
        return False
    heads = {_head(f.reading, f.candidate.head) for f in (a, b)}
    shared = (a.words & b.words) - heads - COMMON_WORDS
    return len(shared) >= (1 if len(heads) == 1 and len(a.core & b.core) > 1 else 2)


def _are_alike(a: Found, b: Found) -> bool:
    return a.candidate.sort in DEALINGS and b.candidate.sort in DEALINGS


def _initials(found: Found) -> str:
    """The first letters of a name, those of acronyms in full: `UN Convention on Salt` gives UNCS."""
    candidate = found.candidate
    last = candidate.last if candidate.rule in NAMES else candidate.core_end
    words = (t for t in found.reading.tokens[candidate.first : last] if t.low not in PLAIN)
    pieces = (piece for t in words for piece in t.text.split("-") if piece[:1].isalpha())
    return "".join(piece.replace(".", "") if piece.isupper() else piece[0].upper() for piece in pieces)


def name_words(name: str) -> Iterable[str]:
    """The words of a name by which two places are compared: folded, singular, without articles and links."""
    return (word.removesuffix("s") for word in fold(name) if word not in PLAIN)
