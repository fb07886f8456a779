"""Rules for conferences: summits, sessions, plenaries, congresses, workshops, and the meetings of a body."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.clauses import Place
from kg.extraction.conference_names import IN, OCCASION, is_named, is_no_occasion, name_start, phrase_start
from kg.extraction.conference_parties import (
    HOSTING,
    MARGINS,
    attending,
    bodies_of,
    distinct,
    gathering,
    gathering_end,
    hosts_of,
    organizations_in,
    own_name,
)
from kg.extraction.frames import Frame, at_place, frame_of
from kg.extraction.kinds import ordinal_before
from kg.extraction.lexicon import CITY
from kg.extraction.model import DateExpression
from kg.extraction.scenes import NEGATIVE, Scene

HELD_REACH: Final = 16  # tokens from a conference to the word that says when it is held
MENTIONED: Final = frozenset(("conference", "ministerial", "summit"))
HELD: Final = frozenset(("convene", "convened", "held", "place", "proposing", "scheduled"))
AHEAD: Final = frozenset(("forthcoming", "planned", "proposed", "upcoming"))


def conference(scene: Scene, index: int) -> Frame | None:
    """`the December 11-13 Regional Security Summit in Lima`, `the 25th session of the committee`."""
    first = name_start(scene, index)
    if is_no_occasion(scene, first, index):
        return None
    start = phrase_start(scene, first)
    ordinal = ordinal_before(scene.tokens, index, scene.floor)
    place = _place(scene, first, index)
    hosts, bodies = hosts_of(scene, index), bodies_of(scene, first, index)
    guests = attending(scene, start, index)
    when = scene.date_near(index, reach=12 if _held_after(scene, index) is None else 25)
    is_refused = scene.has_before(start, NEGATIVE, 7)
    is_hosted = bool(guests) and scene.has_before(start, HOSTING, 3)
    is_set = is_hosted or place is not None or when is not None or ordinal is not None or bool(hosts)
    is_plain = bodies and scene.tokens[index].low in MENTIONED and not is_refused
    if not is_set and not (guests and bodies) and not (guests and is_named(scene, first, index)) and not is_plain:
        return None
    people = distinct([*(a.participant for a in guests), *hosts, *bodies])
    is_told = guests or hosts or (bodies and (when or place or ordinal))
    rule = "conference" if is_told and not is_refused else "conference-mentioned"
    if not people and place is not None:
        people = organizations_in(scene, first, index)
    if not people and (when is not None or ordinal is not None or place is not None):
        people = own_name(scene, first, index)
    frame = frame_of(scene, index, people, guests, rule, least=1)
    if frame is None:
        return None
    kind = "summit" if scene.tokens[index].low == "summit" else "conference"
    frame = replace(at_place(frame, place), kind=kind, ordinal=ordinal)
    return replace(
        frame,
        date=_own_date(scene, start, frame.date),
        first=min(frame.first, first),
        last=max(frame.last, index + 1),
        name=scene.reading.words(first, index + 1),
    )


def _own_date(scene: Scene, start: int, when: DateExpression | None) -> DateExpression | None:
    """The date, unless it is past while the conference is to come: `on May 3 he discussed the upcoming summit`."""
    ahead = {token.low for token in scene.tokens[max(scene.floor, start - 1) : start + 4]} & AHEAD
    is_past = when is not None and when.basis in ("latest-occurrence", "relative")
    return None if ahead and is_past else when


def named_gathering(scene: Scene, index: int) -> Frame | None:
    """`on the margins of the UNGA`, `at COP-16 in Quito`: a conference by its bare name."""
    end = gathering_end(scene, index)
    if end is None:
        return None
    start = phrase_start(scene, index)
    guests = attending(scene, start, index)
    place = scene.place_after(end - 1, reach=5, prepositions=IN)
    before = scene.tokens[start - 1].low if start > scene.floor else ""
    is_there = before in OCCASION or (before == "of" and scene.has_before(start, MARGINS, 3))
    if not guests and not is_there and place is None:
        return None
    people = distinct([gathering(scene, index, end), *(a.participant for a in guests)])
    frame = frame_of(scene, index, people, (), "conference", least=1)
    if frame is None:
        return None
    return replace(at_place(frame, place), kind="conference", name=f"{scene.reading.words(index, end)} conference")


def body_meeting(scene: Scene, index: int) -> Frame | None:
    """`the January 24 meeting of the harbor board in Lima`, `the EU Council meeting on Monday`."""
    first = name_start(scene, index)
    bodies = bodies_of(scene, first, index)
    if not bodies or is_no_occasion(scene, first, index):
        return None
    place = _place(scene, first, index)
    when = scene.date_near(index, reach=12)
    guests = attending(scene, phrase_start(scene, first), index)
    ordinal = ordinal_before(scene.tokens, index, scene.floor)
    is_set = place is not None or when is not None or ordinal is not None
    if not is_set and (not guests or scene.tokens[index].low == "meetings"):
        return None
    people = distinct([*(a.participant for a in guests), *bodies])
    frame = frame_of(scene, index, people, guests, "conference", least=1)
    if frame is None:
        return None
    return replace(at_place(frame, place), kind="multilateral", ordinal=ordinal, first=min(frame.first, first))


def has_body(scene: Scene, index: int) -> bool:
    """Whether the noun at `index` says which body meets."""
    return bool(bodies_of(scene, name_start(scene, index), index))


def gathered(frames: Sequence[Frame]) -> list[Frame]:
    """The frames with those that tell of one conference put together, at the place where it is told of first."""
    out: list[Frame] = []
    for frame in frames:
        place = next((i for i, other in enumerate(out) if _is_same(other, frame)), None) if frame.name else None
        if place is None:
            out.append(frame)
        else:
            out[place] = _together(out[place], frame)
    return out


def _is_same(a: Frame, b: Frame) -> bool:
    """Whether two frames tell of one conference: of one sort, with a name, place, body or day shared."""
    if not a.name or a.kind != b.kind:
        return False
    if a.place is not None and b.place is not None and a.place.country != b.place.country:
        return False
    if a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal:
        return False
    if (
        a.date is not None
        and b.date is not None
        and (a.date.latest < b.date.earliest or b.date.latest < a.date.earliest)
    ):
        return False
    words = _name_words(a) & _name_words(b)
    bodies = {p.name for p in a.participants if p.kind == "body"} & {p.name for p in b.participants if p.kind == "body"}
    is_there = a.place is not None and b.place is not None
    return bool(
        words or bodies or is_there or (a.date is not None and b.date is not None and a.date.edtf == b.date.edtf)
    )


def _name_words(frame: Frame) -> frozenset[str]:
    """The words of a name that tell which conference it is; the city of the name is one of them."""
    words = [word.strip("\"'“”") for word in frame.name.split()[:-1]]
    return frozenset(word for word in words if word[:1].isupper())


def _together(earlier: Frame, later: Frame) -> Frame:
    people = distinct([*earlier.participants, *(later.participants if later.rule == "conference" else ())])
    is_named_only = earlier.rule == "conference-mentioned" and later.rule == "conference"
    return replace(
        earlier,
        participants=tuple([p for p in people if p.name != earlier.name] or people),
        date=earlier.date or later.date,
        place=earlier.place or later.place,
        ordinal=earlier.ordinal or later.ordinal,
        rule="conference" if is_named_only else earlier.rule,
    )


def _held_after(scene: Scene, index: int) -> int | None:
    """Where a word says that the conference is held: `to be held in Lima`, `which they are proposing for May`."""
    ahead = range(index + 1, min(scene.ceiling, index + HELD_REACH))
    return next((at for at in ahead if scene.tokens[at].low in HELD), None)


def _place(scene: Scene, first: int, index: int) -> Place | None:
    """Where it is: after "in", or the city that names it, `the Lima Summit`; a country there may be its topic."""
    held = _held_after(scene, index)
    after = scene.place_after(index, reach=9, prepositions=IN)
    after = after or (scene.place_after(held, reach=8, prepositions=IN) if held is not None else None)
    if after is not None:
        return after
    for at in range(first, index):
        if scene.tokens[at].bits & CITY:
            return scene.place_at(at)
    return None
