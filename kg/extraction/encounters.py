"""Rules for meetings, calls and contacts: who met, called or told whom."""

from collections.abc import Sequence
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.frames import Frame, frame_of, holder, main_subject, pair_before
from kg.extraction.journeys import has_body
from kg.extraction.kinds import ordinal_before
from kg.extraction.lexicon import SPEECH, word_set
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE, Scene

WITH: Final = frozenset(("with",))
BY: Final = frozenset(("by", "with"))
WITH_OR_BETWEEN: Final = frozenset(("among", "between", "by", "with"))
CALL_LINKS: Final = frozenset(("between", "by", "from", "on", "to", "with"))
MEALS: Final = frozenset(("lunch", "dinner", "breakfast", "luncheon"))
HABITS: Final = word_set("habits")
OBJECTS: Final = word_set("objects")
CALLS: Final = frozenset(("phone", "telephone", "courtesy", "a", "an", "'s", "paid"))
THE: Final = frozenset(("the", "this", "that", "these", "at"))
OCCASIONS: Final = frozenset(("meeting", "lunch", "dinner", "breakfast", "call", "luncheon", "reception"))
MODALS: Final = word_set("modals")
PHONES: Final = frozenset(("phone", "telephone", "telephonically"))
USES: Final = frozenset(("exploit", "request", "seek", "suggest", "use"))
SUMMONS: Final = frozenset(("briefed", "convoked", "received", "summoned"))
US_CONTACTS: Final = frozenset(("advised", "asked", "assured", "briefed", "informed", "told", "warned"))


def met(scene: Scene, index: int) -> Frame | None:
    """`Ruiz met with Berg`, `Ruiz and Berg met in Lima`, `he will meet the Ambassador`."""
    tokens = scene.tokens
    following = tokens[index + 1] if index + 1 < scene.ceiling else None
    ahead = {token.low for token in tokens[index + 1 : min(index + 5, scene.ceiling)]}
    if following is None or following.low in HABITS or ahead & OBJECTS or scene.has_before(index, NEGATIVE | HABITS, 4):
        return None
    if tokens[index].low == "meet" and not scene.has_before(
        index, frozenset(("to", "will", "would", "could", "may")), 3
    ):
        return None
    link = scene.word_after(index, BY if tokens[index].low in SUMMONS else WITH, 9)
    subjects = scene.subjects(index)
    others = scene.objects(link + 1 if link is not None else index + 1)
    people = [actor.participant for actor in [*subjects, *others]]
    if link is not None and not others:
        named = scene.phrase(link + 1)
        people += [named] if named is not None else []
    if not subjects and (others or link is not None):
        named = scene.subject_phrase(index)
        people = ([named] if named is not None else []) + people
    if all(p.kind == "body" for p in people) and scene.date_near(index) is None:
        return None
    return frame_of(scene, index, people, [*subjects, *others], "met")


def meeting_noun(scene: Scene, index: int) -> Frame | None:
    """`during a December 9 meeting with the Ambassador, Ruiz said`, `a meeting between Ruiz and Berg`."""
    tokens = scene.tokens
    pair = pair_before(scene, index)
    if pair:
        return frame_of(scene, index, pair, [], "meeting-with")
    if is_advice(scene, index):
        return None
    ordinal = ordinal_before(tokens, index, scene.floor)
    link = _link_after(scene, index)
    if link is None and ordinal is None and tokens[index].low in MEALS:
        return _meal(scene, index)
    if link is None and ordinal is None and (tokens[index].low == "meetings" or has_body(scene, index)):
        return None
    others = scene.chain_right(link + 1) if link is not None else []
    if link is not None and tokens[link].low in ("between", "among"):
        people = [actor.participant for actor in others]
        return frame_of(scene, index, people, others, "meeting-with")
    when = scene.date_near(index, reach=8)
    if not others and when is None and ordinal is None:
        return None
    if ordinal is None and not others and scene.has_before(index, frozenset(("the", "this", "that", "these")), 3):
        return None
    subjects = scene.owner(index) or main_subject(scene, index, others)
    actors = [*subjects, *[a for a in others if a not in subjects]]
    people = [actor.participant for actor in actors]
    if link is not None and not others:
        named = scene.phrase(link + 1)
        people += [named] if named is not None else []
    if not subjects and (named := holder(scene, index)) is not None:
        people = [named, *people]
    # A dated meeting with one named side is still one: the other is the embassy or goes without saying.
    least = (
        1 if when is not None and any(p.kind != "body" for p in people) and not scene.has_before(index, THE, 3) else 2
    )
    return frame_of(scene, index, people, actors, "series" if ordinal is not None else "meeting-with", least=least)


