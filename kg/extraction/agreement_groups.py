"""Put the places of one agreement together: the same name again, a shorter one, `the deal` after a deal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import CALENDAR, CAPITAL
from kg.extraction.model import DateExpression
from kg.extraction.names import fold
from kg.extraction.tokens import Reading

PLAIN: Final = frozenset(("the", "of", "a", "an", "on", "and", "for", "to", "in", "with"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An agreement at one place, with what speaks for it."""

    reading: Reading
    candidate: Candidate
    start: int
    end: int
    name: str
    status: str
    countries: tuple[str, ...]
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
    def evidence(self) -> tuple[str, ...]:
        """All evidence of its places, and how often it is named."""
        told = dict.fromkeys(name for found in self.places for name in found.evidence)
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
        self._by_initials: dict[str, Group] = {}
        self._by_instrument: dict[str, Group] = {}

    def add(self, item: Found) -> None:
        """Put a place to the agreement it names again, or begin a new one."""
        words = item.words
        group = self._known(item) or self._by_name.get(words) or self._abbreviated(item)
        group = group or next((g for g in reversed(self.groups) if _is_same(g.places[0], item)), None)
        if group is None:
            group = Group([])
            self.groups.append(group)
        group.places.append(item)
        self._by_name.setdefault(words, group)
        if item.candidate.instrument is not None:
            self._by_instrument.setdefault(item.candidate.instrument, group)
        if not item.is_verbal:
            self._by_initials.setdefault(_initials(item), group)
        if not item.is_verbal:
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
        tokens = item.reading.tokens[candidate.core : candidate.head]
        is_vague = all(t.bits & CALENDAR or t.text[0].isdigit() for t in tokens) and not item.countries
        is_vague = is_vague and not any(
            t.bits & CAPITAL for t in item.reading.tokens[candidate.head + 1 : candidate.last]
        )
        group = self._by_head.get(_head(item.reading, candidate.head)) if is_vague else None
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
            for initials, group in self._by_initials.items():
                if word in initials:
                    return group
        return None


def _head(reading: Reading, index: int) -> str:
    low = reading.tokens[index].low.removesuffix("s")
    return "memorandum" if low in ("memo", "memoranda") else low


def _is_same(a: Found, b: Found) -> bool:
    """Whether one name holds all words of the other."""
    if a.is_verbal or b.is_verbal or a.candidate.kind != b.candidate.kind:
        return False
    mine, theirs = a.words, b.words
    if min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine):
        return True
    return len(_core(a)) > 1 and _core(a) == _core(b)


def _initials(found: Found) -> str:
    """The first letters of a name, those of acronyms in full: `UN Convention on Salt` gives UNCS."""
    candidate = found.candidate
    is_name = candidate.rule in ("known-agreement", "named-agreement")
    last = candidate.last if is_name else candidate.core_end
    words = (t for t in found.reading.tokens[candidate.first : last] if t.low not in PLAIN)
    pieces = (piece for t in words for piece in t.text.split("-") if piece[:1].isalpha())
    return "".join(piece.replace(".", "") if piece.isupper() else piece[0].upper() for piece in pieces)


def _core(found: Found) -> set[str]:
    candidate = found.candidate
    return set(name_words(found.reading.words(candidate.core, candidate.core_end)))


def name_words(name: str) -> Iterable[str]:
    """The words of a name by which two places are compared: folded, singular, without articles and links."""
    return (word.removesuffix("s") for word in fold(name) if word not in PLAIN)
