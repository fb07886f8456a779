from datetime import UTC, datetime

import pytest


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


@pytest.mark.parametrize("word", ["Castalanos", "Castalen'o"])
def test_the_plural_of_a_surname_and_other_words_are_no_misspelling(facts_of, word):
    (person,) = facts_of(f"Trade Minister Ana Castalano smiled. The {word} left.").persons
    assert person.forms == ("Ana Castalano",)


def test_post_that_reports_on_another_country(facts_of):
    facts = facts_of("Trade Minister Ana Orlan smiled.", post="brussels", tags=("PE",))
    assert facts.persons[0].roles[0].country_basis == "tags"
    assert facts.persons[0].country == "PE"


def test_text_in_capitals(facts_of):
    (person,) = facts_of("ON FEB 24 TRADE MINISTER ANA ORLAN SAID THAT RAIN WAS GOOD FOR THE HARBOR.").persons
    assert (person.name, person.roles[0].text) == ("ANA ORLAN", "TRADE MINISTER")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Congressman Ana Orlan (R-OH) smiled.", "US"),
        ("Senator Ana Orlan (D-MI) smiled.", "US"),
        ("Congressman Ana Orlan smiled.", "US"),
        ("Deputy Secretary of State Orlan smiled.", "US"),
        ("They saw Under Secretary of State for Political Affairs Ana Orlan.", "US"),
        ("U.S. Department of Energy representative Ana Orlan smiled.", "US"),
        ("Political Counselor Ana Orlan smiled.", "US"),
        ("French Political Counselor Ana Orlan smiled.", "FR"),
        ("Ex-Ambassador to Pakistan Ana Orlan smiled.", None),
        ("U.S. Ambassador to Pakistan Ana Orlan smiled.", "US"),
        ("Ambassador Ana Orlan smiled.", "US"),
        ("PM Netanyahu smiled.", "IL"),
        ("NATO Director Ana Orlan smiled.", None),
        ("Foreign Minister Abdullah smiled.", "RU"),
        ("Prime Minister Ana Orlan smiled.", "RU"),
    ],
)
def test_country_of_whoever_is_no_official_of_the_host(facts_of, text, country):
    (person,) = facts_of(text, post="moscow").persons
    assert person.country == country


def test_figure_out_of_office_by_then_has_no_country_by_name(facts_of):
    year = datetime(1976, 2, 3, tzinfo=UTC)
    assert facts_of("Yesterday Netanyahu smiled.", post="moscow", sent_at=year).persons == ()


def test_given_name_alone_is_no_king(facts_of):
    assert facts_of("The man called Mohammed smiled.").persons == ()


def test_host_is_not_given_to_a_role_of_a_figure_of_another_country(facts_of):
    (person,) = facts_of("PM Netanyahu smiled.", post="moscow").persons
    assert [(role.country, role.country_basis) for role in person.roles] == [(None, None)]


def test_role_in_quotation_marks_after_an_article_is_imagined(facts_of):
    (person,) = facts_of('Many doubt the idea of a "President Orlan" these days.').persons
    assert [role.status for role in person.roles] == ["candidate"]


def test_mooted_candidates_have_no_role(facts_of):
    facts = facts_of("One of the leading candidates, Ana Orlan, smiled.")
    assert all(person.roles == () for person in facts.persons)


def test_candidate_for_an_office_has_a_role(facts_of):
    (person,) = facts_of("They like presidential candidates Ana Orlan.").persons
    assert [role.status for role in person.roles] == ["candidate"]


def test_department_is_part_of_the_role(facts_of):
    (person,) = facts_of("Department of Energy representative Ana Orlan smiled.").persons
    assert person.roles[0].text == "Department of Energy representative"


def test_bare_rank_of_an_american_officer(facts_of):
    (person,) = facts_of("Captain Ana Orlan, DATT, smiled.").persons
    assert person.country == "US"


def test_law_named_after_two_persons(facts_of):
    assert facts_of("The Rumsfeld-Cheney Act was dry.").persons == ()


def test_given_name_that_the_margin_broke(facts_of):
    assert [p.name for p in facts_of("Majority leader Jean- Marc Orlan smiled.").persons] == ["Jean- Marc Orlan"]


def test_name_that_the_margin_broke_behind_its_hyphen(facts_of):
    (person,) = facts_of("He met Trade Minister Jean- Luc Orlan.").persons
    assert "Orlan" in person.name