def _meal(scene: Scene, index: int) -> Frame | None:
    """`Ruiz joined the Ambassador for dinner`, `Over lunch June 7, Ruiz shared his views`."""
    for at in range(index - 1, max(scene.floor, index - 14), -1):
        if scene.tokens[at].low in ("joined", "hosted", "invited", "received"):
            actors = [*scene.subjects(at), *scene.objects(at + 1)]
            return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")
    if scene.tokens[scene.floor].low != "over" or scene.date_near(index, reach=6) is None:
        return None
    subject = main_subject(scene, index, ())
    return frame_of(scene, index, [a.participant for a in subject], subject, "meeting-with", least=1)


def is_demand(scene: Scene, index: int) -> bool:
    """Whether a call asks for something: `her call for Peru to wait`."""
    return index + 1 < scene.ceiling and scene.tokens[index + 1].low == "for"


def is_advice(scene: Scene, index: int) -> bool:
    """Whether a meeting is only advised: `the Ministers should use the meetings`."""
    return scene.has_before(index, MODALS, 6) and scene.has_before(index, USES, 4)


def _link_after(scene: Scene, index: int) -> int | None:
    """The "with" or "between" that belongs to the noun at `index`: no verb between them, and "by" follows at once."""
    link = scene.word_after(index, WITH_OR_BETWEEN, 8)
    if link is None or (scene.tokens[link].low == "by" and link > index + 1):
        return None
    gap = scene.tokens[index + 1 : link]
    return None if any(t.bits & SPEECH or t.low.endswith("ed") or t.low in STOPS for t in gap) else link


def call(scene: Scene, index: int) -> Frame | None:
    """`a telephone call from Ruiz`, `the Ambassador's courtesy call on Ruiz`."""
    pair = pair_before(scene, index)
    if pair:
        return frame_of(scene, index, pair, [], "meeting-with")
    link = scene.word_after(index, CALL_LINKS, 5)
    if link is None or not scene.has_before(index, CALLS, 5) or is_demand(scene, index):
        return None
    others = scene.objects(link + 1)
    subjects = scene.owner(index) or main_subject(scene, index, others)
    if not others and (len(subjects) < 2 or scene.date_near(index, reach=8) is None):
        return None  # "in a phone call on July 2": the two who spoke stand before
    actors = [*subjects, *[a for a in others if a not in subjects]]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def contact(scene: Scene, index: int) -> Frame | None:
    """`Ruiz told poloff on October 2`, `the general told Minister Berg`."""
    verb = scene.tokens[index].low
    if verb not in US_CONTACTS and scene.word_after(index, frozenset(("to",)), 7) is None:
        return None
    start = index + 1
    if verb not in US_CONTACTS:
        link = scene.word_after(index, frozenset(("to",)), 7)
        start = link + 1 if link is not None else start
    subjects = [a for a in scene.subjects(index, 20, bodies=False) if a.participant.kind != "body"]
    others = scene.chain_right(start)
    if not others:
        return None
    if not subjects:
        return _contact_of(scene, index, others) if verb in US_CONTACTS else None
    actors = [*subjects, *others]
    us = [a for a in actors if a.role_kind and a.participant.country == "US"]
    if len(us) == len(actors):
        return None
    when = scene.date_near(others[-1].last, reach=6)
    if us and (when is not None or has_occasion(scene)):
        return frame_of(scene, index, [a.participant for a in actors], actors, "told-on")
    if us or any(a.participant.kind != "person" for a in actors):
        return None
    if has_occasion(scene):
        return frame_of(scene, index, [a.participant for a in actors], actors, "told-on")
    if any(a.participant.country == "US" for a in actors):
        return None
    countries = {a.participant.country for a in actors}
    if verb != "told" or len(countries - {None}) < 2:
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "told")


