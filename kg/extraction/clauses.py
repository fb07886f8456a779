"""Read a sentence as a clause: its words, its places and dates, and phrases for parties that no actor is known for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.extraction.dates import DateAt
from kg.extraction.lexicon import CAPITAL, COMMON, DEMONYM, SPEECH, TITLE, country_words, mapping, word_set
from kg.extraction.model import DateExpression, Participant
from kg.extraction.phrases import STOPS
from kg.extraction.timing import FUTURE, date_end, date_near
from kg.extraction.timing import REACH as REACH_OF_DATE
from kg.extraction.tokens import Reading, Token

Dates = Sequence[DateAt] | Callable[[], Sequence[DateAt]]
AHEAD: Final = frozenset(("will", "would"))
ADVERBS: Final = word_set("adverbs")
LINKS: Final = word_set("opening-links")
PHRASE_ENDS: Final = frozenset(("to", "on", "in", "at", ",", ".", "regarding", "about", "for"))
GROUPS: Final = word_set("groups") | {"association", "company", "family", "firm", "union"}
PERSONS: Final = ("ant", "er", "ian", "ist", "man", "men", "or")  # claimant, lawyer, fishermen
ROUGHLY: Final = frozenset(("about", "approximately", "around", "nearly", "over", "roughly", "some"))
OCCASIONS: Final = word_set("meals") | word_set("occasions")
ONE: Final = frozenset(("a", "an", "another", "earlier", "his", "over", "recent", "separate", "several", "subsequent"))
AT: Final = frozenset(("at", "during", "in", "on", "over"))
NO_NOUNS: Final = frozenset(("that", "to", "we", "i", "you", "there", "this", "it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city or country and its tokens."""

    first: int
    last: int
    name: str
    country: str


