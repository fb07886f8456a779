"""Freeze the chiefs of mission and principal officers: who headed which post from when to when.

usage: python scripts/freeze_chiefs.py pocom_chiefs_and_principals.tsv

Writes kg/data/chiefs_of_mission.tsv from the list of the Office of the Historian (US public domain), sorted: terms that
ended in 1966 or later. A chief is in office from the day of the credentials to the end of the mission; a date that
gives only a month or a year counts from its first or to its last day. A term whose end the list does not give ends
before the next one of the same territory begins.
"""

import calendar
import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.iris import slug
from kg.tables import countries, posts

OUT = Path(__file__).parent.parent / "kg" / "data" / "chiefs_of_mission.tsv"
COLUMNS = ("post", "from", "until", "surname", "given", "suffix", "role", "person")
SINCE = "1966-01-01"

ROLES = {
    "acting-principal-officer": "Principal Officer",
    "ambassador-e-p": "Ambassador",
    "charge-daffaires": "Chargé d'Affaires",
    "charge-daffaires-ad-interim": "Chargé d'Affaires",
    "chief": "Chief of Mission",
    "director": "Director",
    "envoy-extraordinary-minister-plenipotentiary": "Minister",
    "minister-resident": "Minister",
    "personal-representative-of-the-president": "Personal Representative",
    "principal-officer": "Principal Officer",
    "representative": "Representative",
    "secretary": "Secretary of State",
    "secretary-ad-interim": "Acting Secretary of State",
}
# Missions to organizations, by the name of the territory in the list.
MISSIONS = {
    "representative-to-eu": ("useubrussels",),
    "representative-to-iaea": ("unvievienna",),
    "representative-to-nato": ("usnato",),
    "representative-to-osce": ("usosce",),
    "representative-to-un": ("usunnewyork",),
    "representative-to-unesco": ("unescoparisfr",),
    "representative-to-unafa": ("unrome",),
    "representative-uneo": ("us-mission-geneva", "geneva"),
    "representative-unvo": ("unvievienna",),
}
# Names of the list that the table of countries has otherwise.
NAMES = {
    "bosnia-herzegovina": "BA",
    "burma": "MM",
    "congo-democratic-republic": "CD",
    "congo-republic": "CG",
    "cote-divoire": "CI",
    "korea": "KR",
    "macedonia": "MK",
    "swaziland": "SZ",
    "turkey": "TR",
}
# Territories whose post follows from no embassy of today, or moved: post, first day, first day elsewhere.
PLACES = {
    "brazil": (("rio-de-janeiro", "", "1972-01-01"), ("brasilia", "1972-01-01", "")),
    "cuba": (("havana", "", ""),),
    "czechoslovakia": (("prague", "", ""),),
    "german-democratic-republic": (("berlin", "", ""),),
    "germany": (("bonn", "", "1999-07-07"), ("berlin", "1999-07-07", "")),
    "kazakhstan": (("almaty", "", "2006-11-20"), ("astana", "2006-11-20", "")),
    "nigeria": (("lagos", "", "1991-12-12"), ("abuja", "1991-12-12", "")),
    "saudi-arabia": (("jeddah", "", "1984-09-01"), ("riyadh", "1984-09-01", "")),
    "yugoslavia": (("belgrade", "", ""),),
}


def main(arguments: list[str]) -> int:
    """Write the table."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = sorted(set(rows(listed)))
    text = "".join("\t".join(row) + "\n" for row in [COLUMNS, *found])
    OUT.write_text(text, encoding="utf-8")
    print(f"{len(found):,} terms at {len({row[0] for row in found}):,} posts")
    return 0


def rows(listed: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    """The rows of the table, one for each post at which a chief served."""
    starts: dict[str, list[str]] = {}
    for row in listed:
        if row["started"]:
            starts.setdefault(row["territory_or_org"], []).append(first_day(row["started"]))
    for row in listed:
        role = ROLES.get(row["role"]) or ("Representative" if row["territory_or_org"] in MISSIONS else None)
        # Who was appointed and has no start never took up the post.
        if role is None or not row["started"] or (row["territory_or_org"] == "(dept)" and "Secretary" not in role):
            continue
        start = first_day(row["started"])
        end = last_day(row["ended"]) if row["ended"] else _before_next(start, starts[row["territory_or_org"]])
        if end and end < SINCE:
            continue
        for post, since, until in places(row["territory_or_org"]):
            if (not end or not since or end >= since) and (not until or start < until):
                own_end = min(filter(None, (end, _day_before(until))), default="")
                yield (
                    post,
                    max(start, since),
                    own_end,
                    row["surname"].replace("’", "'"),
                    row["forename"].replace("’", "'"),
                    row["gen"],
                    role,
                    row["person_id"],
                )


def places(territory: str) -> tuple[tuple[str, str, str], ...]:
    """The posts from which a territory is dealt with, each with its first day and the first day elsewhere."""
    if territory == "(dept)":
        return ("secstate", "", ""), ("state", "", "")
    if territory in MISSIONS:
        return tuple((post, "", "") for post in MISSIONS[territory])
    if territory in PLACES:
        return PLACES[territory]
    code = NAMES.get(territory)
    codes = (
        {code}
        if code
        else {c.code for c in countries().values() if territory in (slug(c.name), slug(c.full_name or ""))}
    )
    return tuple((post.slug, "", "") for post in posts() if post.kind == "embassy" and post.country in codes)


def first_day(day: str) -> str:
    """The first day of a date that may lack day or month."""
    return day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day


def last_day(day: str) -> str:
    """The last day of a date that may lack day or month."""
    if len(day) == 4:
        return f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-{calendar.monthrange(int(day[:4]), int(day[5:]))[1]:02d}"
    return day


def _before_next(start: str, starts: list[str]) -> str:
    later = [other for other in sorted(starts) if other > start]
    return _day_before(later[0]) if later else ""


def _day_before(day: str) -> str:
    if not day:
        return ""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
