"""What a source says beside the text."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cables import parse
from kg.sources import RawCable

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


ATTRIBUTES = {
    "format": "nara-aad",
    "reference_id": "1974LISBON09901",
    "created": "02 JAN 1974",
    "classification": "CONFIDENTIAL",
    "current_classification": "UNCLASSIFIED",
    "handling": "EXDIS, STADIS",
    "from": "LISBON",
    "to": "STATE USUN NEW YORK DOD INFO PARIS",
    "subject": "THE LIGHTHOUSE\nKEEPERS' CHOIR",
    "tags": "PFOR, PO, (DOE, JANE Q)",
    "references": "73 LISBON 9801, PARIS 77",
}
BARE = "1. THE CHOIR SANG.\n\n2. IT SANG AGAIN, AND THE HARBOR MASTER LISTENED TO IT.\n"


def test_attributes_of_the_archive_fill_what_a_bare_text_lacks(raw):
    cable = parse(raw(BARE, **ATTRIBUTES))
    assert (cable.canonical_id, cable.post, cable.originator.value) == ("74LISBON9901", "lisbon", "LISBON")
    assert cable.sent_at == datetime(1974, 1, 2, tzinfo=UTC)
    assert cable.classification.value == "CONFIDENTIAL"
    assert [caption.value for caption in cable.captions] == ["EXDIS", "STADIS"]
    assert cable.subject.value == "THE LIGHTHOUSE KEEPERS' CHOIR"
    assert [(tag.term, tag.kind) for tag in cable.tags][:2] == [("PFOR", "subject"), ("PO", "geographic")]
    assert "DOE, JANE Q" in {tag.term for tag in cable.tags}
    assert [one.plad for one in cable.action_addressees] == ["STATE", "USUN NEW YORK", "DOD"]
    assert [one.plad for one in cable.info_addressees] == ["PARIS"]
    assert [one.target for one in cable.references] == ["73LISBON9801", "74PARIS77"]
    assert codes(cable).count("from-metadata") == 10
    assert "date-without-hour" in codes(cable)
    assert {value.as_sent for value in (cable.subject, cable.originator, *cable.tags, *cable.action_addressees)} == {""}


def test_table_of_plusd_fills_what_a_bare_text_lacks(raw):
    stated = {
        "format": "plusd-html",
        "created": "1974 January 2, 10:15 (Wednesday)",
        "classification": "UNCLASSIFIED, FOR OFFICIAL USE ONLY",
        "from": "Portugal Lisbon",
        "to": "Department of State | Secretary of State",
        "tags": "PFOR - Political Affairs--Foreign Policy | PO - Portugal",
    }
    cable = parse(raw(BARE, **stated))
    assert (cable.post, cable.sent_at) == ("lisbon", datetime(1974, 1, 2, 10, 15, tzinfo=UTC))
    assert cable.classification.value == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert [tag.term for tag in cable.tags] == ["PFOR", "PO"]
    assert [one.plad for one in cable.action_addressees] == ["Department of State", "Secretary of State"]
    assert cable.action_addressees[0].post is not None
    assert "date-without-hour" not in codes(cable)


def test_day_that_agrees_is_no_conflict(raw, telegram):
    agreeing = {**ATTRIBUTES, "created": "03 MAY 2007", "from": "BOGOTA", "subject": "THE LIGHTHOUSE KEEPERS"}
    terms = "PGOV PREL MASS MNUC OVIP ECON CO"
    agreeing |= {"reference_id": "2007BOGOTA04711", "tags": terms}
    assert [code for code in codes(parse(raw(telegram, **agreeing))) if code.startswith("metadata")] == []


def test_attributes_that_contradict_the_text_are_conflicts(raw, telegram):
    found = codes(parse(raw(telegram, **{**ATTRIBUTES, "classification": "SECRET"})))
    assert {code for code in found if code.startswith("metadata")} == {
        "metadata-classification-differs",
        "metadata-date-differs",
        "metadata-id-differs",
        "metadata-post-differs",
        "metadata-subject-differs",
        "metadata-tags-differ",
    }


@pytest.mark.parametrize("word", ["SECRETARIAT", "TO", "n/a", "SECRET)"])
def test_word_that_is_no_classification_is_none(raw, telegram, word):
    stated = {"format": "nara-aad", "classification": word}
    assert parse(raw(BARE, **stated)).classification is None
    assert "metadata-classification-differs" not in codes(parse(raw(telegram, **stated)))


def test_the_garbled_station_of_a_class_line_is_repaired(raw, telegram):
    text = telegram.replace("BOGOTA 004711", "BOGTA 004711")
    cable = parse(raw(text))
    assert (cable.canonical_id, cable.aliases) == ("07BOGOTA4711", ("07BOGTA4711",))
    (told,) = [problem for problem in cable.problems if problem.code == "id-repaired"]
    assert told.message == "07BOGTA4711 is read as 07BOGOTA4711: a letter of BOGOTA is lost"
    assert text[told.start : told.end] == "BOGTA 004711"


def test_the_malformed_id_of_a_source_is_repaired(raw, telegram):
    cable = parse(raw(telegram, reference_id="07SECTION01OF02BOGOTA4711"))
    assert (cable.canonical_id, cable.aliases) == ("07BOGOTA4711", ("07SECTION01OF02BOGOTA4711",))
    assert [problem.code for problem in cable.problems if "id" in problem.code.split("-")] == ["id-repaired"]


def test_what_a_source_states_and_is_no_id_is_told(raw, telegram):
    cable = parse(raw(telegram, reference_id="07BOGOTA"))
    assert cable.canonical_id == "07BOGOTA4711"
    assert "id-unreadable" in [problem.code for problem in cable.problems]


def test_a_station_that_may_be_two_is_told(raw):
    cable = parse(raw("nothing", reference_id="1975PORTO00012"))
    assert (cable.canonical_id, cable.aliases) == ("75PORTO12", ("1975PORTO00012",))
    assert "unknown-station" in [problem.code for problem in cable.problems]


def test_references_that_a_source_states_are_repaired(raw):
    cable = parse(raw("nothing", references="07EFTOLIMA12|05QUITO13"))
    assert [one.target for one in cable.references] == ["07LIMA12", "05QUITO13"]
    assert "reference-repaired" in [problem.code for problem in cable.problems]


NAMES = ["reference_id", "created", "from", "to", "subject", "tags", "references", "classification", "handling"]
ODD = st.one_of(
    st.text(max_size=40), st.text("AZ09 |,-/():\n\t'", max_size=60), st.sampled_from([*ATTRIBUTES.values()])
)


@given(
    st.dictionaries(st.sampled_from(NAMES), ODD),
    st.sampled_from(["nara-aad", "plusd-html", "history-lab-csv", "nara-aad-list"]),
    st.sampled_from([None, "catalogue", "withdrawn", "not-on-line"]),
    st.one_of(st.just(BARE), ODD),
)
def test_no_attributes_whatever_make_parsing_raise(stated, form, status, text):
    beside = {**stated, **({"text_status": status} if status else {})}
    cable = parse(
        RawCable(
            source="a", position=1, format=form, encoding="utf-8", metadata=tuple(sorted(beside.items())), text=text
        )
    )
    for value in (cable.subject, *cable.tags, *cable.action_addressees):
        assert value is None or value.as_sent == text[value.start : value.end]
