"""What a corpus knows of officials by name, and where one cable makes use of it."""

import itertools

import pytest

from kg.extraction import extract, gazetteer_table
from kg.extraction.extract import survey
from kg.extraction.gazetteer import EMPTY, Gazetteer, Naming, gazetteer_of, namings
from kg.extraction.survey import decode, encode

COLOMBIA = frozenset(("CO",))
RUIZ = Naming("Velka Ruiz Ortalan", "CO", "minister", 2007, 1)


def known(*namings: Naming) -> Gazetteer:
    return gazetteer_of(namings)


def test_the_order_of_the_cables_does_not_matter():
    seen = (RUIZ, RUIZ._replace(office="senator", year=2009), Naming("Jo Ortalan", "PE", "governor", 2001, 2))
    tables = {"".join(gazetteer_table.encode(gazetteer_of(order))) for order in itertools.permutations(seen)}
    assert len(tables) == 1


def test_a_table_gives_back_its_gazetteer():
    made = known(RUIZ, Naming("Borvo Varga", None, "", 2005, 1))
    assert gazetteer_table.decode(gazetteer_table.encode(made)) == made
    assert set(gazetteer_table.decode(gazetteer_table.encode(made), frozenset(("varga",))).by_surname) == {"varga"}


def test_lines_of_no_official_are_left_out():
    assert gazetteer_table.decode(["", "x\t\t\t1\t1\t?\t2009\n", "one cell\n"]) == EMPTY


def test_what_is_no_gazetteer_is_told_with_its_line():
    made = list(gazetteer_table.encode(EMPTY))
    assert gazetteer_table.fault(made) is None
    assert gazetteer_table.fault(line.replace("\n", "\r\n") for line in made) is None
    assert gazetteer_table.fault([]) == "it is empty"
    assert "line 1 should name the columns" in gazetteer_table.fault(["# A report\n"])
    assert "line 2 should have 7 columns" in gazetteer_table.fault([*made, "Ana Orlan\tPE\n"])


@pytest.mark.parametrize("name", ["Velka Ruiz Ortalan", "Velka Ortalan"])
def test_a_full_name_is_known_from_one_cable(facts_of, name):
    facts = facts_of(f"The crowd cheered {name} all day.")
    assert not facts.persons
    (person,) = facts_of(f"The crowd cheered {name} all day.", gazetteer=known(RUIZ)).persons
    assert (person.name, person.is_official, person.country) == (name, True, "CO")
    (mention,) = person.mentions
    assert (mention.rule, mention.text) == ("gazetteer-name", name)


@pytest.mark.parametrize(
    "text",
    [
        "The crowd cheered the Velka Ortalan Foundation.",  # a body
        "The crowd cheered Torva Ortalan.",  # another first name
        "The crowd cheered Velka Ruiz Ortalan Berg.",  # a longer name
    ],
)
def test_a_name_that_is_another(facts_of, text):
    assert not facts_of(text, gazetteer=known(RUIZ)).persons


def test_a_full_name_of_another_country_is_another_person(facts_of):
    assert not facts_of("The crowd cheered Velka Ortalan.", gazetteer=known(RUIZ._replace(country="PE"))).persons


def test_a_surname_is_known_from_two_cables(facts_of):
    text = "The crowd cheered when Ortalan left."
    assert not facts_of(text, gazetteer=known(RUIZ)).persons
    (person,) = facts_of(text, gazetteer=known(RUIZ, RUIZ)).persons
    assert (person.name, person.mentions[0].rule) == ("Ortalan", "gazetteer-surname")


@pytest.mark.parametrize(
    "other",
    [
        Naming("Jo Ortalan", "CO", "governor", 2008, 1),  # two of one surname
        Naming("Velka Ortalan", "CO", "minister", 2015, 1),
    ],
)
def test_a_surname_of_several_or_of_other_years_is_nobodys(facts_of, other):
    seen = (RUIZ, RUIZ, other) if other.year == 2008 else (other, other)
    assert not facts_of("The crowd cheered when Ortalan left.", gazetteer=known(*seen)).persons


@pytest.mark.parametrize(
    "text",
    [
        "The crowd came from Ortalan. The road ends in Ortalan.",  # a place
        "The crowd cheered the ORTALAN convoy.",  # an acronym
        "The Ortalan Council met.",  # a body
        "Minister Jo Berg spoke. The Berg family left.",  # explained by the cable itself
    ],
)
def test_a_word_that_is_no_surname(facts_of, text):
    seen = (RUIZ, RUIZ, Naming("Ilda Berg", "CO", "minister", 2008, 3))
    rules = {mention.rule for person in facts_of(text, gazetteer=known(*seen)).persons for mention in person.mentions}
    assert "gazetteer-surname" not in rules


def test_a_person_without_a_role_is_an_official_of_other_cables(facts_of):
    text = "Mr. Velka Ruiz Ortalan, a rower, came along."
    (before,) = facts_of(text).persons
    (after,) = facts_of(text, gazetteer=known(RUIZ)).persons
    assert (before.is_official, after.is_official) == (False, True)


def test_only_full_names_of_officials_are_handed_on(facts_of):
    facts = facts_of("Minister Velka Ortalan met Senator de Berg, Governor Varga and Mr. Bo Lindt on January 9.")
    assert [naming.name for naming in namings(facts.persons, 2009)] == ["Velka Ortalan"]
    assert namings(facts.persons, 0) == ()


def test_a_survey_comes_back_from_its_line(cable_of):
    _, one = survey(cable_of("Minister Velka Ortalan met Bo Lindt of Varganda on January 9."))
    assert list(decode([encode(one)])) == [one]


def test_a_gazetteer_changes_nothing_but_what_the_first_pass_could_not_explain(cable_of):
    cable = cable_of("Minister Velka Ortalan spoke. The crowd cheered Torva Berg, and Ortalan left. Varga stayed.")
    facts, one = survey(cable)
    assert facts == extract(cable)
    names = ("Velka Ortalan", "Torva Berg", "Borvo Varga", "Ida Lindt", "Crowd Spoke")
    for name in names:
        gazetteer = known(Naming(name, "CO", "minister", 2009, 2))
        assert one.is_changed_by(gazetteer) == (extract(cable, gazetteer) != facts), name
