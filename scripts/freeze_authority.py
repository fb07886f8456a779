"""Freeze the authority tables that the project carries: posts, TAGS terms and their countries, countries, given names.

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

TAG_COUNTRY_COLUMNS = ("term", "country", "from", "until", "source")
FIPS = "FIPS 10-4 via GeoNames"
HANDBOOK = "RG59 TAGS handbook TL:TAGS-1 6-28-74 (via leuc/ACP-127 src/tags_mapping.py COUNTRY_TAGS_1974)"
KNOWN = "general knowledge, unverified"
# Terms whose country depends on the day, or that differ from FIPS 10-4 as of today: term, country (a code of
# countries.tsv), first day, first day of what follows, source. A state without a row in countries.tsv (South Viet-Nam,
# Yemen's two halves, West Berlin) stands under the state that it became part of.
ERAS = (
    ("AN", "AD", "", "", FIPS),
    ("BP", "SB", "", "", HANDBOOK),
    ("CG", "ZR", "1971-10-27", "1997-05-17", HANDBOOK),
    ("CG", "CD", "1997-05-17", "", FIPS),
    ("CS", "CR", "", "", HANDBOOK),
    ("CZ", "CSHH", "", "1993-01-01", HANDBOOK),
    ("CZ", "CZ", "1993-01-01", "", KNOWN),
    ("DM", "BJ", "", "", HANDBOOK),
    ("FA", "FK", "", "", HANDBOOK),
    ("FT", "DJ", "", "", HANDBOOK),
    ("GC", "DD", "", "1990-10-03", KNOWN),
    ("GE", "DD", "", "1990-10-03", HANDBOOK),
    ("GN", "KI", "", "", HANDBOOK),
    ("GW", "DE", "", "1990-10-03", HANDBOOK),
    ("GZ", "PS", "", "", HANDBOOK),
    ("HV", "BF", "", "", KNOWN),
    ("IV", "CI", "", "", HANDBOOK),
    ("JN", "SJ", "", "", HANDBOOK),
    ("MW", "ME", "2006-06-03", "", KNOWN),
    ("NA", "AN", "", "1990-03-21", HANDBOOK),
    ("NA", "NA", "1990-03-21", "", KNOWN),
    ("NH", "VU", "", "", HANDBOOK),
    ("NS", "SR", "", "", HANDBOOK),
    ("PN", "PA", "", "1980-01-01", HANDBOOK),
    ("PT", "TL", "", "1976-07-17", HANDBOOK),
    ("PU", "GW", "", "", HANDBOOK),
    ("RB", "RS", "2006-06-03", "", KNOWN),
    ("RH", "ZW", "", "", HANDBOOK),
    ("SK", "IN", "", "", HANDBOOK),
    ("SR", "RS", "2006-06-03", "", KNOWN),
    ("SS", "EH", "", "1976-02-26", HANDBOOK),
    ("TC", "AE", "", "", HANDBOOK),
    ("UR", "SUHH", "", "1991-12-26", HANDBOOK),
    ("UV", "BF", "", "", HANDBOOK),
    ("VN", "VN", "", "", HANDBOOK),
    ("VS", "VN", "", "1976-07-02", HANDBOOK),
    ("WA", "NA", "", "", HANDBOOK),
    ("WB", "DE", "", "", HANDBOOK),
    ("YE", "YE", "", "", HANDBOOK),
    ("YI", "CSXX", "1992-04-27", "2006-06-03", FIPS),
    ("YI", "RS", "2006-06-03", "", KNOWN),
    ("YO", "YUCS", "", "1992-04-27", HANDBOOK),
    ("YS", "YE", "", "", HANDBOOK),
    ("YU", "YUCS", "", "1992-04-27", KNOWN),
    ("YU", "CSXX", "1992-04-27", "2006-06-03", KNOWN),
)

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


def tag_countries(folder: Path) -> list[dict[str, str]]:
    known = {row["code"] for row in countries(folder)}
    apart = {era[0] for era in ERAS}
    rows = [(r["fips"], r["iso2"], "", "", FIPS) for r in read(folder / "fips10_4_countries.tsv")]
    kept = [row for row in rows if row[0] and row[1] in known and row[0] not in apart]
    out = [dict(zip(TAG_COUNTRY_COLUMNS, row, strict=True)) for row in (*kept, *ERAS) if row[1] in known]
    return sorted(out, key=lambda r: (r["term"], r["from"]))


def given_names(folder: Path) -> list[dict[str, str]]:
    """The first given name of each person, in capitals; `is_word` marks common words and TAGS terms."""
    names = {
        row["preferred_name"].partition(", ")[2].split(" ")[0].upper()
        for row in read(folder / "history_state_people.tsv")
    }
    words = (OUT / "common_words.tsv").read_text(encoding="utf-8").upper().split()
    other = {*words, *(row["term"] for row in tags(folder))}
    return [
        {"name": name, "is_word": str(int(name in other))} for name in sorted(names) if re.fullmatch("[A-Z]{2,}", name)
    ]


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
    write("tag_countries.tsv", TAG_COUNTRY_COLUMNS, tag_countries(folder))
    write("given_names.tsv", ("name", "is_word"), given_names(folder))
    write("countries.tsv", COUNTRY_COLUMNS, countries(folder))


if __name__ == "__main__":
    main()
