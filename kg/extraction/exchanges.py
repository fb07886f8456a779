"""Rules for what one party told or handed another: `Ruiz told poloff on October 2`."""

from collections.abc import Sequence
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.frames import Frame, frame_of
from kg.extraction.lexicon import ROLE_WORD, SPEECH, TITLE, word_set
from kg.extraction.phrases import DETERMINERS, STOPS
from kg.extraction.scenes import NEGATIVE, Scene
from kg.extraction.timing import token_at

DIRECT: Final = word_set("told-verbs")
SHARED: Final = frozenset(("to", "with"))
RECENT: Final = frozenset(("lately", "recently"))
MODALS: Final = word_set("modals") | {"may", "would"}
PUBLIC: Final = word_set("public")
PERSONAL: Final = frozenset(("he", "she", "they", "we"))
PRONOUNS: Final = frozenset(("both", "her", "him", "them", "visiting"))
SAYING: Final = word_set("saying")  # what was told begins
DELIVERED: Final = frozenset(("approached", "conveyed", "delivered", "demarched", "handed", "presented", "pressed"))
NEAR: Final = 6  # tokens from a day before a verb to it
LAST_OPENING: Final = 2  # paragraphs: the summary and the first of the text
OPENING: Final = 4  # tokens of a phrase such as "Late on May 3" that a sentence begins with
REACH: Final = 14  # tokens from whom something was told to the day
ABOUT: Final = frozenset(
    ("about", "at", "for", "how", "if", "in", "of", "on", "regarding", "that", "what", "whether", "why")
)
TO: Final = frozenset(("to",))
REPORTED: Final = frozenset(("conveyed", "relayed", "reported"))
WERE: Final = frozenset(("been", "was", "were"))
TOLD: Final = DIRECT - {"congratulated", "pulled", "queried", "questioned", "thanked"}
GIVING: Final = word_set("giving")  # to somebody who stands right after, or after what is given and "to"


def exchange(scene: Scene, index: int) -> Frame | None:
    """`Ruiz told poloff on October 2`, `the general confirmed to Minister Berg`, `Ruiz was told by Berg`."""
    if scene.has_before(index, NEGATIVE | MODALS, 3):
        return None
    verb = scene.tokens[index].low
    start = index + 1
    is_given = verb in GIVING and _is_receiver(scene, start)
    if verb not in DIRECT and not is_given:
        link = scene.word_after(index, SHARED if verb == "shared" else TO, 9)
        is_link = link is not None and _is_short_way(scene, index + 1, link) and _leads_to_a_party(scene, link + 1)
        start = link + 1 if link is not None and is_link else scene.ceiling
    subjects = [a for a in scene.subjects(index, bodies=False) if a.participant.kind != "body"]
    subjects = subjects or scene.subjects(index, 8)
    if start < scene.ceiling and scene.tokens[start].low == "by" and scene.has_before(index, WERE, 3):
        start += 1
    others = scene.objects(start) if start < scene.ceiling and scene.tokens[start].low not in ABOUT else []
    if not others and verb in DIRECT:
        return None
    if not others and (opening := _opens_cable(scene, index, subjects)) is not None:
        return opening
    if not others:
        return _to_a_phrase(scene, index, start, subjects) or _by_somebody(scene, index)
    is_to_a_body = all(a.participant.kind == "body" for a in others)
    if is_to_a_body and not (subjects and all(is_ours(a) for a in subjects)):
        return None
    if not subjects:
        return _of_a_phrase(scene, index, others)
    frame = _between(scene, index, subjects, others)
    is_of_ours = any(is_ours(a) for a in [*subjects, *others])
    if frame is not None and verb in GIVING and (frame.rule == "told" or (is_given and not is_of_ours)):
        return None
    return frame


def _is_receiver(scene: Scene, index: int) -> bool:
    """Whether somebody stands right after a verb of giving: `gave the Ambassador his view`."""
    index += scene.words_at(index, "the")
    actor = scene.starting_at(index)
    return actor is not None and actor.participant.kind != "body" and not scene.is_owner(actor)


def _opens_cable(scene: Scene, index: int, subjects: Sequence[Actor]) -> Frame | None:
    """`Summary: Ruiz said on May 3 that`: what a cable opens with was said to the embassy, unless in public."""
    if scene.reading.number > LAST_OPENING or scene.floor or not 0 < len(subjects) < 3:
        return None
    is_abroad = all(a.participant.kind == "person" and a.participant.country != "US" for a in subjects)
    dated = [at for at in (token_at(scene, date.start) for date in scene.dates) if abs(at - index) <= OPENING]
    if not is_abroad or not dated or PUBLIC & scene.words:
        return None
    return frame_of(scene, index, [a.participant for a in subjects], subjects, "said-on", least=1)


def _to_a_phrase(scene: Scene, index: int, start: int, subjects: Sequence[Actor]) -> Frame | None:
    """`On May 3 the attache delivered the file to the Director of Fisheries`: one of the post, to one not known."""
    if start >= scene.ceiling or not subjects or not all(a.role_kind and is_ours(a) for a in subjects):
        return None
    named = scene.phrase(start)
    if named is None or not any(map(str.isupper, named.name)) or scene.date_near(index) is None:
        return None
    return frame_of(scene, index, [*(a.participant for a in subjects), named], subjects, "told-on")


