"""What the text alone says beside what its source states: scripts/compare_metadata.py."""

import re
import runpy
from collections import Counter
from pathlib import Path

import pytest

from kg.cables import parse
from kg.cables.clean import clean
from kg.cables.layout import lay_out
from kg.sources import RawCable, read

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "compare_metadata.py"))
compare, report = SCRIPT["compare"], SCRIPT["report"]

TEXT = "P 032125Z FEB 09\nFM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n\nUNCLAS QUITO 000034\n\nSUBJECT: NETS\n\n1. Nets.\n"
STATED = {"reference_id": "09QUITO34", "created": "2/3/2009 21:09", "origin": "Embassy Quito"}


def outcomes(raw):
    return {one.field: one.outcome for one in compare(raw)}


def test_text_and_source_agree(raw):
    found = outcomes(raw(TEXT, **STATED, classification="UNCLASSIFIED"))
    assert set(found.values()) == {"agree"}
    assert list(found) == ["id", "station, number", "day and hour", "post", "classification"]


def test_differences_have_a_cause(raw):
    item = raw(TEXT, **(STATED | {"created": "2/3/2009 20:08"}), classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY")
    rows = list(report(list(compare(item))))
    assert "  day and hour: 09QUITO34: stated 2009-02-03 20, read 2009-02-03 21: unknown" in rows
    assert any("no caption says so; 0 portions" in row for row in rows)
    assert rows[3].split() == ["day", "and", "hour", "1", "0", "1", "0", "100.00%"]


def test_an_extract_has_no_date_and_no_id_of_its_own(raw):
    text = "This record is a partial extract of the original cable.\n\nUNCLAS QUITO 000034\n\n1. (U) Nets.\n"
    found = outcomes(raw(text, **STATED))
    assert found == {
        "id": "not in the text",
        "station, number": "agree",
        "day and hour": "not in the text",
        "post": "agree",
    }


@pytest.fixture(scope="module")
def corpus(shared):
    found = read([shared / "corpus" / "cables.csv", shared / "corpus" / "pages"])
    return [item for item in found if isinstance(item, RawCable)]


@pytest.mark.shared
def test_corpus_differs_in_less_than_one_of_a_hundred(corpus):
    rows = [item for item in corpus if item.source.endswith("cables.csv")]
    assert len(rows) == 388
    counts = Counter((one.field, one.outcome) for raw in rows for one in compare(raw))
    for field in ("id", "station, number", "day and hour", "post", "classification"):
        assert sum(counts[field, outcome] for outcome in SCRIPT["OUTCOMES"]) == 388
        assert counts[field, "differ"] <= 3
    # The 26 extracts without a header, and nothing else.
    assert counts["id", "not in the text"] == counts["day and hour", "not in the text"] == 26
    assert counts["station, number", "agree"] == counts["post", "agree"] == 388


PLAIN_GROUP = re.compile(r"\b\d{6}Z (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) \d\d\b", re.IGNORECASE)


@pytest.mark.shared
def test_corpus_group_is_read_wherever_a_plain_search_finds_one(corpus):
    with_group = 0
    for raw in corpus:
        layout = lay_out(clean(raw.text).text)
        plain = PLAIN_GROUP.search(raw.text, 0, max(layout.front, layout.header_end))
        if plain is not None:
            with_group += 1
            assert parse(raw).date_time_group.as_sent.split()[0] == plain.group().split()[0]
    assert with_group > 400
