"""Find agreements: instruments by name or kind, and what two parties agreed on; with parties, status and meeting."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.extraction.actors import Actor, Cast
from kg.extraction.confidence import confidence
from kg.extraction.dates import DateAt
from kg.extraction.instruments import instruments
from kg.extraction.lexicon import COUNTRY, DEMONYM, SPEECH, column, country_words, mapping, word_set
from kg.extraction.model import Agreement, DateExpression, Meeting, Mention
from kg.extraction.names import fold
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE, Scene
from kg.extraction.timing import sentence_dates
from kg.extraction.tokens import Reading, Token

LONGEST: Final = 10  # words of a described agreement
DISMISSED: Final = frozenset(("disagree", "whatever", "what"))
NO_NOUNS: Final = word_set("no-nouns")
VERBS: Final = word_set("bare-verbs")
OPINIONS: Final = frozenset(("need", "importance", "necessity", "desirability", "value", "seriousness", "urgency"))
# Statuses told by two words, which go before those told by one.
PHRASES: Final = (
    ("under negotiation", "negotiating"),
    ("being negotiated", "negotiating"),
    ("entered into force", "in force"),
    ("enter into force", "signed"),
    ("came into force", "in force"),
    ("into effect", "in force"),
)
KINDS: Final = frozenset(word.removesuffix("s") for word in column("instruments.tsv", "word"))
DATED: Final = frozenset(("agreed", "ratified", "signed"))
# Matches "(SAA)" after a name.
# Matches the "from " of "from May to June" and the "May to " before its end.
PERIOD_BEFORE: Final = re.compile(
    r"(?:\b(?:from|until|till|through|between)|[A-Z][a-z]{2,8}\.?\ to|\d\ to)\ (?:the\ )?$", re.VERBOSE
)
# Matches the " to " of "May to June"; not that of "May to repair the quay".
PERIOD_AFTER: Final = re.compile(
    r"\ (?:to|until|till|through)\ (?:mid-|early\ |late\ )?(?:\d|[A-Z][a-z]{2})", re.VERBOSE
)
ACRONYM: Final = re.compile(r"\ ?\((?P<acronym>[A-Z][A-Za-z]{1,7})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An agreement at one place, before the places are put together."""

    reading: Reading
    start: int
    end: int
    name: str
    kind: str
    status: str
    countries: tuple[str, ...]
    date: DateExpression | None
    quote: str
    rule: str


def agreements(
    readings: Sequence[Reading], cast: Cast, held: Sequence[Meeting], base: date | None
) -> tuple[Agreement, ...]:
    """All agreements of a cable, one for each instrument or understanding, in the order of the text."""
    groups = Instruments()
    for reading in readings:
        for item in sorted(_found(reading, cast, base), key=lambda f: (f.start, f.end)):
            groups.add(item)
    return tuple(_agreement(f"a{n}", group, held, readings) for n, group in enumerate(groups.groups, start=1))


def _found(reading: Reading, cast: Cast, base: date | None) -> Iterator[Found]:
    named = list(_instruments(reading, base))
    yield from named
    taken = [(f.start, f.end) for f in named]
    for item in _agreed(reading, cast, base):
        if not any(item.start < end and start < item.end for start, end in taken):
            yield item


def _instruments(reading: Reading, base: date | None) -> Iterator[Found]:
    for item in instruments(reading):
        floor, ceiling = reading.sentence_of(item.first)
        status = _status(reading, floor, ceiling, item.first, item.last)
        start, end = reading.tokens[item.first].start, reading.tokens[item.last - 1].end
        yield Found(
            reading=reading,
            start=start,
            end=end,
            name=item.name,
            kind=item.kind,
            status=status,
            countries=_countries(reading, item.first, item.last),
            date=_in_time(_date(reading, floor, ceiling, base), status, base) if status in DATED else None,
            quote=reading.found[start:end],
            rule=item.rule,
        )


def _agreed(reading: Reading, cast: Cast, base: date | None) -> Iterator[Found]:
    """`Ruiz and Berg agreed on a list of ports`: two parties or more, never an opinion ("agreed that")."""
    places = [i for i, t in enumerate(reading.tokens) if t.low in ("agreed", "announced", "concluded", "agree")]
    if not places:
        return
    actors = cast.actors(reading)
    before: tuple[str, ...] = ()
    for index in places:
        floor, ceiling = reading.sentence_of(index)
        scene = Scene(reading, floor, ceiling, actors, sentence_dates(reading, floor, ceiling, base))
        subjects = scene.subjects(index, 10)
        object_ = _object(reading, index, ceiling)
        if object_ is None or scene.has_before(index, NEGATIVE, 3) or not _are_parties(scene, index, subjects):
            continue
        first, last = object_
        start, end = reading.tokens[first].start, reading.tokens[last - 1].end
        opening = reading.tokens[min([index, *(a.first for a in subjects if a.first >= floor)])].start
        countries = [a.participant.country for a in subjects if a.participant.country and a.last > floor]
        if "sides" in {t.low for t in reading.tokens[max(floor, index - 4) : index]}:
            countries = list(before)
        before = tuple(dict.fromkeys(countries))
        yield Found(
            reading=reading,
            start=start,
            end=end,
            name=reading.found[start:end],
            kind="understanding",
            status="agreed",
            countries=tuple(dict.fromkeys(countries)),
            date=_in_time(_date_of(scene, index), "agreed", base),
            quote=reading.found[opening:end],
            rule="agreed-on",
        )


