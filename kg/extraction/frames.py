"""A meeting in the making: its parties, time, place and kind, before frames of one occasion are put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.clauses import Place
from kg.extraction.kinds import kind_of, ordinal_before
from kg.extraction.lexicon import CAPITAL, word_set
from kg.extraction.model import DateExpression, Participant
from kg.extraction.scenes import CANCELLED, Scene
from kg.extraction.timing import FUTURE, NEAR
from kg.extraction.tokens import Reading

IN: Final = frozenset(("at", "in"))
MODALS: Final = word_set("modals") | {"willing", "willingness", "would"}
SEPARATE: Final = frozenset(("another", "separate", "separately", "subsequent"))  # say that it is not the one told of
JOINS: Final = frozenset(("-", "/"))
SEVERAL: Final = frozenset(("calls", "consultations", "conversations", "discussions", "meetings", "talks"))
SOUGHT: Final = word_set("sought")
OPENINGS: Final = word_set("openings")


def is_redacted(participant: Participant) -> bool:
    """Whether the name of somebody is struck out."""
    return not participant.name.strip("xX")


def party_key(participant: Participant) -> str:
    """What tells a party from another."""
    return participant.person or participant.name.lower().removeprefix("the ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A meeting before it has its key; `first` and `last` are tokens of the clause, `name` that of a conference.

    `keys` tell its parties apart; `abroad` are those of the persons who are no Americans.
    """

    reading: Reading
    participants: tuple[Participant, ...]
    date: DateExpression | None
    place: Place | None
    kind: str
    ordinal: int | None
    status: str
    first: int
    last: int
    rule: str
    is_separate: bool = False
    is_several: bool = False
    name: str = ""
    keys: frozenset[str] = field(init=False)
    abroad: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        keys, abroad = set(), set()
        for p in self.participants:
            is_struck = is_redacted(p)
            key = f"{p.name} {self.reading.part}" if is_struck else party_key(p)
            keys.add(key)
            if p.country != "US" and (is_struck or p.kind == "person"):
                abroad.add(key)
        object.__setattr__(self, "keys", frozenset(keys))
        object.__setattr__(self, "abroad", frozenset(abroad))


def frame_of(
    scene: Scene, index: int, people: Sequence[Participant], actors: Sequence[Actor], rule: str, *, least: int = 2
) -> Frame | None:
    people = _told_apart(people, actors)
    distinct = tuple({_key(p, place): p for place, p in enumerate(people)}.values())
    if len(distinct) < least or (least > 1 and all(p.kind == "body" and p.country is None for p in distinct)):
        return None
    first = min([index, *(a.first for a in actors if a.first >= scene.floor)])
    last = max([index + 1, *(a.last for a in actors if a.last <= scene.ceiling)])
    when = scene.date_near(index)
    last = max(last, scene.date_end(when, last))
    is_contact = any(a.role_kind and a.participant.country == "US" for a in actors)
    place = scene.place_after(index, prepositions=IN)
    return Frame(
        reading=scene.reading,
        participants=distinct,
        date=when,
        place=place,
        kind=kind_of(scene, index, distinct, is_contact=is_contact),
        ordinal=ordinal_before(scene.tokens, index, scene.floor),
        status=_status(scene, index),
        first=first,
        last=_over(place, last),
        rule=rule,
        is_separate=scene.has_before(index, SEPARATE, 4),
        is_several=scene.tokens[index].low in SEVERAL,
    )


def _key(participant: Participant, place: int) -> str:
    """What tells participants apart; two whose names are redacted are two."""
    name = participant.name.lower()
    return f"{name} {place}" if is_redacted(participant) else participant.person or name


def _told_apart(people: Sequence[Participant], actors: Sequence[Actor]) -> Sequence[Participant]:
    """The parties, a bare position that would be one of those named beside it being an American: `the President`."""
    named = {a.participant.person for a in actors if not a.role_kind} - {None}
    bare = {a.participant.person: a for a in actors if a.role_kind and a.participant.person in named}
    if not bare:
        return people
    out = list(people)
    for person, actor in bare.items():
        place = next((n for n, a in enumerate(actors) if a is actor), 0)
        apart = Participant(name=f"the {actor.role_kind.title()}", kind="position", person=None, country="US")
        out[place if place < len(out) and out[place].person == person else 0] = apart
    return out