def _contact_of(scene: Scene, index: int, others: Sequence[Actor]) -> Frame | None:
    """`A source in the ministry told poloff on October 2`."""
    named = scene.subject_phrase(index)
    us = all(a.role_kind and a.participant.country == "US" for a in others)
    if named is None or not us or (scene.date_near(others[-1].last, reach=6) is None and not has_occasion(scene)):
        return None
    return frame_of(scene, index, [named, *(a.participant for a in others)], others, "told-on")


def has_occasion(scene: Scene) -> bool:
    """Whether the sentence says at what occasion something was told: over lunch, in a separate meeting."""
    words = [token.low for token in scene.tokens[scene.floor : scene.ceiling]]
    for place, word in enumerate(words):
        if word in OCCASIONS and {"a", "an", "over", "another"} & set(words[max(0, place - 3) : place]):
            return True
    return False


def discussed(scene: Scene, index: int) -> Frame | None:
    """`On July 2 Ruiz discussed fisheries with Berg`: only on a stated day."""
    link = scene.word_after(index, WITH, 14)
    if link is None or scene.date_near(index, reach=12) is None or scene.has_before(index, NEGATIVE, 3):
        return None
    subjects, others = scene.subjects(index, 14), scene.chain_right(link + 1)
    if not subjects or not others:
        return None
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def spoke(scene: Scene, index: int) -> Frame | None:
    """`Ruiz spoke to Berg on October 2`, `Ruiz and Berg talked by telephone`."""
    link = scene.word_after(index, frozenset(("with", "to")), 7)
    words = {t.low for t in scene.tokens[scene.floor : scene.ceiling]}
    subjects = scene.subjects(index, 14)
    others = scene.chain_right(link + 1) if link is not None else []
    actors = [*subjects, *others]
    is_dated = scene.date_near(index, reach=12) is not None or bool(words & PHONES)
    if not is_dated and (not subjects or not others or any(a.participant.kind == "body" for a in actors)):
        return None
    if scene.has_before(index, NEGATIVE | HABITS | MODALS, 4):
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def called(scene: Scene, index: int) -> Frame | None:
    """`Ruiz called Berg May 3`, `Berg called in the Ambassador`, `she called on the Minister`: not "called for"."""
    at = index + 1
    while at < scene.ceiling and scene.tokens[at].low in ("in", "on", "upon"):
        at += 1
    others = [a for a in scene.chain_right(at) if a.participant.kind != "body"]
    subjects = scene.subjects(index, 14, bodies=False)
    if not others or not subjects or scene.has_before(index, NEGATIVE | HABITS, 4):
        return None
    after = scene.tokens[others[-1].last : others[-1].last + 1]
    if after and after[0].low in ("to", "for", "a", "an", "the"):
        return None  # "called on Ruiz to resign", "called Ruiz a friend"
    if scene.date_near(index, reach=14) is None and at == index + 1:
        return None
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "met")


def received(scene: Scene, index: int) -> Frame | None:
    """`Ruiz received Berg on May 3`: only on a stated day, and only persons."""
    if scene.date_near(index) is None:
        return None
    others = [a for a in scene.chain_right(index + 1) if a.participant.kind != "body"]
    subjects = [a for a in scene.subjects(index, 12) if a.participant.kind != "body"]
    if not others or not subjects:
        return None
    actors = [*subjects, *others]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")
