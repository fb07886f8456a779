"""What the first pass over a corpus keeps of a cable: the officials it names, and the words it could not explain.

Kept as one line of JSON a cable, small enough for millions.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.gazetteer import Gazetteer, Naming, namings
from kg.extraction.model import Person
from kg.extraction.nationality import Setting
from kg.extraction.recognition import unexplained
from kg.extraction.scan import Sighting
from kg.extraction.tokens import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One cable as the first pass leaves it: `key` names it, `year` is when it was sent, 0 where nothing tells.

    `runs` are the capitalised words that no rule explains, folded, distinct and sorted: all by which a gazetteer can
    change what is found in the cable. `countries` are those that it is about.
    """

    key: str
    year: int
    countries: frozenset[str | None]
    namings: tuple[Naming, ...]
    runs: tuple[str, ...]

    def is_changed_by(self, gazetteer: Gazetteer) -> bool:
        """Whether a gazetteer knows any of the words that the first pass could not explain."""
        return any(gazetteer.find(tuple(run.split()), self.countries, self.year) is not None for run in self.runs)


def survey_of(
    key: str, persons: Iterable[Person], readings: Sequence[Reading], seen: Sequence[Sighting], setting: Setting
) -> Survey:
    """The survey of a cable from what the first pass found and saw."""
    return Survey(
        key=key,
        year=setting.year,
        countries=frozenset(filter(None, setting.named)),
        namings=namings(persons, setting.year),
        runs=tuple(sorted({" ".join(run.words) for run in unexplained(readings, seen)})),
    )


def encode(survey: Survey) -> str:
    """One line of JSON, without its line end."""
    named = [[one.name, one.country, one.office, one.places] for one in survey.namings]
    record = [survey.key, survey.year, sorted(filter(None, survey.countries)), named, survey.runs]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def decode(lines: Iterable[str]) -> Iterator[Survey]:
    """The surveys behind lines written by `encode`."""
    for line in lines:
        key, year, countries, named, runs = json.loads(line)
        yield Survey(
            key=key,
            year=year,
            countries=frozenset(countries),
            namings=tuple(Naming(name, country, office, year, places) for name, country, office, places in named),
            runs=tuple(runs),
        )
