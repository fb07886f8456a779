"""Find meetings: a trigger, who took part, when, where, and what kind of occasion it was."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from kg.extraction import ceremonies, conferences, contacts, encounters, exchanges, journeys, stays, told_occasions
from kg.extraction.actors import Cast
from kg.extraction.company import with_company
from kg.extraction.confidence import confidence
from kg.extraction.frames import Frame
from kg.extraction.lexicon import MEETING, mapping
from kg.extraction.model import DateExpression, Evidence, Meeting
from kg.extraction.occasions import Occasions
from kg.extraction.scenes import Scene
from kg.extraction.timing import Timeline
from kg.extraction.tokens import Reading

# The rule for each use of a trigger.
RULES: Final[dict[str, Callable[[Scene, int], Frame | None]]] = {
    "meet-verb": encounters.met,
    "meeting-noun": lambda scene, index: told_occasions.occasion(scene, index) or _of_a_body(scene, index),
    "call-noun": told_occasions.call,
    "call-verb": encounters.met,
    "called-verb": contacts.called,
    "see-verb": contacts.saw,
    "phrase-verb": contacts.made_contact,
    "speak-verb": encounters.spoke,
    "visit-verb": lambda scene, index: journeys.visited(scene, index) or _plural_visit(scene, index),
    "travel-verb": journeys.visited,
    "stay-verb": stays.stay,
    "visit-noun": journeys.visit,
    "delegation-noun": journeys.delegation,
    "contact-verb": exchanges.exchange,
    "session-noun": lambda scene, index: conferences.conference(scene, index) or told_occasions.occasion(scene, index),
    "conference-noun": conferences.conference,
    "gathering-name": conferences.named_gathering,
    "ceremony-noun": ceremonies.ceremony,
    "discuss-verb": encounters.discussed,
    "sign-verb": encounters.signed,
    "receive-verb": encounters.received,
}


def _of_a_body(scene: Scene, index: int) -> Frame | None:
    """`the January 24 meeting of the harbor board in Lima`."""
    is_meeting = scene.tokens[index].low in ("meeting", "meetings") and not told_occasions.is_denied(scene, index)
    return conferences.body_meeting(scene, index) or told_occasions.of_group(scene, index) if is_meeting else None


def _plural_visit(scene: Scene, index: int) -> Frame | None:
    """`Ruiz's March visits to Lima and Quito`."""
    return journeys.visit(scene, index) if scene.tokens[index].low == "visits" else None


def meetings(readings: Sequence[Reading], cast: Cast, base: date | None) -> tuple[Meeting, ...]:
    """All meetings of a cable, one for each occasion, in the order of the text."""
    occasions = Occasions()
    times = Timeline(base)
    for reading in readings:
        if reading.kind != "heading":
            for frame in _frames(reading, cast, times):
                occasions.add(frame)
    frames = with_company(conferences.gathered(occasions.single()), readings, cast)
    return tuple(_meeting(f"m{number}", frame) for number, frame in enumerate(frames, start=1))


def _frames(reading: Reading, cast: Cast, times: Timeline) -> Iterator[Frame]:
    uses = mapping("meeting_triggers.tsv", "word", "use")
    tokens = reading.tokens
    triggers = [
        index
        for index in reading.places(MEETING)
        if uses[tokens[index].low] != "stay-verb" or stays.leads_to_place(tokens, index)
    ]
    if not triggers:
        return
    actors = cast.actors(reading)
    earlier: DateExpression | None = None
    for floor, ceiling in reading.sentences:
        here = triggers[bisect_left(triggers, floor) : bisect_left(triggers, ceiling)]
        if not here:
            continue
        scene = Scene(reading, floor, ceiling, actors, partial(times.dates, reading, floor, ceiling), cast.surnames)
        for index in here:
            frame = RULES[uses[reading.tokens[index].low]](scene, index)
            if frame is not None:
                if frame.date is None:
                    frame = replace(frame, date=_date_of(frame, times, floor, index, earlier))
                earlier = frame.date
                yield frame


def _date_of(
    frame: Frame, times: Timeline, floor: int, index: int, earlier: DateExpression | None
) -> DateExpression | None:
    """The date of an occasion whose sentence tells none; a conference has not the day on which it was spoken of."""
    if frame.rule.startswith("conference"):
        return times.vague(frame.reading, floor, index)
    return times.inherited(frame.reading, floor, index, earlier)


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
        name=frame.name or None,
        rule=frame.rule,
        confidence=confidence(frame.rule),
    )
