"""Find meetings: a trigger, who took part, when, where, and what kind of occasion it was."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.extraction.actors import Actor, Cast
from kg.extraction.confidence import confidence
from kg.extraction.dates import DateAt, dates_in
from kg.extraction.kinds import kind_of, ordinal_before
from kg.extraction.lexicon import CAPITAL, COMMON, SPEECH, mapping, word_set
from kg.extraction.model import DateExpression, Evidence, Meeting, Participant
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import CANCELLED, FUTURE, NEGATIVE, Place, Scene
from kg.extraction.tokens import Reading, is_list_of_participants

WITH: Final = frozenset(("with",))
BY: Final = frozenset(("by", "with"))
WITH_OR_BETWEEN: Final = frozenset(("among", "between", "by", "with"))
CALL_LINKS: Final = frozenset(("between", "from", "on", "to", "with"))
IN: Final = frozenset(("at", "in"))
TO: Final = frozenset(("in", "to"))
OPENINGS: Final = word_set("openings")
HABITS: Final = word_set("habits")
OBJECTS: Final = word_set("objects")
CALLS: Final = frozenset(("phone", "telephone", "courtesy", "a", "an", "'s", "paid"))
THE: Final = frozenset(("the", "this", "that", "these", "at"))
OCCASIONS: Final = frozenset(("meeting", "lunch", "dinner", "breakfast", "call", "luncheon", "reception"))
NEAR_PLAN: Final = 150  # code points from a word of planning to a date
SUMMONS: Final = frozenset(("briefed", "convoked", "received", "summoned"))
US_CONTACTS: Final = frozenset(("advised", "asked", "assured", "briefed", "informed", "told", "warned"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A meeting before it has its key; `first` and `last` are tokens of the clause."""

    reading: Reading
    participants: tuple[Participant, ...]
    date: DateExpression | None
    place: Place | None
    kind: str
    ordinal: int | None
    status: str
    first: int
    last: int
    rule: str


def meetings(readings: Sequence[Reading], cast: Cast, base: date | None) -> tuple[Meeting, ...]:
    """All meetings of a cable, one for each occasion, in the order of the text."""
    frames: list[Frame] = []
    for reading in readings:
        if reading.kind != "heading":
            for frame in _frames(reading, cast, base):
                _merge(frames, frame)
    frames = [_with_list(frame, readings, cast) if place == 0 else frame for place, frame in enumerate(frames)]
    return tuple(_meeting(f"m{number}", frame) for number, frame in enumerate(frames, start=1))


def _with_list(frame: Frame, readings: Sequence[Reading], cast: Cast) -> Frame:
    """The meeting that a cable is the record of, with all whom its list of participants names."""
    listed = [a.participant for r in readings if is_list_of_participants(r) for a in cast.actors(r)]
    people = {p.person for p in listed if p.person is not None}
    if len(people & {p.person for p in frame.participants}) < 2:
        return frame
    every = {p.person or p.name: p for p in (*frame.participants, *(p for p in listed if p.person is not None))}
    return replace(frame, participants=tuple(every.values()))


def _frames(reading: Reading, cast: Cast, base: date | None) -> Iterator[Frame]:
    uses = mapping("meeting_triggers.tsv", "word", "use")
    triggers = [index for index, token in enumerate(reading.tokens) if token.low in uses]
    if not triggers:
        return
    actors = cast.actors(reading)
    for floor, ceiling in reading.sentences:
        here = [index for index in triggers if floor <= index < ceiling]
        if not here:
            continue
        dates = sentence_dates(reading, floor, ceiling, base)
        scene = Scene(reading, floor, ceiling, actors, dates)
        for index in here:
            frame = _RULES[uses[reading.tokens[index].low]](scene, index)
            if frame is not None:
                yield frame if frame.date is not None else replace(frame, date=_date_told_of(reading, floor, base))


