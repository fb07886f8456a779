"""Stations: the names under which posts send, as they stand in canonical ids, and the other ways to write them."""

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.tables import Post, countries, posts, posts_by_plad, posts_by_slug, posts_by_station, station_names

# Names as sent repeat from cable to cable; garbled ones do not, and must not fill the memory.
_REMEMBERED: Final = 20_000

# NARA cuts the station of a document number to six characters and then drops the space: NEW DELHI is NEWDE.
_CUT_LENGTH: Final = 6

# What stands before the name of the city in a plain language address designator.
_OFFICE: Final = re.compile(
    r"""
    (?:AM(?:ERICAN)?\s?(?:EMBASSY|CONSUL(?:ATE)?|CONGEN|COMSUL)|EMBASSY|CONSULATE|USMISSION|USLO|USINT|USOFFICE|REO|IRAN)
    \s+(?=\S)           # AMEMBASSY BOGOTA
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GLUED_OFFICE: Final = re.compile(r"\A(?:AMEMBASSY|AMCONSUL|EMBASSY|EFTO|NOFORN|SIFIED)(?=[A-Z]{3})")  # AMEMBASSYHANOI
_NOT_LETTER: Final = re.compile(r"[^A-Z]+")


@lru_cache(maxsize=_REMEMBERED)
def station(name: str) -> str:
    """The station of an id for a name as sent: capitals without spaces, other spellings brought to the known one."""
    letters = letters_of(name)
    known = names().get(letters) or cuts().get(letters)
    if known is not None:
        return known
    bare = _GLUED_OFFICE.sub("", letters)
    return names().get(bare, bare)


def letters_of(name: str) -> str:
    """A name in capitals, without anything but letters: `PORT-AU-PRINCE` is `PORTAUPRINCE`."""
    return _NOT_LETTER.sub("", name.upper())


@lru_cache(maxsize=_REMEMBERED)
def is_known(name: str) -> bool:
    """Whether the name is that of a known station, in any known spelling but the cuts of NARA."""
    letters = letters_of(name)
    return letters in names() or _GLUED_OFFICE.sub("", letters) in names()


@cache
def names() -> MappingProxyType[str, str]:
    """The station for each known name, by its letters: `HCMC` is `HOCHIMINHCITY`."""
    out = {name: name for post in posts() for name in post.stations}
    return MappingProxyType(out | {letters_of(row.name): row.station for row in station_names()})


@cache
def known_stations() -> frozenset[str]:
    """All stations that canonical ids may have."""
    return frozenset(names().values())


@cache
def cuts() -> MappingProxyType[str, str]:
    """The station for each cut that one station alone has: `PRETOR` is `PRETORIA`, `NEWDE` is `NEWDELHI`."""
    return MappingProxyType({cut: next(iter(found)) for cut, found in stations_by_cut().items() if len(found) == 1})


@cache
def stations_by_cut() -> MappingProxyType[str, frozenset[str]]:
    """The stations that a cut may stand for, the names of stations among the cuts left out."""
    out: dict[str, set[str]] = {}
    as_sent = [(_name_as_sent(post), names()[post.stations[0]]) for post in posts()]
    for name, known in [*as_sent, *((row.name, row.station) for row in station_names() if row.era)]:
        cut = letters_of(name.replace("-", " ")[:_CUT_LENGTH])
        if cut not in names():
            out.setdefault(cut, set()).add(known)
    return MappingProxyType({cut: frozenset(found) for cut, found in out.items()})


def _name_as_sent(post: Post) -> str:
    if post.plad is not None:
        return _OFFICE.sub("", post.plad, count=1)
    return post.slug.replace("-", " ").upper()


@cache
def _embassies() -> MappingProxyType[str, str]:
    """The station of the embassy for each country that has one, by the letters of the country's name."""
    found: dict[str, list[str]] = {}
    for post in posts():
        if post.kind == "embassy" and post.country is not None and post.country in countries():
            found.setdefault(letters_of(countries()[post.country].name), []).append(post.stations[0])
    return MappingProxyType({name: known[0] for name, known in found.items() if len(known) == 1})


def embassy_in(country: str) -> str | None:
    """The station of the one embassy in a country, by the letters of its name, or None."""
    return _embassies().get(country)


@lru_cache(maxsize=_REMEMBERED)
def post_of(plad: str) -> str | None:
    """The slug of the post that a plain language address designator names, or None."""
    post = posts_by_plad().get(plad)
    return post.slug if post is not None else post_of_station(_OFFICE.sub("", plad, count=1))


@cache
def posts_by_label() -> MappingProxyType[str, Post]:
    """Posts by the name that releases give as the origin, such as `Embassy Bogota`."""
    return MappingProxyType({post.label.casefold(): post for post in posts()})


@lru_cache(maxsize=_REMEMBERED)
def post_of_station(name: str) -> str | None:
    """The slug of the post that sends under this station, or None; a former name leads to the post of today."""
    known = station(name)
    post = posts_by_station().get(known) or posts_by_slug().get(_posts_renamed().get(known, ""))
    return None if post is None else post.slug


@cache
def _posts_renamed() -> MappingProxyType[str, str]:
    return MappingProxyType({row.station: row.post for row in station_names() if row.post is not None})
