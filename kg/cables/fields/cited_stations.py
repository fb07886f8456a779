"""The station that a REF line names before a number: the longest known name, a garbled one, or one unknown."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.cables.ids.garbled_stations import meant_station
from kg.cables.ids.stations import embassy_in, is_known, letters_of, station
from kg.tables import rows

# Words before a number that make no station of what stands there.
_NO_STATION: Final = re.compile(
    r"""
      AND|DTG|DTD|MSG|IIR|OSC|FBIS|TD|EUP|UNSCR|OF|ON|PARAS?|DATED|REPORTS?|MEMO|NOTICE|RESOLUTION|SECTION|EMAIL|FAX|TELCON
    | NO|NUMBER|FROM|THRU|THE|TO|POINTS|DAILY|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY
    | JUNE?|JULY?|AUG(?:UST)?    | SEP(?:T(?:EMBER)?)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|NPAGE|PAGE
    | MAILS?|E|IN|FOR|WITH|BY|AT|LETTER|CASE|FAM|FAH|CFR|ARTICLE|DIPNOTE|GUIDANCE|SIPDIS|NOTAL|SEE|BELOW|ABOVE
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What may stand between station and number: "COLOMBO CABLES 0266", "QUITO TEL 12", "QUITO NO. 12".
_CABLE_WORD: Final = re.compile(r"CABLES?|TELEGRAMS?|TELS?|REFTELS?|NO\.?|NR\.?|MSG", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")

_SHORTEST_GARBLED: Final = 5
_SHORTEST_UNKNOWN: Final = 3
_WORDS_OF_UNKNOWN: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedStation:
    """The station that words name; `offset` is where its name begins in them, `repair` says what was wrong with it."""

    station: str
    offset: int
    repair: str | None


def cited_station(words: str, year: int | None, *, is_strict: bool) -> CitedStation | None:
    """The station that the words before a number name, or None; a strict reading takes known names alone."""
    found = list(_WORD.finditer(words))
    while len(found) > 1 and _CABLE_WORD.fullmatch(found[-1].group()):
        found.pop()
    starts = [word.start() for word in found]
    end = found[-1].end()
    for start in starts:
        if is_known(words[start:end]):
            return CitedStation(station=station(words[start:end]), offset=start, repair=None)
    if is_strict:
        return None
    for start in starts:
        meant = _meant(words[start:end], year)
        if meant is not None:
            return CitedStation(station=meant[0], offset=start, repair=meant[1])
    is_name = not any(_NO_STATION.fullmatch(word.group()) for word in found)
    if not is_name or len(letters_of(found[-1].group())) < _SHORTEST_UNKNOWN or len(found) > _WORDS_OF_UNKNOWN:
        return None
    return CitedStation(station=station(words[:end]), offset=0, repair=None)


def _meant(words: str, year: int | None) -> tuple[str, str] | None:
    """The station that a country or a garbled name stands for, and what is wrong with it."""
    letters = letters_of(words)
    embassy = embassy_in(letters)
    if embassy is not None:
        return embassy, f"the country stands for the embassy in {embassy}"
    if len(letters) < _SHORTEST_GARBLED or year is None or _NO_STATION.fullmatch(words):
        return None
    meant = None if words.lower() in _common_words() else meant_station(letters, year)
    return (meant.station, meant.reason) if meant is not None else None


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("common_words.tsv"))
