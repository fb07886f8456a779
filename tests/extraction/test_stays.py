import pytest


def only(facts):
    (meeting,) = facts.meetings
    return meeting


@pytest.mark.parametrize(
    ("text", "names", "place"),
    [
        ("Peruvian President Ana Orlan is currently in Quito.", ["Ana Orlan"], "Quito"),
        ("Peruvian President Ana Orlan will be in Quito through March 3.", ["Ana Orlan"], "Quito"),
        ("Peruvian President Ana Orlan, who was in Quito on January 20, spoke of boats.", ["Ana Orlan"], "Quito"),
        ("Peru is sending a high-level delegation to Quito.", ["a high-level delegation"], "Quito"),
    ],
)
def test_stays(facts_of, text, names, place):
    meeting = only(facts_of(text))
    assert ([p.name for p in meeting.participants], meeting.place, meeting.kind) == (names, place, "visit")


@pytest.mark.parametrize(
    "text",
    [
        "The boats are in Quito.",
        "Peruvian President Ana Orlan is in Lima.",
        "Peruvian President Ana Orlan is not in Quito.",
        "Peruvian President Ana Orlan said the boats were in Quito.",
        "Peruvian President Ana Orlan was in Berg's cabinet in 2004.",
    ],
)
def test_no_stays(facts_of, text):
    assert facts_of(text).meetings == ()


def test_two_stays_of_one_sentence_are_two(facts_of):
    text = "Peruvian President Ana Orlan is currently in Quito and will be in Santiago through March 3."
    assert [m.place for m in facts_of(text).meetings] == ["Quito", "Santiago"]
