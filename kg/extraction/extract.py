"""Extract from a cable its persons, meetings and agreements, each with the words it came from."""

from collections.abc import Iterable, Sequence

from kg.cables.model import Cable, Part
from kg.extraction.actors import Cast
from kg.extraction.agreements import agreements
from kg.extraction.background import setting_of
from kg.extraction.gazetteer import EMPTY, Gazetteer
from kg.extraction.layout import list_breaks
from kg.extraction.meetings import meetings
from kg.extraction.model import Facts
from kg.extraction.nationality import Setting
from kg.extraction.officials import persons, sightings_of
from kg.extraction.plugins.model import Admitted
from kg.extraction.plugins.sighting import suggested
from kg.extraction.recognition import recognised
from kg.extraction.scan import Sighting
from kg.extraction.survey import Survey, survey_of
from kg.extraction.tokens import Reading, is_in_capitals, read_part


def extract(cable: Cable, gazetteer: Gazetteer = EMPTY, suggestions: Sequence[Admitted] = ()) -> Facts:
    """All facts of a cable; never raises on what its text holds.

    `gazetteer` holds officials whom other cables name (kg.extraction.gazetteer): the second pass over a corpus.
    `suggestions` are names that extractors found and that were let in (kg.extraction.plugins).
    """
    readings = readings_of(cable)
    setting = setting_of(cable, readings)
    seen = sightings_of(cable, readings, setting)
    seen = [*seen, *recognised(readings, seen, setting, gazetteer)]
    return _facts(cable, readings, setting, [*seen, *suggested(readings, seen, setting, suggestions)])


def survey(cable: Cable) -> tuple[Facts, Survey]:
    """The first pass over a cable of a corpus: its facts, and what the second pass has to know of it."""
    readings = readings_of(cable)
    setting = setting_of(cable, readings)
    seen = sightings_of(cable, readings, setting)
    facts = _facts(cable, readings, setting, seen)
    return facts, survey_of(cable.canonical_id or cable.raw.digest, facts.persons, readings, seen, setting)


def _facts(cable: Cable, readings: Sequence[Reading], setting: Setting, seen: Iterable[Sighting]) -> Facts:
    found = persons(cable, readings, setting, seen)
    base = cable.sent_at.date() if cable.sent_at is not None else None
    cast = Cast(found, setting)
    held = meetings(readings, cast, base)
    return Facts(persons=found, meetings=held, agreements=agreements(readings, cast, held, base))


def readings_of(cable: Cable) -> tuple[Reading, ...]:
    """The parts that hold running text, read as words."""
    parts = [part for part in cable.parts if part.kind in ("paragraph", "unnumbered", "heading")]
    is_capitals = is_in_capitals([part.text for part in parts if part.kind != "heading"])
    out, number = [], 0
    for part in parts:
        number = part.number if part.number is not None else number
        if is_capitals or not _is_shouted(part):
            out.append(
                read_part(
                    part.key,
                    part.kind,
                    number,
                    part.text,
                    is_capitals=is_capitals,
                    breaks=list_breaks(part, cable.raw.text),
                )
            )
    return tuple(out)


def _is_shouted(part: Part) -> bool:
    # A heading in capitals in a cable of mixed case tells no names apart from words.
    return part.kind == "heading" and part.text.isupper()
