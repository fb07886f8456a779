"""Rules for seeing, calling and reaching somebody: who called whom, saw whom, sat down with whom."""

from typing import Final

from kg.extraction.encounters import HABITS, MODALS
from kg.extraction.frames import Frame, frame_of, parties_at
from kg.extraction.lexicon import word_set
from kg.extraction.model import Participant
from kg.extraction.scenes import NEGATIVE, Scene

AFTER_CALL: Final = frozenset((",", ".", "after", "and", "at", "before", "from", "in", "late", "on", "when"))
HOPING: Final = frozenset(("hope", "hoped", "hopes", "like", "want", "wanted", "wants"))  # "would like to see Ruiz win"
IN: Final = frozenset(("at", "in"))
PHRASES: Final = word_set("contact-phrases")
SAID_BY_PHONE: Final = word_set("said-by-phone")
TO_OR_WITH: Final = frozenset(("to", "with"))


def called(scene: Scene, index: int) -> Frame | None:
    """`Ruiz called Berg May 3`, `Berg called in the Ambassador`, `she called on the Minister`: not "called for"."""
    at = index + 1
    while at < scene.ceiling and scene.tokens[at].low in ("at", "in", "on", "upon", "the"):
        at += 1
    others = [a for a in scene.chain_right(at) if a.participant.kind != "body"]
    subjects = scene.subjects(index, 14, bodies=False)
    if not others or not subjects or scene.has_before(index, NEGATIVE | HABITS, 4):
        return None
    after = [token.low for token in scene.tokens[others[-1].last : min(others[-1].last + 2, scene.ceiling)]]
    is_to_say = at == index + 1 and after[:1] == ["to"] and after[-1] in SAID_BY_PHONE
    if after and after[0] in ("to", "for", "a", "an", "the") and not is_to_say:
        return None  # "called on Ruiz to resign", "called Ruiz a friend"
    actors = [*subjects, *others]
    is_set = scene.date_near(index, reach=14) is not None or at > index + 1 or is_to_say
    if not is_set and (scene.tokens[index].low != "called" or (after and after[0] not in AFTER_CALL)):
        return None  # "called Ruiz corrupt"
    if not is_set and not all(a.participant.kind == "person" for a in actors):
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "met" if is_set else "told")


def saw(scene: Scene, index: int) -> Frame | None:
    """`Ruiz will see the Minister in Lima`, `Ruiz saw Berg on May 3`: on a day, at a place or soon."""
    others = [a for a in scene.objects(index + 1) if a.participant.kind != "body"]
    subjects = scene.subjects(index, 8, bodies=False) if others else []
    if not subjects or scene.has_before(index, NEGATIVE | HABITS | HOPING, 4):
        return None
    after = others[-1].last
    following = scene.tokens[after] if after < scene.ceiling else None
    if following is not None and (following.low in ("as", "'s") or following.low.endswith("ing")):
        return None  # "saw Ruiz as a friend", "saw Ruiz leaving"
    is_set = scene.date_near(index, reach=12) is not None or scene.place_after(index, reach=9, prepositions=IN)
    if not is_set and not scene.has_before(index, frozenset(("will",)), 2):
        return None
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "met")


def made_contact(scene: Scene, index: int) -> Frame | None:
    """`Ruiz reached out to Berg`, `poloff sat down with Ruiz on May 3`: a verb with its particle."""
    verb, particle = (token.low for token in scene.tokens[index : index + 2]) if index + 1 < scene.ceiling else ("", "")
    if f"{verb}-{particle}" not in PHRASES or scene.has_before(index, NEGATIVE | HABITS | MODALS, 4):
        return None
    link = scene.word_after(index, TO_OR_WITH, 5)
    others, people = parties_at(scene, (link if link is not None else index + 1) + 1)
    if link is None and not others:
        return None  # "sought out a meeting"
    subjects = scene.subjects(index)
    is_dated = scene.date_near(index, reach=14) is not None or scene.tells_occasion
    if (
        not people
        or not subjects
        or (not is_dated and any(map(_is_named_body, [*(a.participant for a in subjects), *people])))
    ):
        return None
    rule = "meeting-with" if is_dated else "told"
    return frame_of(scene, index, [*(a.participant for a in subjects), *people], [*subjects, *others], rule)


def _is_named_body(participant: Participant) -> bool:
    return participant.kind == "body" and participant.name[0].isupper() and participant.name.split()[-1][0].isupper()
