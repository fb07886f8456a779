import pytest

from kg.extraction.instruments import known, named, plan


def name_of(reading, candidate):
    return reading.words(candidate.first, candidate.last)


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("praised the Lima Accord", 3, "Lima Accord"),
        ("a Memorandum of Understanding on Harbors", 1, "Memorandum of Understanding on Harbors"),
        ("the Orlanda Convention on Salt and the Sea", 2, "Orlanda Convention on Salt and the Sea"),
    ],
)
def test_name_in_capitals(reading_of, text, head, name):
    reading = reading_of(text)
    assert name_of(reading, named(reading, head, 0)) == name


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("the Protocol", 1),
        ("a Framework Convention on Salt", 1),
        ("the Lima Treaty Organization", 2),
        ("SUMMARY Proposal", 1),
        ("the fishing treaty", 2),
    ],
)
def test_no_name_in_capitals(reading_of, text, head):
    reading = reading_of(text)
    assert named(reading, head, 0) is None


def test_known_instrument_by_its_alias(reading_of):
    reading = reading_of("They left Kyoto behind.")
    found = known(reading, 2)
    assert (name_of(reading, found), found.instrument) == ("Kyoto", "Kyoto Protocol")


def test_plan_and_its_name(reading_of):
    reading = reading_of("They revived Plan Orlanda.")
    assert name_of(reading, plan(reading, 2)) == "Plan Orlanda"


@pytest.mark.parametrize("text", ["Plan Orlanda is old", "they drew up Plan B"])
def test_no_plan(reading_of, text):
    reading = reading_of(text)
    assert [found for at in range(len(reading.tokens)) if (found := plan(reading, at)) is not None] == []
