"""Find agreements: what may be one, judged by its evidence; with parties, status, date and meeting."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kg.extraction.actors import Actor, Cast
from kg.extraction.agreement_details import DATED, date_in, date_of, in_time, named_countries, parties_of
from kg.extraction.agreement_evidence import of_noun, of_verb
from kg.extraction.agreement_groups import Agreements, Found, Group, name_words
from kg.extraction.agreement_scores import confidence_of
from kg.extraction.agreement_status import status_told, usual_status
from kg.extraction.candidates import Candidate
from kg.extraction.dealings import dealings, echoes
from kg.extraction.lexicon import mapping
from kg.extraction.model import Agreement, DateExpression, Meeting, Mention
from kg.extraction.scenes import Scene
from kg.extraction.timing import sentence_dates
from kg.extraction.tokens import Reading
from kg.extraction.treaties import treaties
from kg.extraction.undertakings import undertakings

LEAST: Final = 0.4  # agreements less sure than this are left out
# Matches "(SAA)" after a name.
ACRONYM: Final = re.compile(r"\ ?\((?P<acronym>[A-Z][A-Za-z]{1,7})\)")


def agreements(
    readings: Sequence[Reading], cast: Cast, held: Sequence[Meeting], base: date | None
) -> tuple[Agreement, ...]:
    """All agreements of a cable that are sure enough, one for each, in the order of the text."""
    judged = [(group, confidence_of(group.evidence)) for group in considered(readings, cast, base)]
    kept = [(group, sure) for group, sure in judged if sure >= LEAST]
    return tuple(_agreement(f"a{n}", group, sure, held, readings) for n, (group, sure) in enumerate(kept, start=1))


def considered(readings: Sequence[Reading], cast: Cast, base: date | None) -> list[Group]:
    """All that may be an agreement, with its evidence, before it is judged."""
    groups = Agreements()
    for reading in readings:
        places = sorted(_found(reading, cast, base), key=lambda f: (f.start, f.end))
        means = echoes(reading, [f.candidate for f in places])
        for item in places:
            while means and means[0] < item.candidate.first:
                groups.echo(reading, means.pop(0))
            if item.is_verbal or not groups.echo_vague(item):
                groups.add(item)
        for index in means:
            groups.echo(reading, index)
    return groups.groups


def forms_of(group: Group, readings: Sequence[Reading]) -> tuple[str, ...]:
    """The name and the other forms of an agreement, the name first; each name also without its complement."""
    fullest = group.fullest
    texts = [mention.text for mention in _mentions(group, fullest, 1.0, readings)]
    shorter = {f.name: f.reading.words(f.candidate.core, f.candidate.core_end) for f in group.places}
    return tuple(dict.fromkeys(form for text in texts for form in (text, shorter.get(text, text))))


def _found(reading: Reading, cast: Cast, base: date | None) -> Iterator[Found]:
    nouns = list(dealings(reading))
    for candidate in nouns:
        yield _by_noun(reading, candidate, cast, base)
    before: tuple[str, ...] = ()
    for candidate in undertakings(reading):
        if not _is_told_by_noun(candidate, nouns):
            found = _by_verb(reading, candidate, cast, base, before)
            before = found.countries
            yield found


def _is_told_by_noun(candidate: Candidate, nouns: Sequence[Candidate]) -> bool:
    """Whether an instrument or dealing stands in the object of a verb and tells all of it."""
    inside = [noun for noun in nouns if noun.first < candidate.last and candidate.first < noun.last]
    return any(
        noun.first <= candidate.first + 1
        or not candidate.sort.endswith(("-to", "-that"))
        or (noun.first <= candidate.first + 3 and noun.last >= candidate.last)  # "agreed to draft a Fisheries Accord"
        for noun in inside
    )


def _by_noun(reading: Reading, candidate: Candidate, cast: Cast, base: date | None) -> Found:
    resolve = cast.setting.government
    start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.last - 1].end
    status = _status(reading, candidate, base)
    return Found(
        reading=reading,
        candidate=candidate,
        start=start,
        end=end,
        name=reading.found[start:end],
        status=status,
        countries=named_countries(reading.tokens[candidate.first : candidate.last], resolve),
        parties=parties_of(reading, candidate, cast.setting),
        date=in_time(date_in(reading, candidate.first, base), status, base) if status in DATED else None,
        quote=reading.found[start:end],
        evidence=of_noun(reading, candidate, resolve),
        words=frozenset(name_words(reading.found[start:end])),
        core=frozenset(name_words(reading.words(candidate.core, candidate.core_end))),
    )


def _status(reading: Reading, candidate: Candidate, base: date | None) -> str:
    """The status that the words around tell; else that of a known instrument in the cable's year."""
    status = status_told(reading, candidate)
    if status == "unknown" and candidate.instrument is not None and base is not None:
        return treaties()[candidate.instrument].status_in(base.year)
    return status


