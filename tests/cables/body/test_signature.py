"""The signature."""

import pytest

from kg.cables.body.signature import find_signature


def names(text):
    found = find_signature(text, 0)
    return [text[start:end] for start, end in found.names] if found else []


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("BROWNLOW", ["BROWNLOW"]),
        ("\nBROWNLOW\n", ["BROWNLOW"]),
        ("Brandel", ["Brandel"]),
        ("LeBlanc", ["LeBlanc"]),
        ("Hudson-Vale", ["Hudson-Vale"]),
        ("O'HARA", ["O'HARA"]),
        ("TILDEN JR", ["TILDEN JR"]),
        ("HOLLIN##", ["HOLLIN"]),
        ("KELLAN .", ["KELLAN"]),
        ("KELLER\nPACE", ["KELLER", "PACE"]),
        ("SHERWIN Sherwin", ["SHERWIN"]),
        ("MARLOW/ROE", ["MARLOW", "ROE"]),
        ("MARLOW             UNCLASSIFIED", ["MARLOW"]),
        ("MARLOW##\n\nSECRET\n\n>\n 2031LISBON09117 - Classification: SECRET", ["MARLOW"]),
        ("MARLOW\n\nDeclassified/Released US Department of State EO Systematic\nReview 01 JAN 2031", ["MARLOW"]),
        ("XXXXXXXXXXXX\nARANDA", ["ARANDA"]),
        ("SELWYN\nVisit the post's Classified Website: http://www.example.sgov.gov/x y", ["SELWYN"]),
        ("http://www.example.sgov.gov/post.c fm\nStanway", ["Stanway"]),
    ],
)
def test_signature_on_its_line(end, expected):
    assert names(f"2. (C) The nets were wet.\n{end}") == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (" MARLOW", ["MARLOW"]),
        (" END COMMENT ROY", ["ROY"]),
        ("\nEnd of Part One LA FARGE", ["LA FARGE"]),
        (" Brandel", ["Brandel"]),
        (" LA FARGE", ["LA FARGE"]),
    ],
)
def test_signature_at_the_end_of_the_text(end, expected):
    assert names(f"2. (C) The nets were wet.{end}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2. (C) The nets were wet. End comment.",
        "2. (C) THE KEEPER TOLD US THAT THE NETS HAD BEEN GIVEN TO SECRETARY\nROE",
        "2. (C) The nets were wet.\n\nXXXXXXXXXXXX",
        "2. (C) The nets were wet.\n\nEND COMMENT",
        "1. (C) Ropes.\n\n2. (C) Nets",
        "(S/REL NATO) Nets",
        "",
    ],
)
def test_no_signature(text):
    assert names(text) == []
