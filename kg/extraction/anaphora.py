"""Find whom a bare title means: of those named with it, the last before it, or the only one of the cable."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import islice
from operator import itemgetter
from typing import Final

from kg.extraction.lexicon import TITLE, flags
from kg.extraction.model import Person
from kg.extraction.tokens import Reading

MEMORY: Final = 20  # mentions back that a title can reach
AFTER: Final = frozenset(("designate", "for", "general", "of", "to"))


class Titles:
    """The persons of a cable by the words that head their roles."""

    def __init__(self, persons: Iterable[Person], places: Mapping[str, Mapping[int, tuple[int, Person]]]) -> None:
        self.places = places
        self.by_word: dict[str, dict[str, Person]] = {}
        self.known: dict[tuple[str, str], list[tuple[int, Person]]] = {}
        for person in persons:
            for role in person.roles:
                for word in _heads(role.title) if role.status != "former" else ():
                    self.by_word.setdefault(word, {})[person.key] = person

    def meant(self, reading: Reading, index: int, *, but_of: str | None = None) -> Person | None:
        """Whom "the minister" at `index` means; None where another title or a complement follows, or nobody fits.

        `but_of` is a country whose officials it cannot mean.
        """
        tokens = reading.tokens
        token = tokens[index]
        if token.low not in self.by_word or not index or tokens[index - 1].low != "the":
            return None
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and (following.bits & TITLE or following.low in AFTER):
            return None
        named = self._named(reading.part, token.low)
        place = bisect_left(named, token.start, key=itemgetter(0))
        before = [person for _, person in reversed(named[max(0, place - MEMORY) : place])]
        last = next((person for person in before if person.country is None or person.country != but_of), None)
        if last is not None:
            return last
        holders = self.by_word[token.low].values()
        fitting = [*islice((p for p in holders if p.country is None or p.country != but_of), 2)]
        return fitting[0] if len(fitting) == 1 else None

    def _named(self, part: str, word: str) -> list[tuple[int, Person]]:
        """Where persons with a title are named in a part."""
        if (part, word) not in self.known:
            holders = self.by_word[word]
            places = self.places.get(part, {}).items()
            self.known[part, word] = sorted(((s, p) for s, (_, p) in places if p.key in holders), key=itemgetter(0))
        return self.known[part, word]


def _heads(title: str) -> list[str]:
    return [word.lower() for word in title.split() if flags(word) & TITLE]