def _by_verb(reading: Reading, candidate: Candidate, cast: Cast, base: date | None, before: tuple[str, ...]) -> Found:
    index = candidate.head
    floor, ceiling = reading.sentence_of(index)
    scene = Scene(reading, floor, ceiling, cast.actors(reading), sentence_dates(reading, floor, ceiling, base))
    subjects = scene.subjects(index, 10)
    sides = _sides(reading, candidate, floor, subjects, cast, before)
    start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.last - 1].end
    opening = reading.tokens[min([candidate.first, index, *(a.first for a in subjects if a.first >= floor)])].start
    status = mapping("undertaking_verbs.tsv", "word", "status")[reading.tokens[index].low]
    return Found(
        reading=reading,
        candidate=candidate,
        start=start,
        end=end,
        name=reading.found[start:end],
        status=status,
        countries=sides,
        parties=sides,
        date=in_time(date_of(scene, index), status, base),
        quote=reading.found[opening : max(end, reading.tokens[index].end)],
        evidence=of_verb(scene, candidate, subjects, cast.setting.government),
        words=frozenset(name_words(reading.found[start:end])),
        core=frozenset(),
    )


def _sides(
    reading: Reading,
    candidate: Candidate,
    floor: int,
    subjects: Sequence[Actor],
    cast: Cast,
    before: tuple[str, ...],
) -> tuple[str, ...]:
    """The countries of the subjects, or of those before where only "both sides" tells them, and of the object."""
    if "sides" in {t.low for t in reading.tokens[max(floor, candidate.head - 4) : candidate.head]}:
        return before
    own = [a.participant.country for a in subjects if a.participant.country and a.last > floor]
    others = named_countries(reading.tokens[candidate.first : candidate.last], cast.setting.government)
    return tuple(dict.fromkeys((*own, *others)))


def _agreement(key: str, group: Group, sure: float, held: Sequence[Meeting], readings: Sequence[Reading]) -> Agreement:
    fullest = group.fullest
    mentions = _mentions(group, fullest, sure, readings)
    meeting = _meeting(group.places[0], held)
    status = next((f.status for f in group.places if f.status != "unknown"), None)
    status = status or usual_status(fullest.reading, fullest.candidate)
    when = next((f.date for f in group.places if f.date is not None), None)
    return Agreement(
        key=key,
        name=fullest.name,
        forms=forms_of(group, readings),
        kind=fullest.candidate.kind,
        status=status,
        countries=_parties(group, meeting),
        date=_finer(when, meeting.date if meeting is not None else None),
        meeting=meeting.key if meeting is not None else None,
        mentions=mentions,
        quote=fullest.quote,
        rule=fullest.candidate.rule,
        confidence=sure,
        known=next((f.candidate.instrument for f in group.places if f.candidate.instrument is not None), None),
        grounds=group.evidence,
    )


def _parties(group: Group, meeting: Meeting | None) -> tuple[str, ...]:
    """The countries named with the agreement; else the sides of its meeting."""
    return tuple(dict.fromkeys(code for f in group.places for code in f.parties)) or (
        meeting.countries if meeting else ()
    )


def _finer(own: DateExpression | None, of_meeting: DateExpression | None) -> DateExpression | None:
    """The date of the meeting where it is as exact as the agreement's own and does not contradict it."""
    if own is None or (of_meeting is not None and of_meeting.edtf.startswith(own.edtf)):
        return of_meeting
    return own


def _meeting(found: Found, held: Sequence[Meeting]) -> Meeting | None:
    """The meeting at which an understanding came about: the last one told of before it, in the same part."""
    if not found.is_verbal:
        return None
    before = [m for m in held if m.evidence.part == found.reading.part and m.evidence.start <= found.start]
    return before[-1] if before else None


def _mentions(group: Group, fullest: Found, sure: float, readings: Sequence[Reading]) -> tuple[Mention, ...]:
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    rules: dict[tuple[str, str], str] = {}
    for reading, start, end, rule in _places(group, fullest, readings):
        key = (reading.part, reading.found[start:end])
        spans.setdefault(key, set()).add((start, end))
        rules.setdefault(key, rule)
    return tuple(
        Mention(part=part, text=text, spans=tuple(sorted(places)), rule=rules[part, text], confidence=sure)
        for (part, text), places in spans.items()
    )


def _places(group: Group, fullest: Found, readings: Sequence[Reading]) -> Iterator[tuple[Reading, int, int, str]]:
    """The places of an agreement, that of the fullest name first: names, acronyms, echoes."""
    for found in (fullest, *group.places):
        yield found.reading, found.start, found.end, found.candidate.rule
    for found in group.places:
        yield from _acronyms(found, readings)
    for reading, first, last in group.echoes:
        yield reading, reading.tokens[first].start, reading.tokens[last - 1].end, group.places[0].candidate.rule


def _acronyms(found: Found, readings: Sequence[Reading]) -> Iterator[tuple[Reading, int, int, str]]:
    """The places of an acronym that stands in parentheses after the name."""
    after = found.reading.tokens[found.candidate.core_end - 1].end
    match = ACRONYM.match(found.reading.text, found.end) or ACRONYM.match(found.reading.text, after)
    if match is None:
        return
    for reading in readings:
        for token in reading.tokens:
            if token.text == match["acronym"]:
                yield reading, token.start, token.end, found.candidate.rule