def _are_parties(scene: Scene, index: int, subjects: Sequence[Actor]) -> bool:
    if len(subjects) > 1:
        return True
    words = [t.low for t in scene.tokens[max(scene.floor, index - 6) : index]]
    return bool({"both", "sides", "two", "parties", "governments", "presidents", "ministers"} & set(words))


def _object(reading: Reading, index: int, ceiling: int) -> tuple[int, int] | None:
    """What was agreed: the noun phrase after "on", or the verb and its object after "to"."""
    tokens = reading.tokens
    first = index + 1
    if first < ceiling and tokens[first].low in ("also", "in"):
        first += 1 if tokens[first].low == "also" else 2
    lows = [t.low for t in tokens[first : min(first + 3, ceiling)]]
    if tokens[index].low == "announced":
        if lows[:1] != ["that"] or lows[1:2] != ["they"] or lows[2:3] not in (["would"], ["will"]):
            return None
        first += 3
    elif lows[:1] == ["on"] or lows[:1] == ["upon"] or lows[:1] == ["to"]:
        first += 1
    else:
        return None
    while first < ceiling and tokens[first].low in ("a", "an", "the", "their", "its", "continue", "maintain", "to"):
        first += 1
    last = first
    while last < min(ceiling, first + LONGEST) and _is_object_part(reading, last, last - first):
        last += 1
    while last > first and tokens[last - 1].low in (
        "of",
        "the",
        "a",
        "and",
        "in",
        "on",
        "to",
        "for",
        "with",
        "at",
        "by",
    ):
        last -= 1
    is_opinion = OPINIONS & {t.low for t in tokens[first : first + 4]}
    return (first, last) if last - first >= 2 and not is_opinion and _has_noun(tokens[first:last]) else None


def _has_noun(words: Sequence[Token]) -> bool:
    """Whether a described understanding holds a noun phrase, not a verb cut short: `set up`, `name each one`."""
    if any(word.low in DISMISSED for word in words[:1]):
        return False
    nouns = [word for word in words[1:] if word.low not in NO_NOUNS and word.text[0].isalnum()]
    return bool(nouns) and (len(words) > 2 or words[0].low not in VERBS)


def _is_object_part(reading: Reading, index: int, length: int) -> bool:
    token = reading.tokens[index]
    if token.low in STOPS and token.low != "and":
        return False
    if length > 2 and (token.bits & SPEECH or token.low.endswith(("ed", "ing")) or token.low in ("in", "at")):
        return False
    return token.text[0].isalnum() or token.low in ("'s", "/")


def _countries(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """The countries that a name holds: `Peru-Chile Fisheries Agreement`, `MOU with Bolivia`."""
    out: dict[str, None] = {}
    for token in reading.tokens[first:last]:
        pieces = (
            token.text.split("-") if "-" in token.text else [token.text] if token.bits & (COUNTRY | DEMONYM) else []
        )
        codes = [country_words("name").get(piece) or country_words("demonym").get(piece) for piece in pieces]
        out.update({code: None for code in codes if code is not None and None not in codes})
    return tuple(out)


def _status(reading: Reading, floor: int, ceiling: int, first: int, last: int) -> str:
    """The status by the word nearest to the name, inside its clause; a phrase of two words goes before one."""
    near_words = " ".join(t.low for t in reading.tokens[max(floor, first - 8) : min(ceiling, last + 8)])
    for phrase, status in PHRASES:
        if phrase in near_words:
            return status
    statuses = mapping("agreement_statuses.tsv", "word", "status")
    near = [
        (min(abs(i - first), abs(i - last)), statuses[reading.tokens[i].low])
        for i in range(max(floor, first - 8), min(ceiling, last + 8))
        if reading.tokens[i].low in statuses and not first <= i < last
    ]
    return min(near)[1] if near else "unknown"


def _date(reading: Reading, floor: int, ceiling: int, base: date | None) -> DateExpression | None:
    dates = [at for at in sentence_dates(reading, floor, ceiling, base) if not _is_of_period(reading.text, at)]
    return dates[0].value if dates else None


def _date_of(scene: Scene, index: int) -> DateExpression | None:
    """The date nearest to the verb, but none that a period begins or ends with: `from May to June`."""
    dates = [at for at in scene.dates if not _is_of_period(scene.reading.text, at)]
    return Scene(scene.reading, scene.floor, scene.ceiling, scene.all_actors, dates).date_near(index)


def _is_of_period(text: str, at: DateAt) -> bool:
    """Whether a date is one end of a period, which says how long something lasts, not when it was agreed."""
    before, after = text[max(0, at.start - 24) : at.start], text[at.end : at.end + 20]
    return PERIOD_BEFORE.search(before) is not None or PERIOD_AFTER.match(after) is not None


def _in_time(when: DateExpression | None, status: str, base: date | None) -> DateExpression | None:
    """A date at which an instrument can have been agreed: not after the cable."""
    if when is None or base is None or when.earliest <= base or status not in DATED:
        return when
    return None


# One instrument, one agreement.


class Instruments:
    """The agreements of a cable, each with the places that name it."""

    def __init__(self) -> None:
        self.groups: list[list[Found]] = []
        self.by_name: dict[frozenset[str], list[Found]] = {}
        self.by_word: dict[str, list[list[Found]]] = {}

    def add(self, item: Found) -> None:
        """Put a place to the agreement it names again, or begin a new one."""
        words = frozenset(_words(item.name))
        group = self.by_name.get(words) or next((g for g in self._near(words) if _is_same(g[0], item)), None)
        if group is None:
            group = []
            self.groups.append(group)
            for word in words - KINDS:
                self.by_word.setdefault(word, []).append(group)
        group.append(item)
        self.by_name.setdefault(words, group)

    def _near(self, words: frozenset[str]) -> Iterator[list[Found]]:
        for word in sorted(words - KINDS):
            yield from reversed(self.by_word.get(word, ()))


def _is_same(a: Found, b: Found) -> bool:
    """Whether one name holds all words of the other."""
    mine, theirs = set(_words(a.name)), set(_words(b.name))
    if a.kind != b.kind or "agreed-on" in (a.rule, b.rule):
        return False
    return min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine)


