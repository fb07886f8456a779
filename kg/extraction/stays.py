"""Rules for stays: who is, was or will be in another country's place, and who is sent to one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.clauses import Place
from kg.extraction.frames import Frame, at_place, frame_of
from kg.extraction.lexicon import CAPITAL, TITLE, word_set
from kg.extraction.model import Participant
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE, PRONOUNS, Scene
from kg.extraction.tokens import Token

IN: Final = frozenset(("at", "in"))
ADVERBS: Final = word_set("stay-adverbs")
NOW: Final = frozenset(("currently", "now", "presently", "today"))
LONGEST: Final = 3  # adverbs between "is" and "in"
GAP: Final = word_set("stay-gap")  # what stands between who is there and the verb
LONGEST_GAP: Final = 6
IMAGINED: Final = frozenset(("if", "whether"))
ONE: Final = frozenset(("is", "was"))
CLAUSE: Final = 12  # tokens from a verb to its subject
SENDING: Final = word_set("sending")
GROUPS: Final = frozenset(("codel", "delegation", "mission", "staffdel", "team", "troika"))
LONGEST_GROUP: Final = 6  # words that tell which delegation


def leads_to_place(tokens: Sequence[Token], index: int) -> bool:
    """Whether "in" and a capital follow a form of "be": cheap to ask of the many that are about something else."""
    at = index + 1
    while at < len(tokens) and at - index <= LONGEST and tokens[at].low in ADVERBS:
        at += 1
    return at + 1 < len(tokens) and tokens[at].low in IN and bool(tokens[at + 1].bits & CAPITAL or _is_the(tokens, at))


def _is_the(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at + 1].low == "the" and at + 2 < len(tokens) and bool(tokens[at + 2].bits & CAPITAL)


def stay(scene: Scene, index: int) -> Frame | None:
    """`Ruiz is currently in Lima`, `Ruiz will be in Lima through May 3`: never in a country of Ruiz's own."""
    link = next((at for at in range(index + 1, min(scene.ceiling, index + 5)) if scene.tokens[at].low in IN), None)
    if link is None or scene.has_before(index, NEGATIVE | IMAGINED, 4):
        return None
    place = scene.place_at(link + 1)
    when = scene.date_near(index, reach=14)
    is_now = any(token.low in NOW for token in scene.tokens[index:link])
    is_ahead = scene.is_ahead(index)
    if place is None and (when is None or scene.tokens[link + 1].low == "the"):
        return None
    if place is None and _is_of_somebody(scene, link + 1):
        return None
    near = _right_before(scene, index)
    people = [a for a in near if _is_guest(a, place)]
    if people:
        is_told = when is not None or is_now or is_ahead or all(a.participant.country for a in people)
        return _frame(scene, index, [a.participant for a in people], people, place) if is_told else None
    named = scene.subject_phrase(index) if not near and (when is not None or is_now) else None
    if named is None or place is None or named.country in (None, place.country):
        return None
    first = index - len(named.name.split()) - 2
    is_titled = any(token.bits & TITLE for token in scene.tokens[max(scene.floor, first) : index])
    return _frame(scene, index, [named], (), place) if is_titled else None


def _right_before(scene: Scene, index: int) -> list[Actor]:
    """Who or whose pronoun stands right before the verb, no other words than its own between."""
    at = index
    while at > scene.floor and index - at < LONGEST_GAP and scene.tokens[at - 1].low in GAP:
        at -= 1
    found = scene.subjects(index, CLAUSE, bodies=False)
    if at > scene.floor and (scene.tokens[at - 1].low in PRONOUNS or _goes_on(scene, at - 1)):
        return found
    near = [a for a in scene.actors if a.last == at]
    return near if scene.tokens[index].low in ONE or not near or near[0] not in found else found


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether an "and" joins one stay to another: `Ruiz is in Lima and will be in Quito`."""
    before = range(max(scene.floor, index - 10), index)
    return scene.tokens[index].low == "and" and any(leads_to_place(scene.tokens, at) for at in before)


def _is_of_somebody(scene: Scene, index: int) -> bool:
    """Whether the word that might be a place is somebody's name or owns what follows: `in Ruiz's cabinet`."""
    after = scene.tokens[index + 1] if index + 1 < scene.ceiling else None
    return (
        any(a.first == index for a in scene.actors) or after is None or bool(after.bits & CAPITAL) or after.low == "'s"
    )


def _is_guest(actor: Actor, place: Place | None) -> bool:
    """Whether somebody is a person away from home; the embassy is at home in its own post's country."""
    who = actor.participant
    if who.kind == "body" or (who.kind == "position" and who.country in (None, "US")):
        return False
    return place is None or who.country != place.country


def sent(scene: Scene, index: int, place: Place | None) -> Frame | None:
    """`Peru is sending a high-level delegation to Lima`: the delegation itself, where nobody is said to lead it."""
    first = index
    while first > scene.floor and index - first < LONGEST_GROUP and _describes(scene.tokens[first - 1]):
        first -= 1
    if place is None or not any(t.low in SENDING for t in scene.tokens[max(scene.floor, first - 3) : first]):
        return None
    if scene.has_before(first, NEGATIVE, 5) or scene.tokens[index].low not in GROUPS:
        return None
    country = next((p.country for t in scene.tokens[first:index] if (p := scene.party(t.text)) is not None), None)
    name = scene.reading.words(first, index + 1)
    return _frame(scene, index, [Participant(name=name, kind="body", person=None, country=country)], (), place)


def _describes(token: Token) -> bool:
    return token.text[0].isalpha() and token.low not in STOPS and token.low not in SENDING


def _frame(
    scene: Scene, index: int, people: Sequence[Participant], actors: Sequence[Actor], place: Place | None
) -> Frame | None:
    frame = frame_of(scene, index, people, actors, "stay", least=1)
    return replace(at_place(frame, place or frame.place), kind="visit") if frame is not None else None
