"""Stations: the names under which posts send, as they stand in canonical ids, and the other ways to write them."""

import re
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.tables import Post, posts, posts_by_plad, posts_by_station

# Other spellings of a station, as they stand in REF lines, class lines and ids; the value is the station of the id.
OTHER_NAMES: Final = MappingProxyType(
    {
        "AIT": "AITTAIPEI",
        "TAIPEI": "AITTAIPEI",
        "BRASILA": "BRASILIA",
        "HAGUE": "THEHAGUE",
        "HCMC": "HOCHIMINHCITY",
        "HOCHIMINH": "HOCHIMINHCITY",
        "HK": "HONGKONG",
        "KIEV": "KYIV",
        "KUALALUMP": "KUALALUMPUR",
        "MEXICOCITY": "MEXICO",
        "OSAKA": "OSAKAKOBE",
        "PARISFR": "UNESCOPARISFR",
        "UNESCO": "UNESCOPARISFR",
        "PAUP": "PORTAUPRINCE",
        "PORTA": "PORTAUPRINCE",
        "PORTAU": "PORTAUPRINCE",
        "RIO": "RIODEJANEIRO",
        "RIODE": "RIODEJANEIRO",
        "RIODEJAN": "RIODEJANEIRO",
        "SANJSE": "SANJOSE",
        "SAOPAUL": "SAOPAULO",
        "SAOPAUO": "SAOPAULO",
        # The Department sends as STATE, whatever the REF line calls it.
        "SECSTATE": "STATE",
        "SECSTATEWASHDC": "STATE",
        "SECTSTATE": "STATE",
        "STATEWASHDC": "STATE",
        "UNVIE": "UNVIEVIENNA",
        "USEU": "USEUBRUSSELS",
        "USUN": "USUNNEWYORK",
        "USUNNY": "USUNNEWYORK",
        "USNATOBRUSSELS": "USNATO",
        "PHNOMPEN": "PHNOMPENH",
    }
)

# What stands before the name of the city in a plain language address designator.
_OFFICE: Final = re.compile(
    r"""
    (?:AM(?:ERICAN)?\s?(?:EMBASSY|CONSUL(?:ATE)?|CONGEN|COMSUL)|EMBASSY|CONSULATE|USMISSION|USLO|USINT|USOFFICE|REO|IRAN)
    \s+(?=\S)           # AMEMBASSY BOGOTA
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GLUED_OFFICE: Final = re.compile(r"(?:AMEMBASSY|AMCONSUL|EMBASSY|EFTO|NOFORN|SIFIED)(?=[A-Z]{3})")  # AMEMBASSYHANOI
_NOT_LETTER: Final = re.compile(r"[^A-Z]+")


@cache
def station(name: str) -> str:
    """The station of an id for a name as sent: capitals without spaces, other spellings brought to the known one."""
    letters = _NOT_LETTER.sub("", name.upper())
    if letters in OTHER_NAMES:
        return OTHER_NAMES[letters]
    if letters in posts_by_station():
        return letters
    bare = _GLUED_OFFICE.sub("", letters)
    return OTHER_NAMES.get(bare, bare)


def is_known(name: str) -> bool:
    """Whether the name is that of a station of the table of posts, in any known spelling."""
    return station(name) in posts_by_station()


@cache
def post_of(plad: str) -> str | None:
    """The slug of the post that a plain language address designator names, or None."""
    post = posts_by_plad().get(plad)
    if post is None:
        post = posts_by_station().get(station(_OFFICE.sub("", plad, count=1)))
    return None if post is None else post.slug


@cache
def posts_by_label() -> MappingProxyType[str, Post]:
    """Posts by the name that releases give as the origin, such as `Embassy Bogota`."""
    return MappingProxyType({post.label.casefold(): post for post in posts()})


@cache
def post_of_station(name: str) -> str | None:
    """The slug of the post that sends under this station, or None."""
    post = posts_by_station().get(station(name))
    return None if post is None else post.slug
