"""Rules for ceremonies and public events: an inauguration, parade, hearing or local assembly, and who was there."""

from dataclasses import replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.conference_names import phrase_start
from kg.extraction.conference_parties import attending, distinct
from kg.extraction.frames import Frame, at_place, frame_of
from kg.extraction.lexicon import word_set
from kg.extraction.scenes import NEGATIVE, Scene

IN: Final = frozenset(("at", "in"))
PRESENCE: Final = word_set("presence")  # what one does at a ceremony
BY: Final = frozenset(("attended", "hosted", "opened", "organized", "presided"))
GUESTS: Final = 6  # tokens from an event to the word that says who came to it


def ceremony(scene: Scene, index: int) -> Frame | None:
    """`Ruiz will attend the harbor parade in Lima`, `a May 3 event attended by Ruiz`."""
    following = scene.tokens[index + 1].low if index + 1 < scene.ceiling else ""
    if following in ("speech", "hall", "room"):
        return None  # "his inauguration speech"
    start = phrase_start(scene, index)
    when = scene.date_near(index, reach=12)
    place = scene.place_after(index, reach=9, prepositions=IN)
    verb = _presence(scene, start)
    guests = _came(scene, index)
    if verb is not None and scene.has_before(verb, NEGATIVE, 4):
        return None
    if verb is not None:
        guests = [*(scene.subjects(verb) or scene.owner(verb)), *guests]
    elif not guests and when is not None and when.earliest == when.latest:
        guests = [a for a in attending(scene, start, index) if a.participant.person is not None]
    if not guests or (place is None and when is None and verb is None):
        return None
    people = distinct([a.participant for a in guests if a.participant.kind != "body" or a.participant.country])
    frame = frame_of(scene, index, people, guests, "ceremony", least=1)
    if frame is None or all(p.kind == "body" for p in people):
        return None
    return replace(at_place(frame, place), kind="other", first=min(frame.first, index))


def _presence(scene: Scene, start: int) -> int | None:
    """The word right before the event that says that somebody comes to it: `attend`, `participated in`."""
    for at in (start - 1, start - 2):
        if at > scene.floor and scene.tokens[at].low in PRESENCE:
            return at
        if at > scene.floor and scene.tokens[at].low not in ("at", "in", "over"):
            break
    return None


def _came(scene: Scene, index: int) -> list[Actor]:
    """Who came, told after the event: `attended by Ruiz`."""
    for at in range(index + 1, min(scene.ceiling - 2, index + GUESTS)):
        if scene.tokens[at].low in BY and scene.tokens[at + 1].low in ("by", "over"):
            return scene.chain_right(at + 2)
    return []
