"""Rules for occasions that a noun names: a meeting, talks, a lunch, a call, an interview, and who took part."""

from collections.abc import Sequence
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.conferences import has_body
from kg.extraction.encounters import met
from kg.extraction.frames import SEVERAL, Frame, frame_of, holder, pair_before, parties_at
from kg.extraction.kinds import ordinal_before
from kg.extraction.lexicon import CAPITAL, COMMON, SPEECH, word_set
from kg.extraction.model import Participant
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE, Scene

WITH: Final = frozenset(("with",))
PRESS: Final = frozenset(("media", "news", "press", "radio", "television", "tv"))
GIVEN: Final = frozenset(("by", "for", "to"))
GIFTS: Final = frozenset(("briefing", "briefings", "presentation"))  # which one gives to another
VAGUE: Final = frozenset(("debate", "discussion", "exchange", "interview", "session"))
SIDES: Final = frozenset(("among", "between"))
LINKS: Final = frozenset(("among", "between", "with"))
CALL_LINKS: Final = frozenset(("between", "by", "from", "on", "to", "with"))
BARE_VERBS: Final = word_set("bare-verbs")
BE: Final = frozenset(("am", "are", "be", "been", "being", "is", "was", "were"))
BEFORE_GERUND: Final = frozenset(("about", "for", "from", "of", "than"))  # "wary of meeting with Berg"
RECENT: Final = frozenset(("last", "latest", "recent"))
IN: Final = frozenset(("at", "in"))
HAPPENING: Final = frozenset(("began", "begin", "was", "were", "will", "would"))
COURTESY: Final = frozenset(("courtesy", "introductory"))
HELD: Final = frozenset(("had", "held"))
CALLS: Final = frozenset(("phone", "telephone", "courtesy", "a", "an", "'s", "paid"))
MEALS: Final = word_set("meals")
MODALS: Final = word_set("modals")
USES: Final = frozenset(("exploit", "request", "seek", "suggest", "use"))
SERIES: Final = word_set("habits") | word_set("habitual")
DEFINITE: Final = frozenset(("that", "the", "these", "this"))
ONE: Final = frozenset(("a", "an", "another", "separate", "subsequent", "recent", "his", "her", "their", "its"))
SINGLE: Final = frozenset(("a", "an", "another", "over", "recent", "separate", "subsequent"))
OPENINGS: Final = word_set("openings") | {"over"}
LONGEST_OPENING: Final = 14  # tokens of an opening phrase on each side of its noun
ASKING: Final = word_set("sought") | {"asked"}
HOSTING: Final = frozenset(("had", "have", "held", "hold", "host", "hosted"))
HOSTS: Final = frozenset(("hosted", "invited", "joined", "received"))


def occasion(scene: Scene, index: int) -> Frame | None:
    """`during a December 9 meeting with the Ambassador, Ruiz said`, `a meeting between Ruiz and Berg`."""
    if scene.tokens[index - 1].low in BE and index > scene.floor:
        return met(scene, index) if scene.tokens[index].low == "meeting" else None
    if scene.tokens[index].low == "meeting" and scene.has_before(index, BEFORE_GERUND, 1):
        return None
    pair = pair_before(scene, index)
    if pair:
        return frame_of(scene, index, pair, [], "meeting-with" if _is_set(scene, index, pair) else "talks-of-two")
    if is_advice(scene, index) or scene.has_before(index, SERIES, 4) or is_denied(scene, index):
        return None
    if scene.has_before(index, PRESS, 2):
        return None
    ordinal = ordinal_before(scene.tokens, index, scene.floor)
    link = _link_after(scene, index)
    if link is not None:
        return _linked(scene, index, link, "series" if ordinal is not None else "meeting-with")
    is_vague = _is_plural(scene, index) or scene.tokens[index].low in VAGUE
    if scene.tokens[index].low == "discussion" and is_opening(scene, index):
        is_vague = not scene.has_before(index, SINGLE, 4)
    if ordinal is None and (is_vague or has_body(scene, index)):
        return _owned(scene, index) if scene.tokens[index].low in SEVERAL else None
    return _unlinked(scene, index, ordinal)


def call(scene: Scene, index: int) -> Frame | None:
    """`a telephone call from Ruiz`, `the Ambassador's courtesy call on Ruiz`."""
    pair = pair_before(scene, index)
    if pair:
        return frame_of(scene, index, pair, [], "meeting-with")
    link = scene.word_after(index, CALL_LINKS, 5)
    if scene.has_before(index, COURTESY, 1) and (paid := _paid(scene, index)) is not None:
        return paid
    if link is None or not scene.has_before(index, CALLS, 5) or is_demand(scene, index) or is_denied(scene, index):
        return None
    if link + 1 < scene.ceiling and scene.tokens[link + 1].low in BARE_VERBS:
        return None  # "a call to discuss the harbor"
    others = scene.objects(link + 1)
    left = scene.owner(index) or subject_of(scene, index, others)
    if not others and (len(left) < 2 or scene.date_near(index, reach=8) is None):
        return None  # "in a phone call on July 2": the two who spoke stand before
    actors = [*left, *[a for a in others if a not in left]]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _paid(scene: Scene, index: int) -> Frame | None:
    """`Ruiz dozed off during the Ambassador's courtesy call in May`: on no one, so on whom the sentence tells of."""
    if scene.word_after(index, frozenset(("on", "upon", "with")), 3) is not None:
        return None
    owner = scene.owner(index)
    first = owner[0].first if owner else index
    hosts = [a for a in scene.subjects(first) if a.participant.kind == "person"] if owner else []
    actors = [*owner, *hosts]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with") if hosts else None


