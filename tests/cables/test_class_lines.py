"""Class lines in their spellings."""

import pytest

from kg.cables.class_lines import opening_class_line


def read(text):
    return opening_class_line(text + "\n" + "word " * 20)


@pytest.mark.parametrize(
    ("text", "classification", "section", "station", "number"),
    [
        ("C O N F I D E N T I A L BOGOTA 000335", "CONFIDENTIAL", None, "BOGOTA", "000335"),
        ("C O N F I D E N T I A L SECTION 01 OF 03 HARARE 006677", "CONFIDENTIAL", 1, "HARARE", "006677"),
        ("UNCLAS SECTION 01 OF 05 KABUL 003934", "UNCLASSIFIED", 1, "KABUL", "003934"),
        ("S E C R E T SECTION 02 OF 02 RIO DE JANEIRO 000012", "SECRET", 2, "RIODEJANEIRO", "000012"),
        ("SS E C R E T LA PAZ 000012", "SECRET", None, "LAPAZ", "000012"),
        ("CSE C R E T SECTION 01 OF 02 SHENYANG 000004", "SECRET", 1, "SHENYANG", "000004"),
        ("E C R E T QUITO 000012", "SECRET", None, "QUITO", "000012"),
        ("CC O N F I D E N T I A L QUITO 000012", "CONFIDENTIAL", None, "QUITO", "000012"),
        ("S e c r e t state 128634", "SECRET", None, "STATE", "128634"),
        ("T O P S E C R E T PARIS 000001", "TOP SECRET", None, "PARIS", "000001"),
        ("LIMITED OFFICIAL USE LISBON 9234", "LIMITED OFFICIAL USE", None, "LISBON", "9234"),
        ("UNCLASSIFIED BUENOS AIRES 2481", "UNCLASSIFIED", None, "BUENOSAIRES", "2481"),
        ("CONFIDENTIAL     PTQ1859", "CONFIDENTIAL", None, None, None),
    ],
)
def test_class_line(text, classification, section, station, number):
    line = read(text)
    assert (line.classification, line.section, line.station, line.number) == (classification, section, station, number)


@pytest.mark.parametrize(
    "text",
    [
        "Confidential sources told us 12 times",
        "The SECRET of the keepers",
        "SECRETARY BOGOTA 000335",
        "1. (C) CONFIDENTIAL",
    ],
)
def test_no_class_line(text):
    assert read(text) is None


def test_the_class_word_at_the_end_opens_nothing():
    assert opening_class_line("1. Nets.\nDOE\nCONFIDENTIAL\n") is None


def test_the_line_that_names_the_cable_is_preferred():
    assert read("CONFIDENTIAL\nSECRET\nUNCLAS QUITO 000012").station == "QUITO"
