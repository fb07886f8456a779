"""The authority tables that the project carries, as frozen values: posts, stations, TAGS terms and countries.

They lie in kg/data, most of them written by scripts/freeze_authority.py; docs/reference/data-sources.md names where
the facts come from.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from kg.resources import table


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A diplomatic mission, consulate or department that sends cables.

    `stations` are its names as they stand in canonical ids (`RIODEJANEIRO`); coordinates are those of its city, in
    degrees (WGS 84); `country` is the code of the host country (ISO 3166-1 alpha-2).
    """

    slug: str
    label: str
    kind: str
    stations: tuple[str, ...]
    routing_indicator: str | None
    plad: str | None
    country: str | None
    city: str | None
    geonames_id: str | None
    latitude: str | None
    longitude: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationName:
    """A name under which a station sends or is cited, beside those that the posts have.

    `name` is as sent (`FORT LAMY`), `station` as in canonical ids, `post` the slug of the post that is the same
    mission under today's name, or None; `era` is `1970s` where only telegrams of that time have it.
    """

    name: str
    station: str
    post: str | None
    era: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory; `code` is its ISO 3166-1 alpha-2 code, or a longer one for a historical country."""

    code: str
    iso3: str | None
    name: str
    full_name: str | None
    wikidata: str | None
    geonames_id: str | None
    fips: str | None
    is_historical: bool
    successors: tuple[str, ...]
    region: str | None
    capital: str | None
    demonym: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTerm:
    """A term of the TAGS scheme (Traffic Analysis by Geography and Subject)."""

    term: str
    kind: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCountry:
    """A country that a TAGS term means from `since` until the day before `until`; None leaves that end open."""

    country: str
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the term means the country on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@cache
def posts() -> tuple[Post, ...]:
    """All posts, sorted by slug."""
    return tuple(
        Post(
            slug=row["slug"],
            label=row["label"],
            kind=row["kind"],
            stations=tuple(row["station"].split("|")),
            routing_indicator=row["routing_indicator"] or None,
            plad=row["plad"] or None,
            country=row["country"] or None,
            city=row["city"] or None,
            geonames_id=row["geonames_id"] or None,
            latitude=row["latitude"] or None,
            longitude=row["longitude"] or None,
        )
        for row in rows("posts.tsv")
    )


@cache
def station_names() -> tuple[StationName, ...]:
    """The names of stations that the table of posts lacks, sorted by name."""
    return tuple(
        StationName(name=row["name"], station=row["station"], post=row["post"] or None, era=row["era"] or None)
        for row in rows("stations.tsv")
    )


@cache
def id_repairs() -> Mapping[str, tuple[str, str]]:
    """Malformed ids that no rule can mend, in capitals, with the right id and the reason."""
    return MappingProxyType({row["as_found"]: (row["canonical_id"], row["reason"]) for row in rows("id_repairs.tsv")})


@cache
def countries() -> Mapping[str, Country]:
    """All countries and territories by their code."""
    return MappingProxyType(
        {
            row["code"]: Country(
                code=row["code"],
                iso3=row["iso3"] or None,
                name=row["name"],
                full_name=row["full_name"] or None,
                wikidata=row["wikidata"] or None,
                geonames_id=row["geonames_id"] or None,
                fips=row["fips"] or None,
                is_historical=row["historical"] == "1",
                successors=tuple(row["successors"].split("|")) if row["successors"] else (),
                region=row["region"] or None,
                capital=row["capital"] or None,
                demonym=row["demonym"] or None,
            )
            for row in rows("countries.tsv")
        }
    )


@cache
def tag_terms() -> Mapping[str, TagTerm]:
    """All known TAGS terms by their term."""
    return MappingProxyType({row["term"]: TagTerm(**row) for row in rows("tags.tsv")})


@cache
def tag_countries() -> Mapping[str, tuple[TagCountry, ...]]:
    """The countries that each geographic TAGS term has meant, in the order of time."""
    out: dict[str, tuple[TagCountry, ...]] = {}
    for row in rows("tag_countries.tsv"):
        since = date.fromisoformat(row["from"]) if row["from"] else None
        until = date.fromisoformat(row["until"]) if row["until"] else None
        out[row["term"]] = (*out.get(row["term"], ()), TagCountry(country=row["country"], since=since, until=until))
    return MappingProxyType(out)


def tag_country(term: str, day: date | None) -> str | None:
    """The country that a TAGS term meant on a day, by its code; without a day the one it means today."""
    for one in tag_countries().get(term, ()):
        if one.until is None if day is None else one.holds_on(day):
            return one.country
    return None


@cache
def date_bases() -> Mapping[str, str]:
    """What each basis means by which the words of a date became days."""
    return MappingProxyType({row["basis"]: row["meaning"] for row in rows("date_bases.tsv")})


def is_given_name(word: str, *, or_word: bool = False) -> bool:
    """Whether a word in capitals is known as a given name; `or_word` admits those that are words too (`FRANK`)."""
    is_word = _given_names().get(word)
    return is_word is not None and (or_word or not is_word)


@cache
def _given_names() -> Mapping[str, bool]:
    return MappingProxyType({row["name"]: row["is_word"] == "1" for row in rows("given_names.tsv")})


@cache
def posts_by_station() -> Mapping[str, Post]:
    """Posts by station name as in canonical ids, such as `RIODEJANEIRO`."""
    return MappingProxyType(_first_wins((station, post) for post in _plain_first() for station in post.stations))


@cache
def posts_by_routing_indicator() -> Mapping[str, Post]:
    """Posts by routing indicator, such as `RUEHBO`; of several the Department and the plainer name come first."""
    return MappingProxyType(_first_wins((p.routing_indicator, p) for p in _plain_first() if p.routing_indicator))


@cache
def posts_by_plad() -> Mapping[str, Post]:
    """Posts by plain language address designator, such as `AMEMBASSY BOGOTA`."""
    return MappingProxyType(_first_wins((p.plad, p) for p in _plain_first() if p.plad))


@cache
def posts_by_slug() -> Mapping[str, Post]:
    """Posts by the slug of their IRI, such as `bogota`."""
    return MappingProxyType({post.slug: post for post in posts()})


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table of kg/data, each by column name; no quoting."""
    with table(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _plain_first() -> list[Post]:
    # RUEHC is shared by `state` and `secstate`; the Department is the sender unless the id says SECSTATE.
    return sorted(posts(), key=lambda post: (post.slug == "secstate", len(post.slug), post.slug))


def _first_wins(pairs: Iterator[tuple[str, Post]]) -> dict[str, Post]:
    out: dict[str, Post] = {}
    for key, post in pairs:
        out.setdefault(key, post)
    return out