def is_demand(scene: Scene, index: int) -> bool:
    """Whether a call asks for something: `her call for Peru to wait`."""
    return index + 1 < scene.ceiling and scene.tokens[index + 1].low == "for"


def is_advice(scene: Scene, index: int) -> bool:
    """Whether a meeting is only advised: `the Ministers should use the meetings`."""
    return scene.has_before(index, MODALS, 6) and scene.has_before(index, USES, 4)


def is_denied(scene: Scene, index: int) -> bool:
    """Whether a sentence says that a meeting is not held or not sought: `they do not press for a meeting`."""
    return scene.has_before(index, NEGATIVE, 10 if scene.has_before(index, frozenset(("for",)), 2) else 3)


def _is_plural(scene: Scene, index: int) -> bool:
    return scene.tokens[index].low.endswith("s")


def of_group(scene: Scene, index: int) -> Frame | None:
    """`a May 3 meeting of harbor masters`: on a stated day."""
    actors = scene.chain_right(index + 2) if scene.words_at(index + 1, "of") else []
    if not actors or actors[0].participant.kind != "position" or scene.date_near(index, reach=16) is None:
        return None
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-on", least=1)


def _linked(scene: Scene, index: int, link: int, rule: str) -> Frame | None:
    """An occasion "with" or "between" parties."""
    others, people = parties_at(scene, link + 1)
    if scene.tokens[link].low in SIDES:
        is_set = scene.is_ahead(link) or _is_set(scene, index, people)
        return frame_of(scene, index, people, others, rule) if is_set else None
    inside = [a for a in scene.actors if index < a.first < link] or scene.pronoun_at(index + 1)
    left = inside or scene.owner(index) or subject_of(scene, index, others)
    named = [a.participant for a in left]
    if scene.tokens[index].low == "interview" and left and all(p.kind == "body" for p in named):
        return None  # a newspaper's
    owner = scene.named_owner(index)
    if owner is not None and not scene.owner(index):
        left, named = [], [owner]
    if not named and (host := holder(scene, index) or _speaker(scene, index, others)) is not None:
        named = [host]
    when = scene.date_near(index, reach=8)
    is_one = (when is not None or scene.has_before(index, ONE, 4)) and scene.tokens[index].low != "interview"
    # A dated meeting with one named side is still one: the other is the embassy or goes without saying.
    least = 1 if is_one and any(p.kind != "body" for p in people) else 2
    if when is None and _is_plural(scene, index) and not scene.is_ahead(index):
        is_of_one = any(a.role_kind or a.participant.kind == "person" for a in left)
        is_told = bool(inside) and bool(people)  # "the meetings Ruiz had with the elders"
        if not is_of_one or not (is_told or any(a.role_kind or a.participant.kind == "person" for a in others)):
            return None  # "officials stress these points in meetings with their counterparts"
        rule = "talks-with"
    return frame_of(scene, index, [*named, *people], [*left, *others], rule, least=least)


def _is_set(scene: Scene, index: int, people: Sequence[Participant]) -> bool:
    """Whether one occasion is told of: talks between governments on no day go on and on."""
    if any(p.kind != "body" for p in people) or scene.date_near(index, reach=10) is not None:
        return True
    return scene.has_before(index, RECENT, 5) or scene.place_after(index, reach=6, prepositions=IN) is not None


def _unlinked(scene: Scene, index: int, ordinal: int | None) -> Frame | None:
    """An occasion of which the sentence says a day, and who spoke there or held it."""
    if scene.tokens[index].low in MEALS and (frame := _meal(scene, index)) is not None:
        return frame
    when = scene.date_near(index, reach=8)
    is_single = is_opening(scene, index) and scene.has_before(index, SINGLE, 4)
    if when is None and ordinal is None and not is_single:
        return _of_hosts(scene, index) or _asked_for(scene, index)
    left = scene.owner(index) or subject_of(scene, index, ())
    people = [a.participant for a in left]
    if not left and (host := holder(scene, index)) is not None:
        people = [host]
    if ordinal is not None:
        return frame_of(scene, index, people, left, "series")
    if scene.has_before(index, DEFINITE, 3) and not _is_dated(scene, index):
        return None
    if all(p.kind == "body" for p in people):
        return None
    rule = "meeting-with" if len(people) > 1 else "meeting-on"  # "Ruiz and Berg held a meeting on May 3"
    return frame_of(scene, index, people, left, rule, least=1)


