"""Decide when a meeting was: which date of its sentence is its own, else what the text before it told of."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Final, Protocol

from kg.extraction.dates import DateAt, dates_in
from kg.extraction.lexicon import mapping, word_set
from kg.extraction.model import DateExpression
from kg.extraction.periods import between, shifted
from kg.extraction.tokens import Reading, Token

REACH: Final = 25  # tokens from a trigger to its date
NEAR: Final = 12  # tokens from a clause to its date
NEAR_PLAN: Final = 150  # code points from a word of planning to a date
NAME: Final = 7  # tokens from a date to the noun that it dates: "the May 3 Regional Harbor Security Summit"
FOREIGN_CLAUSE: Final = 12  # a date past "that" or "which" counts as so many tokens farther
MEMORY: Final = 4  # sentences back to the day that "the next day" counts from
RECENT_DAYS: Final = 60
FUTURE: Final = word_set("future")
LOOKING: Final = frozenset(("look", "looked", "looking", "looks"))
ADJECTIVES: Final = frozenset(("coming", "forthcoming", "upcoming"))
RELATIVES: Final = frozenset(("who", "whom", "whose", "which"))
CLAUSES: Final = frozenset((*RELATIVES, "that", "after", "before", "since", "until", "when", "where", "because"))
AUXILIARIES: Final = frozenset(("had", "has", "have", "is", "was", "will", "would"))  # after "and" another clause
BEFORE_NOUN: Final = word_set("determiners") | {"'s", "s", "this", "that", "these", "those", "both"}
OCCASION: Final = frozenset(("at", "during", "in", "margins", "over", "sidelines"))
SEQUENCE: Final = frozenset(
    ("afterward", "afterwards", "also", "concurrently", "later", "separately", "simultaneously", "subsequently", "then")
)
BACK: Final = frozenset(("both", "he", "her", "his", "she", "their", "these", "they", "two"))
AFTER: Final = frozenset(("after", "before", "earlier", "following", "prior", "subsequent", "subsequently", "upon"))
GOING_ON: Final = BACK | AFTER | {"at", "during", "the", "there", "while"}
NEAR_PAST: Final = 40  # days before the cable that a paragraph tells of as its own
RECENT: Final = frozenset(("recent", "recently", "lately"))
JUST: Final = frozenset(("just",))
CURRENT: Final = frozenset(("current", "currently", "ongoing"))


class Sentence(Protocol):
    """A sentence of a part with its dates: a scene."""

    reading: Reading
    tokens: tuple[Token, ...]
    floor: int
    ceiling: int

    @property
    def dates(self) -> Sequence[DateAt]:
        """The dates of the sentence, in order."""


class Timeline:
    """The dates of a cable's sentences, each read once."""

    def __init__(self, base: date | None) -> None:
        self.base = base if base is not None and 1000 < base.year < 9000 else None
        self.known: dict[tuple[str, int], list[DateAt]] = {}
        self.last_day: date | None = None

    def dates(self, reading: Reading, floor: int, ceiling: int) -> list[DateAt]:
        """The dates of a sentence; what is planned near one puts it into the future."""
        if self.base is None:
            return []
        key = (reading.part, floor)
        if key not in self.known:
            self.known[key] = self._read(reading, floor, ceiling, self.base)
            self.last_day = _last_day(self.known[key]) or self.last_day
        return self.known[key]

    def _read(self, reading: Reading, floor: int, ceiling: int, base: date) -> list[DateAt]:
        start, end = reading.tokens[floor].start, reading.tokens[ceiling - 1].end
        plans = [(at - start, is_adjective) for at, is_adjective in _plans(reading.tokens[floor:ceiling])]

        def is_future(offset: int) -> bool:
            return any(
                -NEAR_PLAN < plan - offset < (1 if is_adjective else NEAR_PLAN // 5) for plan, is_adjective in plans
            )

        told = self._told_before(reading, floor) if _counts_from_told(reading.tokens[floor:ceiling]) else None
        found = dates_in(reading.text[start:end], reading.found[start:end], base, is_future, told)
        return [replace(at, start=at.start + start, end=at.end + start) for at in found]

    def _told_before(self, reading: Reading, floor: int) -> date | None:
        """The last day that the sentences before this one name, else the last that was read in the parts before."""
        start = floor
        for _ in range(MEMORY):
            before = reading.sentence_before(start)
            if before is None:
                break
            day = _last_day(self.dates(reading, *before))
            if day is not None:
                return day
            start = before[0]
        return self.last_day

    def inherited(
        self, reading: Reading, floor: int, index: int, earlier: DateExpression | None
    ) -> DateExpression | None:
        """The date of a meeting whose sentence tells none.

        That which opened the sentence before (`In May Ruiz spoke of ports. After he met with Berg …`), that of the
        meeting told of just before (`earlier`) where a word such as "then" or "also" says that this one goes with it,
        or what "recent" and "current" mean.
        """
        ceiling = reading.sentence_of(floor)[1]
        words = {token.low for token in reading.tokens[floor:ceiling]}
        before = reading.sentence_before(floor)
        found = self.dates(reading, *before) if before is not None else []
        if before is not None and found:
            is_opening = found[0].start <= reading.tokens[min(before[0] + 2, before[1] - 1)].start
            opening = {token.low for token in reading.tokens[floor : floor + 3]}
            if words & SEQUENCE or is_opening or (len(found) == 1 and opening & BACK):
                return replace(found[0].value, basis="sentence-before")
        if earlier is not None and words & SEQUENCE:
            return earlier if earlier.basis == "vague" else replace(earlier, basis="sentence-before")
        return self.vague(reading, floor, index) or self._of_paragraph(reading, floor)

    def _of_paragraph(self, reading: Reading, floor: int) -> DateExpression | None:
        """The one day that the nearest dated sentence before this one in its part tells, where this one goes on."""
        if self.base is None or not {token.low for token in reading.tokens[floor : floor + 3]} & GOING_ON:
            return None
        start = floor
        while (before := reading.sentence_before(start)) is not None:
            start = before[0]
            found = self.dates(reading, *before)
            if not found:
                continue
            when = found[0].value
            is_one = len(found) == 1 and when.earliest == when.latest
            is_near = 0 <= (self.base - when.earliest).days < NEAR_PAST
            return replace(when, basis="sentence-before") if is_one and is_near else None
        return None

    def vague(self, reading: Reading, floor: int, index: int) -> DateExpression | None:
        """What `recently`, `just` and `current` near a trigger mean: the weeks up to the cable, or its month."""
        ceiling = reading.sentence_of(floor)[1]
        near = reading.tokens[max(floor, index - 6) : min(ceiling, index + 4)]
        token = next((t for t in near if t.low in RECENT | CURRENT), None)
        token = token or next((t for t in reading.tokens[max(floor, index - 2) : index] if t.low in JUST), None)
        if self.base is None or token is None:
            return None
        since = shifted(self.base, -RECENT_DAYS) if token.low in RECENT else self.base
        days = between(since, self.base, "vague")
        return DateExpression(
            text=reading.found[token.start : token.end],
            edtf=days.edtf,
            earliest=days.earliest,
            latest=days.latest,
            basis=days.basis,
        )


def _plans(tokens: Sequence[Token]) -> Iterator[tuple[int, bool]]:
    """Where words of planning stand, and whether one is an adjective, which tells of what follows it alone."""
    for before, token in zip(("", *(t.low for t in tokens)), tokens, strict=False):
        if token.low in FUTURE or (before, token.low) == ("to", "be") or (token.low == "forward" and before in LOOKING):
            yield token.start, token.low in ADJECTIVES


def _last_day(dates: Sequence[DateAt]) -> date | None:
    return next((at.value.earliest for at in reversed(dates) if at.value.earliest == at.value.latest), None)


def sentence_dates(reading: Reading, floor: int, ceiling: int, base: date | None) -> list[DateAt]:
    """The dates of one sentence."""
    return Timeline(base).dates(reading, floor, ceiling)


def _counts_from_told(tokens: Sequence[Token]) -> bool:
    return any(
        t.low in ("same", "that", "next", "following", "previous", "prior", "later", "earlier", "before")
        for t in tokens
    )


def date_near(scene: Sentence, index: int, reach: int = REACH) -> DateExpression | None:
    """The date of what the trigger at `index` tells.

    A date that stands before a noun is that noun's own; else the nearest one counts, those of another clause as
    farther.
    """
    near: list[tuple[int, DateExpression]] = []
    for at in scene.dates:
        first, last = token_at(scene, at.start), token_at(scene, at.end - 1) + 1
        dated = dated_noun(scene, first, last)
        if dated == index:
            return at.value
        if _is_in_aside(scene, first, index) or (dated is not None and not _is_occasion(scene, first)):
            continue
        distance = abs(first - index)
        if distance <= reach or (first < index and _is_in_opening(scene, first)):
            near.append((distance + _clauses_between(scene, first, index), at.value))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def dated_noun(scene: Sentence, first: int, last: int) -> int | None:
    """The noun that a date before it tells the time of: `the May 3 harbor talks`, `last week's call`; -1 for some noun.

    Of nouns that are triggers the first counts.
    """
    tokens = scene.tokens
    is_owner = last < scene.ceiling and tokens[last].low == "'s"
    is_whole = any(tokens[at].low == "of" for at in range(first, last))  # "the first week of May" is no modifier
    if not is_owner and (is_whole or first == scene.floor or tokens[first - 1].low not in BEFORE_NOUN):
        return None
    uses = mapping("meeting_triggers.tsv", "word", "use")
    for at in range(last, min(scene.ceiling, last + NAME)):
        if uses.get(tokens[at].low, "").endswith("-noun") or tokens[at].low in ("visits", "session"):
            return at
        if tokens[at].low in CLAUSES or tokens[at].text in (",", ";"):
            break
    return -1


def _is_occasion(scene: Sentence, first: int) -> bool:
    """Whether a dated noun is the occasion at which something was said: `during a May 3 lunch`."""
    return any(scene.tokens[at].low in OCCASION for at in range(max(scene.floor, first - 3), first))


def _clauses_between(scene: Sentence, first: int, index: int) -> int:
    """How much farther a date is for the clauses that begin between it and the trigger."""
    low, high = sorted((first, index))
    return FOREIGN_CLAUSE * sum(
        scene.tokens[at].low in CLAUSES
        or scene.tokens[at].text == ";"
        or (scene.tokens[at].low == "and" and scene.tokens[at + 1].low in AUXILIARIES)
        for at in range(low + 1, high)
    )


def _is_in_aside(scene: Sentence, first: int, index: int) -> bool:
    """Whether a date before a verb belongs to an aside on its subject: `Ruiz, in office since May, met`."""
    commas = [at for at in range(scene.floor, index) if scene.tokens[at].text == ","]
    opening = max((at for at in commas if at < first), default=None)
    if opening is None or not any(at > first for at in commas):
        return False
    aside = [token.low for token in scene.tokens[opening + 1 : first]]
    return bool(aside) and (aside[0] in RELATIVES or "since" in aside or "until" in aside)


def _is_in_opening(scene: Sentence, index: int) -> bool:
    """Whether a token lies in the phrase that opens the sentence: `Over lunch on May 3, Ruiz told`."""
    if index - scene.floor < 4:
        return True
    opening = scene.tokens[scene.floor].low in ("over", "during", "in", "at", "on", "following", "after")
    return opening and all(t.text != "," for t in scene.tokens[scene.floor : index])


def token_at(scene: Sentence, offset: int) -> int:
    """The token of a sentence that holds or follows an offset."""
    return bisect_right(scene.tokens, offset, scene.floor, scene.ceiling, key=attrgetter("end"))


def date_end(scene: Sentence, when: DateExpression | None, last: int) -> int:
    """The token after the words of a date that follows the token `last` soon; `last` where it does not."""
    ends = [token_at(scene, at.end - 1) + 1 for at in scene.dates if at.value is when]
    return max((end for end in ends if last < end <= last + NEAR), default=last)
