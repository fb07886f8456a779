"""Rules for visits and journeys: who went where."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.clauses import Place
from kg.extraction.frames import Frame, at_place, frame_of
from kg.extraction.lexicon import CAPITAL
from kg.extraction.model import Participant
from kg.extraction.scenes import NEGATIVE, Scene

TO: Final = frozenset(("in", "to"))


def visited(scene: Scene, index: int) -> Frame | None:
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


def visit(scene: Scene, index: int) -> Frame | None:
    """`the President's visit to Lima`, `Ruiz will visit Lima`, `a visit by two envoys`."""
    place = scene.place_after(index, reach=7, prepositions=TO) or scene.place_at(index + 1)
    owner = scene.owner(index)
    by = scene.word_after(index, frozenset(("by", "of")), 6)
    if not owner and by is not None:
        owner = scene.objects(by + 1)[:4]
    if not owner and place is not None:
        owner = [a for a in scene.subjects(index, 12) if a.participant.kind != "body"]
        company = next(
            (at for at in range(index - 1, max(scene.floor, index - 14), -1) if _accompanies(scene, at)), None
        )
        owner = owner + scene.subjects(company, 8) if company is not None else owner
    visitors = [a for a in owner if a.participant.kind != "body"]
    is_owned = bool(visitors) and visitors[-1].participant.kind == "person" and bool(scene.owner(index))
    if place is None and scene.date_near(index, reach=8) is None and not is_owned:
        return None
    named = scene.phrase(by + 1) if not visitors and by is not None and scene.tokens[by].low == "by" else None
    if not visitors and named is None and place is not None:
        named = _traveller(scene, index)
    if named is not None:
        frame = frame_of(scene, index, [named], (), "visit", least=1)
        return replace(at_place(frame, place or frame.place), kind="visit") if frame is not None else None
    return _visit_frame(scene, index, visitors, place)


def _traveller(scene: Scene, index: int) -> Participant | None:
    """Who "made" or "completed" a visit, where no actor is known: `a team of engineers completed a visit to Lima`."""
    for at in range(index - 1, max(scene.floor, index - 7), -1):
        if scene.tokens[at].low in ("completed", "concluded", "made", "paid", "undertook"):
            return scene.subject_phrase(at)
    return None


def _accompanies(scene: Scene, index: int) -> bool:
    return scene.tokens[index].low in ("accompanied", "accompanying", "joined")


def _visit_frame(scene: Scene, index: int, visitors: Sequence[Actor], place: Place | None) -> Frame | None:
    if not visitors:
        return None
    frame = frame_of(scene, index, [a.participant for a in visitors], visitors, "visit", least=1)
    return replace(at_place(frame, place or frame.place), kind="visit") if frame is not None else None