def _owned(scene: Scene, index: int) -> Frame | None:
    """`Ruiz's January 24-26 consultations in Lima`."""
    owner = [a for a in scene.owner(index) if a.participant.kind == "person"]
    if not owner or scene.date_near(index, reach=6) is None:
        return None
    return frame_of(scene, index, [a.participant for a in owner], owner, "meeting-on", least=1)


def _of_hosts(scene: Scene, index: int) -> Frame | None:
    """`Ruiz and Berg plan to host a meeting`: two persons, on no day."""
    if not scene.has_before(index, HOSTING, 5):
        return None
    actors = [a for a in scene.subjects(index) if a.participant.kind == "person"]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")


def _asked_for(scene: Scene, index: int) -> Frame | None:
    """`Varga has requested a meeting, Ruiz said`: somebody, and rather than nobody the one who tells of it."""
    if not scene.has_before(index, ASKING, 4) or not scene.has_before(index, SINGLE, 3):
        return None
    left = [a for a in scene.subjects(index, 8) if a.participant.kind != "body"]
    tellers = [a for a in scene.actors if left and a.last <= left[0].first and scene.speaks(a)][-1:]
    actors = [*left, *tellers]
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-on", least=1) if left else None


def _meal(scene: Scene, index: int) -> Frame | None:
    """`Ruiz joined the Ambassador for dinner`, `Ruiz hosted a dinner for Berg`."""
    for at in range(index - 1, max(scene.floor, index - 14), -1):
        if scene.tokens[at].low in HOSTS:
            actors = [*scene.subjects(at), *scene.objects(at + 1)]
            guests = scene.word_after(index, frozenset(("for", "of")), 4)
            actors += scene.objects(guests + 1) if guests is not None else []
            return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with")
    actors = scene.chain_right(index + 2) if scene.words_at(index + 1, "for") else []
    return frame_of(scene, index, [a.participant for a in actors], actors, "meeting-with") if actors else None


def subject_of(scene: Scene, index: int, others: Sequence[Actor]) -> list[Actor]:
    """Who was there, by the clause: the subject after the phrase that names the occasion, else the one before it."""
    if not is_opening(scene, index):
        return scene.subjects(index)
    after = others[-1].last if others else index
    commas = [at for at in range(after, min(scene.ceiling, after + LONGEST_OPENING)) if scene.tokens[at].text == ","]
    here = scene.starting_at(index + 1) if not others else None
    if here is not None:
        return [here]  # "in a later talk poloff said"
    for comma in commas:
        found = scene.chain_right(comma + 1) or scene.pronoun_at(comma + 1)
        if found:
            return found
    return []


def _speaker(scene: Scene, index: int, others: Sequence[Actor]) -> Participant | None:
    """Whoever speaks after an opening phrase, where no actor is known: `in a call with Berg, Lo said`."""
    if not is_opening(scene, index):
        return None
    comma = scene.word_after(others[-1].last - 1 if others else index, frozenset((",",)), 14)
    if comma is None or comma + 1 >= scene.ceiling or not scene.tokens[comma + 1].bits & CAPITAL:
        return None
    named = scene.phrase(comma + 1)
    after = comma + 1 + len(named.name.split()) if named is not None else scene.ceiling
    return named if after < scene.ceiling and scene.tokens[after].bits & SPEECH else None


def is_opening(scene: Scene, index: int) -> bool:
    """Whether the phrase that names the occasion opens its clause: `Separately, in a meeting with Berg, Ruiz said`."""
    at = index
    if at == scene.start:
        return True  # "Meeting with Berg, Ruiz said"
    first = max(scene.start, index - LONGEST_OPENING)
    while at > first and scene.tokens[at].low not in OPENINGS and scene.tokens[at].text != ",":
        at -= 1
    if scene.tokens[at].low not in OPENINGS or any(
        at <= a.first < index and not scene.is_owner(a) for a in scene.actors
    ):
        return False
    before = scene.tokens[at - 1] if at > scene.floor else None
    return at == scene.start or before is None or before.text in (",", ":", "(", "--")


def _link_after(scene: Scene, index: int) -> int | None:
    """The "with" or "between" that belongs to the noun at `index`: no verb between them."""
    link = scene.word_after(index, LINKS | GIVEN if scene.tokens[index].low in GIFTS else LINKS, 9)
    if link is None:
        return None
    gap = scene.tokens[index + 1 : link]
    if gap and any(t.low in HELD for t in gap) and (gap[0].bits & CAPITAL or gap[0].low in ("he", "she", "they")):
        return link  # "a meeting Ruiz had with Berg"
    if gap and gap[0].bits & COMMON and gap[0].low.endswith("s") and gap[0].low not in STOPS:
        return None  # "briefing materials", where the noun only tells of what kind
    if scene.tokens[link].low == "between":
        gap = tuple(t for t in gap if t.low not in HAPPENING)
    return None if any(t.bits & SPEECH or t.low.endswith("ed") or t.low in STOPS for t in gap) else link


def _is_dated(scene: Scene, index: int) -> bool:
    """Whether a day stands right before a noun, so that it is no anaphor: `at the January 4 board meeting`."""
    ends = [at.end for at in scene.dates]
    return any(scene.tokens[at - 1].end in ends for at in range(max(scene.floor + 1, index - 1), index + 1))
