"""Freeze the authority tables that the project carries: posts, TAGS terms and countries.

usage: python scripts/freeze_authority.py AUTHORITY_FOLDER

Reads the gathered tables of AUTHORITY_FOLDER and writes `kg/data/*.tsv`, sorted, with the source of each row, so that
the project depends on no outside file at run time. Facts only; sources and licences are named in
docs/reference/data-sources.md.
"""

import csv
import re
import sys
from pathlib import Path

OUT = Path(__file__).parent.parent / "kg" / "data"

POST_COLUMNS = (
    "slug", "label", "kind", "station", "routing_indicator", "plad", "country", "city",
    "geonames_id", "latitude", "longitude",
)  # fmt: skip
TAG_COLUMNS = ("term", "kind", "meaning", "source")
COUNTRY_COLUMNS = (
    "code", "iso3", "name", "full_name", "wikidata", "geonames_id", "fips", "historical", "successors", "part_of",
    "region", "capital", "demonym",
)  # fmt: skip

# The viewer's list gives these labels with a misprint or in a form that names no post.
LABELS = {"Embasy Bonn": "Embassy Bonn", "US Delegation, Secretary": "US Delegation of the Secretary"}


def slug(text: str) -> str:
    """The lower-case name of a post in its IRI: letters and digits joined by single hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{k: (v or "").strip() for k, v in row.items() if k and not k.startswith("#")} for row in rows]


def write(name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(row[column] for column in columns) + "\n")


def posts(folder: Path) -> list[dict[str, str]]:
    rows = read(folder / "posts_cablegate.tsv")
    # Of two origins with one station the mission of the plainer label has the station's name as its slug.
    rows.sort(key=lambda r: (r["kind"] != "embassy", len(r["origin_label"]), r["origin_label"]))
    taken: set[str] = set()
    out = []
    for row in rows:
        label = LABELS.get(row["origin_label"], row["origin_label"])
        station = row["reference_id_station"].split("|")[0]
        name = slug(row["cable_name"] if row["kind"] != "mission/other" else station)
        if name in taken:
            name = slug(label)
        taken.add(name)
        out.append({
            "slug": name, "label": label, "kind": row["kind"].removesuffix("/other"),
            "station": row["reference_id_station"], "routing_indicator": row["routing_indicator"],
            "plad": row["fm_line"], "country": row["country_iso2"], "city": row["city"],
            "geonames_id": row["geonameid"], "latitude": row["latitude"], "longitude": row["longitude"],
        })  # fmt: skip
    return sorted(out, key=lambda r: r["slug"])


def tags(folder: Path) -> list[dict[str, str]]:
    rows = read(folder / "tags_with_meanings.tsv")
    out = [{"term": r["tag"], "kind": r["kind"], "meaning": r["meaning"], "source": r["source"]} for r in rows]
    return sorted(out, key=lambda r: (r["term"], r["kind"]))


def countries(folder: Path) -> list[dict[str, str]]:
    renamed = {"geonameid": "geonames_id", "fips10_4": "fips", "parent": "part_of"}
    rows = [{renamed.get(k, k): v for k, v in row.items()} for row in read(folder / "countries.tsv")]
    return sorted(rows, key=lambda r: r["code"])


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    OUT.mkdir(exist_ok=True)
    write("posts.tsv", POST_COLUMNS, posts(folder))
    write("tags.tsv", TAG_COLUMNS, tags(folder))
    write("countries.tsv", COUNTRY_COLUMNS, countries(folder))


if __name__ == "__main__":
    main()
