"""Put together the frames that report one occasion: the same sort, the same parties, no day against it."""

from dataclasses import replace
from itertools import islice
from typing import Final

from kg.extraction.frames import Frame, party_key
from kg.extraction.model import DateExpression, Participant

SEVERAL: Final = 2
LARGEST: Final = 30  # participants of one meeting
MEMORY: Final = 32  # frames of a party back that may report the same; a cable has some ten
SORTS: Final = {
    "visit": "visit",
    "stay": "visit",
    "conference": "conference",
    "conference-mentioned": "conference",
    "ceremony": "ceremony",
}
WEAK: Final = frozenset(("delivered", "told", "talks-of-two", "talks-with"))


class Occasions:
    """The frames of a cable, those that report one occasion put together."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.by_party: dict[str, list[int]] = {}
        self.nobody_abroad: dict[str, list[int]] = {}  # of these, the frames without a person of the other side

    def add(self, frame: Frame) -> None:
        """Add a frame, or complete an earlier one that reports the same occasion."""
        is_new = frame.is_separate or frame.status == "planned"
        if frame.rule in WEAK and frame.date is None and not is_new and self._is_known(frame):
            return
        place = next((place for place in self._near(frame) if _is_same(self.frames[place], frame)), None)
        if place is None:
            place = len(self.frames)
            self.frames.append(frame)
        else:
            self.frames[place] = _completed(self.frames[place], frame)
        for key in self.frames[place].keys:
            for index in (self.by_party, self.nobody_abroad)[: 1 if self.frames[place].abroad else 2]:
                places = index.setdefault(key, [])
                if place not in places[-1:]:
                    places.append(place)

    def _near(self, frame: Frame) -> list[int]:
        """The frames that may report the same: both name one person of the other side, or one of them names none."""
        keys, abroad = frame.keys, frame.abroad
        found = {place for key in abroad or keys for place in self.by_party.get(key, ())[-MEMORY:]}
        if abroad:
            found.update(place for key in keys for place in self.nobody_abroad.get(key, ())[-MEMORY:])
        return sorted(found)

    def _is_known(self, frame: Frame) -> bool:
        """Whether a foreign party of an undated word is met elsewhere in the cable: then it fell there."""
        named = [p for p in frame.participants if not _is_anaphor(p)]
        foreign = {party_key(p) for p in named if p.country != "US"}
        known = foreign or {party_key(p) for p in named}
        return any(
            _sort(self.frames[place]) == "meeting" and len(known & self.frames[place].keys) >= min(2, len(known))
            for key in sorted(known)
            for place in self.by_party.get(key, ())[-MEMORY:]
        )

    def single(self) -> list[Frame]:
        """The frames without those that sum up several meetings which the cable then tells one by one."""
        ones = [frame.keys for frame in self.frames if not frame.is_several and _sort(frame) == "meeting"]
        return [f for f in self.frames if not f.is_several or sum(len(f.keys & one) > 1 for one in ones) < SEVERAL]


def _is_anaphor(participant: Participant) -> bool:
    """Whether a position may be somebody named before: `the Minister`."""
    return participant.kind == "position" and participant.name.lower().startswith("the ")


def _completed(earlier: Frame, frame: Frame) -> Frame:
    union = _union(earlier, frame)
    fuller = frame if len(frame.participants) == len(union) > len(earlier.participants) else earlier
    return replace(
        earlier,
        participants=union,
        kind=fuller.kind,
        rule=fuller.rule,
        date=_finer(earlier.date, frame.date),
        place=earlier.place or frame.place,
        ordinal=earlier.ordinal or frame.ordinal,
    )


def _is_same(earlier: Frame, frame: Frame) -> bool:
    """Whether two frames report one occasion: the same sort, the same parties, and no day against it."""
    mine, theirs = earlier.keys, frame.keys
    shared = len(mine & theirs)
    if frame.is_several != earlier.is_several and mine != theirs:
        return False
    is_other = frame.is_separate and frame.reading.part == earlier.reading.part
    if _sort(earlier) != _sort(frame) or not shared or is_other or _are_apart(earlier, frame):
        return False
    if _sort(frame) == "visit" and _are_elsewhere(earlier, frame):
        return False
    is_within = mine <= theirs or theirs <= mine
    if earlier.date is not None and frame.date is not None and earlier.date.edtf != frame.date.edtf:
        return is_within and _holds(earlier.date, frame.date)
    if is_within and _share_a_sentence(earlier, frame):
        return True
    if _is_stated(earlier) and _is_stated(frame):
        return shared * 2 > min(len(mine), len(theirs)) or earlier.abroad == frame.abroad
    if earlier.place is not None and frame.place is not None and earlier.place.name != frame.place.name:
        return False
    return mine == theirs or (not _is_stated(frame) and shared > 1 and (mine <= theirs or theirs <= mine))


def _are_elsewhere(earlier: Frame, frame: Frame) -> bool:
    """Whether two journeys go to two countries: `he is in Lima and will be in Quito on May 3`."""
    return earlier.place is not None and frame.place is not None and earlier.place.country != frame.place.country


def _is_stated(frame: Frame) -> bool:
    return frame.date is not None and frame.date.basis not in ("sentence-before", "vague")


def _share_a_sentence(earlier: Frame, frame: Frame) -> bool:
    reading = frame.reading
    return earlier.reading is reading and reading.sentence_of(earlier.first) == reading.sentence_of(frame.first)


def _are_apart(earlier: Frame, frame: Frame) -> bool:
    """Whether the persons on the other side are others: the Ambassador met Ruiz and, the same day, Berg."""
    mine, theirs = earlier.abroad, frame.abroad
    return bool(mine and theirs and not mine & theirs)


def _holds(a: DateExpression, b: DateExpression) -> bool:
    """Whether the days of one expression lie in those of the other: `in January`, `last week`."""
    return (a.earliest <= b.earliest and b.latest <= a.latest) or (b.earliest <= a.earliest and a.latest <= b.latest)


def _finer(a: DateExpression | None, b: DateExpression | None) -> DateExpression | None:
    if a is None or b is None:
        return a or b
    return b if b.latest - b.earliest < a.latest - a.earliest else a


def _sort(frame: Frame) -> str:
    return SORTS.get(frame.rule, "meeting")


def _union(earlier: Frame, frame: Frame) -> tuple[Participant, ...]:
    if earlier.reading.part != frame.reading.part:
        return earlier.participants
    union = {(p.person or p.name.lower()): p for p in (*earlier.participants, *frame.participants)}
    return tuple(islice(union.values(), LARGEST))
