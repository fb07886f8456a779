"""Find whose conference it is: the bodies that meet, the hosts, and who is said to attend."""

import re
from collections.abc import Sequence
from typing import Final

from kg.extraction.actors import Actor
from kg.extraction.conference_names import (
    ATTENDING,
    CONGRESSES,
    GATHERINGS,
    IN,
    LONGEST_NAME,
    OCCASION,
    acronym_before,
    is_named,
)
from kg.extraction.frames import main_subject, pair_before
from kg.extraction.lexicon import (
    CALENDAR,
    CAPITAL,
    CITY,
    COUNTRY,
    DEMONYM,
    INSTITUTION,
    NUMBER,
    ORGANIZATION,
    mapping,
    word_set,
)
from kg.extraction.model import Participant
from kg.extraction.phrases import STOPS
from kg.extraction.scenes import NEGATIVE, Scene

ENDS: Final = frozenset(("about", "by", "on", "took", "will", "with"))
INVITED: Final = frozenset(("invitation", "invitations", "invited"))
HOSTING: Final = frozenset(("convene", "convened", "held", "hold", "host", "hosted", "hosting", "sponsored"))
NUMBERED: Final = frozenset(("cmp", "cop"))
WHOLE: Final = frozenset(("conference", "summit"))
PLANNING: Final = frozenset(
    ("expected", "expects", "intends", "plan", "planned", "plans", "planning", "still", "to", "will")
)
RANKS: Final = {"presidential": "Presidents", "ministerial": "ministers", "leaders": "leaders"}
HOSTED: Final = word_set("hosted")
MOTION: Final = frozenset(("attend", "came", "come", "delegation", "go", "goes", "going", "sent", "went", "traveling"))
OPENERS: Final = word_set("determiners") | {
    "at",
    "during",
    "first",
    "in",
    "initial",
    "last",
    "next",
    "of",
    "recent",
    "to",
}
MARGINS: Final = frozenset(("margins", "sidelines", "edges"))
BETWEEN: Final = frozenset(("among", "between", "with"))
LARGEST: Final = 5  # guests that a clause names
REACH: Final = 16  # tokens from a conference to who hosts or attends it
# Matches groups of states whose names hold figures: "G-20", "P5+1", "COP15".
GROUP_NAME: Final = re.compile(
    r"(?:\bG-?\ ?(?:7|8|20|77)|\bP-?5(?:\ ?\+\ ?1|-plus-1|-plus-one|\ plus\ 1)?|\bEU-3|\bE3(?:\+3)?)\s*$"
)
NAMED: Final = INSTITUTION | CAPITAL | CITY
TITLED: Final = re.compile(r"[A-Z]{2,6}")


def bodies_of(scene: Scene, first: int, index: int) -> list[Participant]:
    """The bodies whose conference it is: `the EU-Peru summit`, `the IMO conference`, `the meeting of the board`."""
    pair = pair_before(scene, index)
    if pair:
        return pair
    acronym = acronym_before(scene, index)
    if acronym is not None:
        return [_body(acronym, None)]
    return _bodies_left(scene, first, index) or _bodies_right(scene, index)


def _bodies_left(scene: Scene, first: int, index: int) -> list[Participant]:
    start = scene.tokens[first].start if first < index else scene.tokens[index].start
    before = scene.reading.text[max(0, start - 12) : scene.tokens[index].start]
    group = GROUP_NAME.search(before)
    if group is not None:
        return [_body(group[0].strip(), None)]
    if scene.tokens[index].low in CONGRESSES and first < index:
        return [_body(scene.reading.words(first, index + 1), _country(scene, first, index))]
    words = range(first, index)
    last = next((at for at in reversed(words) if scene.tokens[at].bits & NAMED == INSTITUTION | CAPITAL), None)
    if last is not None:
        begin = next((at for at in words if not scene.tokens[at].bits & (CITY | NUMBER)), first)
        return [_body(scene.reading.words(begin, last + 1), _country(scene, begin, last + 1))]
    for at in words:
        if scene.tokens[at].bits & ORGANIZATION and not scene.tokens[at].bits & CITY:
            end = at + 1
            while end < index and scene.tokens[end].bits & ORGANIZATION:
                end += 1
            name = scene.reading.words(at, end)
            code = mapping("organizations.tsv", "name", "country").get(name)
            return [_body(name, code if code and len(code) == 2 else None)]
    near = scene.tokens[index - 1]
    if first < index and any(t.low == "of" for t in scene.tokens[first:index]):
        return [_body(scene.reading.words(first, index), None)]
    if near.low in RANKS:
        return [_body(RANKS[near.low], None)]
    if first < index and TITLED.fullmatch(near.text) and not near.bits & (COUNTRY | DEMONYM):
        return [_body(near.text, None)]
    return _plain_body(scene, index)


