"""Find who else was there, where a cable says so after it has told of a meeting: `He was accompanied by Ruiz.`"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor, Cast
from kg.extraction.frames import Frame
from kg.extraction.lexicon import word_set
from kg.extraction.scenes import Scene
from kg.extraction.tokens import Reading, is_list_of_participants

WORDS: Final = word_set("company")
PARTS: Final = 2  # parts after the one that tells of the meeting
LINKS: Final = frozenset((":", "at", "by", "for", "from", "meeting", "on", "side", "the", "were", "was", "with"))
TAKING: Final = frozenset(("accompanied", "joined"))
RULES: Final = frozenset(("met", "meeting-with", "told-on"))


def with_company(frames: Sequence[Frame], readings: Sequence[Reading], cast: Cast) -> list[Frame]:
    """The frames with those whom lists of participants and later sentences name as present too."""
    out = list(frames)
    places = {reading.part: place for place, reading in enumerate(readings)}
    for reading in readings:
        if is_list_of_participants(reading):
            _put(out, _nearest_by_persons(out, cast.actors(reading)), cast.actors(reading), persons_only=True)
            continue
        told_here = [i for i, token in enumerate(reading.tokens) if token.low in WORDS and not _is_at(reading, i)]
        for floor, ceiling in sorted({reading.sentence_of(i) for i in told_here}):
            told = [i for i in told_here if floor <= i < ceiling]
            scene = Scene(reading, floor, ceiling, cast.actors(reading), ())
            actors = [a for at in told for a in _present(scene, at) if a.participant.kind != "body"]
            _put(out, _last_before(out, reading, ceiling, places, actors), actors, persons_only=False)
    return out


def _present(scene: Scene, index: int) -> list[Actor]:
    """Who stands by a word that says who was there: `Ruiz attended`, `he was joined by Ruiz`, `also present were …`."""
    after = index + 1
    while after < scene.ceiling and scene.tokens[after].low in LINKS:
        after += 1
    if after == index + 1 and scene.tokens[index].low in TAKING and scene.chain_right(after):
        return [*scene.subjects(index), *scene.chain_right(after)]
    return [*scene.subjects(index), *(scene.chain_right(after) if after > index + 1 else ())]


def _put(frames: list[Frame], place: int | None, actors: Sequence[Actor], *, persons_only: bool) -> None:
    if place is None:
        return
    people = {p.person or p.name.lower().removeprefix("the "): p for p in frames[place].participants}
    for actor in actors:
        who = actor.participant
        if who.person is not None or not persons_only:
            people.setdefault(who.person or who.name.lower().removeprefix("the "), who)
    frames[place] = replace(frames[place], participants=tuple(people.values()))


def _nearest_by_persons(frames: Sequence[Frame], actors: Sequence[Actor]) -> int | None:
    """The meeting that shares most persons with a list of participants."""
    people = {a.participant.person for a in actors} - {None}
    shared = [len(people & {p.person for p in frame.participants}) if frame.rule in RULES else 0 for frame in frames]
    most = max(shared, default=0)
    return shared.index(most) if most else None


def _last_before(
    frames: Sequence[Frame], reading: Reading, ceiling: int, places: dict[str, int], actors: Sequence[Actor]
) -> int | None:
    """The meeting told of last before a sentence, in its part or in one of the two before; rather one that was held.

    Of several one that somebody named as present took part in counts first.
    """
    here = places[reading.part]
    people = {a.participant.person or a.participant.name.lower() for a in actors}
    before = [
        (
            any((p.person or p.name.lower()) in people for p in frame.participants),
            places[frame.reading.part],
            frame.first,
            index,
        )
        for index, frame in enumerate(frames)
        if frame.rule in RULES
        and frame.status == "held"
        and 0 <= here - places[frame.reading.part] <= PARTS
        and (places[frame.reading.part] < here or frame.first < ceiling)
    ]
    return max(before)[3] if before else None


def _is_at(reading: Reading, index: int) -> bool:
    # "At present" says of nobody that he was there.
    return bool(index) and reading.tokens[index - 1].low == "at"
