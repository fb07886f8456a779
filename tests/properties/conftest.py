"""What holds of every cable, whatever its text: coordinates are in bounds and lead back to the words."""

import dataclasses
import json
from collections.abc import Callable, Iterator

import pytest

from kg.cables import as_json
from kg.cables.clean import clean
from kg.cables.frus.layout import clean_document
from kg.cables.model import Cable, Line, Part
from kg.sources.frus import NAME as FRUS
from kg.sources.model import RawCable


@pytest.fixture(scope="session")
def assert_coordinates_hold() -> Callable[[Cable], None]:
    """A function that checks the coordinates of a cable and of all values in it."""
    return check


def check(cable: Cable) -> None:
    text = cable.raw.text
    for where, value in values(cable, "cable"):
        assert 0 <= value.start <= value.end <= len(text), where
        if isinstance(value, Line):
            assert value.as_sent == text[value.start : value.end], where
    if cable.summary is not None:
        assert 0 <= cable.summary[0] < cable.summary[1] <= len(text)
    for region in cable.regions:
        assert region.start < region.end
        assert {part.key for part in cable.parts}.issuperset(region.parts)
    blanked: set[int] | None = None
    for part in cable.parts:
        if not leads_back(part, text, frozenset()):
            blanked = artefacts(cable.raw) if blanked is None else blanked
            assert leads_back(part, text, blanked), part.key
        assert part.text == " ".join(part.text.split()) != ""
        assert part.found_at(0, len(part.text)) == (part.start, part.end)
    keys = [part.key for part in cable.parts]
    assert len(keys) == len(set(keys))
    json.dumps(as_json(cable))


def artefacts(raw: RawCable) -> set[int]:
    """The offsets that cleaning blanks."""
    cleaned = clean_document(raw.text) if raw.format == FRUS else clean(raw.text)
    return {at for start, end, _ in cleaned.blanked for at in range(start, end)}


def values(value: object, where: str) -> Iterator[tuple[str, object]]:
    """All values with a span within a value, with the path that leads to each."""
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from values(item, f"{where}[{at}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, RawCable):
        if hasattr(value, "start") and hasattr(value, "end"):
            yield where, value
        for field in dataclasses.fields(value):
            yield from values(getattr(value, field.name), f"{where}.{field.name}")


def leads_back(part: Part, text: str, blanked: frozenset[int] | set[int]) -> bool:
    """Whether the segments cover the part's text and lead to the same characters, or to white space and artefacts."""
    reached = 0
    for at, found, length in part.segments:
        if at != reached:
            return False
        reached += length
        here, there = part.text[at:reached], text[found : found + length]
        if here != there and not (
            len(here) == len(there) == length
            and all(
                a == b or (a == " " and (b.isspace() or at in blanked))
                for a, b, at in zip(here, there, range(found, found + length), strict=True)
            )
        ):
            return False
    return reached == len(part.text)
