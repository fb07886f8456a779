"""TAGS lines."""

import pytest

from kg.cables.clean import clean
from kg.cables.tags import kind_of, read_tags


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
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_glued_terms_stand_where_they_stand():
    found = read_tags(clean("PREL MASSMNUC"), 0, 13)
    assert [(tag.as_sent, tag.start, tag.end) for tag in found][1:] == [("MASS", 5, 9), ("MNUC", 9, 13)]


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
