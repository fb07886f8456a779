"""Rules for visits, talks and conferences: who went where, and what was held."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.frames import Frame, at_place, frame_of, holder, main_subject, pair_before
from kg.extraction.kinds import ordinal_before
from kg.extraction.lexicon import CALENDAR, CAPITAL, COMMON, FUNCTION, word_set
from kg.extraction.model import Participant
from kg.extraction.scenes import NEGATIVE, Place, Scene

WITH_OR_BETWEEN: Final = frozenset(("among", "between", "by", "with"))
IN: Final = frozenset(("at", "in"))
ATTENDING: Final = word_set("attending")
PARTY_DAYS: Final = frozenset(("annual", "national", "party", "republican", "democratic", "spring"))
PRESS: Final = frozenset(("press", "news", "video"))
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


def talks(scene: Scene, index: int) -> Frame | None:
    """`talks between Ruiz and Berg`, `the Peruvian-Chilean talks in Lima`."""
    pair = pair_before(scene, index)
    link = scene.word_after(index, WITH_OR_BETWEEN, 6)
    others = scene.chain_right(link + 1) if link is not None else []
    place = scene.place_after(index, reach=8, prepositions=IN)
    when = scene.date_near(index, reach=10)
    if place is None and when is None:
        return None
    if pair:
        return frame_of(scene, index, pair, [], "meeting-with")
    if link is not None and scene.tokens[link].low in ("between", "among"):
        return frame_of(scene, index, [a.participant for a in others], others, "meeting-with")
    subjects = scene.owner(index) or main_subject(scene, index, others)
    actors = [*subjects, *[a for a in others if a not in subjects]]
    people = [a.participant for a in actors]
    if link is not None and not others:
        named = scene.phrase(link + 1)
        people += [named] if named is not None else []
    if link is None and not scene.owner(index):
        return None
    least = 1 if link is None else 2
    return frame_of(scene, index, people, actors, "meeting-with", least=least)


def conference(scene: Scene, index: int) -> Frame | None:
    """`the December 11-13 Regional Security Summit in Lima`, `the 25th session of the committee`."""
    first = _name_start(scene, index)
    ordinal = ordinal_before(scene.tokens, index, scene.floor)
    place = scene.place_after(index, reach=6, prepositions=IN) or scene.place_at(first)
    host, body = holder(scene, first), body_of(scene, first, index)
    is_set = place is not None or scene.date_near(index, reach=6) is not None or ordinal is not None
    if _is_no_occasion(scene, first, index) or not (is_set or (host is not None and body is not None)):
        return None
    if body is None and host is None and not scene.has_before(index, ATTENDING, 12):
        return None
    actors = [a for a in scene.subjects(first) if a.participant.kind == "person"] or main_subject(scene, index, ())
    people = [a.participant for a in actors] + ([body] if body is not None else [])
    people += [host] if host is not None and not people else []
    frame = frame_of(scene, index, people, actors, "conference", least=1)
    if frame is None:
        return None
    kind = "summit" if scene.tokens[index].low == "summit" else "conference"
    return replace(at_place(frame, place), kind=kind, ordinal=ordinal)


def _name_start(scene: Scene, index: int) -> int:
    first = index
    while first > scene.floor and _is_in_name(scene, first - 1):
        first -= 1
    return first


def _is_in_name(scene: Scene, index: int) -> bool:
    bits = scene.tokens[index].bits
    return bool(bits & CAPITAL) and not bits & (CALENDAR | FUNCTION) and not _opens(scene, index)


def _is_no_occasion(scene: Scene, first: int, index: int) -> bool:
    """A press conference, a convention that is a treaty, or a session of no day."""
    if scene.tokens[index].text == "Convention" and scene.tokens[index - 1].low not in PARTY_DAYS:
        return True
    if PRESS & {token.low for token in scene.tokens[max(scene.floor, first - 1) : index]}:
        return True
    is_loose = scene.tokens[index].low in ("session", "dialogue", "plenary", "debate", "forum")
    return is_loose and scene.date_near(index, reach=6) is None and _number(scene, index) is None


def _number(scene: Scene, index: int) -> int | None:
    return ordinal_before(scene.tokens, index, scene.floor)


def has_body(scene: Scene, index: int) -> bool:
    """Whether the noun at `index` says which body meets."""
    return body_of(scene, _name_start(scene, index), index) is not None


def body_of(scene: Scene, first: int, index: int) -> Participant | None:
    """The body that meets: `the IMO conference`, `the meeting of the harbor board`."""
    if first < index and scene.place_at(first) is None:
        return Participant(name=scene.reading.words(first, index), kind="body", person=None, country=None)
    link = index + 1
    if link + 1 < scene.ceiling and scene.tokens[link].low == "of":
        named = scene.phrase(link + 2 if scene.tokens[link + 1].low == "the" else link + 1)
        return named if named is not None and any(map(str.isupper, named.name)) else None
    return None


def _opens(scene: Scene, index: int) -> bool:
    return index == scene.floor and bool(scene.tokens[index].bits & COMMON)
