"""What a source says beside the text."""

from datetime import UTC, datetime

from kg.cables import parse

EXTRACT = (
    "This record is a partial extract of the original cable.\n\nUNCLAS QUITO 000034\n\n1. (U) The nets were wet.\n"
)


def codes(cable):
    return [problem.code for problem in cable.problems]


def test_metadata_fill_what_an_extract_lacks(raw):
    cable = parse(
        raw(
            EXTRACT,
            reference_id="08QUITO34",
            created="1/2/2008 15:04",
            origin="Embassy Quito",
            references="07QUITO12|07LIMA13",
            subject="NETS",
        )
    )
    assert cable.sent_at == datetime(2008, 1, 2, 15, 4, tzinfo=UTC)
    assert (cable.post, cable.subject.value) == ("quito", "NETS")
    assert [reference.target for reference in cable.references] == ["07QUITO12", "07LIMA13"]
    assert cable.subject.as_sent == ""
    assert codes(cable).count("from-metadata") == 3


def test_minutes_that_differ_are_no_conflict(raw, telegram):
    assert "metadata-date-differs" not in codes(parse(raw(telegram, created="5/3/2007 15:03")))


def test_hours_that_differ_are_a_conflict(raw, telegram):
    assert "metadata-date-differs" in codes(parse(raw(telegram, created="5/3/2007 16:45")))


def test_id_of_the_source_is_kept_and_that_of_the_text_becomes_an_alias(raw, telegram):
    cable = parse(raw(telegram, reference_id="07BOGOTA4712"))
    assert (cable.canonical_id, cable.aliases) == ("07BOGOTA4712", ("07BOGOTA4711",))
    assert "metadata-id-differs" in codes(cable)


def test_other_spelling_of_the_id_is_an_alias(raw, telegram):
    cable = parse(raw(telegram, reference_id="2007BOGOTA04711"))
    assert (cable.canonical_id, cable.aliases) == ("07BOGOTA4711", ("2007BOGOTA04711",))
    assert "metadata-id-differs" not in codes(cable)


def test_classification_that_differs_is_a_conflict(raw, telegram):
    cable = parse(raw(telegram, classification="SECRET"))
    assert cable.classification.value == "CONFIDENTIAL//NOFORN"
    assert "metadata-classification-differs" in codes(cable)


def test_the_header_decides_where_a_text_names_another_cable(raw):
    text = (
        "DE RUEHQT #0034/01 0342125\nZNY CCCCC ZZH\nP 032125Z FEB 09\nFM AMEMBASSY QUITO\nTO RUEHC/SECSTATE WASHDC\n\n"
        "S E C R E T LIMA 000712\n\nSUBJECT: NETS\n\n1. (S) The keepers asked for nets.\n"
    )
    cable = parse(raw(text))
    assert cable.canonical_id == "09QUITO34"
    assert cable.classification.value == "CONFIDENTIAL"
    (problem,) = [p for p in cable.problems if p.code == "class-line-of-another-cable"]
    assert text[problem.start : problem.end] == "LIMA 000712"
