"""Take the persons that the ends of a cable name: who classified it, who signed it, and persons among the TAGS."""

import re
from collections.abc import Iterator

from kg.cables.model import Cable, Part
from kg.extraction.confidence import confidence
from kg.extraction.model import Evidence, Role
from kg.extraction.nationality import Setting
from kg.extraction.roles import split
from kg.extraction.scan import Sighting
from kg.extraction.tokens import read_part


def persons_of_the_frame(cable: Cable, setting: Setting) -> Iterator[Sighting]:
    """Sightings in the Classified By line, the signature and the TAGS line."""
    for part in cable.parts:
        if part.kind == "classified-by":
            yield from _classifier(cable, part, setting)
        elif part.kind == "signature":
            yield from _signers(cable, part)
        elif part.kind == "tags":
            yield from _tag_persons(cable, part)


def _classifier(cable: Cable, part: Part, setting: Setting) -> Iterator[Sighting]:
    known = cable.classified_by
    for place, written in enumerate(known.names if known is not None else ()):
        name = _folded(written)
        start, end = _place_of(name, part.text)
        if start < 0:
            continue
        # The title is that of the first of several officers.
        title = _folded(known.title) if known is not None and known.title and place == 0 else None
        role = _classifier_role(part, title, setting) if title else None
        yield _sighting(part, start, end, role, "classified-by", name)


def _place_of(name: str, text: str) -> tuple[int, int]:
    """Where a name stands in a text, also if the margin broke a word of it in two; (-1, -1) where it does not."""
    start = text.find(name)
    if start >= 0:
        return start, start + len(name)
    match = re.search(" ?".join(re.escape(letter) for letter in name if letter != " "), text)
    return match.span() if match else (-1, -1)


def _classifier_role(part: Part, title: str, setting: Setting) -> Role | None:
    start = part.text.find(title)
    if start < 0:
        return None
    reading = read_part(part.key, part.kind, 0, title, is_capitals=False)
    parts = split(reading.tokens, setting)
    return Role(
        text=title,
        title=parts.title if parts is not None else title,
        organization=parts.organization if parts is not None else None,
        country="US",
        country_basis="originator",
        status=parts.status if parts is not None else "current",
        evidence=Evidence(part=part.key, start=start, end=start + len(title)),
        rule="classified-by",
        confidence=confidence("classified-by"),
    )


def _signers(cable: Cable, part: Part) -> Iterator[Sighting]:
    at = 0
    for signer in cable.signed_by:
        name = _folded(signer.value)
        start = part.text.find(name, at)
        if name and start >= 0:
            at = start + len(name)
            yield _sighting(part, start, at, None, "signature")


def _tag_persons(cable: Cable, part: Part) -> Iterator[Sighting]:
    """`STEINBERG, JAMES B.` among the TAGS."""
    for tag in cable.tags:
        name = _folded(tag.as_sent).strip("() ")
        start = part.text.find(name) if tag.kind == "person" else -1
        if name and start >= 0 and any(map(str.isalpha, name.partition(",")[0])):
            yield Sighting(
                part=part.key,
                start=start,
                end=start + len(name),
                # A surname sent without its comma (ROWAN JAMES) has it in the term.
                name=name if "," in name else tag.term,
                role=None,
                is_official=False,
                country=None,
                rule="tag-person",
            )


def _sighting(part: Part, start: int, end: int, role: Role | None, rule: str, name: str | None = None) -> Sighting:
    return Sighting(
        part=part.key,
        start=start,
        end=end,
        name=part.text[start:end] if name is None else name,
        role=role,
        is_official=True,
        country="US",
        rule=rule,
    )


def _folded(text: str) -> str:
    return " ".join(text.split())
