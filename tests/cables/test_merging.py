"""Versions and sections of a cable."""

import itertools

import pytest

from kg.cables import as_json, merge
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


def test_the_ids_of_all_sources_are_aliases(raw, telegram):
    page = raw(telegram, format="viewer-html", source="page.html", reference_id="07EFTOBOGOTA4711")
    other = raw(telegram, format="cablegate-csv", source="cables.csv", reference_id="2007BOGOTA04711")
    merged = merge([page, other, raw(telegram)]).cable
    assert (merged.canonical_id, merged.aliases) == ("07BOGOTA4711", ("07EFTOBOGOTA4711", "2007BOGOTA04711"))
    (told,) = [problem for problem in merged.problems if problem.code == "id-repaired"]
    assert told.message == "07EFTOBOGOTA4711 is read as 07BOGOTA4711: EFTO is stuck to the station"


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


@pytest.mark.parametrize(
    ("numbers", "missing"), [((1, 2), []), ((1, 3), ["2"]), ((2, 3), ["1"]), ((1, 4), ["2, 3"]), ((2,), ["1"])]
)
def test_a_section_that_is_missing(raw, numbers, missing):
    last = max(numbers)
    texts = [SECTION.format(n=n, text=f"{n}. (U) The nets.").replace("OF 02", f"OF 0{last}") for n in numbers]
    merged = merge([raw(text, source=f"{at}.txt") for at, text in enumerate(texts)])
    found = [p.message.rpartition(": ")[2] for p in merged.cable.problems if p.code == "section-missing"]
    assert found == missing


def test_the_last_section_is_missing(raw):
    texts = [SECTION.format(n=n, text=f"{n}. (U) The nets.").replace("OF 02", "OF 04") for n in (1, 2)]
    merged = merge([raw(text, source=f"{at}.txt") for at, text in enumerate(texts)])
    found = [p.message.rpartition(": ")[2] for p in merged.cable.problems if p.code == "section-missing"]
    assert found == ["3, 4"]


def test_a_first_section_alone_may_be_the_whole_copy(raw):
    assert "section-missing" not in [p.code for p in merge([raw(SECTION.format(n=1, text="1. Nets."))]).cable.problems]


def test_sections_of_the_seventies_are_joined(raw):
    page = "PAGE 0{n}        QUITO  01234  0{n} OF 02  291400Z\n"
    head = "R 291400Z MAR 75\nFM AMEMBASSY QUITO\nTO SECSTATE WASHDC 1234\n"
    line = "C O N F I D E N T I A L SECTION {n} OF 2 QUITO 1234\n\n"
    one = page.format(n=1) + head + line.format(n=1) + "SUBJECT: NETS\n\n1. THE NETS WERE\n"
    two = page.format(n=2) + head + line.format(n=2) + "WET.\n2. SO WERE THE ROPES.\nDOE\n"
    merged = merge([raw(two, source="2.txt"), raw(one, source="1.txt")])
    assert merged.sections_joined == 1
    assert merged.cable.canonical_id == "75QUITO1234"
    assert [part.text for part in merged.cable.paragraphs] == ["THE NETS WERE WET.", "SO WERE THE ROPES."]


def test_a_version_says_what_it_has_otherwise(raw, telegram):
    other = raw(telegram.replace("QUITO", "LIMA", 1), source="z.txt", format="viewer-html")
    cable = merge([raw(telegram), other]).cable
    (version,) = cable.versions
    assert (version.source, version.digest, version.is_cut) == ("z.txt", other.digest, False)
    assert [(c.kind, c.other) for c in version.changes] == [("replaced", "LIMA")]
    change = version.changes[0]
    assert cable.raw.text[change.start : change.end] == change.preferred == "QUITO"
    assert as_json(cable)["versions"][0]["changes"][0]["kind"] == "replaced"


def test_a_redaction_is_never_undone(raw, telegram):
    redacted = raw(telegram.replace("Keeper Roe", "XXXXXXXXXXXX"), source="a.txt")
    page = raw(telegram, source="page.html", format="viewer-html")
    cable = merge([redacted, page]).cable
    assert "Roe" not in " ".join(part.text for part in cable.paragraphs)
    assert cable.raw.text == redacted.text
    assert [(c.kind, c.preferred) for c in cable.versions[0].changes] == [("redacted", "XXXXXXXXXXXX")]


def test_marks_of_the_copy_make_no_version(raw, telegram):
    page = telegram.replace("[1](#)", "¶").replace("\n", " \r\n").replace("BOGOTA 00004711  002 OF 002", "")
    assert merge([raw(telegram), raw(page, format="viewer-html")]).cable.versions == ()


def test_a_version_of_a_section_counts_in_the_joined_text(raw):
    one, two = (SECTION.format(n=n, text=f"{n}. (U) The nets.") for n in (1, 2))
    other = raw(two.replace("nets", "sails"), source="c.html", format="viewer-html")
    cable = merge([raw(one, source="a.txt"), raw(two, source="b.txt"), other]).cable
    (change,) = cable.versions[0].changes
    assert (change.preferred, change.other) == ("nets.", "sails.")
    assert cable.raw.text[change.start : change.end] == "nets."
    assert change.start > len(one)


@pytest.mark.parametrize("names", [*itertools.permutations(["telegram", "cablegate-csv", "viewer-html"], 2)])
def test_each_pair_of_sources_is_checked_for_conflicts(raw, telegram, names):
    stated = {"created": "2008-01-01 00:00", "origin": "Embassy Quito", "classification": "SECRET"}
    raws = [raw(telegram, format=names[0], source="a"), raw(telegram, format=names[1], source="b", **stated)]
    codes = {problem.code for problem in merge(raws).cable.problems}
    assert {"metadata-date-differs", "metadata-post-differs", "metadata-classification-differs"} <= codes


def test_sections_whose_lines_carriage_returns_end_are_joined(raw):
    texts = [SECTION.format(n=1, text="1. (U) The nets"), SECTION.format(n=2, text="were wet.\nDOE")]
    merged = merge([raw(text.replace("\n", "\r"), source=f"{text[-2]}.txt") for text in texts])
    assert merged.sections_joined == 1
    assert [part.text for part in merged.cable.paragraphs] == ["The nets were wet."]