def _date_told_of(reading: Reading, floor: int, base: date | None) -> DateExpression | None:
    """The date that opened the sentence before: `In May 2008 Ruiz spoke of ports. After he met with Berg …`."""
    before = next((span for span in reversed(reading.sentences) if span[1] == floor), None)
    if before is None:
        return None
    found = sentence_dates(reading, *before, base)
    if not found or found[0].start > reading.tokens[min(before[0] + 2, before[1] - 1)].start:
        return None
    return replace(found[0].value, basis="sentence-before")


def sentence_dates(reading: Reading, floor: int, ceiling: int, base: date | None) -> list[DateAt]:
    """The dates of a sentence; what is planned near one puts it into the future."""
    if base is None or not 1000 < base.year < 9000:
        return []
    start, end = reading.tokens[floor].start, reading.tokens[ceiling - 1].end
    plans = [token.start - start for token in reading.tokens[floor:ceiling] if token.low in FUTURE]

    def is_future(offset: int) -> bool:
        return any(-NEAR_PLAN < plan - offset < NEAR_PLAN // 5 for plan in plans)

    found = dates_in(reading.text[start:end], reading.found[start:end], base, is_future)
    return [replace(at, start=at.start + start, end=at.end + start) for at in found]


# The rules: one for each use of a trigger.


def _met(scene: Scene, index: int) -> Frame | None:
    """`Ruiz met with Berg`, `Ruiz and Berg met in Lima`, `he will meet the Ambassador`."""
    tokens = scene.tokens
    following = tokens[index + 1] if index + 1 < scene.ceiling else None
    ahead = {token.low for token in tokens[index + 1 : min(index + 5, scene.ceiling)]}
    if following is None or following.low in HABITS or ahead & OBJECTS or scene.has_before(index, NEGATIVE | HABITS, 4):
        return None
    if tokens[index].low == "meet" and not scene.has_before(
        index, frozenset(("to", "will", "would", "could", "may")), 3
    ):
        return None
    link = scene.word_after(index, BY if tokens[index].low in SUMMONS else WITH, 9)
    subjects = scene.subjects(index)
    others = scene.chain_right(link + 1) if link is not None else scene.chain_right(index + 1)
    people = [actor.participant for actor in [*subjects, *others]]
    if link is not None and not others:
        named = scene.phrase(link + 1)
        people += [named] if named is not None else []
    if not subjects and (others or link is not None):
        named = scene.subject_phrase(index)
        people = ([named] if named is not None else []) + people
    if all(p.kind == "body" for p in people) and scene.date_near(index) is None:
        return None
    return _frame(scene, index, people, [*subjects, *others], "met")


def _meeting_noun(scene: Scene, index: int) -> Frame | None:
    """`during a December 9 meeting with the Ambassador, Ruiz said`, `a meeting between Ruiz and Berg`."""
    tokens = scene.tokens
    pair = _pair_before(scene, index)
    if pair:
        return _frame(scene, index, pair, [], "meeting-with")
    ordinal = ordinal_before(tokens, index, scene.floor)
    link = _link_after(scene, index)
    if tokens[index].low in ("meetings", "lunch", "dinner") and link is None and ordinal is None:
        return None
    others = scene.chain_right(link + 1) if link is not None else []
    if link is not None and tokens[link].low in ("between", "among"):
        people = [actor.participant for actor in others]
        return _frame(scene, index, people, others, "meeting-with")
    when = scene.date_near(index, reach=8)
    if not others and when is None and ordinal is None:
        return None
    if ordinal is None and not others and scene.has_before(index, frozenset(("the", "this", "that", "these")), 3):
        return None
    subjects = scene.owner(index) or _main_subject(scene, index, others)
    actors = [*subjects, *[a for a in others if a not in subjects]]
    people = [actor.participant for actor in actors]
    if link is not None and not others:
        named = scene.phrase(link + 1)
        people += [named] if named is not None else []
    if not subjects and (named := _holder(scene, index)) is not None:
        people = [named, *people]
    # A dated meeting with one named side is still one: the other is the embassy or goes without saying.
    least = (
        1 if when is not None and any(p.kind != "body" for p in people) and not scene.has_before(index, THE, 3) else 2
    )
    return _frame(scene, index, people, actors, "series" if ordinal is not None else "meeting-with", least=least)


def _holder(scene: Scene, index: int) -> Participant | None:
    """Who "had" or "held" the meeting, where no actor is known: `a fishermen's union held a meeting with Ruiz`."""
    for at in range(index - 1, max(scene.floor, index - 6), -1):
        if scene.tokens[at].low in ("had", "held", "hold", "hosted", "convened"):
            return scene.subject_phrase(at)
    return None


def _link_after(scene: Scene, index: int) -> int | None:
    """The "with" or "between" that belongs to the noun at `index`: no verb between them, and "by" follows at once."""
    link = scene.word_after(index, WITH_OR_BETWEEN, 8)
    if link is None or (scene.tokens[link].low == "by" and link > index + 1):
        return None
    gap = scene.tokens[index + 1 : link]
    return None if any(t.bits & SPEECH or t.low.endswith("ed") or t.low in STOPS for t in gap) else link


def _main_subject(scene: Scene, index: int, others: Sequence[Actor]) -> list[Actor]:
    """The subject of the sentence: after an opening phrase that holds the trigger, else before the trigger."""
    opening = scene.tokens[scene.floor].low in OPENINGS
    if opening and not any(scene.floor <= a.first < index for a in scene.actors):
        after = others[-1].last if others else index
        comma = scene.word_after(after - 1, frozenset((",",)), 14)
        if comma is None:
            return []
        right = scene.chain_right(comma + 1)
        return right[:1] if right else []
    return scene.subjects(index)


def _call(scene: Scene, index: int) -> Frame | None:
    """`a telephone call from Ruiz`, `the Ambassador's courtesy call on Ruiz`."""
    pair = _pair_before(scene, index)
    if pair:
        return _frame(scene, index, pair, [], "meeting-with")
    link = scene.word_after(index, CALL_LINKS, 3)
    if link is None or not scene.has_before(
        index, frozenset(("phone", "telephone", "courtesy", "a", "an", "'s", "paid")), 5
    ):
        return None
    others = scene.chain_right(link + 1)
    subjects = scene.owner(index) or _main_subject(scene, index, others)
    if not others:
        return None
    actors = [*subjects, *[a for a in others if a not in subjects]]
    return _frame(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _visited(scene: Scene, index: int) -> Frame | None:
    """`he visited Lima`, `Ruiz traveled to Lima`, `Ruiz visited in May`."""
    verb = scene.tokens[index].low
    is_visit = verb in ("visited", "visits", "visiting")
    place = scene.place_at(index + 1) if is_visit else None
    if place is None:
        place = scene.place_after(index, reach=3, prepositions=TO)
    if scene.has_before(index, NEGATIVE, 4) or (place is None and not _is_dated_visit(scene, index, verb)):
        return None
    subjects = [a for a in scene.subjects(index, 12, bodies=False) if a.participant.kind != "body"]
    return _visit_frame(scene, index, subjects, place)


def _is_dated_visit(scene: Scene, index: int, verb: str) -> bool:
    """Whether a day follows at once, or a proper name and then a day, though the place is in no table."""
    if index + 2 >= scene.ceiling or scene.date_near(index, reach=8) is None:
        return False
    following, then = scene.tokens[index + 1], scene.tokens[index + 2]
    if verb == "visited":
        return following.low in ("in", "on", "last") or bool(following.bits & CAPITAL)
    return verb in ("traveled", "travelled", "travel", "flew") and following.low == "to" and bool(then.bits & CAPITAL)


def _visit(scene: Scene, index: int) -> Frame | None:
    """`the President's visit to Lima`, `Ruiz will visit Lima`, `a visit by Ruiz`."""
    place = scene.place_after(index, reach=7, prepositions=TO) or scene.place_at(index + 1)
    owner = scene.owner(index)
    if not owner:
        by = scene.word_after(index, frozenset(("by", "of")), 6)
        owner = scene.chain_right(by + 1)[:4] if by is not None else []
    if not owner and place is not None:
        owner = [a for a in scene.subjects(index, 12) if a.participant.kind != "body"]
        company = next(
            (at for at in range(index - 1, max(scene.floor, index - 14), -1) if _accompanies(scene, at)), None
        )
        owner = owner + scene.subjects(company, 8) if company is not None else owner
    if place is None and scene.date_near(index, reach=8) is None:
        return None
    return _visit_frame(scene, index, [a for a in owner if a.participant.kind != "body"], place)


def _accompanies(scene: Scene, index: int) -> bool:
    return scene.tokens[index].low in ("accompanied", "accompanying", "joined")


def _visit_frame(scene: Scene, index: int, visitors: Sequence[Actor], place: Place | None) -> Frame | None:
    if not visitors:
        return None
    frame = _frame(scene, index, [a.participant for a in visitors], visitors, "visit", least=1)
    return replace(frame, place=place or frame.place, kind="visit") if frame is not None else None


def _contact(scene: Scene, index: int) -> Frame | None:
    """`Ruiz told poloff on October 2`, `the general told Minister Berg`."""
    verb = scene.tokens[index].low
    if verb not in US_CONTACTS and scene.word_after(index, frozenset(("to",)), 7) is None:
        return None
    start = index + 1
    if verb not in US_CONTACTS:
        link = scene.word_after(index, frozenset(("to",)), 7)
        start = link + 1 if link is not None else start
    subjects = [a for a in scene.subjects(index, 20, bodies=False) if a.participant.kind != "body"]
    others = scene.chain_right(start)
    if not others:
        return None
    if not subjects:
        return _contact_of(scene, index, others) if verb in US_CONTACTS else None
    actors = [*subjects, *others]
    us = [a for a in actors if a.role_kind and a.participant.country == "US"]
    when = scene.date_near(others[-1].last, reach=6)
    if us and (when is not None or _has_occasion(scene)):
        return _frame(scene, index, [a.participant for a in actors], actors, "told-on")
    if us or any(a.participant.kind != "person" for a in actors):
        return None
    if _has_occasion(scene):
        return _frame(scene, index, [a.participant for a in actors], actors, "told-on")
    if any(a.participant.country == "US" for a in actors):
        return None
    countries = {a.participant.country for a in actors}
    if verb != "told" or len(countries - {None}) < 2:
        return None
    return _frame(scene, index, [a.participant for a in actors], actors, "told")


def _contact_of(scene: Scene, index: int, others: Sequence[Actor]) -> Frame | None:
    """`A source in the ministry told poloff on October 2`."""
    named = scene.subject_phrase(index)
    us = all(a.role_kind and a.participant.country == "US" for a in others)
    if named is None or not us or (scene.date_near(others[-1].last, reach=6) is None and not _has_occasion(scene)):
        return None
    return _frame(scene, index, [named, *(a.participant for a in others)], others, "told-on")


def _has_occasion(scene: Scene) -> bool:
    """Whether the sentence says at what occasion something was told: over lunch, in a separate meeting."""
    words = [token.low for token in scene.tokens[scene.floor : scene.ceiling]]
    for place, word in enumerate(words):
        if word in OCCASIONS and {"a", "an", "over", "another"} & set(words[max(0, place - 3) : place]):
            return True
    return False


def _talks(scene: Scene, index: int) -> Frame | None:
    """`talks between Ruiz and Berg`, `the Peruvian-Chilean talks in Lima`."""
    pair = _pair_before(scene, index)
    link = scene.word_after(index, WITH_OR_BETWEEN, 6)
    others = scene.chain_right(link + 1) if link is not None else []
    place = scene.place_after(index, reach=8, prepositions=IN)
    when = scene.date_near(index, reach=10)
    if place is None and when is None:
        return None
    if pair:
        return _frame(scene, index, pair, [], "meeting-with")
    if link is not None and scene.tokens[link].low in ("between", "among"):
        return _frame(scene, index, [a.participant for a in others], others, "meeting-with")
    if not others:
        return None
    subjects = scene.owner(index) or scene.subjects(index)
    actors = [*subjects, *[a for a in others if a not in subjects]]
    return _frame(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _pair_before(scene: Scene, index: int) -> list[Participant]:
    """Two parties joined by a hyphen: `the Ruiz-Berg meeting`, `Peruvian-Chilean talks`."""
    for at in range(index - 1, max(scene.floor, index - 4) - 1, -1):
        first, hyphen, second = scene.tokens[at].text.partition("-")
        pair = [scene.party(first), scene.party(second)] if hyphen else []
        if len(pair) == 2 and all(pair):
            return [party for party in pair if party is not None]
    return []


def _conference(scene: Scene, index: int) -> Frame | None:
    """`the December 11-13 Regional Security Summit in Lima`, `the 25th session of the committee`."""
    tokens = scene.tokens
    ordinal = ordinal_before(tokens, index, scene.floor)
    first = index
    while first > scene.floor and tokens[first - 1].bits & CAPITAL and not _opens(scene, first - 1):
        first -= 1
    place = scene.place_after(index, reach=6, prepositions=IN)
    when = scene.date_near(index, reach=6)
    is_named = first < index
    if tokens[index].low in ("session", "dialogue", "plenary", "debate", "forum") and when is None and ordinal is None:
        return None
    host = _holder(scene, first)
    if place is None and when is None and ordinal is None and (host is None or not is_named):
        return None
    if scene.has_before(first, frozenset(("press", "news", "video")), 1) or scene.has_before(
        index, frozenset(("press", "news")), 1
    ):
        return None
    body = (
        Participant(name=scene.reading.words(first, index), kind="body", person=None, country=None)
        if is_named
        else None
    )
    actors = [a for a in scene.subjects(first) if a.participant.kind == "person"] or _main_subject(scene, index, ())
    people = [a.participant for a in actors] + ([body] if body is not None else [])
    people += [host] if host is not None and not people else []
    frame = _frame(scene, index, people, actors, "conference", least=1)
    if frame is None:
        return None
    kind = "summit" if tokens[index].low == "summit" else frame.kind if frame.kind == "visit" else "conference"
    return replace(frame, place=place, kind=kind, ordinal=ordinal)


def _opens(scene: Scene, index: int) -> bool:
    return index == scene.floor and bool(scene.tokens[index].bits & COMMON)


def _discussed(scene: Scene, index: int) -> Frame | None:
    """`On July 2 Ruiz discussed fisheries with Berg`: only on a stated day."""
    link = scene.word_after(index, WITH, 14)
    if link is None or scene.date_near(index, reach=12) is None or scene.has_before(index, NEGATIVE, 3):
        return None
    subjects, others = scene.subjects(index, 14), scene.chain_right(link + 1)
    if not subjects or not others:
        return None
    actors = [*subjects, *others]
    return _frame(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _spoke(scene: Scene, index: int) -> Frame | None:
    """`Ruiz spoke to Berg on October 2`, `Ruiz and Berg talked by telephone`."""
    link = scene.word_after(index, frozenset(("with", "to")), 7)
    words = {t.low for t in scene.tokens[scene.floor : scene.ceiling]}
    if scene.date_near(index, reach=12) is None and not words & {"phone", "telephone", "telephonically"}:
        return None
    subjects = scene.subjects(index, 14)
    others = scene.chain_right(link + 1) if link is not None else []
    actors = [*subjects, *others]
    return _frame(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _received(scene: Scene, index: int) -> Frame | None:
    """`Ruiz received Berg on May 3`: only on a stated day, and only persons."""
    if scene.date_near(index, reach=10) is None:
        return None
    others = [a for a in scene.chain_right(index + 1) if a.participant.kind != "body"]
    subjects = [a for a in scene.subjects(index, 12) if a.participant.kind != "body"]
    if not others or not subjects:
        return None
    actors = [*subjects, *others]
    return _frame(scene, index, [a.participant for a in actors], actors, "meeting-with")


_RULES: Final[dict[str, Callable[[Scene, int], Frame | None]]] = {
    "meet-verb": _met,
    "meeting-noun": _meeting_noun,
    "call-noun": _call,
    "call-verb": _met,
    "speak-verb": _spoke,
    "visit-verb": _visited,
    "travel-verb": _visited,
    "visit-noun": _visit,
    "contact-verb": _contact,
    "talks-noun": _talks,
    "conference-noun": _conference,
    "discuss-verb": _discussed,
    "receive-verb": _received,
}


def _frame(
    scene: Scene, index: int, people: Sequence[Participant], actors: Sequence[Actor], rule: str, *, least: int = 2
) -> Frame | None:
    distinct = tuple({(p.person or p.name.lower()): p for p in people}.values())
    if len(distinct) < least or (least > 1 and all(p.kind == "body" and p.country is None for p in distinct)):
        return None
    first = min([index, *(a.first for a in actors if a.first >= scene.floor)])
    last = max([index + 1, *(a.last for a in actors if a.last <= scene.ceiling)])
    when = scene.date_near(index)
    place = scene.place_after(index, prepositions=IN)
    return Frame(
        reading=scene.reading,
        participants=distinct,
        date=when,
        place=place,
        kind=kind_of(scene, index, distinct),
        ordinal=ordinal_before(scene.tokens, index, scene.floor),
        status=_status(scene, index),
        first=first,
        last=last,
        rule=rule,
    )


def _status(scene: Scene, index: int) -> str:
    if any(token.low in CANCELLED for token in scene.tokens[scene.floor : scene.ceiling]):
        return "cancelled"
    return (
        "planned" if scene.has_before(index, FUTURE, 6) or scene.has_before(index, frozenset(("will",)), 12) else "held"
    )


# One occasion, one meeting.


def _merge(frames: list[Frame], frame: Frame) -> None:
    """Add a frame, or complete an earlier one that reports the same occasion."""
    for place, earlier in enumerate(frames):
        if _is_same(earlier, frame):
            frames[place] = replace(
                earlier,
                participants=_union(earlier, frame),
                date=earlier.date or frame.date,
                place=earlier.place or frame.place,
                ordinal=earlier.ordinal or frame.ordinal,
            )
            return
    frames.append(frame)


def _is_same(earlier: Frame, frame: Frame) -> bool:
    """Whether two frames report one occasion: the same sort, the same parties, and no day against it."""
    mine, theirs = _keys(earlier), _keys(frame)
    shared = len(mine & theirs)
    if _sort(earlier) != _sort(frame) or not shared:
        return False
    if earlier.date is not None and frame.date is not None:
        return earlier.date.edtf == frame.date.edtf and shared * 2 >= min(len(mine), len(theirs))
    if earlier.place is not None and frame.place is not None and earlier.place.name != frame.place.name:
        return False
    is_vague = frame.place is None and frame.date is None
    return mine == theirs or (is_vague and shared > 1 and (mine <= theirs or theirs <= mine))


def _sort(frame: Frame) -> str:
    return {"visit": "visit", "conference": "conference"}.get(frame.rule, "meeting")


def _keys(frame: Frame) -> frozenset[str]:
    return frozenset(p.person or p.name.lower().removeprefix("the ") for p in frame.participants)


def _union(earlier: Frame, frame: Frame) -> tuple[Participant, ...]:
    if earlier.reading.part != frame.reading.part:
        return earlier.participants
    return tuple({(p.person or p.name.lower()): p for p in (*earlier.participants, *frame.participants)}.values())


def _meeting(key: str, frame: Frame) -> Meeting:
    tokens = frame.reading.tokens
    start, end = tokens[frame.first].start, tokens[frame.last - 1].end
    countries = [p.country for p in frame.participants if p.country]
    if frame.kind in ("visit", "summit") and frame.place is not None:
        countries.append(frame.place.country)
    return Meeting(
        key=key,
        participants=frame.participants,
        countries=tuple(dict.fromkeys(countries)),
        date=frame.date,
        place=frame.place.name if frame.place is not None else None,
        kind=frame.kind,
        ordinal=frame.ordinal,
        status=frame.status,
        evidence=Evidence(part=frame.reading.part, start=start, end=end),
        quote=frame.reading.found[start:end],
        rule=frame.rule,
        confidence=confidence(frame.rule),
    )