def _plain_body(scene: Scene, index: int) -> list[Participant]:
    """A body in lower case before its meeting: `the international contact group meeting`."""
    if index - 1 < scene.floor or scene.tokens[index - 1].low.rpartition("-")[2] not in GATHERINGS:
        return []
    start = index - 1
    while start - 1 > scene.floor and index - start < 4 and _is_plain(scene, start - 1):
        start -= 1
    return [_body(scene.reading.words(start, index), _country(scene, start, index))]


def _is_plain(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    is_word = token.text.isalpha() and not token.bits & CALENDAR
    return is_word and token.low not in STOPS | OPENERS


def _bodies_right(scene: Scene, index: int) -> list[Participant]:
    """Whose conference it is, told after it: `between Peru and Chile`, `of the harbor board`."""
    link = index + 1
    if link + 1 >= scene.ceiling:
        return []
    if scene.tokens[link].low in BETWEEN:
        return [a.participant for a in _chain(scene, link + 1)]
    if scene.tokens[link].low != "of":
        return []
    at = link + 2 if scene.tokens[link + 1].low == "the" else link + 1
    found = _chain(scene, at)
    if len(found) > 1:
        return [a.participant for a in found]
    last = at
    while last < min(scene.ceiling, at + LONGEST_NAME) and _goes_on(scene, last):
        last += 1
    if last == at:
        return []
    words = scene.tokens[at:last]
    if not any(t.bits & CAPITAL for t in words) and not words[-1].low.endswith("s") and words[-1].low not in GATHERINGS:
        return []
    if scene.tokens[index].low in WHOLE and not any(t.bits & (ORGANIZATION | INSTITUTION) for t in words):
        at = index if scene.tokens[index].bits & CAPITAL else at  # "the Conference of the Parties" is one name
    return [_body(scene.reading.words(at, last), _country(scene, at, last))]


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether a body's name holds this word: capitals and what joins them, or plain nouns where it has none."""
    token = scene.tokens[index]
    if token.bits & (CALENDAR | NUMBER) or not token.text[0].isalpha():
        return False
    if token.low in ("of", "for", "and", "the"):
        return index + 1 < scene.ceiling and bool(scene.tokens[index + 1].bits & CAPITAL)
    if token.bits & CAPITAL:
        return True
    return token.low not in STOPS | OCCASION | IN | HOSTED | ENDS and not token.low.endswith(("ing", "ed"))


def hosts_of(scene: Scene, index: int) -> list[Participant]:
    """Who holds it, told after the name: `hosted by Peru`, `co-chaired by Ruiz and Berg`, `that Peru called`."""
    out: list[Participant] = []
    for at in range(index + 1, min(scene.ceiling - 1, index + REACH)):
        token = scene.tokens[at]
        if token.text == ";":
            break
        if token.low in HOSTED and scene.tokens[at + 1].low == "by":
            found = _chain(scene, at + 2)
            found = found if any(t.low == "and" for t in scene.tokens[at + 2 : at + REACH]) else found[:1]
            out += [a.participant for a in found]
            if not found and (named := scene.phrase(at + 2)) is not None:
                out.append(named)
    return out


def _chain(scene: Scene, at: int) -> list[Actor]:
    """The actors listed from a token on, countries among them."""
    found = scene.chain_right(at)
    if found:
        return found
    place = scene.place_at(at)
    party = scene.party(place.name) if place is not None else None
    return [Actor(first=at, last=at + 1, participant=party, role_kind="")] if party is not None else []


def attending(scene: Scene, start: int, index: int) -> list[Actor]:
    """Who is said to be there: `Ruiz will attend`, `Ruiz spoke at`, `At the summit, Ruiz said`; and who comes after."""
    before = scene.tokens[start - 1].low if start > scene.floor else ""
    out: list[Actor] = []
    verb = next(
        (at for at in range(start - 1, max(scene.floor - 1, start - 5), -1) if scene.tokens[at].low in ATTENDING), None
    )
    is_margin = before == "of" and scene.has_before(start, MARGINS, 3)
    if scene.has_before(start, INVITED, 4) or (verb is None and scene.has_before(start, NEGATIVE, 4)):
        return []
    if verb is not None:
        out = _hosting(scene, verb) or scene.subjects(verb) or scene.owner(verb)
    elif is_margin or (before in OCCASION and _is_of_meeting(scene, start)):
        said = max((at for at in range(scene.floor, start) if scene.tokens[at].low == "that"), default=scene.floor)
        people = [a for a in scene.actors if said <= a.first and a.last < start and a.participant.kind == "person"]
        out = [a for a in people if not scene.is_owner(a)][-LARGEST:]
        out += [a for a in scene.subjects(start - 1) if a not in out] if not is_margin else []
    elif before in OCCASION or (before == "to" and _is_moving(scene, start)):
        out = main_subject(scene, start - 1, ()) or scene.subjects(start - 1)
    is_host = verb is not None and scene.tokens[verb].low in HOSTING
    return [
        a for a in out if is_host or a.participant.kind != "body" or a.participant.country is not None
    ] + _guests_after(scene, index)


def _hosting(scene: Scene, verb: int) -> list[Actor]:
    """An institution in no list that holds a conference: `the Museum planned to host a conference`."""
    if scene.tokens[verb].low not in HOSTING:
        return []
    at = verb
    while at > scene.floor and verb - at < 4 and scene.tokens[at - 1].low in PLANNING:
        at -= 1
    named = scene.subject_phrase(at) if at > scene.floor and not any(a.last == at for a in scene.actors) else None
    if named is None or not all(word[0].isupper() for word in named.name.removeprefix("the ").split()):
        return []
    return [Actor(first=at - 1, last=at, participant=named, role_kind="")]


def _is_moving(scene: Scene, start: int) -> bool:
    uses = mapping("meeting_triggers.tsv", "word", "use")
    words = (scene.tokens[at].low for at in range(max(scene.floor, start - 7), start))
    return any(word in MOTION or uses.get(word) in ("travel-verb", "visit-noun") for word in words)


def _is_of_meeting(scene: Scene, start: int) -> bool:
    """Whether the clause before a conference tells of a meeting: `he will meet Ruiz during the summit`."""
    uses = mapping("meeting_triggers.tsv", "word", "use")
    return any(uses.get(scene.tokens[at].low) == "meet-verb" for at in range(max(scene.floor, start - REACH), start))


def _guests_after(scene: Scene, index: int) -> list[Actor]:
    """Who comes, told after the name: `the summit that Ruiz will attend`, `with Ruiz present`."""
    for at in range(index + 1, min(scene.ceiling, index + REACH)):
        if scene.tokens[at].low in ("which", "that") and at + 1 < scene.ceiling:
            verb = next(
                (v for v in range(at + 1, min(scene.ceiling, at + 12)) if scene.tokens[v].low in ATTENDING | HOSTED),
                None,
            )
            return [a for a in scene.actors if at < a.first and verb is not None and a.last <= verb]
    return []


def gathering(scene: Scene, index: int, end: int) -> Participant:
    """A conference that goes by a bare name: `UNGA`."""
    return _body(scene.reading.words(index, end), None)


def gathering_end(scene: Scene, index: int) -> int | None:
    """The token after a bare name; None where it lacks the number that it goes by: `COP-16`, `CMP 6`."""
    if scene.tokens[index].low not in NUMBERED:
        return index + 1
    at = index + 2 if scene.words_at(index + 1, "-") else index + 1
    return at + 1 if at < scene.ceiling and scene.tokens[at].bits & NUMBER else None


def organizations_in(scene: Scene, first: int, index: int) -> list[Participant]:
    """Whose a conference is that goes by its city, by the words before it: `NATO's aims for the Lima Summit`."""
    codes = mapping("organizations.tsv", "name", "country")
    if first != index - 1 or not scene.tokens[first].bits & CITY:
        return []
    for at in range(first - 1, scene.floor - 1, -1):
        token = scene.tokens[at]
        if token.bits & ORGANIZATION and len(codes.get(token.text, "")) != len("US"):
            return [_body(token.text, None)]
    return []


def own_name(scene: Scene, first: int, index: int) -> list[Participant]:
    """The conference itself, where nobody is named: `the 2008 Harbor Review Conference`."""
    return [_body(scene.reading.words(first, index + 1), None)] if is_named(scene, first, index) else []


def _body(name: str, country: str | None) -> Participant:
    return Participant(name=name, kind="body", person=None, country=country)


def _country(scene: Scene, first: int, last: int) -> str | None:
    parties = (
        scene.party(scene.tokens[at].text) for at in range(first, last) if scene.tokens[at].bits & (DEMONYM | COUNTRY)
    )
    return next((p.country for p in parties if p is not None), None)


def distinct(people: Sequence[Participant]) -> list[Participant]:
    return list({p.person or p.name.lower(): p for p in people}.values())
