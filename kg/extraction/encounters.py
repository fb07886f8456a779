"""Rules for meetings, calls and contacts: who met, called or told whom."""

from collections.abc import Sequence
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.calendar_dates import MONTHS
from kg.extraction.clauses import AHEAD
from kg.extraction.exchanges import ABOUT, PUBLIC
from kg.extraction.frames import Frame, frame_of, is_redacted
from kg.extraction.lexicon import CAPITAL, word_set
from kg.extraction.scenes import NEGATIVE, Scene

WITH: Final = frozenset(("with",))
WHETHER: Final = frozenset(("whether",))  # "asked whether Ruiz planned to meet Berg"
INTRANSITIVE: Final = frozenset(("convened",))
BY: Final = frozenset(("by", "with"))
PAST: Final = frozenset(("conferred", "consulted", "met"))
BEEN: Final = frozenset(("be", "been", "is", "are"))
AFTER_VERB: Final = frozenset((",", ".", "again", "at", "early", "for", "in", "late", "on", "to", "today", "yesterday"))
PLANNING: Final = AHEAD | {"intends", "plan", "plans"}
BARE: Final = frozenset(("to", "will", "would", "could", "may"))
ADVISING: Final = frozenset(("asked", "proposed", "recommended", "requested", "suggested", "urged"))
HABITS: Final = word_set("habits")
OBJECTS: Final = word_set("objects")
MODALS: Final = word_set("modals")
PHONES: Final = frozenset(("phone", "telephone", "telephonically"))
SUMMONS: Final = frozenset(("briefed", "convoked", "received", "summoned"))


def met(scene: Scene, index: int) -> Frame | None:
    """`Ruiz met with Berg`, `Ruiz and Berg met in Lima`, `he will meet the Ambassador`."""
    tokens = scene.tokens
    following = tokens[index + 1] if index + 1 < scene.ceiling else None
    ahead = {token.low for token in tokens[index + 1 : min(index + 5, scene.ceiling)]}
    if tokens[index].low == "meet" and scene.has_before(index, WHETHER, 18):
        return None
    if following is None or following.low in HABITS or ahead & OBJECTS or scene.has_before(index, NEGATIVE | HABITS, 4):
        return None
    if scene.has_before(index, BEEN, 2) and tokens[index].low in PAST:
        return None
    if tokens[index].low in INTRANSITIVE and following.low not in AFTER_VERB:
        return None
    if tokens[index].low in ("consult", "meet") and not _is_bare(scene, index):
        return None
    if scene.has_before(index, frozenset(("whom",)), 5):
        return _whom(scene, index)
    link = scene.word_after(index, BY if tokens[index].low in SUMMONS else WITH, 9)
    subjects = scene.subjects(index) or (scene.his(index) if scene.has_before(index, BARE, 1) else [])
    others = scene.objects(link + 1 if link is not None else index + 1)
    if link is None and following.low in ABOUT:
        others = []
    people = [actor.participant for actor in [*subjects, *others]]
    if not others and (link is not None or (following.bits & CAPITAL and following.low not in MONTHS)):
        named = scene.phrase(link + 1 if link is not None else index + 1)
        people += [named] if named is not None else []
    if not subjects and (others or link is not None):
        named = scene.subject_phrase(index)
        people = ([named] if named is not None else []) + people
    is_of_us = any(_is_one(a, tokens[index].low) for a in [*subjects, *others])
    if link is None and not others and len(subjects) == 1:
        return _of_a_body(scene, index, subjects)
    is_of_somebody = any(p.kind == "person" or is_redacted(p) for p in people)
    if not is_of_us and not is_of_somebody and scene.date_near(index) is None:
        is_of_two = bool(subjects and others) and link is not None and tokens[index].low in PAST
        return frame_of(scene, index, people, [*subjects, *others], "met-bodies") if is_of_two else None
    return frame_of(scene, index, people, [*subjects, *others], "met")


def _of_a_body(scene: Scene, index: int, subjects: Sequence[Actor]) -> Frame | None:
    """`The harbor board met on May 3`, `Ruiz met in Lima on May 3`: on a stated day, and not "met its goals"."""
    following = scene.tokens[index + 1].low
    if scene.date_near(index, reach=8) is None or not (following in AFTER_VERB or following in MONTHS):
        return None
    return frame_of(scene, index, [a.participant for a in subjects], subjects, "body-met", least=1)


def _is_one(actor: Actor, verb: str) -> bool:
    """Whether one unnamed person or the post is meant rather than a sort of people."""
    is_one = bool(actor.role_kind) and not actor.role_kind.endswith(("s", "delegation"))
    return is_one or (actor.role_kind == "us" and verb != "meet")


def _is_bare(scene: Scene, index: int) -> bool:
    """Whether "meet" tells of one occasion: `he will meet`, `she suggested that the Minister meet with Berg`."""
    if scene.has_before(index, BARE, 3) or (len(scene.subjects(index, 3)) > 1 and scene.date_near(index, reach=8)):
        return True
    return scene.has_before(index, frozenset(("that",)), 8) and bool(scene.has_before(index, ADVISING, 12))


