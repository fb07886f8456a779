import pytest

from kg.evaluation.matching import (
    agreement_likeness,
    folded,
    is_same_date,
    is_same_role,
    meeting_likeness,
    official_likeness,
    pairs,
)
from kg.evaluation.model import AgreementEntry, MeetingEntry, PersonEntry


def person(*names, roles=(), country=None):
    return PersonEntry(names=names, roles=roles, country=country)


def meeting(*participants, countries=(), venue=None, paragraph=1):
    return MeetingEntry(participants=participants, countries=countries, date=None, venue=venue, paragraph=paragraph)


def agreement(*names):
    return AgreementEntry(names=names)


def test_folding_drops_accents_case_and_punctuation():
    assert folded("Álvaro D'Oro-Paz,  JR.") == "alvaro doro paz jr"


def test_the_most_alike_are_paired_first_and_each_once():
    assert pairs([1, 2, 3], [3, 1, 3], lambda a, b: 2.0 if a == b else 0.5 if a == 2 else 0) == [(0, 1), (2, 0), (1, 2)]


def test_officials_are_one_by_a_form_of_the_name():
    assert official_likeness(person("Ana Orlan", "Orlan"), person("ORLAN", "Ána Orlan")) == 2
    assert official_likeness(person("Ana Orlan"), person("Jo Orlan", "Orlan")) == 0


def test_a_sentence_is_no_name():
    sentence = "the one who came to the harbor with nets"
    assert official_likeness(person(sentence), person(sentence)) == 0


@pytest.mark.parametrize(
    ("gold", "found", "is_same"),
    [
        ("Minister of Mines", "the Minister of Mines and Ports", True),
        ("Deputy Minister of Mines", "Mines Minister", True),
        ("Minister of Mines", "Minister of Ports", False),
        ("the", "of", False),
    ],
)
def test_roles_are_the_same_by_their_words(gold, found, is_same):
    assert is_same_role(person("A", roles=(gold,)), person("A", roles=(found,))) is is_same


def test_meetings_are_one_by_half_of_the_participants_in_the_paragraphs_next_to_each_other():
    gold = meeting("Ana Orlan", "the Ambassador")
    assert meeting_likeness(gold, meeting("Orlan", "Ambassador")) == 1.01
    assert meeting_likeness(gold, meeting("Orlan", "Ambassador", paragraph=2)) == 1
    assert meeting_likeness(gold, meeting("Orlan", "Ambassador", paragraph=3)) == 0
    assert meeting_likeness(gold, meeting("Orlan", "Varga", "Telic")) == 0


def test_meetings_without_participants_are_compared_by_countries_and_then_by_place():
    assert meeting_likeness(meeting(countries=("PE", "CO")), meeting(countries=("CO", "PE"))) == 1.01
    assert meeting_likeness(meeting(venue="Lima"), meeting(venue="Lima")) == 1.01
    assert meeting_likeness(meeting(), meeting()) == 0


@pytest.mark.parametrize(
    ("gold", "found", "is_same"),
    [
        ("Reef Convention", "the Convention on the Reef", True),
        ("Reef Convention", "Reef Convention of Lima on Nets and Ropes", True),
        ("Reef Convention", "Harbor Convention", False),
        ("Convention", "Reef Convention on Nets", False),
    ],
)
def test_agreements_are_one_by_most_of_their_words(gold, found, is_same):
    assert (agreement_likeness(agreement(gold), agreement(found)) > 0) is is_same


@pytest.mark.parametrize(
    ("gold", "found", "is_same"),
    [
        ("2009-01-20", "2009-01", True),
        ("2009-01", "2009-01-20", True),
        ("2009-01~", "2009-01/2009-02", True),
        ("2009-01-20", "2009-01-21", False),
        ("2009-01-20", "200", False),
        ("2009-01-20", None, False),
    ],
)
def test_dates_agree_as_far_as_the_coarser_goes(gold, found, is_same):
    assert is_same_date(gold, found) is is_same
