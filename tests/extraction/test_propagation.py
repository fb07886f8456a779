import pytest

from kg.extraction.figures import known_figure


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