def _whom(scene: Scene, index: int) -> Frame | None:
    """`the fishermen with whom Ruiz met`: the actor before "with", or what its words say."""
    at = next(i for i in range(index - 1, -1, -1) if scene.tokens[i].low == "whom") - 1
    subjects = scene.subjects(index, index - at)
    others = [a for a in scene.actors if at - 1 <= a.last <= at]
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "met")


def discussed(scene: Scene, index: int) -> Frame | None:
    """`On July 2 Ruiz discussed fisheries with Berg`, `he raised the case with the Minister`."""
    link = scene.word_after(index, WITH, 14)
    is_bare = scene.tokens[index].low in ("discuss", "raise")
    if scene.has_before(index, NEGATIVE, 3) or (is_bare and not scene.has_before(index, PLANNING, 3)):
        return None
    if link is None:
        return _discussed_on(scene, index)
    subjects, others = scene.subjects(index, 14), scene.chain_right(link + 1)
    if not subjects or not others:
        return None
    actors = [*subjects, *others]
    is_set = scene.date_near(index, reach=12) or scene.date_near(others[-1].last, reach=6) or scene.tells_occasion
    if not is_set and any(a.participant.kind == "body" for a in actors):
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with" if is_set else "raised-with")


def _sides(actors: Sequence[Actor]) -> set[str | None]:
    return {actor.participant.country for actor in actors}


def _discussed_on(scene: Scene, index: int) -> Frame | None:
    """`On July 2 Ruiz discussed fisheries`: with the embassy, unless it was at a press conference."""
    if scene.tokens[index].low not in ("discussed", "exchanged") or PUBLIC & scene.words:
        return None
    subjects = scene.subjects(index, 8, bodies=False)
    if len(subjects) > 1 and scene.date_near(index, reach=12) is not None and len(_sides(subjects)) > 1:
        if scene.tells_occasion or scene.words & PHONES:
            return None  # the noun of the occasion tells it
        return frame_of(scene, index, [a.participant for a in subjects], subjects, "meeting-with")
    is_abroad = all(a.participant.kind == "person" and a.participant.country != "US" for a in subjects)
    if not is_abroad or scene.date_near(index, reach=5) is None:
        return None
    return frame_of(scene, index, [a.participant for a in subjects], subjects, "told-on", least=1)


def spoke(scene: Scene, index: int) -> Frame | None:
    """`Ruiz spoke to Berg on October 2`, `Ruiz and Berg talked by telephone`."""
    if scene.has_before(index, frozenset(("whom",)), 5):
        return _whom(scene, index)
    link = scene.word_after(index, frozenset(("with", "to")), 7)
    subjects = scene.subjects(index, 14)
    others = scene.chain_right(link + 1) if link is not None else []
    actors = [*subjects, *others]
    is_dated = scene.date_near(index, reach=12) is not None or bool(scene.words & PHONES)
    us = any(a.role_kind for a in actors)
    if link is not None and not others and (us or is_dated) and scene.tokens[link].low == "with":
        named = scene.phrase(link + 1)
        if named is not None and subjects and any(map(str.isupper, named.name)):
            return frame_of(scene, index, [*(a.participant for a in subjects), named], subjects, "meeting-with")
    if not is_dated and (not subjects or not others or (not us and any(a.participant.kind == "body" for a in actors))):
        return None
    if scene.has_before(index, NEGATIVE | HABITS | MODALS, 4):
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def received(scene: Scene, index: int) -> Frame | None:
    """`Ruiz received Berg on May 3`: only on a stated day, and only persons."""
    if scene.date_near(index) is None and not scene.tells_occasion:
        return None
    is_passive = scene.words_at(index + 1, "by")
    others = [a for a in scene.chain_right(index + 2 if is_passive else index + 1) if a.participant.kind != "body"]
    if index == scene.start and others:
        comma = scene.word_after(others[-1].last - 1, frozenset((",",)), 20)
        subjects = scene.chain_right(comma + 1) if comma is not None else []
    else:
        subjects = [a for a in scene.subjects(index, 12) if a.participant.kind != "body"]
    if not others or not subjects:
        return None
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def signed(scene: Scene, index: int) -> Frame | None:
    """`a memorandum signed May 3 by Ruiz and Berg`, `on May 3 Ruiz and Berg signed it`: two persons on a stated day."""
    if scene.date_near(index, reach=12) is None or scene.has_before(index, NEGATIVE, 3):
        return None
    link = scene.word_after(index, frozenset(("by",)), 8)
    actors = scene.chain_right(link + 1) if link is not None else scene.subjects(index, 14, bodies=False)
    actors = [a for a in actors if a.participant.kind == "person"]
    return frame_of(scene, index, [a.participant for a in actors], actors, "signed-by")
