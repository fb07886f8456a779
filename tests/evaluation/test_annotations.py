"""Broken annotations: each is told with file and place, and the rest is used."""

import json

import pytest

from kg.evaluation.annotations import parse_annotation, read_annotation
from kg.evaluation.model import AnnotationProblem
from kg.evaluation.texts import CableText

TEXT = "Peruvian Minister Ana Orlan met the Ambassador. They signed the Reef Convention."
CABLE = CableText(found=(), parts=(("p1", 1, TEXT),), folded=(TEXT,))


@pytest.fixture
def sound(person, meeting):
    """An annotation of the text."""
    return {
        "id": "09BOGOTA1",
        "officials": [person("Ana Orlan", "Orlan")],
        "others": [],
        "meetings": [meeting("Ana Orlan", "the Ambassador", quote="Ana Orlan met the Ambassador")],
        "agreements": [{"name": "Reef Convention", "forms": ["Reef Convention"], "paragraphs": [1]}],
    }


def problems(value):
    return [str(problem) for problem in read_annotation("g.json", "09BOGOTA1", value, CABLE)[1]]


def test_a_sound_annotation_has_no_problem_and_knows_its_places(sound):
    annotation, found = read_annotation("g.json", "09BOGOTA1", sound, CABLE)
    assert found == []
    assert annotation.officials[0].place == "p1 18-27"
    assert annotation.meetings[0].place == "p1 18-46"
    assert annotation.agreements[0].place == "p1 64-79"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"id": ', "g.json: line 1, column 8: this is no JSON: Expecting value"),
        (b"{}\n\xff", "g.json: byte 3: this is no text in UTF-8"),
        (b"[]", "g.json: an annotation is a JSON object"),
        (b"[" * 200_000, "g.json: this JSON is nested too deeply to be an annotation"),
    ],
)
def test_a_file_that_is_no_json_object(content, where):
    found = parse_annotation("g.json", content)
    assert isinstance(found, AnnotationProblem)
    assert str(found) == where


def test_an_object_is_given_as_it_is(sound):
    assert parse_annotation("g.json", json.dumps(sound).encode()) == sound


def test_a_kind_that_is_missing_or_no_list(sound):
    del sound["meetings"]
    sound["agreements"] = {"name": "Reef Convention"}
    assert problems(sound) == [
        "g.json: meetings: this key is missing",
        'g.json: agreements: this is no list of objects but {"name": "Reef Convention"}',
    ]


@pytest.mark.parametrize("date", ["soon", "9 March", "2006-13-45", "06-03-09", "2006-3-9", ""])
def test_a_date_that_is_no_edtf(sound, date):
    sound["meetings"][0]["date"] = date
    assert problems(sound) == [
        f'g.json: meetings[0].date: this should be a date in EDTF, as 2006-03-09, or null and is "{date}"'
    ]


@pytest.mark.parametrize(
    "date",
    ["2006", "2006-03~", "2006-21", "200X", "[2006-03-09,2006-03-10]", "../2006-03", "2006-03-09/2006-03-10", None],
)
def test_a_date_in_edtf(sound, date):
    sound["meetings"][0]["date"] = date
    assert problems(sound) == []


@pytest.mark.parametrize(("country", "is_code"), [("PE", True), ("SUHH", True), ("Peru", False), ("pe", False)])
def test_a_country_is_a_code(sound, country, is_code):
    sound["officials"][0]["country"] = country
    assert (problems(sound) == []) == is_code


def test_a_byte_order_mark_is_no_fault(sound):
    assert parse_annotation("g.json", b"\xef\xbb\xbf" + json.dumps(sound).encode()) == sound


def test_others_may_be_left_out(sound):
    del sound["others"]
    assert problems(sound) == []


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("officials", {"forms": "Orlan"}, 'officials[0].forms: this should be a list of strings and is "Orlan"'),
        ("officials", {"country": 5}, "officials[0].country: this should be a country's code, as PT, or null and is 5"),
        ("officials", {"paragraphs": ["1"]}, 'officials[0].paragraphs: this should be a list of numbers and is ["1"]'),
        ("meetings", {"paragraph": True}, "meetings[0].paragraph: this should be a number or null and is true"),
        ("agreements", {"name": None}, "agreements[0].name: this should be a string and is null"),
    ],
)
def test_a_value_of_the_wrong_type_leaves_its_entry_out(sound, kind, change, told):
    sound[kind][0].update(change)
    annotation, found = read_annotation("g.json", "09BOGOTA1", sound, CABLE)
    assert [str(problem) for problem in found] == [f"g.json: {told}"]
    assert annotation.entries(kind) == ()
    assert all(annotation.entries(other) for other in ("officials", "meetings", "agreements") if other != kind)


def test_an_entry_without_a_key_and_one_that_is_no_object(sound):
    del sound["meetings"][0]["date"]
    sound["officials"].append("Orlan")
    assert problems(sound) == [
        'g.json: officials[1]: an entry is an object, and this is "Orlan"',
        "g.json: meetings[0].date: this key is missing",
    ]


def test_words_that_are_not_in_the_text_are_told_and_their_entry_counts(sound):
    sound["officials"][0]["forms"].append("Orlando")
    annotation, found = read_annotation("g.json", "09BOGOTA1", sound, CABLE)
    assert [str(problem) for problem in found] == [
        'g.json: officials[0].forms[2]: "Orlando" does not stand in the text'
    ]
    assert len(annotation.officials) == 1
