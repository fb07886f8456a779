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


def test_classifier_stands_where_the_margin_broke_the_name(cable_of):
    made = cable_of(classified_by=("Ana Or lan", "DCM"))
    known = dataclasses.replace(made.classified_by, names=("Ana Orlan",))
    (person,) = extract(dataclasses.replace(made, classified_by=known)).persons
    assert [(mention.text, mention.rule) for mention in person.mentions] == [("Ana Or lan", "classified-by")]
    assert person.roles[0].text == "DCM"


def test_second_classifier_is_an_official_without_the_title_of_the_first(cable_of):
    made = cable_of(classified_by=("Jo Varga and Ana Orlan", "DCM"))
    known = dataclasses.replace(made.classified_by, names=("Jo Varga", "Ana Orlan"))
    first, second = extract(dataclasses.replace(made, classified_by=known)).persons
    assert [role.text for role in first.roles] == ["DCM"]
    assert (second.name, second.roles) == ("Ana Orlan", ())


def test_person_among_the_tags_without_a_comma(cable_of):
    text = "OVIP ORLAN JAMES PREL"
    tags = Part(kind="tags", key="tags", text=text, start=0, end=len(text), segments=((0, 0, len(text)),))
    made = cable_of("Secretary Orlan smiled.")
    made = dataclasses.replace(
        made,
        parts=(tags, *made.parts),
        tags=(Tag(as_sent="ORLAN JAMES", start=5, end=16, term="ORLAN, JAMES", kind="person"),),
    )
    (person,) = extract(made).persons
    assert person.forms == ("ORLAN JAMES", "Orlan")
