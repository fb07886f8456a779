"""Find persons by named rules: a title before a name, a role after it, a list after a plural, a verb of speech."""

from collections.abc import Callable, Iterator
from typing import Final

from kg.extraction.apposed import apposed, given, in_office, spoken
from kg.extraction.bodies import bodied
from kg.extraction.nationality import Setting
from kg.extraction.scan import Scan, Sighting
from kg.extraction.titled import titled
from kg.extraction.tokens import Reading

# The more certain rules come first.
RULES: Final[tuple[Callable[[Scan, int, int], Iterator[Sighting]], ...]] = (
    titled,
    apposed,
    bodied,
    in_office,
    spoken,
    given,
)


def sightings(reading: Reading, setting: Setting) -> list[Sighting]:
    """All persons that the rules find in a part, in the order of the text, none overlapping."""
    scan = Scan(reading, setting)
    found = [sighting for rule in RULES for first, last in reading.sentences for sighting in rule(scan, first, last)]
    return sorted(found, key=lambda sighting: sighting.start)
