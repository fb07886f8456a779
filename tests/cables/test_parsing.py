"""Parsing an invented telegram: every value, and that it stands where it says."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from kg.cables import parse
from kg.cables.model import Line


@pytest.fixture
def cable(raw, telegram):
    return parse(raw(telegram))


def test_identity(cable):
    assert (cable.canonical_id, cable.section, cable.section_of) == ("07BOGOTA4711", 1, 2)
    assert cable.message_reference_number.value == "BOGOTA 004711"


def test_transmission(cable):
    assert cable.transmission_id.value == "VZCZCXRO1234"
    assert cable.originator_routing_indicator.value == "RUEHBO"
    assert cable.precedences == ("P", "R")


def test_date(cable):
    assert cable.date_time_group.as_sent == "031545Z MAY 07"
    assert cable.sent_at == datetime(2007, 5, 3, 15, 45, tzinfo=UTC)


def test_sender(cable):
    assert (cable.originator.value, cable.post) == ("AMEMBASSY BOGOTA", "bogota")


def test_classification_carries_its_caption(cable):
    assert cable.classification.value == "CONFIDENTIAL//NOFORN"
    assert cable.classification.as_sent == "C O N F I D E N T I A L"
    assert [caption.value for caption in cable.captions] == ["SIPDIS", "NOFORN"]


def test_declassify_on(cable):
    assert cable.executive_order.value == "E.O. 12958"
    assert cable.declassify_on.value == date(2017, 5, 3)


def test_tags(cable):
    assert [(tag.term, tag.kind) for tag in cable.tags] == [
        ("PGOV", "subject"),
        ("PREL", "subject"),
        ("MASS", "subject"),
        ("MNUC", "subject"),
        ("OVIP", "subject"),
        ("DOE, JANE Q.", "person"),
        ("ECON", "subject"),
        ("CO", "geographic"),
    ]


def test_subject_over_two_lines(cable):
    assert cable.subject.value == "THE LIGHTHOUSE KEEPERS ASK FOR LONGER LADDERS"


def test_references(cable):
    assert [(r.letter, r.kind, r.target) for r in cable.references] == [
        ("A", "cable", "06QUITO1234"),
        ("B", "cable", "07PANAMA99"),
        ("B", "cable", "07PANAMA100"),
        ("C", "e-mail", None),
    ]


def test_classified_by(cable):
    found = cable.classified_by
    assert (found.name, found.title) == ("Jane Q. Doe", "Political Counselor")
    assert found.reasons == ("1.4 (b)", "1.4 (d)")


def test_paragraphs_are_whole(cable):
    assert [(p.number, p.portion_marking, p.heading) for p in cable.paragraphs] == [
        (1, "C/NF", "SUMMARY"),
        (2, "C", "THE LADDERS"),
        (3, "U", None),
    ]
    assert cable.part("p2").text == (
        "Keeper Roe said on May 15. that the ladders were short, and the wood was wet. He spoke again about the wood."
    )


def test_headings_are_parts(cable):
    assert [(p.key, p.text) for p in cable.parts if p.kind == "heading"] == [("x1", "SUMMARY"), ("x2", "THE LADDERS")]


def test_signature(cable):
    assert [name.value for name in cable.signed_by] == ["DOE"]
    assert cable.part("signature").text == "DOE"


def test_summary(cable):
    assert cable.raw.text[slice(*cable.summary)] == "The keepers asked for ladders."


def test_problems_say_where(cable):
    problems = [(p.code, cable.raw.text[p.start : p.end]) for p in cable.problems]
    assert problems == [("misprinted-precedence", "PIORITY"), ("misprinted-precedence", "FEB")]


def test_values_are_slices(cable):
    values = [getattr(cable, field.name) for field in dataclasses.fields(cable)]
    flat = [v for value in values for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, Line)]
    assert len(flat) > 25
    assert all(value.as_sent == cable.raw.text[value.start : value.end] for value in flat)


def test_text_without_anything(raw):
    cable = parse(raw(""))
    assert (cable.canonical_id, cable.parts) == (None, ())


def test_text_without_header_gives_unnumbered_parts(raw):
    cable = parse(raw("The keepers wrote a letter.\n\nIt was short.\n"))
    assert [part.text for part in cable.parts] == ["The keepers wrote a letter.", "It was short."]


def test_text_under_the_header_of_another_cable_keeps_the_header_s_id(raw):
    text = "DE RUEHBO #0012 0011200\nP 011200Z JAN 08\nFM AMEMBASSY BOGOTA\n\nUNCLAS QUITO 000034\n\nSUBJECT: NETS\n"
    assert parse(raw(text)).canonical_id == "08BOGOTA12"


def test_de_line_that_contradicts_the_date_is_a_problem(raw, telegram):
    cable = parse(raw(telegram.replace("1231545", "2001545")))
    assert "de-line-day-differs" in [problem.code for problem in cable.problems]


def test_classified_by_inside_the_first_paragraph(raw):
    text = (
        "UNCLAS QUITO 000034\nSUBJECT: NETS\n\n1. (C) CLASSIFIED BY: JANE Q. DOE, DCM. REASON: 1.5 (D).\n\n2. Nets.\n"
    )
    assert parse(raw(text)).classified_by.name == "JANE Q. DOE"


def test_fields_above_the_class_line(raw):
    text = "FM AMEMBASSY QUITO\nTO SECSTATE WASHDC\nTAGS: EFIS EC\nSUBJECT: NETS\n\nS e c r e t quito 000034\n\n1. (S) Wet.\n"
    cable = parse(raw(text))
    assert [tag.term for tag in cable.tags] == ["EFIS", "EC"]
    assert (cable.subject.value, cable.classification.value) == ("NETS", "SECRET")
    assert len(cable.action_addressees) == 1


def test_classification_of_the_format_line_where_there_is_no_class_line(raw):
    cable = parse(
        raw("ZNY CCCCC ZZH\nP 010000Z JAN 08\nFM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n\nSIPDIS\n\nSUBJECT: NETS\n")
    )
    assert (cable.classification.value, cable.classification.as_sent) == ("CONFIDENTIAL", "CCCCC")


def test_officer_of_the_executive_order_classified_the_cable(raw):
    cable = parse(
        raw("CONFIDENTIAL QUITO 0034\n\nE.O. 12065: GDS 8/12/85 (ROE, JOHN) OR-P\nTAGS: EFIS\nSUBJECT: NETS\n")
    )
    assert cable.classified_by.name == "JOHN ROE"


def test_fields_on_the_joined_class_line_are_read(raw):
    text = "C O N F I D E N T I A L BOGOTA 004711 SIPDIS DEPT FOR WHA E.O. 12958: DECL: 05/03/2017\n\nTAGS: PGOV\n\n1. Nets.\n"
    cable = parse(raw(text))
    assert cable.executive_order.value == "E.O. 12958"
    assert cable.declassify_on.value == date(2017, 5, 3)


def test_country_of_a_term_is_that_of_the_day(raw, telegram):
    assert [tag.country for tag in parse(raw(telegram)).tags if tag.kind == "geographic"] == ["CO"]


def test_subject_is_without_its_portion_marking(raw, telegram):
    cable = parse(raw(telegram.replace("SUBJECT: THE", "SUBJECT: (C/NF) THE")))
    assert (cable.subject.portion_marking, cable.subject.value[:14]) == ("C/NF", "THE LIGHTHOUSE")


def test_subject_of_a_portion_marking_alone_is_none(raw):
    assert parse(raw("TAGS: PGOV\nSUBJECT: (C)\n\n1. Nets.\n")).subject is None


def test_derived_from(raw):
    cable = parse(raw("TAGS: PGOV\nSUBJECT: NETS\n\nDerived from: DSCG 05-1 B, D\n\n1. Nets.\n"))
    assert (cable.derived_from.value, cable.derived_from.reasons) == ("DSCG 05-1", ("(b)", "(d)"))


def test_classified_by_that_says_a_source_is_derived(raw, telegram):
    text = telegram.replace("Political Counselor Jane Q. Doe.", "Derived from several sources.")
    cable = parse(raw(text))
    assert (cable.derived_from.value, cable.classified_by.names) == ("several sources", ())
