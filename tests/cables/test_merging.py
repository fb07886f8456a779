"""Versions and sections of a cable."""

import itertools

import pytest

from kg.cables import merge
from kg.errors import UsageError

HEADER = "DE RUEHQT #0034/0{n} 0010000\nP 010000Z JAN 08\nFM AMEMBASSY QUITO\n\n"
SECTION = HEADER + "UNCLAS SECTION 0{n} OF 02 QUITO 000034\n\nSUBJECT: NETS\n\n{text}\n"


def test_one_raw_cable(raw, telegram):
    merged = merge([raw(telegram)])
    assert (merged.duplicates, merged.sections_joined) == (0, 0)
    assert merged.cable.canonical_id == "07BOGOTA4711"


def test_the_same_text_from_two_sources(raw, telegram):
    merged = merge([raw(telegram, source="b.txt"), raw(telegram, source="a.txt")])
    assert (merged.duplicates, merged.sections_joined) == (1, 0)
    assert [(note.source, note.is_preferred) for note in merged.cable.sources] == [("a.txt", True), ("b.txt", True)]


def test_the_telegram_is_preferred_to_the_release(raw, telegram):
    page = raw(telegram.replace("¶", ""), format="viewer-html", source="page.html")
    merged = merge([page, raw(telegram)])
    assert merged.cable.raw.format == "telegram"
    assert [note.is_preferred for note in merged.cable.sources] == [True, False]


def test_the_whole_text_is_preferred_to_an_extract(raw, telegram):
    extract = raw("This record is a partial extract of the original cable.\n\n" + telegram)
    page = raw(telegram, format="viewer-html", source="page.html")
    assert merge([extract, page]).cable.raw.source == "page.html"


def test_another_text_under_the_same_id_is_told(raw, telegram):
    other = raw(telegram.replace("SUBJECT:", "SUBJECT: NOT"), source="z.txt", format="viewer-html")
    respaced = raw(telegram.replace("\n", " \n"), source="y.txt", format="viewer-html")
    found = [p for p in merge([raw(telegram), respaced, other]).cable.problems if p.code == "text-differs"]
    assert [problem.message.split()[0] for problem in found] == ["z.txt:1"]


def test_sections_are_joined_in_their_order(raw):
    one = raw(SECTION.format(n=1, text="1. (U) The nets"), source="b.txt")
    two = raw(SECTION.format(n=2, text="were wet.\n\n2. (U) So were the ropes.\nDOE"), source="a.txt")
    merged = merge([two, one])
    assert (merged.duplicates, merged.sections_joined) == (0, 1)
    assert merged.cable.raw.source == "b.txt + a.txt"
    assert [part.text for part in merged.cable.paragraphs] == ["The nets were wet.", "So were the ropes."]
    assert [note.is_preferred for note in merged.cable.sources] == [True, True]


def test_the_order_of_arrival_does_not_matter(raw, telegram):
    raws = [
        raw(telegram, source="a.txt"),
        raw(telegram + "\n", source="b.txt"),
        raw(telegram, source="c.html", format="viewer-html", created="2007-05-03 15:03"),
    ]
    results = [merge(order) for order in itertools.permutations(raws)]
    assert all(result == results[0] for result in results)


def test_metadata_of_another_source_that_contradicts_the_text(raw, telegram):
    page = raw(telegram, source="page.html", format="viewer-html", created="2008-01-01 00:00", origin="Embassy Quito")
    codes = [problem.code for problem in merge([raw(telegram), page]).cable.problems]
    assert codes[-2:] == ["metadata-date-differs", "metadata-post-differs"]


def test_merging_nothing_is_wrong_use():
    with pytest.raises(UsageError, match="nothing to merge"):
        merge([])
