"""Find persons by named rules: a title before a name, a role after it, a list after a plural, a verb of speech."""

from collections.abc import Callable, Iterator
from typing import Final

from kg.extraction.apposed import BEGINNING, apposed, given, in_office, spoken
from kg.extraction.bodies import bodied
from kg.extraction.lexicon import FORENAME, GIVEN, SPEECH
from kg.extraction.nationality import Setting
from kg.extraction.scan import Scan, Sighting
from kg.extraction.titled import OPENINGS, titled
from kg.extraction.tokens import Reading

# The more certain rules come first. Each reads the sentences that have a word with one of its bits.
RULES: Final[tuple[tuple[Callable[[Scan, int, int], Iterator[Sighting]], int], ...]] = (
    (titled, OPENINGS),
    (apposed, BEGINNING),
    (bodied, FORENAME),
    (in_office, FORENAME),
    (spoken, SPEECH),
    (given, GIVEN),
)


def sightings(reading: Reading, setting: Setting) -> list[Sighting]:
    """All persons that the rules find in a part, in the order of the text, none overlapping."""
    scan = Scan(reading, setting)
    found = [
        s for rule, words in RULES for first, last in reading.sentences_with(words) for s in rule(scan, first, last)
    ]
    return sorted(found, key=lambda sighting: sighting.start)
