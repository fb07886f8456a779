"""Subjects and names in capitals, written for display."""

import pytest

from kg.cables.fields.titles import SMALL_WORDS, display_name, title_case


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("NETS OF THE CAPE", "Nets of the Cape"),
        ("Nets Of the Cape", "Nets Of the Cape"),
        ("VISIT OF CODEL ROE TO THE UN", "Visit of CODEL Roe to the UN"),
        ("WHAT THE NETS ARE FOR", "What the Nets Are For"),
        ("CAPE: THE NETS ARE DRY", "Cape: The Nets Are Dry"),
        ("CAPE -- A FLEET COMES HOME", "Cape -- A Fleet Comes Home"),
        ("THE FLEET SAYS: 'THE NETS ARE DRY'", "The Fleet Says: 'The Nets Are Dry'"),
        ("US-EU TALKS ON NETS/ROPES", "US-EU Talks on Nets/Ropes"),
        ("PQRS/FLURB ACCORD", "PQRS/FLURB Accord"),
        ("TALKS ON P5+1, G-20 AND THE F-16", "Talks on P5+1, G-20 and the F-16"),
        ("THE 63RD SESSION OF THE 1990S", "The 63rd Session of the 1990s"),
        ("GOC'S NETS: WE'VE SEEN THEM", "GOC's Nets: We've Seen Them"),
        ("COTE D'OR AND O'ROE, MCROE", "Cote D'Or and O'Roe, McRoe"),
        ("RE-OPENING THE END-OF-YEAR SALE", "Re-Opening the End-of-Year Sale"),
        ("U.S. NETS FOR DR. ROE", "U.S. Nets for Dr. Roe"),
        ("NGOS AND THE DOD", "NGOs and the DoD"),
        ("AMBASSADOR,S NETS", "Ambassador,s Nets"),
        ("PART III:  THE\n ROPES ", "Part III: The Ropes"),
        ("", ""),
        ("(C)", "(C)"),
    ],
)
def test_title(subject, title):
    assert title_case(subject) == title


def test_title_of_a_title_is_itself():
    for subject in ("NETS OF THE CAPE", "US-EU TALKS ON NETS"):
        assert title_case(title_case(subject)) == title_case(subject)


def test_small_words_are_small_inside_alone():
    for word in SMALL_WORDS:
        assert title_case(f"{word.upper()} NET {word.upper()} NET {word.upper()}").split()[2] == word


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("JANE Q. ROE", "Jane Q. Roe"),
        ("LEE 0. ROE", "Lee O. Roe"),
        ("Lee 0. Roe", "Lee O. Roe"),
        ("S.K. MCROE", "S.K. McRoe"),
        ("ANN O'ROE, JR.", "Ann O'Roe, Jr."),
        ("JANE DE LA ROE", "Jane de la Roe"),
        ("MARY LARK-ROE III", "Mary Lark-Roe III"),
        ("Jane van Roe", "Jane van Roe"),
    ],
)
def test_name(name, shown):
    assert display_name(name) == shown


def test_hostile_subjects_are_written_in_time():
    for text in ("A" * 20_000, "A-" * 10_000, "' " * 10_000, "X/" * 9000, "ABC'S " * 5000):
        title_case(text)
        display_name(text)
