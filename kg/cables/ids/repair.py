"""Repair malformed ids of cables, and say what was wrong with them (docs/reference/ids.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.ids.canonical import CanonicalId, full_year, in_volume, parse_id, split_id
from kg.cables.ids.garbled_stations import meant_station, slips_between
from kg.cables.ids.stations import cuts, letters_of, names, station, stations_by_cut
from kg.tables import id_repairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The id that a text means; `reason` says what was wrong with the text, None where nothing was."""

    id: CanonicalId
    as_found: str
    reason: str | None


_LONGEST: Final = 80
_SHORTEST: Final = 5  # 09RO1: what stands behind the year alone is no tail (09SECTO1)
# What stands between the parts of an id; two numbers beside each other stay two (09BOGOTA335/01), but for the year.
_BETWEEN: Final = re.compile(r"(?:(?<![\d\s.'’/-])|(?<=\A\d\d))[\s.'’/-]+|[\s.'’/-]+(?![\d\s.'’/-])")

_DOUBLED_YEAR: Final = re.compile(r"(\d\d)\1(?=[A-Z])")  # 7575LIBREVILLE1895

# What follows the number: 08MADRID000762ZFR763, 90STATE255577TOSEC140323, 08HARARE754SECTION01OF04, 08LIMA21/02.
_TAIL: Final = re.compile(
    r"""
    (?<=\d)
    (?: (?:ZFR|TOSEC|SECTO)\d{0,7} | SE[A-Z]{2,6}\d{1,2}OF\d{1,2} | (?:SIPDIS|NOFORN|EFTO|NOTAL)\d{0,7} | /\d{1,2} )\Z
    """,
    re.VERBOSE,
)

# The line of the section in place of the station: 08SECTION01OF04HARARE754, 0901OF02RPODUBAI288, 09SECTIOQ1OF06RIGA5.
_SECTION: Final = re.compile(
    r"""
    (?P<year>\d\d)
    (?:FINAL|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET(?=S)|CORRECTEDCOPY)?
    (?P<word>(?:[A-Z][A-Z0-9]{3,8}?)?)(?:[OQ]\d|\d[0-9OQ]?)
    (?:(?P<of>[A-Z0]{1,2})(?:[OQ]\d|\d[0-9OQ]?))?
    (?=[A-Z]{3})
    """,
    re.VERBOSE,
)
_SECTION_SLIPS: Final = 2

# Words of the lines around the class line that stuck to the station: 09EFTOLONDON2468, 09SIFIEDABUJA1673.
_BEFORE_STATION: Final = re.compile(
    r"""
    (?: UNCLAS(?:S(?:IFIED)?)? | SIFIED | CONFIDENTIAL | SECRET | NOFORN | SENSITIVE | SIPDIS | EFTO | FOUO
      | NODIS | EXDIS | LIMDIS | STADIS | AMEMBASSY | AMCONSUL | EMBASSY | USMISSION | USINT | IRAN | FINAL
      | (?:CORRECTED)?COPY )
    (?=[A-Z]{3})
    """,
    re.VERBOSE,
)
_BEHIND_STATION: Final = re.compile(r"(?<=[A-Z]{3})(?:WASHDC|EFTO|NOFORN|SIPDIS|CABLES?)\Z")  # 10USDOCWASHDC12

# Letters where digits belong and the other way round: O9BOGOTA335, 08BEIJ1NG3760, 08KABUL3O36.
_MIXED: Final = re.compile(r"(?P<year>[0-9OIL]{2})(?P<station>[A-Z][A-Z01]{0,39}?[A-Z])(?P<number>\d[0-9OIL]{0,6})")
_AS_DIGITS: Final = str.maketrans("OIL", "011")
_AS_LETTERS: Final = str.maketrans("01", "OI")


def repair_id(text: str) -> Repaired | None:
    """The id that a text means, malformed or not, or None; repairing an id twice changes nothing more."""
    if len(text) > _LONGEST:
        return None
    if (document := in_volume(text)) is not None:
        return Repaired(id=document, as_found=text, reason=None)
    reasons: list[str] = []
    match = split_id(text)
    if match is None or not _is_name(match["station"]):
        compact = _BETWEEN.sub("", text).upper()
        fact = id_repairs().get(compact)
        if fact is not None and (known := parse_id(fact[0])) is not None:
            return Repaired(id=known, as_found=text, reason=fact[1])
        compact = _without_line(compact, reasons)
        match = split_id(compact) or split_id(_mixed(compact, reasons))
    if match is None:
        return None
    year = full_year(int(match["year"]))
    meant = CanonicalId(year, repair_station(match["station"], year, reasons), int(match["number"]))
    return Repaired(id=meant, as_found=text, reason="; ".join(reasons) or None)


def repair_station(name: str, year: int, reasons: list[str]) -> str:
    """The station that a name means in a year; what was wrong with the name is added to `reasons`."""
    if _is_name(name):
        return station(name)
    letters = letters_of(name)
    bare = _bare(letters)
    if bare != letters:
        reasons.append(f"{letters.replace(bare, '', 1)} is stuck to the station")
    meant = None if _is_name(bare) else meant_station(bare, year)
    if meant is None:
        return station(bare)
    reasons.append(meant.reason)
    return meant.station


def doubt_about(known: CanonicalId) -> str | None:
    """Why the station of an id is not sure, in words: no table knows it, or it may be that of several; else None."""
    sender = known.station.removesuffix("AIRGRAM").removesuffix("CIRCULAR")
    if _is_name(sender) or in_volume(str(known)) is not None:
        return None
    several = stations_by_cut().get(known.station)
    if several:
        return f"{known.station} may stand for {' or '.join(sorted(several))}"
    return f"no table knows a station {known.station}"


def _is_name(name: str) -> bool:
    letters = letters_of(name)
    return letters in names() or letters in cuts()


def _without_line(compact: str, reasons: list[str]) -> str:
    """A malformed id without what of other lines and fields stands around station and number."""
    doubled = _DOUBLED_YEAR.match(compact)
    if doubled and split_id(compact) is None:
        reasons.append("the year stands twice")
        compact = compact[doubled.end(1) :]
    for match in _sections(compact):
        reasons.append("the section line stands as station")
        compact = match["year"] + compact[match.end() :]
        break
    tail = _TAIL.search(compact)
    if tail is not None and tail.start() >= _SHORTEST:
        reasons.append(f"{tail.group()} follows the number")
        compact = compact[: tail.start()]
    return compact


def _sections(compact: str) -> Iterator[re.Match[str]]:
    """The section line that stands behind the year, if one does."""
    match = _SECTION.match(compact)
    if match is None:
        return
    of = match["of"] or ""
    is_bare = not match["word"] and ("O" in of or "F" in of)
    if is_bare or (match["word"] and slips_between(match["word"], "SECTION") <= _SECTION_SLIPS):
        yield match


def _mixed(compact: str, reasons: list[str]) -> str:
    match = _MIXED.fullmatch(compact)
    if match is None:
        return ""
    reasons.append("letters and digits are mixed up")
    year, number = match["year"].translate(_AS_DIGITS), match["number"].translate(_AS_DIGITS)
    return f"{year}{match['station'].translate(_AS_LETTERS)}{number}"


def _bare(letters: str) -> str:
    """The name of a station without the words that stuck to it."""
    while not _is_name(letters):
        bare = _BEHIND_STATION.sub("", _BEFORE_STATION.sub("", letters, count=1) if _starts(letters) else letters)
        if bare == letters:
            break
        letters = bare
    return letters


def _starts(letters: str) -> bool:
    return _BEFORE_STATION.match(letters) is not None