def _words(name: str) -> Iterable[str]:
    return (
        w.removesuffix("s")
        for w in fold(name)
        if w not in ("the", "of", "a", "an", "on", "and", "for", "to", "in", "with")
    )


def _agreement(key: str, group: Sequence[Found], held: Sequence[Meeting], readings: Sequence[Reading]) -> Agreement:
    fullest = max(group, key=lambda f: (confidence(f.rule), min(len(f.name.split()), 12)))
    mentions = _mentions(group, fullest, readings)
    meeting = _meeting(group[0], held)
    status = next((f.status for f in group if f.status != "unknown"), "unknown")
    when = next((f.date for f in group if f.date is not None), None)
    return Agreement(
        key=key,
        name=fullest.name,
        forms=tuple(dict.fromkeys(mention.text for mention in mentions)),
        kind=fullest.kind,
        status=status,
        countries=_parties(group, meeting),
        date=_finer(when, meeting.date if meeting is not None else None),
        meeting=meeting.key if meeting is not None else None,
        mentions=mentions,
        quote=fullest.quote,
        rule=fullest.rule,
        confidence=confidence(fullest.rule),
    )


def _parties(group: Sequence[Found], meeting: Meeting | None) -> tuple[str, ...]:
    """The countries named with the agreement; else the sides of its meeting."""
    return tuple(dict.fromkeys(code for f in group for code in f.countries)) or (meeting.countries if meeting else ())


def _finer(own: DateExpression | None, of_meeting: DateExpression | None) -> DateExpression | None:
    """The date of the meeting where it is as exact as the agreement's own and does not contradict it."""
    if own is None or (of_meeting is not None and of_meeting.edtf.startswith(own.edtf)):
        return of_meeting
    return own


def _meeting(found: Found, held: Sequence[Meeting]) -> Meeting | None:
    """The meeting at which an understanding came about: the last one told of before it, in the same part."""
    if found.rule != "agreed-on":
        return None
    before = [m for m in held if m.evidence.part == found.reading.part and m.evidence.start <= found.start]
    return before[-1] if before else None


def _mentions(group: Sequence[Found], fullest: Found, readings: Sequence[Reading]) -> tuple[Mention, ...]:
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    rules: dict[tuple[str, str], str] = {}
    for found in [fullest, *group, *_acronyms(fullest, readings)]:
        key = (found.reading.part, found.reading.found[found.start : found.end])
        spans.setdefault(key, set()).add((found.start, found.end))
        rules.setdefault(key, found.rule)
    return tuple(
        Mention(
            part=part,
            text=text,
            spans=tuple(sorted(places)),
            rule=rules[part, text],
            confidence=confidence(rules[part, text]),
        )
        for (part, text), places in spans.items()
    )


def _acronyms(fullest: Found, readings: Sequence[Reading]) -> Iterator[Found]:
    """The places of an acronym that stands in parentheses after the name."""
    match = ACRONYM.match(fullest.reading.text, fullest.end)
    if match is None:
        return
    for reading in readings:
        for token in reading.tokens:
            if token.text == match["acronym"]:
                yield replace(fullest, reading=reading, start=token.start, end=token.end, name=token.text)
