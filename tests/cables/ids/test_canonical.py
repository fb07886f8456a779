"""Canonical ids and the ways to write them."""

import pytest

from kg.cables import CanonicalId, canonical_id, identify, parse_id
from kg.cables.ids.repair import repair_id
from kg.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09BOGOTA335", "09BOGOTA335"),
        ("07 BOGOTA 7470", "07BOGOTA7470"),
        ("08 BOGOTA 002674", "08BOGOTA2674"),
        ("07MEXICO1815", "07MEXICO1815"),
        ("1976STATE187673", "76STATE187673"),
        ("76STATE187673", "76STATE187673"),
        ("09 RIO DE JANEIRO 353", "09RIODEJANEIRO353"),
        ("09 RIO 353", "09RIODEJANEIRO353"),
        ("06 PORT-AU-PRINCE 12", "06PORTAUPRINCE12"),
        ("08SECSTATE1234", "08STATE1234"),
        ("09AMEMBASSYHANOI1284", "09HANOI1284"),
        ("09USUN NEW YORK 12", "09USUNNEWYORK12"),
        ("09HCMC12", "09HOCHIMINHCITY12"),
        ("1973PRETOR04668", "73PRETORIA4668"),
        ("1976NEWDE04668", "76NEWDELHI4668"),
        ("1975USUNN00012", "75USUNNEWYORK12"),
        ("1974SANJO00012", "74SANJOSE12"),
        ("1974DARES00012", "74DARESSALAAM12"),
        ("1975FORTL00012", "75FORTLAMY12"),
        ("1975DACCA00292_b", "75DACCA292"),
        ("10SHANGHAI60_a", "10SHANGHAI60"),
    ],
)
def test_parse_id_spellings(text, expected):
    assert str(parse_id(text)) == expected


def test_a_cut_of_two_stations_stays():
    # PORTO ALEGRE and PORT OF SPAIN have the same six characters but for the space.
    assert str(parse_id("1975PORTO00012")) == "75PORTO12"


@pytest.mark.parametrize(
    "text",
    ["", "BOGOTA 335", "06ASTANA", "092OF5", "1.4 (b)", "A. 07 BOGOTA 7470", "08MADRID000762ZFR763", "1916STATE12"],
)
def test_parse_id_refuses(text):
    assert parse_id(text) is None


def test_parse_id_gives_the_full_year():
    assert parse_id("66BUENOSAIRES2481") == CanonicalId(1966, "BUENOSAIRES", 2481)
    assert parse_id("10KYIV1") == CanonicalId(2010, "KYIV", 1)


def test_canonical_id_from_parts():
    assert canonical_id(2009, "BUENOS AIRES", "000335") == "09BUENOSAIRES335"
    assert canonical_id(9, "SECSTATE WASHDC", 12) == "09STATE12"


def test_canonical_id_refuses_what_is_no_number():
    with pytest.raises(UsageError, match="is not the number"):
        canonical_id(2009, "BOGOTA", "12A")


def test_identify_reads_the_text(raw, telegram):
    assert identify(raw(telegram)) == ("07BOGOTA4711", 1)


def test_identify_believes_the_source(raw, telegram):
    assert identify(raw(telegram, reference_id="07BOGOTA4712"))[0] == "07BOGOTA4712"


def test_identify_takes_the_year_of_the_source_where_the_text_has_no_date(raw):
    text = "UNCLAS BOGOTA 000335\n\nSUBJECT: NETS\n"
    assert identify(raw(text, created="2/3/2009 21:25"))[0] == "09BOGOTA335"
    assert identify(raw(text))[0] is None


def test_identify_reads_a_page_line_of_the_1970s(raw):
    text = "CONFIDENTIAL\nPAGE 01  TEHRAN  01091  01 OF 02  291400Z\n\nR 291400Z FEB 72\nFM AMEMBASSY TEHRAN\n\nSUBJECT: NETS\n"
    assert identify(raw(text))[0] == "72TEHRAN1091"


@pytest.mark.parametrize("text", ["75FRUS196976VE09P2D23", "75FRUSD1", "74FRUS1899V01X12", "74JIDDAAIRGRAM97"])
def test_documents_of_editions_and_airgrams_have_ids_too(text):
    assert str(parse_id(text)) == text
    repaired = repair_id(text)
    assert repaired is not None
    assert (str(repaired.id), repaired.reason) == (text, None)


@pytest.mark.parametrize(
    "text", ["75FRUS196976VE09P2D023", "75frus196976ve09p2d23", "75FRUS1969-76D1", "75FRUS196976D"]
)
def test_other_texts_name_no_document(text):
    assert parse_id(text) is None


@pytest.mark.parametrize("text", ["٠٩BOGOTA5", "09BOGOTA٥"])
def test_digits_of_other_scripts_make_no_id(text):
    assert parse_id(text) is None
