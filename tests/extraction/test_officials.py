def by_name(facts):
    return {person.name: person for person in facts.persons}


def test_forms_and_mentions_of_one_person(facts_of):
    facts = facts_of("Peruvian Trade Minister Ana Orlan smiled.", "Orlan left. Orlan came back.")
    (person,) = facts.persons
    assert person.forms == ("Ana Orlan", "Orlan")
    assert [(m.part, m.text, m.spans) for m in person.mentions] == [
        ("p1", "Ana Orlan", ((24, 33),)),
        ("p2", "Orlan", ((0, 5), (12, 17))),
    ]


def test_signer_and_classifier_are_american_officials(facts_of):
    facts = facts_of("It rained.", classified_by=("Jo Varga", "Political Counselor"), signer="ORLAN")
    assert {(p.name, p.country, p.is_official) for p in facts.persons} == {
        ("Jo Varga", "US", True),
        ("ORLAN", "US", True),
    }


def test_stated_country_goes_before_the_host(facts_of):
    facts = facts_of("President Ana Orlan smiled.", "Peruvian President Orlan left.")
    assert facts.persons[0].country == "PE"


def test_known_figure_of_the_year_has_its_country(facts_of):
    assert by_name(facts_of("President Obama smiled."))["Obama"].country == "US"


def test_banker_is_a_person_but_no_official(facts_of):
    (person,) = facts_of("Banker Ana Orlan told us it rained.").persons
    assert not person.is_official


def test_initials_in_parentheses_are_a_form(facts_of):
    (person,) = facts_of("Trade Minister Hamid bin Orlan (HbO) smiled.", "HbO left.").persons
    assert person.forms == ("Hamid bin Orlan", "HbO")


def test_misspelt_surname_is_a_form(facts_of):
    (person,) = facts_of("Trade Minister Ana Castalano smiled. Castelano left.").persons
    assert person.forms == ("Ana Castalano", "Castelano")


def test_post_that_reports_on_another_country(facts_of):
    facts = facts_of("Trade Minister Ana Orlan smiled.", post="brussels", tags=("PE",))
    assert facts.persons[0].roles[0].country_basis == "tags"
    assert facts.persons[0].country == "PE"


def test_text_in_capitals(facts_of):
    (person,) = facts_of("ON FEB 24 TRADE MINISTER ANA ORLAN SAID THAT RAIN WAS GOOD FOR THE HARBOR.").persons
    assert (person.name, person.roles[0].text) == ("ANA ORLAN", "TRADE MINISTER")
