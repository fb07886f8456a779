from datetime import date

import pytest

from kg.extraction.scenes import Scene
from kg.extraction.timing import Timeline, sentence_dates
from kg.extraction.tokens import read_part

BASE = date(2009, 2, 3)


def near(text, word):
    reading = read_part("p1", "paragraph", 1, text, is_capitals=False)
    index = next(i for i, token in enumerate(reading.tokens) if token.low == word)
    floor, ceiling = reading.sentence_of(index)
    scene = Scene(reading, floor, ceiling, [], sentence_dates(reading, floor, ceiling, BASE))
    found = scene.date_near(index)
    return found.edtf if found is not None else None


def test_date_before_a_noun_is_that_nouns_own():
    assert near("He told us of the January 9 meeting in Lima on February 2.", "told") == "2009-02-02"
    assert near("He told us of the January 9 meeting in Lima on February 2.", "meeting") == "2009-01-09"


def test_date_of_a_noun_that_is_no_trigger_is_not_of_the_verb():
    assert near("He met Berg after the January 9 earthquake.", "met") is None


def test_date_of_the_occasion_is_that_of_what_was_told_there():
    assert near("During a January 9 lunch, Ruiz told the Ambassador that fish was scarce.", "told") == "2009-01-09"


def test_nearer_date_in_another_clause_gives_way():
    text = "On January 9 Ruiz told us that the boats that sailed January 3 were lost."
    assert near(text, "told") == "2009-01-09"


@pytest.mark.parametrize("word", ["planned", "scheduled", "slated"])
def test_word_of_planning_puts_a_date_into_the_future(word):
    assert near(f"A meeting is {word} for December.", "meeting") == "2009-12"


def inherited(text, earlier=None):
    reading = read_part("p1", "paragraph", 1, text, is_capitals=False)
    floor = reading.sentences[-1][0]
    found = Timeline(BASE).inherited(reading, floor, floor + 1, earlier)
    return (found.edtf, found.basis) if found is not None else None


def test_date_that_opened_the_sentence_before_is_inherited():
    assert inherited("In May 2008 Ruiz spoke of ports. Ruiz met Berg.") == ("2008-05", "sentence-before")


def test_date_before_a_sentence_that_looks_back_is_inherited():
    assert inherited("Two teams came on January 12. Both met Berg.") == ("2009-01-12", "sentence-before")


def test_date_before_a_sentence_of_its_own_is_not():
    assert inherited("Two teams came on January 12. Ruiz met Berg.") is None


def test_recent_means_the_weeks_before_the_cable():
    assert inherited("Ruiz recently met Berg.") == ("2008-12/2009-02", "vague")