class Clause:
    """One sentence, from token `floor` to the one before `ceiling`, of a part whose dates are known."""

    def __init__(self, reading: Reading, floor: int, ceiling: int, dates: Dates) -> None:
        self.reading = reading
        self.tokens: tuple[Token, ...] = reading.tokens
        self.floor = floor
        self.ceiling = ceiling
        self._dates = dates

    @cached_property
    def dates(self) -> Sequence[DateAt]:
        """The dates of the sentence, read where a rule first asks: most sentences tell of no meeting."""
        found = self._dates() if callable(self._dates) else self._dates
        start, end = self.tokens[self.floor].start, self.tokens[self.ceiling - 1].end
        return [at for at in found if start <= at.start < end]

    @cached_property
    def start(self) -> int:
        """The first token of the sentence proper, after `Summary:`, `(SBU)`, `However,` and the like."""
        at = self.floor
        while at < self.ceiling - 1:
            ahead = self.tokens[at : min(at + 3, self.ceiling)]
            if ahead[0].text in ("(", ")", '"', "-", "--", "*", ".", ":", ","):
                at += 1
            elif any(t.text == ":" for t in ahead[1:]) or (len(ahead) > 1 and ahead[1].text in (",", ")")):
                at += 2
            else:
                break
        return at

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the sentence in lower case."""
        return frozenset(token.low for token in self.tokens[self.floor : self.ceiling])

    @cached_property
    def tells_occasion(self) -> bool:
        """Whether the sentence says at what occasion something was told: over lunch, in a separate meeting."""
        if not self.words & OCCASIONS:
            return False
        words = [token.low for token in self.tokens[self.floor : self.ceiling]]
        return any(word in OCCASIONS and _is_at(words, at) for at, word in enumerate(words))

    def is_ahead(self, index: int) -> bool:
        """Whether what the token tells lies in the future."""
        return self.has_before(index, FUTURE | AHEAD, 8)

    def words_at(self, index: int, word: str) -> bool:
        """Whether a word stands at a token of the sentence."""
        return index < self.ceiling and self.tokens[index].low == word

    def word_after(self, index: int, words: frozenset[str], reach: int) -> int | None:
        """The place of the first of these words after `index`, inside the clause."""
        for at in range(index + 1, min(self.ceiling, index + 1 + reach)):
            if self.tokens[at].low in words:
                return at
            if self.tokens[at].low in (";", ".", "that", "who", "which"):
                return None
        return None

    def has_before(self, index: int, words: frozenset[str], reach: int) -> bool:
        """Whether one of these words stands shortly before a token."""
        return any(self.tokens[at].low in words for at in range(max(self.floor, index - reach), index))

    def subject_phrase(self, index: int) -> Participant | None:
        """Whoever the words before a verb mean where no actor is known: `a source in the ministry told`."""
        last = index
        while last > self.floor and (self.tokens[last - 1].low in ADVERBS or self.tokens[last - 1].low.endswith("ly")):
            last -= 1
        first = last
        while first > self.floor and last - first < 12 and self._is_noun_part(first - 1):
            first -= 1
        while first < last and self.tokens[first].low in LINKS:
            first += 1
        words = self.tokens[first:last]
        if (
            not words
            or (len(words) == 1 and not words[0].bits & CAPITAL)
            or (words[-1].bits & COMMON and len(words) < 2)
        ):
            return None
        country = next((country_words("demonym").get(t.text) for t in words if t.bits & DEMONYM), None)
        return Participant(name=self.reading.words(first, last), kind="body", person=None, country=country)

    def _is_noun_part(self, index: int) -> bool:
        token = self.tokens[index]
        if token.bits & SPEECH or token.low in STOPS or token.low in NO_NOUNS:
            return False
        return token.text[0].isalnum() or token.low in ("(", ")", "'s")

    def phrase(self, index: int) -> Participant | None:
        """Whoever a noun phrase at `index` means where no actor is known: `a group of fishermen`."""
        while index < self.ceiling - 1 and self.tokens[index].low in ROUGHLY:
            index += 1
        last = index
        while last < min(self.ceiling, index + 10):
            token = self.tokens[last]
            is_end = token.low in PHRASE_ENDS or token.low in STOPS
            if is_end and not (token.low == "and" and self._joins_nouns(last)):
                break
            if not token.text[0].isalnum() and token.low != "'s":
                break
            last += 1
        words = self.tokens[index:last]
        if not words or not (any(map(_is_of_party, words)) or words[-1].low.endswith(PERSONS)):
            return None
        country = next((country_words("demonym")[t.text] for t in words if t.bits & DEMONYM), None)
        return Participant(name=self.reading.words(index, last), kind="body", person=None, country=country)

    def _joins_nouns(self, index: int) -> bool:
        """Whether an "and" goes on with nouns: `transport and port officials`."""
        words = self.tokens[index + 1 : min(index + 4, self.ceiling)]
        return bool(words) and not any(
            t.bits & SPEECH or t.low in STOPS or t.low.endswith("ed") or not t.text[0].isalpha() for t in words[:2]
        )

    def date_near(self, index: int, *, reach: int = REACH_OF_DATE) -> DateExpression | None:
        """The date of what the trigger at `index` tells."""
        return date_near(self, index, reach)

    def date_end(self, when: DateExpression | None, last: int) -> int:
        """The token after the words of a date that follows the token `last` soon; `last` where it does not."""
        return date_end(self, when, last)

    def place_after(self, index: int, *, reach: int = 14, prepositions: frozenset[str]) -> Place | None:
        """The first city or country after a token that one of these prepositions leads in."""
        for at in range(index + 1, min(self.ceiling - 1, index + reach)):
            if self.tokens[at].low in (";", "."):
                break
            if self.tokens[at].low in prepositions:
                place = self.place_at(at + 1)
                if place is not None:
                    return place
        return None

    def place_at(self, index: int) -> Place | None:
        """The city or country that begins at a token."""
        if index < self.ceiling and self.tokens[index].low == "the":
            index += 1
        for last in range(min(self.ceiling, index + 4), index, -1):
            name = self.reading.text[self.tokens[index].start : self.tokens[last - 1].end]
            country = mapping("cities.tsv", "name", "country").get(name) or country_words("name").get(name)
            if country is not None:
                return Place(first=index, last=last, name=self.reading.words(index, last), country=country)
        return None


def _is_at(words: Sequence[str], at: int) -> bool:
    """Whether an occasion is told of as new: `in a meeting`, `over a working lunch`, `in conversations`."""
    if at and words[at - 1] in AT and words[at].endswith("s"):
        return True
    return bool(ONE & set(words[max(0, at - 3) : at])) and bool(AT & set(words[max(0, at - 6) : at]))


def _is_of_party(token: Token) -> bool:
    """Whether a word of a phrase tells that it means somebody."""
    return bool(token.bits & (TITLE | CAPITAL)) or token.low in GROUPS or token.low.endswith("s")
