import pytest

from kg.extraction.actors import Cast


def parties(reading, setting):
    return [(a.participant.name, a.participant.country) for a in Cast((), setting).actors(reading)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They saw a group of Peruvian fishermen.", [("group of Peruvian fishermen", "PE")]),
        ("They saw a group of Peruvian diplomats.", [("group of Peruvian diplomats", "PE")]),
        ("They saw senior harbor officials.", []),
        ("They saw senior port officials from Lima.", [("officials from Lima", None)]),
        ("They saw several ambassadors.", [("ambassadors", None)]),
        ("They saw the Peruvian delegation.", [("Peruvian delegation", "PE")]),
        ("They saw a senior Peruvian diplomat.", [("senior Peruvian diplomat", "PE")]),
        ("They saw the GOC delegation.", [("GOC delegation", "CO")]),
        ("Then an Embassy contact came.", [("Embassy contact", None)]),
        ("Officials came.", []),
    ],
)
def test_groups_and_unnamed_persons(reading_of, setting, text, found):
    assert parties(reading_of(text), setting) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Embassy Bogota told them.", [("Embassy Bogota", "US")]),
        ("Post told them.", [("Post", "US")]),
        ("They read a Post.", []),
    ],
)
def test_the_embassy_itself(reading_of, setting, text, found):
    assert parties(reading_of(text), setting) == found


def test_ministry_of_a_stated_country(reading_of, setting):
    found = parties(reading_of("They told the Peruvian Ministry of Foreign Affairs."), setting)
    assert found == [("Peruvian Ministry of Foreign Affairs", "PE")]


def test_plural_title_before_names_is_no_group(reading_of, setting):
    assert parties(reading_of("They saw Ambassadors Orlan and Varga."), setting) == []


def test_group_does_not_reach_over_a_date(reading_of, setting):
    found = parties(reading_of("It came from a diplomat of Peru January 7."), setting)
    assert found == [("diplomat of Peru", "PE")]
