"""Class lines in their spellings."""

import time

import pytest

from kg.cables.header.class_lines import opening_class_line


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
        ("S E C R E T SECTION ONE OF TWO QUITO 0034", "SECRET", 1, "QUITO", "0034"),
        ("S E C R E T FINAL SECTION OF 03 QUITO 000034", "SECRET", 3, "QUITO", "000034"),
        ("UNCLAS SECTIN 01 OF 02 QUITO 000034", "UNCLASSIFIED", 1, "QUITO", "000034"),
        ("UNCLAS SQCTION 02 OF 02 QUITO 000034", "UNCLASSIFIED", 2, "QUITO", "000034"),
        ("UNCLAS SETCION 01 GF 02 QUITO 000034", "UNCLASSIFIED", 1, "QUITO", "000034"),
        ("UNCLAS SECTION 01 O 02 QUITO 000034", "UNCLASSIFIED", 1, "QUITO", "000034"),
        ("S E C R E T / N O F O R N QUITO 000034", "SECRET", None, "QUITO", "000034"),
        ("UNCLAS E F T O QUITO 000034", "UNCLASSIFIED", None, "QUITO", "000034"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY QUITO 34", "UNCLASSIFIED", None, "QUITO", "34"),
        ("LIMOFFUSE QUITO 34", "LIMITED OFFICIAL USE", None, "QUITO", "34"),
        ("C 0 N F I D E N T I A L QUITO 000034", "CONFIDENTIAL", None, "QUITO", "000034"),
        ("C O N F I D E N T I L SECTION 01 OF 02 QUITO 000034", "CONFIDENTIAL", 1, "QUITO", "000034"),
        ("EONFIDENTIAt QUITO 000034", "CONFIDENTIAL", None, "QUITO", "000034"),
        ("CONFIDENTAIL QUITO 000034", "CONFIDENTIAL", None, "QUITO", "000034"),
        ("UNCLASIFIED QUITO 0034", "UNCLASSIFIED", None, "QUITO", "0034"),
        ("5 E C R E T QUITO 000034", "SECRET", None, "QUITO", "000034"),
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
        "CONFIDENCE QUITO 34",
        "THE NETS OF QUITO 34",
        "LIMITED QUITO 34",
        "UNCLEAR QUITO 34",
        "C O N F E R E N C E QUITO 34",
    ],
)
def test_no_class_line(text):
    assert read(text) is None


def test_the_class_word_at_the_end_opens_nothing():
    assert opening_class_line("1. Nets.\nDOE\nCONFIDENTIAL\n") is None


def test_the_line_that_names_the_cable_is_preferred():
    assert read("CONFIDENTIAL\nSECRET\nUNCLAS QUITO 000012").station == "QUITO"


def test_a_section_in_letters_like_others():
    line = read("UNCLAS SECTION F\u0130VE OF S\u0130X QUITO 000034")
    assert (line.section, line.section_of) == (5, 6)


@pytest.mark.parametrize("caption", [" // NOFORN", " - NOFORN", "//FOUO//", " // SOME NAMES"])
@pytest.mark.parametrize("word", ["SECRET", "ABCDEF"])
def test_many_captions_take_no_time(word, caption):
    start = time.process_time()
    read((word + caption * 40 + " \n") * 20)
    assert time.process_time() - start < 0.5


def test_six_captions():
    assert read("SECRET // NOFORN // NODIS // EXDIS // FOUO // LIMDIS // SENSITIVE QUITO 000034").station == "QUITO"
