"""Rules for visits and journeys: who went where."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.clauses import Place
from kg.extraction.frames import Frame, at_place, frame_of, main_subject
from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    FUNCTION,
    NUMBER,
    PORTFOLIO,
    TITLE,
    word_set,
)
from kg.extraction.model import Participant
from kg.extraction.scenes import NEGATIVE, Scene
from kg.extraction.stays import sent

TO: Final = frozenset(("in", "to"))
BY: Final = frozenset(("by", "of"))
# Where the place of a journey stands, for each verb that needs another word before it than "in" or "to".
LINKS: Final = {
    "depart": frozenset(("for", "to")),
    "departing": frozenset(("for", "to")),
    "departs": frozenset(("for", "to")),
    "departure": frozenset(("for",)),
    "headed": frozenset(("for", "to")),
    "heading": frozenset(("for", "to")),
    "leave": frozenset(("for",)),
    "leaves": frozenset(("for",)),
    "leaving": frozenset(("for",)),
    "stopped": frozenset(("in",)),
    "return": frozenset(("from",)),
    "returns": frozenset(("from",)),
    "returned": frozenset(("from",)),
    "returning": frozenset(("from",)),
    "departed": frozenset(("for", "to")),
    "left": frozenset(("for",)),
    "arrive": frozenset(("at", "in")),
    "arrived": frozenset(("at", "in")),
    "arrives": frozenset(("at", "in")),
    "arriving": frozenset(("at", "in")),
}
GOING: Final = frozenset(("flew", "go", "going", "travel", "traveled", "traveling", "travelled", "travelling", "went"))
BARE: Final = frozenset(("come", "fly", "go", "goes", "leave", "return", "returns", "travel"))
MAY: Final = frozenset(("could", "may", "might"))
LATELY: Final = frozenset(("just", "recently"))
BE: Final = frozenset(("are", "be", "been", "is", "was", "were"))
VISITING: Final = frozenset(("toured", "touring", "visited", "visits", "visiting"))
MOVES: Final = frozenset(("arrival", "departure", "stopover"))
PLURAL: Final = frozenset(("tours", "trips", "visits"))
REFERRING: Final = frozenset(("he", "her", "his", "she"))
MAKING: Final = frozenset(("completed", "concluded", "made", "paid", "undertook"))
JOINING: Final = frozenset(("accompanied", "accompanying", "joined"))
ON: Final = frozenset(("during", "for", "on", "with"))
LEADING: Final = frozenset(("accompanied", "head", "headed", "heads", "heading", "lead", "leading", "leads", "led"))
GROUPS: Final = frozenset(("codel", "delegation", "delegations", "mission", "staffdel", "team", "troika"))
DETERMINERS: Final = word_set("determiners") | {"this", "that", "the"}
LONGEST_TRAVELLER: Final = 8  # words of a group that travels
LONGEST_OWNER: Final = 5  # words of an unnamed traveller: "the former Secretary"
CLAUSE: Final = 12  # tokens from a journey to who makes it


def visited(scene: Scene, index: int) -> Frame | None:
    """`he visited Lima`, `Ruiz traveled to Lima`, `Ruiz visited in May`, `Ruiz returned from Lima`."""
    verb = scene.tokens[index].low
    place = scene.place_at(index + 1) if verb in VISITING else None
    if place is None:
        place = scene.place_after(index, reach=3, prepositions=LINKS.get(verb, TO))
    is_meant = scene.is_ahead(index) or scene.has_before(index, MAY, 2) or scene.date_near(index, reach=12) is not None
    if verb in BARE and not is_meant:
        return None  # "come to Lima" is said of much else
    if verb == "heading" and not scene.has_before(index, BE, 3):
        return None
    if scene.has_before(index, NEGATIVE, 4) or (place is None and not _is_dated_visit(scene, index, verb)):
        return None
    subjects = _persons(scene.subjects(index, CLAUSE, bodies=False))
    if not subjects and place is not None and verb in VISITING | GOING:
        return _named_frame(scene, index, _travelling(scene, index), place)
    if _is_habit(scene, index, subjects):
        return None
    return _visit_frame(scene, index, _from_abroad(scene, index, subjects, place), place)


def _is_habit(scene: Scene, index: int, subjects: Sequence[Actor]) -> bool:
    """Whether a participle only tells which of many are meant: `Peruvian officials traveling to Lima`."""
    if not scene.tokens[index].low.endswith("ing") or len(subjects) != 1 or subjects[0].last != index:
        return False
    who = subjects[0].participant
    return who.person is None and who.name.endswith("s") and scene.tokens[subjects[0].first - 1].low not in DETERMINERS


def _from_abroad(scene: Scene, index: int, visitors: list[Actor], place: Place | None) -> list[Actor]:
    """The visitors, or where one is at home in the place, the person of another country whom the text means."""
    if place is None or len(visitors) != 1 or not scene.has_before(index, REFERRING, 8):
        return visitors
    if visitors[0].participant.country != place.country:
        return visitors
    near = [*scene.before, *(a for a in scene.actors if a.last <= index)]
    others = [a for a in near if a.participant.kind == "person" and a.participant.country not in (None, place.country)]
    return others[-1:] or visitors


def _is_dated_visit(scene: Scene, index: int, verb: str) -> bool:
    """Whether a day follows at once, or a proper name and then a day, though the place is in no table."""
    if index + 2 >= scene.ceiling:
        return False
    if verb == "visited" and scene.has_before(index, LATELY, 2) and scene.tokens[index + 1].bits & CAPITAL:
        return True
    if scene.date_near(index, reach=8) is None:
        return False
    following, then = scene.tokens[index + 1], scene.tokens[index + 2]
    if verb == "visited":
        return following.low in ("in", "on", "last") or bool(following.bits & CAPITAL)
    return verb in GOING and following.low == "to" and bool(then.bits & CAPITAL)


def _travelling(scene: Scene, index: int) -> Participant | None:
    """Who goes, where no actor is known: `the harbor delegation visited Lima`; never a thing without a capital."""
    named = scene.subject_phrase(index)
    is_short = named is not None and len(named.name.split()) <= LONGEST_TRAVELLER
    return named if named is not None and is_short and (named.country is not None or _is_group(named)) else None


def _is_group(named: Participant) -> bool:
    return any(word.lower() in GROUPS for word in named.name.split())


def visit(scene: Scene, index: int) -> Frame | None:
    """`the President's visit to Lima`, `Ruiz will visit Lima`, `a visit by two envoys`, `the May Ruiz visit`."""
    noun = scene.tokens[index].low
    if noun in MOVES and scene.place_after(index, reach=6, prepositions=LINKS.get(noun, TO)) is None:
        return None  # "his departure" may be from office
    if scene.has_before(index, NEGATIVE, 4):
        return None
    place = (
        scene.place_after(index, reach=7, prepositions=LINKS.get(noun, TO))
        or scene.place_at(index + 1)
        or _place_before(scene, index)
    )
    if noun in PLURAL and (_is_one_of(scene, index) or scene.date_near(index, reach=8) is None):
        return None  # "on his trips", "visits to Lima by officials"
    by = scene.word_after(index, BY, 6)
    owner = scene.owner(index) or _modifier(scene, index)
    is_owned = bool(owner) and owner[-1].participant.kind == "person"
    if not owner and by is not None:
        owner = scene.objects(by + 1)[:4]
        is_owned = bool(owner) and owner[-1].participant.kind == "person" and by == index + 1
    if not owner and place is not None:
        owner = _subjects(scene, index)
    visitors = _from_abroad(scene, index, _persons(owner), place)
    if place is None and scene.date_near(index, reach=8) is None and not is_owned:
        return None
    if visitors or noun in MOVES:
        return _visit_frame(scene, index, visitors, place)
    return _named_frame(scene, index, _unnamed(scene, index, by, place), place)


def _is_one_of(scene: Scene, index: int) -> bool:
    """Whether the noun only says that there are some: `during one of his upcoming trips`."""
    return any(
        scene.tokens[at].low in ("any", "one") and scene.tokens[at + 1].low == "of"
        for at in range(max(scene.floor, index - 5), index - 1)
    )


def _subjects(scene: Scene, index: int) -> list[Actor]:
    """Whose visit it is by the verb: `Ruiz will visit`, `Ruiz spoke of boats during a visit`, and who comes along."""
    owner = _persons(scene.subjects(index, CLAUSE))
    company = next(
        (at for at in range(index - 1, max(scene.floor, index - 14), -1) if scene.tokens[at].low in JOINING), None
    )
    if company is not None:
        owner += [a for a in scene.subjects(company, 8) if a not in owner]
    if not owner and scene.has_before(index, ON, 3):
        owner = _persons(main_subject(scene, index, ()))
    return owner


def _modifier(scene: Scene, index: int) -> list[Actor]:
    """The person whose name stands right before the noun: `the February Ruiz visit`."""
    return [a for a in scene.actors if a.last == index and a.participant.kind == "person"]


def _place_before(scene: Scene, index: int) -> Place | None:
    """The place that stands right before the noun: `his Lima trip`."""
    if index - 1 > scene.floor and scene.tokens[index - 1].bits & (CITY | COUNTRY):
        return scene.place_at(index - 1)
    return None


def _unnamed(scene: Scene, index: int, by: int | None, place: Place | None) -> Participant | None:
    """Who goes, where no actor is known: `a visit by two envoys`, `the former Secretary's visit`."""
    if by is not None and scene.tokens[by].low == "by":
        return scene.phrase(by + 1)
    owner = _owning_phrase(scene, index)
    if owner is not None and (place is not None or scene.date_near(index, reach=8) is not None):
        return owner
    near = scene.tokens[index - 1] if index - 1 > scene.floor else None
    plain = CAPITAL | CALENDAR | FUNCTION | DEMONYM | CITY | COUNTRY | PORTFOLIO | NUMBER | COMMON | TITLE
    if near is not None and near.bits & plain == CAPITAL and scene.has_before(index - 1, DETERMINERS, 4):
        return Participant(name=near.text, kind="body", person=None, country=None)
    made = _word_before(scene, index, MAKING, 7)
    return scene.subject_phrase(made) if made is not None and place is not None else None


def _owning_phrase(scene: Scene, index: int) -> Participant | None:
    """An unnamed official whose visit it is: `the former Secretary's visit`."""
    own = next((at for at in range(index - 1, max(scene.floor, index - 5), -1) if scene.tokens[at].low == "'s"), None)
    if own is None or not scene.tokens[own - 1].bits & TITLE:
        return None
    first = own - 1
    while first > scene.floor and own - first < LONGEST_OWNER and scene.tokens[first - 1].low not in DETERMINERS:
        first -= 1
    if first == scene.floor or scene.tokens[first - 1].low not in DETERMINERS:
        return None
    return Participant(name=scene.reading.words(first, own), kind="position", person=None, country=None)


def delegation(scene: Scene, index: int) -> Frame | None:
    """`a delegation led by Ruiz to Lima`, `Ruiz will lead a delegation to Lima`: with a place or a day."""
    place = scene.place_after(index, reach=8, prepositions=TO)
    if place is None and scene.date_near(index, reach=8) is None:
        return None
    led = scene.word_after(index, LEADING, 3)
    if led is not None and led + 1 < scene.ceiling and scene.tokens[led + 1].low == "by":
        return _visit_frame(scene, index, _persons(scene.chain_right(led + 2)), place)
    leads = _word_before(scene, index, LEADING, 7)
    if leads is None or place is None:
        return sent(scene, index, place)
    return _visit_frame(scene, index, _persons(scene.subjects(leads, CLAUSE)), place)


def _persons(actors: Sequence[Actor]) -> list[Actor]:
    return [a for a in actors if a.participant.kind != "body"]


def _word_before(scene: Scene, index: int, words: frozenset[str], reach: int) -> int | None:
    before = range(index - 1, max(scene.floor, index - reach), -1)
    return next((at for at in before if scene.tokens[at].low in words), None)


def _named_frame(scene: Scene, index: int, named: Participant | None, place: Place | None) -> Frame | None:
    if named is None:
        return None
    frame = frame_of(scene, index, [named], (), "visit", least=1)
    return replace(at_place(frame, place or frame.place), kind="visit") if frame is not None else None


def _visit_frame(scene: Scene, index: int, visitors: Sequence[Actor], place: Place | None) -> Frame | None:
    if not visitors:
        return None
    frame = frame_of(scene, index, [a.participant for a in visitors], visitors, "visit", least=1)
    return replace(at_place(frame, place or frame.place), kind="visit") if frame is not None else None
