"""TAGS lines."""

from datetime import date

import pytest

from kg.cables.clean import clean
from kg.cables.fields.tags import kind_of, read_tags
from kg.tables import countries, tag_countries


def terms(text):
    return [tag.term for tag in read_tags(clean(text), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PGOV PREL CO", ["PGOV", "PREL", "CO"]),
        ("PGOV, PREL, CO", ["PGOV", "PREL", "CO"]),
        ("prel, parm, ch", ["PREL", "PARM", "CH"]),
        ("[PGOV](#) [KJUS](#)", ["PGOV", "KJUS"]),
        ("OVIP (ROWAN, JAMES B.) PREL", ["OVIP", "ROWAN, JAMES B.", "PREL"]),
        ("PREL HUMAN RIGHTS CU", ["PREL", "HUMAN RIGHTS", "CU"]),
        ("PREL TIP IN TURKEY", ["PREL", "TIP IN TURKEY"]),
        ("PREL IN", ["PREL", "IN"]),
        ("MASSMNUC", ["MASS", "MNUC"]),
        ("ITPHUM", ["IT", "PHUM"]),
        ("AMEDCASCKFLO TBIO", ["AMED", "CASC", "KFLO", "TBIO"]),
        ("PREL PREL PGOV PREL", ["PREL", "PGOV"]),
        ("PREL SIPDIS", ["PREL"]),
        ("PREL, UNGA/C-6", ["PREL", "UNGA/C-6"]),
        ("OVIP ROWAN JAMES PREL", ["OVIP", "ROWAN, JAMES", "PREL"]),
        ("OVIP ROWAN JAMES B PREL", ["OVIP", "ROWAN, JAMES B", "PREL"]),
        (
            "PREL ROWAN JAMES LARKSON PEDRO CONSULAR AFFAIRS",
            ["PREL", "ROWAN, JAMES", "LARKSON, PEDRO", "CONSULAR AFFAIRS"],
        ),
        ("OVIP, ROWAN, JAMES B., PREL", ["OVIP", "ROWAN, JAMES B.", "PREL"]),
        ("PREL NETS ISRAEL", ["PREL", "NETS ISRAEL"]),
        ("PREL, NETZ, ISRAEL", ["PREL", "NETZ", "ISRAEL"]),
        ("OVIP (ROWAN JAMES)", ["OVIP", "ROWAN, JAMES"]),
        ("PREL (PGOV, CO)", ["PREL", "PGOV", "CO"]),
        ("PREL UNDESCO", ["PREL", "UNESCO"]),
        ("PREL HUMAN RIGHTSPOLMIL", ["PREL", "HUMAN RIGHTS", "POL", "MIL"]),
        ("PREL LABOR HUMAN RIGHTS", ["PREL", "LABOR", "HUMAN RIGHTS"]),
        ("PREL PERUVIAN HARVESTS CHILEAN HARVESTS", ["PREL", "PERUVIAN HARVESTS", "CHILEAN HARVESTS"]),
        (
            "IS ISRAELI PALESTINIAN AFFAIRS GAZA DISENGAGEMENT GOI INTERNAL",
            ["IS", "ISRAELI PALESTINIAN AFFAIRS", "GAZA DISENGAGEMENT", "GOI INTERNAL"],
        ),
        ("PGOV POL FOREIGN POL", ["PGOV", "POL", "FOREIGN POL"]),
        ("PRELUNSCXMXA", ["PREL", "UNSC", "XM", "XA"]),
        ("PGOVKQQQCO", ["PGOV", "KQQQ", "CO"]),
        ("NATOPOLICY", ["NATOPOLICY"]),
        ("KREISLER", ["KREISLER"]),
        ("PREL TECHNOLOGY", ["PREL", "TECHNOLOGY"]),
        ("PREL MORGAN JAMES", ["PREL", "MORGAN, JAMES"]),
        ("PREL, TAGS: EFIN", ["PREL", "EFIN"]),
        ("PREL, CO, UNCLASSIFIED    PAGE 02        QUITO  00283  01 OF 02  241033Z ECON, CO", ["PREL", "CO"]),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_glued_terms_stand_where_they_stand():
    found = read_tags(clean("PREL MASSMNUC"), 0, 13)
    assert [(tag.as_sent, tag.start, tag.end) for tag in found][1:] == [("MASS", 5, 9), ("MNUC", 9, 13)]


def test_corrected_term_is_kept_as_sent():
    (tag,) = read_tags(clean("UNDESCO"), 0, 7)
    assert (tag.term, tag.kind, tag.as_sent) == ("UNESCO", "organization", "UNDESCO")


@pytest.mark.parametrize(
    ("term", "day", "kind", "country"),
    [
        ("CO", date(2009, 2, 3), "geographic", "CO"),
        ("CH", date(2009, 2, 3), "geographic", "CN"),
        ("CH", None, "geographic", "CN"),
        ("CG", date(1975, 2, 3), "geographic", "ZR"),
        ("CG", date(2009, 2, 3), "geographic", "CD"),
        ("CG", None, "geographic", "CD"),
        ("UR", date(1976, 7, 4), "geographic", "SUHH"),
        ("UR", date(2009, 2, 3), "geographic", None),
        ("CZ", date(1992, 12, 31), "geographic", "CSHH"),
        ("CZ", date(1993, 1, 1), "geographic", "CZ"),
        ("EZ", date(2009, 2, 3), "geographic", "CZ"),
        ("CS", date(1979, 2, 3), "geographic", "CR"),
        ("GE", date(1976, 7, 4), "geographic", "DD"),
        ("GE", date(2009, 2, 3), "unknown", None),
        ("GW", date(1976, 7, 4), "geographic", "DE"),
        ("YU", date(1990, 1, 1), "geographic", "YUCS"),
        ("YI", date(2005, 1, 1), "geographic", "CSXX"),
        ("YI", date(2008, 1, 1), "geographic", "RS"),
        ("VS", date(1974, 1, 1), "geographic", "VN"),
        ("RH", date(1978, 1, 1), "geographic", "ZW"),
        ("ZI", date(2008, 1, 1), "geographic", "ZW"),
        ("BM", date(1974, 1, 1), "geographic", "MM"),
        ("UV", date(1974, 1, 1), "geographic", "BF"),
        ("XM", date(1974, 1, 1), "region", None),
        ("PREL", date(1974, 1, 1), "subject", None),
    ],
)
def test_kind_and_country_of_a_term_at_the_time(term, day, kind, country):
    (tag,) = read_tags(clean(term), 0, len(term), day)
    assert (tag.kind, tag.country) == (kind, country)


def test_every_country_of_a_term_is_known():
    assert {one.country for row in tag_countries().values() for one in row} <= set(countries())


def test_hostile_words_are_read_in_time():
    for text in ("PREL" * 5000, "CO" * 9000, "(" * 9000, "ROWAN, " * 3000, "A " * 9000):
        read_tags(clean(text), 0, len(text))


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("PGOV", "subject"),
        ("CO", "geographic"),
        ("XR", "region"),
        ("KJUS", "program"),
        ("KQQQ", "program"),
        ("NATO", "organization"),
        ("DOE, JANE Q.", "person"),
        ("NETS OF WINTER", "unknown"),
    ],
)
def test_kind(term, kind):
    assert kind_of(term) == kind
