import dataclasses

from kg.cables.model import Part, Tag
from kg.extraction import extract


def test_person_among_the_tags_joins_the_text(cable_of):
    text = "OVIP (ORLAN, ANA B.), PREL"
    tags = Part(kind="tags", key="tags", text=text, start=0, end=len(text), segments=((0, 0, len(text)),))
    made = cable_of("Secretary Orlan smiled.")
    made = dataclasses.replace(
        made,
        parts=(tags, *made.parts),
        tags=(Tag(as_sent="ORLAN, ANA B.", start=6, end=19, term="ORLAN, ANA B.", kind="person"),),
    )
    (person,) = extract(made).persons
    assert person.forms == ("ORLAN, ANA B.", "Orlan")
    assert person.name == "Orlan"


def test_classifier_has_the_role_as_written(facts_of):
    (person,) = facts_of(classified_by=("Jo Varga", "Acting Political Counselor")).persons
    assert [(r.text, r.status, r.country_basis) for r in person.roles] == [
        ("Acting Political Counselor", "acting", "originator")
    ]


def test_glued_signature_is_the_classifier(facts_of):
    (person,) = facts_of(classified_by=("JVarga", "Charge"), signer="VARGA").persons
    assert person.forms == ("JVarga", "VARGA")


def test_rest_of_a_title_is_no_part_of_the_name(facts_of):
    (person,) = facts_of(classified_by=("D'AFFAIRES ANA ORLAN", "CHARGE")).persons
    assert (person.name, person.roles[0].text) == ("ANA ORLAN", "CHARGE")