def _by_somebody(scene: Scene, index: int) -> Frame | None:
    """`As reported by an aide of the Minister May 3`: to the embassy."""
    if scene.tokens[index].low not in REPORTED or not scene.words_at(index + 1, "by"):
        return None
    tellers = [a for a in scene.chain_right(index + 2) if a.participant.kind != "body" and not is_ours(a)]
    if not tellers or scene.date_near(tellers[-1].last, reach=4) is None:
        return None
    return frame_of(scene, index, [a.participant for a in tellers], tellers, "told-on", least=1)


def _is_short_way(scene: Scene, first: int, last: int) -> bool:
    """Whether what was said stands between a verb and its "to", and no other clause: `conveyed the offer to Berg`."""
    gap = scene.tokens[first:last]
    return not any(
        t.bits & SPEECH or (t.low in STOPS and t.low != "it") or t.low in ("'s", "in", ",", "--") for t in gap
    )


def _leads_to_a_party(scene: Scene, index: int) -> bool:
    """Whether the "to" before a token leads to a party rather than to a verb: `a plea to maintain the harbor`."""
    if index >= scene.ceiling:
        return False
    token = scene.tokens[index]
    is_word = token.text[0].islower() and not token.bits & (ROLE_WORD | TITLE) and token.low not in DETERMINERS
    return not is_word or token.low in PRONOUNS or any(a.first == index for a in scene.actors)


def _between(scene: Scene, index: int, subjects: Sequence[Actor], others: Sequence[Actor]) -> Frame | None:
    actors = [*subjects, *others]
    us = [a for a in actors if is_ours(a)]
    is_ours_alone = len(us) == len(actors)
    is_set = _is_dated(scene, index, others[-1].last) or scene.tells_occasion
    is_vague = all(a.participant.kind == "position" and not a.role_kind for a in subjects)
    is_set = is_set or bool(
        not is_vague and RECENT & {t.low for t in scene.tokens[max(scene.floor, index - 3) : others[-1].last + 2]}
    )
    if not is_set and (is_ours_alone or any(a.participant.kind == "body" for a in actors)):
        return None
    if is_ours_alone and all(a.role_kind for a in actors):
        return None
    if not us and scene.tokens[index].low not in DIRECT:
        is_of_two = all(a.participant.kind == "person" for a in actors) and _is_told(scene, index, actors, us)
        rule = "told-on" if is_set else "told"
        return frame_of(scene, index, [a.participant for a in actors], actors, rule) if is_set or is_of_two else None
    if is_set:
        rule = "told-on"
    elif _is_told(scene, index, actors, us):
        rule = "told"
    elif scene.tokens[index].low in DELIVERED and any(is_ours(a) for a in subjects):
        rule = "delivered"
    else:
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, rule)


def _is_told(scene: Scene, index: int, actors: Sequence[Actor], us: Sequence[Actor]) -> bool:
    """Whether one person told another something, face to face as it seems, neither of the two at the post."""
    if any(a.role_kind for a in us) or not any(a.participant.kind == "person" for a in actors):
        return False
    is_public = bool(PUBLIC & scene.words)
    words = [t.low for t in scene.tokens[max(scene.floor, index - REACH) : index]]
    told = words[words.index("that") :] if "that" in words and actors[0].last <= index - len(words) else []
    if told and told[-1] not in ("and", "but") and not PERSONAL & set(told):
        return False  # "Ruiz said that the storm reminded Berg"
    verb = scene.tokens[index].low
    return not is_public and (verb in TOLD or (not us and verb not in DIRECT))


def _of_a_phrase(scene: Scene, index: int, others: Sequence[Actor]) -> Frame | None:
    """`A source in the ministry told poloff on October 2`."""
    named = scene.subject_phrase(index)
    if named is None or not all(is_ours(a) for a in others):
        return None
    if not _is_dated(scene, index, others[-1].last) and not scene.tells_occasion:
        return None
    return frame_of(scene, index, [named, *(a.participant for a in others)], others, "told-on")


def is_ours(actor: Actor) -> bool:
    """Whether somebody of the post or another American official is meant."""
    return actor.participant.country == "US" and (bool(actor.role_kind) or actor.participant.kind == "person")


def _is_dated(scene: Scene, index: int, last: int) -> bool:
    """Whether the sentence tells a day for what was told to somebody who ends at `last`, not one in what was told."""
    if scene.date_near(last, reach=REACH) is None and scene.date_near(index, reach=NEAR) is None:
        return False
    firsts = [token_at(scene, date.start) for date in scene.dates]
    if any(index - NEAR <= at < last or at <= scene.start + OPENING for at in firsts):
        return True
    return any(last <= at <= last + REACH and not {t.low for t in scene.tokens[last:at]} & SAYING for at in firsts)
