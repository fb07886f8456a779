"""Which station a garbled name means: a known one that a single slip of the pen or of the line turns into it.

A name is looked up by what is left of it when letters are dropped, as known names are too; so the cost does not grow
with the number of stations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.cables.ids.stations import letters_of, names, stations_by_cut
from kg.tables import station_names

# Two slips are believed of long names alone: among short ones too many are two letters apart (BAKU, BERN; ROME, LOME).
_LONG: Final = 8
_SHORTEST: Final = 3
_LONGEST: Final = 30
# How much of a name must be there for it to be one that was cut short.
_SHORTEST_CUT: Final = 5
# Names that only telegrams of the 1970s have are believed of no later year.
_LAST_YEAR_OF_OLD_NAMES: Final = 1989

_REMEMBERED: Final = 5000


@dataclass(frozen=True, slots=True)
class Meant:
    """The station that a garbled name means, and what is wrong with the name, in words."""

    station: str
    reason: str


@lru_cache(maxsize=_REMEMBERED)
def meant_station(letters: str, year: int) -> Meant | None:
    """The one station that unknown letters (capitals alone) are a garbled or cut form of, or None; `year` has four."""
    if not _SHORTEST <= len(letters) <= _LONGEST:
        return None
    if letters in stations_by_cut():
        return _only_cut(letters, year)
    for slips in (1, 2) if len(letters) >= _LONG else (1,):
        found = [name for name in _near(letters, slips) if _is_of_year(name, year)]
        if found:
            return _only_one(letters, found) or _only_one(letters, _with_a_letter_lost(letters, found))
    return _cut_short(letters, year)


def _only_one(letters: str, found: list[str]) -> Meant | None:
    """The station that all the names found have, or None where they have several."""
    stations = {names()[name] for name in found}
    if len(stations) != 1:
        return None
    station = stations.pop()
    return Meant(station, _slip(letters, station if station in found else min(found)))


def _with_a_letter_lost(letters: str, found: list[str]) -> list[str]:
    # Of 28 garbled stations in the ids of releases 22 have lost a letter: BERIN is BERLIN before it is BERN.
    return [name for name in found if len(name) == len(letters) + 1] if len(letters) >= _SHORTEST_CUT else []


def _near(letters: str, slips: int) -> list[str]:
    """The known names within so many slips, which are letters lost, added, garbled or swapped with the next."""
    variants = {letters, *_shorter(letters)}
    if slips > 1:
        variants |= {less for one in _shorter(letters) for less in _shorter(one)}
    index = _index(slips)
    candidates = {name for variant in variants for name in index.get(variant, ())}
    return sorted(name for name in candidates if slips_between(letters, name) <= slips)


@cache
def _index(slips: int) -> MappingProxyType[str, tuple[str, ...]]:
    """Known names by what is left of them when up to so many letters are dropped."""
    out: dict[str, set[str]] = {}
    for name in names():
        if len(name) < (_LONG if slips > 1 else _SHORTEST + 1):
            continue
        left = {name, *_shorter(name)}
        if slips > 1:
            left |= {less for one in _shorter(name) for less in _shorter(one)}
        for form in left:
            out.setdefault(form, set()).add(name)
    return MappingProxyType({form: tuple(sorted(found)) for form, found in out.items()})


def _shorter(letters: str) -> Iterator[str]:
    return (letters[:at] + letters[at + 1 :] for at in range(len(letters)))


def slips_between(one: str, other: str) -> int:
    """How many letters must be dropped, added, changed or swapped with the next to make one word of another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if last and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _only_cut(letters: str, year: int) -> Meant | None:
    """The station of a cut of the National Archives that several have, where one alone is of the year."""
    stations = {known for known in stations_by_cut()[letters] if _is_of_year(known, year)}
    return _cut_of(stations)


def _cut_short(letters: str, year: int) -> Meant | None:
    if len(letters) < _SHORTEST_CUT:
        return None
    return _cut_of({known for name, known in names().items() if name.startswith(letters) and _is_of_year(name, year)})


def _cut_of(stations: set[str]) -> Meant | None:
    return Meant(known := stations.pop(), f"the name of {known} is cut short") if len(stations) == 1 else None


def _is_of_year(name: str, year: int) -> bool:
    return year <= _LAST_YEAR_OF_OLD_NAMES or name not in _old_names()


@cache
def _old_names() -> frozenset[str]:
    return frozenset(letters_of(row.name) for row in station_names() if row.era)


def _slip(found: str, name: str) -> str:
    if len(found) == len(name) - 1:
        return f"a letter of {name} is lost"
    if len(found) == len(name) + 1:
        return f"a letter too many in {name}"
    return f"letters swapped in {name}" if sorted(found) == sorted(name) else f"letters garbled in {name}"
