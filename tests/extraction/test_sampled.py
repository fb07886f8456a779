"""The verdicts of the facts that were read by eye, and the sums of them that the documentation tells."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLES = sorted((ROOT / "tests" / "extraction" / "sampled").glob("*.tsv"))
ANNOTATIONS = ROOT / "tests" / "extraction" / "annotations"
PAGE = ROOT / "docs" / "explanation" / "samples.md"
ROW = re.compile(r"^\| (?P<kind>\w+) \| (?P<drawn>\d+) \| (?P<right>\d+) \| (?P<precision>[\d.]+) \|$", re.MULTILINE)
PLACE = re.compile(r"[\w-]+ \d+-\d+")


def verdicts(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_fact_has_a_verdict_and_each_wrong_one_a_reason(path):
    rows = verdicts(path)
    assert len({(row["cable"], row["place"]) for row in rows}) == len(rows)
    for row in rows:
        assert PLACE.fullmatch(row["place"]), row
        assert row["verdict"] in ("right", "wrong"), row
        assert bool(row["reason"]) >= (row["verdict"] == "wrong"), row


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_fact_is_of_a_cable_that_stays_unread(path):
    unread = {name for kept in ("frozen.txt", "held_out.txt") for name in (ANNOTATIONS / kept).read_text().split()}
    assert unread.isdisjoint(row["cable"] for row in verdicts(path))


def test_the_page_tells_the_sums():
    told = {row["kind"]: (int(row["drawn"]), int(row["right"])) for row in ROW.finditer(PAGE.read_text("utf-8"))}
    counts = {path.stem: Counter(row["verdict"] for row in verdicts(path)) for path in TABLES}
    assert told == {kind: (count.total(), count["right"]) for kind, count in counts.items()}


@pytest.mark.parametrize("row", list(ROW.finditer(PAGE.read_text("utf-8"))), ids=lambda row: row["kind"])
def test_the_page_divides_rightly(row):
    assert f"{int(row['right']) / int(row['drawn']):.2f}" == row["precision"]
