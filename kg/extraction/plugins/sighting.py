"""Turn names that were let in into sightings, as the rules give them; the role is read from its words by the core."""

from collections.abc import Iterable, Iterator

from kg.extraction.model import Evidence, Role
from kg.extraction.nationality import Setting
from kg.extraction.plugins.model import Admitted
from kg.extraction.roles import RoleParts, split
from kg.extraction.scan import Sighting
from kg.extraction.tokens import Reading, Token


def suggested(
    readings: Iterable[Reading], seen: Iterable[Sighting], setting: Setting, admitted: Iterable[Admitted]
) -> Iterator[Sighting]:
    """The sightings of names that were let in; what overlaps a sighting or lies outside of the text is left out."""
    texts = {reading.part: reading for reading in readings}
    covered = [(sighting.part, sighting.start, sighting.end) for sighting in seen]
    for one in sorted(admitted, key=lambda each: (each.part, each.start, each.end, each.rule)):
        reading = texts.get(one.part)
        if reading is None or not 0 <= one.start < one.end <= len(reading.found):
            continue
        if not any(part == one.part and start < one.end and one.start < end for part, start, end in covered):
            covered.append((one.part, one.start, one.end))
            yield _sighting(reading, one, setting)


def _sighting(reading: Reading, one: Admitted, setting: Setting) -> Sighting:
    parts = None if one.role is None else split(_tokens(reading, *one.role), setting)
    role = None if parts is None or one.role is None else _role(reading, one, one.role, parts)
    return Sighting(
        part=reading.part,
        start=one.start,
        end=one.end,
        name=reading.found[one.start : one.end],
        role=role,
        is_official=parts is not None and parts.head.is_official,
        country=(role.country if role is not None else None) or one.country,
        rule=one.rule,
        confidence=one.confidence,
    )


def _tokens(reading: Reading, start: int, end: int) -> tuple[Token, ...]:
    return tuple(token for token in reading.tokens if start <= token.start and token.end <= end)


def _role(reading: Reading, one: Admitted, span: tuple[int, int], parts: RoleParts) -> Role:
    return Role(
        text=reading.found[span[0] : span[1]],
        title=parts.title,
        organization=parts.organization,
        country=parts.country,
        country_basis=parts.basis,
        status=parts.status,
        evidence=Evidence(part=reading.part, start=span[0], end=span[1]),
        rule=one.rule,
        confidence=one.confidence,
    )
