"""Find meetings: a trigger, who took part, when, where, and what kind of occasion it was."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kg.extraction import encounters, journeys
from kg.extraction.actors import Cast
from kg.extraction.company import with_company
from kg.extraction.confidence import confidence
from kg.extraction.dates import DateAt, dates_in
from kg.extraction.frames import Frame
from kg.extraction.lexicon import mapping
from kg.extraction.model import DateExpression, Evidence, Meeting
from kg.extraction.occasions import Occasions
from kg.extraction.scenes import FUTURE, Scene
from kg.extraction.tokens import Reading

SIMULTANEOUS: Final = frozenset(("concurrently", "simultaneously"))
NEAR_PLAN: Final = 150  # code points from a word of planning to a date
# The rule for each use of a trigger.
RULES: Final[dict[str, Callable[[Scene, int], Frame | None]]] = {
    "meet-verb": encounters.met,
    "meeting-noun": lambda scene, index: encounters.meeting_noun(scene, index) or _of_a_body(scene, index),
    "call-noun": encounters.call,
    "call-verb": encounters.met,
    "called-verb": encounters.called,
    "speak-verb": encounters.spoke,
    "visit-verb": lambda scene, index: journeys.visited(scene, index) or _plural_visit(scene, index),
    "travel-verb": journeys.visited,
    "visit-noun": journeys.visit,
    "contact-verb": encounters.contact,
    "talks-noun": journeys.talks,
    "conference-noun": journeys.conference,
    "discuss-verb": encounters.discussed,
    "receive-verb": encounters.received,
}


def _of_a_body(scene: Scene, index: int) -> Frame | None:
    """`the January 24 meeting of the harbor board in Lima`."""
    is_of_body = scene.tokens[index].low in ("meeting", "meetings") and journeys.has_body(scene, index)
    return journeys.conference(scene, index) if is_of_body else None


def _plural_visit(scene: Scene, index: int) -> Frame | None:
    """`Ruiz's March visits to Lima and Quito`."""
    return journeys.visit(scene, index) if scene.tokens[index].low == "visits" else None


def meetings(readings: Sequence[Reading], cast: Cast, base: date | None) -> tuple[Meeting, ...]:
    """All meetings of a cable, one for each occasion, in the order of the text."""
    occasions = Occasions()
    for reading in readings:
        if reading.kind != "heading":
            for frame in _frames(reading, cast, base):
                occasions.add(frame)
    frames = with_company(occasions.frames, readings, cast)
    return tuple(_meeting(f"m{number}", frame) for number, frame in enumerate(frames, start=1))


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
        scene = Scene(reading, floor, ceiling, actors, dates, cast.surnames)
        for index in here:
            frame = RULES[uses[reading.tokens[index].low]](scene, index)
            if frame is not None:
                yield frame if frame.date is not None else replace(frame, date=_date_told_of(reading, floor, base))


def _date_told_of(reading: Reading, floor: int, base: date | None) -> DateExpression | None:
    """The date that opened the sentence before: `In May 2008 Ruiz spoke of ports. After he met with Berg …`."""
    before = reading.sentence_before(floor)
    if before is None:
        return None
    found = sentence_dates(reading, *before, base)
    words = {token.low for token in reading.tokens[floor : reading.sentence_of(floor)[1]]}
    if found and words & SIMULTANEOUS:
        return replace(found[0].value, basis="sentence-before")
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
