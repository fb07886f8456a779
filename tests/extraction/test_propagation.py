import pytest

from kg.extraction.figures import figures, known_figure
from kg.extraction.nationality import Setting
from kg.extraction.tokens import read_part


@pytest.mark.parametrize(
    ("words", "held", "country"),
    [(("obama",), "", "US"), (("barack", "obama"), "", "US"), (("rice",), "secretary", "US")],
)
def test_known_figures(setting, words, held, country):
    assert known_figure(words, setting, held).country == country


@pytest.mark.parametrize("words", [("rice",), ("orlan",), ("jo", "obama")])
def test_unknown_figures(setting, words):
    assert known_figure(words, setting) is None


def test_surname_inside_another_name_is_not_the_person(facts_of):
    facts = facts_of("Trade Minister Ana Orlan smiled.", "The Jose Orlan Bridge is old.")
    assert facts.persons[0].forms == ("Ana Orlan",)


def test_nearest_of_two_namesakes(facts_of):
    facts = facts_of("Trade Minister Ana Orlan and General Jo Orlan smiled.", "General Orlan left. Orlan slept.")
    assert [p.forms for p in facts.persons] == [("Ana Orlan",), ("Jo Orlan", "Orlan")]


def test_figure_of_the_country_that_a_cable_is_about(facts_of):
    (person,) = facts_of("The Raffarin government smiled.", post="paris").persons
    assert (person.forms, person.country, person.is_official) == (("Raffarin",), "FR", True)


@pytest.mark.parametrize(
    "text",
    [
        "They met in Sevilla.",
        "The Sevilla Foundation closed.",
        "The carrier Sevilla sailed.",
        "The MoI unit left.",
    ],
)
def test_surname_that_is_a_place_or_a_thing_is_no_figure(facts_of, text):
    assert facts_of(text, post="madrid").persons == ()


def test_ship_with_a_full_name_is_no_figure(facts_of):
    assert facts_of("They sent the carrier Charles de Gaulle.", post="paris").persons == ()
    assert len(facts_of("They admired Charles de Gaulle.", post="paris").persons) == 1


@pytest.mark.parametrize(("text", "found"), [("SEVILLA LEFT.", 1), ("THEY WOULD LIKE TO SEVILLA IN MAY.", 0)])
def test_verb_in_capitals_is_no_figure(text, found):
    reading = read_part("p1", "paragraph", 1, text, is_capitals=True)
    host = Setting(
        host="ES", host_basis="host-country", government=lambda code: None, year=2006, near=frozenset(("ES",))
    )
    assert len(list(figures(reading, set(), host))) == found


def test_surname_of_somebody_else_in_the_cable_is_no_figure(facts_of):
    (person,) = facts_of("Banker Jose Sevilla smiled. Sevilla slept.", post="madrid").persons
    assert not person.is_official


def test_surnames_joined_by_a_hyphen(facts_of):
    facts = facts_of("Minister Ana Orlan met General Jo Varga.", "The Orlan-Varga talks and the Orlan-led team.")
    assert [p.forms for p in facts.persons] == [("Ana Orlan", "Orlan"), ("Jo Varga", "Varga")]


def test_hyphen_after_the_name_of_a_place(facts_of):
    facts = facts_of("Minister Ana Orlan smiled.", "The San Orlan-based firm slept.")
    assert facts.persons[0].forms == ("Ana Orlan",)
