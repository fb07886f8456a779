"""Where the fields under the class line begin and end."""

import pytest

from kg.cables.fields.keywords import read_fields


def fields(text):
    return {field.kind: text[field.value_start : field.end] for field in read_fields(text, 0, len(text))}


def test_fields_on_one_line():
    text = "DEPT FOR WHA E.O. 12958: N/A TAGS: PGOV PREL\nSUBJECT: NETS REF: QUITO 12\n"
    assert fields(text) == {"eo": "12958: N/A", "tags": "PGOV PREL", "subject": "NETS", "ref": "QUITO 12"}


def test_subject_ends_at_a_blank_line_or_a_row():
    assert fields("SUBJECT: NETS\nAND ROPES\n \nNot this")["subject"] == "NETS\nAND ROPES"
    assert fields("SUBJECT: NETS\n-----\nNot this")["subject"] == "NETS"


def test_tags_go_on_after_a_comma_or_with_known_terms():
    assert fields("TAGS: PGOV,\nPREL\nSUBJECT: NETS")["tags"] == "PGOV,\nPREL"
    assert fields("TAGS: PGOV\nECON ETRD\nNets")["tags"] == "PGOV\nECON ETRD"
    assert fields("TAGS PGOV\nThe nets")["tags"] == "PGOV"


def test_references_go_on_over_blank_lines():
    assert fields("REF: A. QUITO 12\n\n    B. LIMA 13\n\nThe nets were wet.\n")["ref"].split() == [
        "A.",
        "QUITO",
        "12",
        "B.",
        "LIMA",
        "13",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("REF A QUITO 12 B LIMA 13\n", "A QUITO 12 B LIMA 13"),
        ("REF A: QUITO 12\nREF B: LIMA 13\n", "A: QUITO 12\nREF B: LIMA 13"),
        ("SUBJECT: NETS Ref(s): A) QUITO 12\n", "A) QUITO 12"),
        ("REF: A) QUITO 12 B)\n\nLima 13 C) LOME 14\n", "A) QUITO 12 B)\n\nLima 13 C) LOME 14"),
        ("REF: QUITO 12,\n\nLima 13\n\nThe nets were wet.\n", "QUITO 12,\n\nLima 13"),
    ],
)
def test_references_in_odd_forms(text, value):
    assert fields(text)["ref"] == value


def test_references_end_at_text_with_a_portion_marking():
    text = "REF: QUITO 12\n(SBU) Poloff delivered the nets to the ministry of fisheries and asked for ropes.\n"
    assert fields(text)["ref"] == "QUITO 12"


def test_classified_by_goes_on_to_its_reasons():
    text = "Classified By: DCM John Roe for reasons\n\n1.4 B, D\n\nThe nets"
    assert fields(text)["classified"] == "DCM John Roe for reasons\n\n1.4 B, D"


@pytest.mark.parametrize("text", ["The subject: nets", "Refer to nets", "TAGSALE NETS"])
def test_words_that_are_no_field(text):
    assert not fields(text)


def test_handling_note_right_under_the_subject_is_none_of_it():
    text = "SUBJECT: NETS\nAND ROPES\nSENSITIVE BUT UNCLASSIFIED - HANDLE WITH CARE\n\n1. Nets."
    (field,) = read_fields(text, 0, len(text))
    assert text[field.value_start : field.end] == "NETS\nAND ROPES"


@pytest.mark.parametrize(
    "keyword",
    ["TAGS:", "TAG:", "TAGS;", "TAGS,", "TAGE:", "TAGES:", "TAGSS:", "TAS:", "TABS:", "TGS:", "AGS:", "Tags:"],
)
def test_keywords_of_tags(keyword):
    assert fields(f"{keyword} PGOV PREL\nSUBJECT: NETS")["tags"] == "PGOV PREL"


@pytest.mark.parametrize(
    "keyword", ["SUBJECT:", "SUBJ:", "UBJECT:", "Subject:", "SUBJECT :", "SUBJECT;", "SUBJCT:", "SUBJ"]
)
def test_keywords_of_the_subject(keyword):
    assert fields(f"TAGS: PGOV\n{keyword} NETS\n")["subject"] == "NETS"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("SUBJECT: A VISIT TO THE CAPEClassified By: DCM ROE\n", "classified", "DCM ROE"),
        ("SUBJECT: WHO LEADS THE GUILDREF: A. QUITO 12  B. QUITO 13\n", "ref", "A. QUITO 12  B. QUITO 13"),
        ("SUBJECT: NETS DRY? REFS: (A) QUITO 12\n", "ref", "(A) QUITO 12"),
        ("E.O. 12958: DECL: 02/02/2019TAGS: PGOV\nSUBJECT: NETS", "tags", "PGOV"),
        ("E.O. 12958: DECL: 02/02/2019 TAG PGOV, PREL\nSUBJECT: NETS", "tags", "PGOV, PREL"),
        ("DECL: 02/02/2019 AGS: PGOV, PREL\nSUBJECT: NETS", "tags", "PGOV, PREL"),
        ("TAGS: PGOV COSUBJECT: NETS\n", "subject", "NETS"),
        ("(U) Derived from: Several sources\n", "derived", "Several sources"),
        ("EO12958: N/A\nTAGS: PGOV", "eo", "12958: N/A"),
    ],
)
def test_keywords_that_lost_the_space_before_them(text, kind, value):
    assert fields(text)[kind] == value


def test_order_as_the_ground_of_a_classification_is_no_field_of_its_own():
    text = "Classified By: DCM Jane Roe, E.O. 12958\nreasons 1.4 (b) and (d)\n"
    assert fields(text) == {"classified": "DCM Jane Roe, E.O. 12958\nreasons 1.4 (b) and (d)"}


@pytest.mark.parametrize("text", ["XPREF: nets", "DECLASSIFIED BY: nobody", "STORAGES: nets", "THE E.O. 99999: nets"])
def test_words_that_end_like_a_keyword(text):
    assert not fields(text)


def test_subject_in_capitals_ends_before_a_sentence():
    text = "SUBJECT: NETS FOR THE\nCAPE\nThis message asks for an answer. See paragraph 4.\n"
    assert fields(text)["subject"] == "NETS FOR THE\nCAPE"


def test_subject_ends_at_a_cut_page_line():
    assert fields("SUBJECT: NETS FOR THE CAPE\nPAGE 02 QUI")["subject"] == "NETS FOR THE CAPE"


def test_tags_go_on_behind_a_blanked_page_break():
    blanked = " " * 40
    assert fields(f"TAGS: PGOV,\n{blanked}\n{blanked}\nPREL ECON\nSUBJECT: NETS")["tags"].split() == [
        "PGOV,",
        "PREL",
        "ECON",
    ]


def test_hostile_text_is_read_in_time():
    for text in (
        "TAGS:" * 4000,
        "1. Classified by " * 2000,
        "E.O. 12958 " * 3000,
        ": " * 20_000,
        "\n" * 20_000 + "REF: A.",
    ):
        read_fields(text, 0, len(text))
