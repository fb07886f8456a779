"""Canonical ids: two-digit year, station, number without leading zeros (`09BOGOTA335`)."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.ids.stations import station as station_of
from kg.errors import UsageError

# Two-digit years from 45 are of the last century: the oldest telegrams released under such ids are of the 1960s.
_FIRST_YEAR_OF_LAST_CENTURY: Final = 45


@dataclass(frozen=True, slots=True, order=True)
class CanonicalId:
    """The parts of a canonical id; `year` has four digits."""

    year: int
    station: str
    number: int

    def __str__(self) -> str:
        return f"{self.year % 100:02d}{self.station}{self.number}"


_ID: Final = re.compile(
    r"""
    \s*(?P<year>(?:19|20)\d\d(?=\D)|\d\d)\s*     # 09BOGOTA335, 1976STATE187673, 07 BOGOTA 7470, 08 BOGOTA 00002674
    (?P<station>[A-Za-z][A-Za-z.'’ /-]{1,40}?)\s*
    (?P<number>0{0,4}\d{1,7})(?:_[a-z])?\s*         # 10SHANGHAI60_a: the copies of PlusD name the release behind it
    """,
    re.VERBOSE | re.ASCII,
)
_LONGEST: Final = 80

# A document of the series Foreign Relations of the United States that has no number of its own: volume and place in it.
_IN_VOLUME: Final = re.compile(
    r"(?P<year>\d\d)(?P<place>FRUS[0-9A-Z]{0,30}[DX])(?P<number>[1-9]\d{0,6})",
    re.ASCII,  # 75FRUS196976VE09P2D23
)


def full_year(year: int) -> int:
    """A year with four digits: 09 is 2009, 73 is 1973."""
    if year >= 100:
        return year
    return 1900 + year if year >= _FIRST_YEAR_OF_LAST_CENTURY else 2000 + year


def canonical_id(year: int, station: str, number: str | int) -> str:
    """The canonical id of a cable; UsageError where the number is none."""
    try:
        return str(CanonicalId(full_year(year), station_of(station), int(number)))
    except ValueError:
        raise UsageError(f"{number!r} is not the number of a cable.") from None


def parse_id(text: str) -> CanonicalId | None:
    """The canonical id that a text spells in any of the known ways, or None; what is malformed stays as it is.

    `repair_id` (kg.cables.ids.repair) reads malformed ids too, and says what was wrong.
    """
    match = split_id(text)
    if match is None:
        return in_volume(text)
    station = station_of(match["station"])
    return CanonicalId(full_year(int(match["year"])), station, int(match["number"])) if station else None


def in_volume(text: str) -> CanonicalId | None:
    """The canonical id of a document that is known by its place in an edited volume alone, or None."""
    match = _IN_VOLUME.fullmatch(text)
    return CanonicalId(full_year(int(match["year"])), match["place"], int(match["number"])) if match else None


def split_id(text: str) -> re.Match[str] | None:
    """A text of the form of an id, parted into `year`, `station` and `number` as they stand there, or None."""
    match = _ID.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    # A canonical id keeps two digits of the year: 1916 would come back as 2016.
    year = int(match["year"])
    return match if full_year(year) == full_year(year % 100) else None
