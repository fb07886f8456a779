"""Malformed ids, and what is said to be wrong with them."""

import doctest
import time
from pathlib import Path

import pytest

from kg.cables import parse_id, repair_id
from kg.cables.ids.repair import doubt_about
from kg.tables import id_repairs

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "ids.md"
FORMS = [
    ("09BOGOTA335", "09BOGOTA335", None),
    ("1976NEWDE04668", "76NEWDELHI4668", None),
    ("08SECTION01OF04HARARE754", "08HARARE754", "the section line stands as station"),
    ("07SETION02OF02BAKU1501", "07BAKU1501", "the section line stands as station"),
    ("09SQCTION02OF02RIGA12", "09RIGA12", "the section line stands as station"),
    ("09SECTIOQ1OF06HARARE876", "09HARARE876", "the section line stands as station"),
    ("06SECTION01O02HONGKONG2311", "06HONGKONG2311", "the section line stands as station"),
    ("08SECTION01GF02LIMA21", "08LIMA21", "the section line stands as station"),
    ("08SECT1ON01OF02LIMA21", "08LIMA21", "the section line stands as station"),
    ("08CORRECTEDCOPYLIMA21", "08LIMA21", "CORRECTEDCOPY is stuck to the station"),
    ("0901OF02QUITO288", "09QUITO288", "the section line stands as station"),
    ("07CONFIDENTIALSECTION01OF02LIMA12", "07LIMA12", "the section line stands as station"),
    ("08LIMA 21/02", "08LIMA21", "/02 follows the number"),
    ("09BOGOTA00000335", "09BOGOTA335", None),
    ("09EFTOLONDON2468", "09LONDON2468", "EFTO is stuck to the station"),
    ("09AMEMBASSYHANOI1284", "09HANOI1284", "AMEMBASSY is stuck to the station"),
    ("09SIFIEDABUJA1673", "09ABUJA1673", "SIFIED is stuck to the station"),
    ("05EMBASSYBLABLA1", "05BLABLA1", "EMBASSY is stuck to the station"),
    ("08MADRID000762ZFR763", "08MADRID762", "ZFR763 follows the number"),
    ("90STATE255577TOSEC140323", "90STATE255577", "TOSEC140323 follows the number"),
    ("08HARARE754SECTION01OF04", "08HARARE754", "SECTION01OF04 follows the number"),
    ("7575LIBREVILLE1895", "75LIBREVILLE1895", "the year stands twice"),
    ("09BAU339", "09BAKU339", "a letter of BAKU is lost"),
    ("06SARAEVO2307", "06SARAJEVO2307", "a letter of SARAJEVO is lost"),
    ("06COLOMOBO12", "06COLOMBO12", "a letter too many in COLOMBO"),
    ("01WELLINGOTN12", "01WELLINGTON12", "letters swapped in WELLINGTON"),
    ("06MINSI225", "06MINSK225", "letters garbled in MINSK"),
    ("08KUALALU1234", "08KUALALUMPUR1234", "the name of KUALALUMPUR is cut short"),
    ("O9BOGOTA335", "09BOGOTA335", "letters and digits are mixed up"),
    ("08BEIJ1NG3760", "08BEIJING3760", "letters and digits are mixed up"),
    ("08KABUL3O36", "08KABUL3036", "letters and digits are mixed up"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FORMS)
def test_repair(text, expected, reason):
    repaired = repair_id(text)
    assert (str(repaired.id), repaired.as_found, repaired.reason) == (expected, text, reason)


@pytest.mark.parametrize("text", [expected for _, expected, _ in FORMS])
def test_what_is_repaired_needs_no_repair(text):
    repaired = repair_id(text)
    assert (str(repaired.id), repaired.reason) == (text, None)


def test_several_things_wrong_at_once():
    repaired = repair_id("10SECTIN01OF02EFTOLONDN1234")
    assert str(repaired.id) == "10LONDON1234"
    assert repaired.reason == (
        "the section line stands as station; EFTO is stuck to the station; a letter of LONDON is lost"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BOGOTA 335",
        "07RIGA",
        "1.4 (b)",
        "092OF4",
        "SECTION01OF04",
        "X" * 200,
        "09BOGOTA12345678",
        "09LIMA 21 02",
        "09LIMA21-02",
    ],
)
def test_what_is_no_id_stays_none(text):
    assert repair_id(text) is None


@pytest.mark.parametrize("text", ["08DAKA5", "08XYZQ12", "08BORN7", "09NOWHERE1"])
def test_a_name_that_may_mean_several_stations_or_none_stays(text):
    # DAKA: DAKAR or DHAKA; BORN: BERN or BONN.
    repaired = repair_id(text)
    assert (str(repaired.id), repaired.reason) == (text, None)


def test_names_of_the_1970s_are_believed_of_that_time():
    assert str(repair_id("75SAGON12").id) == "75SAIGON12"
    assert str(repair_id("08SAGON12").id) == "08SAGON12"


def test_facts_that_no_rule_can_know():
    for found, (known, reason) in id_repairs().items():
        assert repair_id(found).reason == reason
        assert str(parse_id(known)) == known


def test_why_a_station_is_not_sure():
    assert doubt_about(parse_id("09BOGOTA335")) is None
    assert doubt_about(parse_id("75PORTO12")) == "PORTO may stand for PORTOALEGRE or PORTOFSPAIN"
    assert doubt_about(parse_id("08XYZQ12")) == "no table knows a station XYZQ"


def test_the_page_on_ids_says_what_the_code_does():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 5) == (0, True)
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").split("## Malformed ids")[1].splitlines()]
    pairs = [(row[2], row[3]) for row in rows if len(row) == 5 and "`" in row[3]]
    for found, meant in pairs:
        assert [str(repair_id(one.strip(" `")).id) for one in found.split(",")] == [
            one.strip(" `") for one in meant.split(",")
        ]
    assert len(pairs) == 8


def test_long_garbage_takes_no_time():
    start = time.perf_counter()
    for text in ("0" * 1_000_000, "08" + "SECTION01" * 100_000, "A" * 1_000_000, "08" + "O0" * 38):
        repair_id(text)
    assert time.perf_counter() - start < 0.5