def _over(place: Place | None, last: int) -> int:
    """The end of a clause that ends at `last`, the place that follows soon counted in."""
    return max(last, place.last) if place is not None and place.last - last <= NEAR else last


def at_place(frame: Frame, place: Place | None) -> Frame:
    """The frame with a place, whose words its clause reaches over where they follow soon."""
    return replace(frame, place=place, last=_over(place, frame.last))


def _status(scene: Scene, index: int) -> str:
    if CANCELLED & scene.words:
        return "cancelled"
    is_ahead = scene.has_before(index, FUTURE, 6) or scene.has_before(index, frozenset(("will",)), 12)
    may = any(token.text == "may" for token in scene.tokens[max(scene.floor, index - 5) : index])  # not the month
    return (
        "planned"
        if is_ahead or may or scene.has_before(index, SOUGHT, 4) or scene.has_before(index, MODALS, 5)
        else "held"
    )


def main_subject(scene: Scene, index: int, others: Sequence[Actor]) -> list[Actor]:
    """The subject of the sentence: after an opening phrase that holds the trigger, else before the trigger."""
    opening = scene.tokens[scene.floor].low in OPENINGS
    if opening and not any(scene.floor <= a.first < index for a in scene.actors):
        after = others[-1].last if others else index
        comma = scene.word_after(after - 1, frozenset((",",)), 14)
        if comma is None:
            return []
        right = scene.chain_right(comma + 1)
        return right[:1] if right else []
    return scene.subjects(index)


def holder(scene: Scene, index: int) -> Participant | None:
    """Who "had" or "held" the meeting, where no actor is known: `a fishermen's union held a meeting with Ruiz`."""
    for at in range(index - 1, max(scene.floor, index - 6), -1):
        if scene.tokens[at].low in ("had", "held", "hold", "hosted", "convened"):
            return scene.subject_phrase(at)
    return None


def pair_before(scene: Scene, index: int) -> list[Participant]:
    """Two parties joined by a hyphen or a stroke: `the Ruiz-Berg meeting`, `Peruvian/Chilean talks`."""
    for at in range(index - 1, max(scene.floor, index - 4) - 1, -1):
        first, hyphen, second = scene.tokens[at].text.partition("-")
        if scene.tokens[at].text in JOINS and scene.floor < at < index - 1:
            first, hyphen, second = scene.tokens[at - 1].text, "-", scene.tokens[at + 1].text
        pair = [scene.party(first), scene.party(second)] if hyphen else []
        if len(pair) == 2 and all(pair):
            return [party for party in pair if party is not None]
    return []


def parties_at(scene: Scene, index: int) -> tuple[list[Actor], list[Participant]]:
    """Those listed from a token on, with a phrase in place of an unknown first or last."""
    others = scene.objects(index)
    people = [a.participant for a in others]
    if not others:
        named = scene.phrase(index)
        people = [named] if named is not None else []
        index += len(named.name.split()) if named is not None else 0
    last = others[-1].last if others else index
    if last + 1 < scene.ceiling and scene.tokens[last].low == "and" and scene.tokens[last + 1].bits & CAPITAL:
        named = scene.phrase(last + 1)
        people += [named] if named is not None else []
    return others, people + _examples(scene, index if not others else last, others)


def _examples(scene: Scene, index: int, others: Sequence[Actor]) -> list[Participant]:
    """Those named as some of a group: `five leaders, including Ruiz and Berg`."""
    for at in range(index, min(index + 4, scene.ceiling - 1)):
        token = scene.tokens[at]
        if token.low == "including" or (token.low == "such" and scene.tokens[at + 1].low == "as"):
            known = {a.first for a in others}
            named = scene.chain_right(at + (1 if token.low == "including" else 2))
            return [a.participant for a in named if a.first not in known]
    return []
