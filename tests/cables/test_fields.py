"""Where the fields under the class line begin and end."""

import pytest

from kg.cables.fields import read_fields


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
