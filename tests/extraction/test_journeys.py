import pytest


def only(facts):
    (meeting,) = facts.meetings
    return meeting


@pytest.mark.parametrize(
    ("text", "names", "place"),
    [
        ("Peruvian President Ana Orlan returned from Quito on January 20.", ["Ana Orlan"], "Quito"),
        ("Peruvian President Ana Orlan arrived in Quito.", ["Ana Orlan"], "Quito"),
        ("He spoke of the upcoming visit of Peruvian President Ana Orlan.", ["Ana Orlan"], None),
        ("There are reports of a possible Orlanu visit in January.", ["Orlanu"], None),
        ("The boats came before the former Secretary's visit to Quito.", ["former Secretary"], "Quito"),
        ("Peruvian President Ana Orlan's Quito trip was short.", ["Ana Orlan"], "Quito"),
        ("Peruvian President Ana Orlan will lead a large delegation to Quito.", ["Ana Orlan"], "Quito"),
        ("A delegation led by Trade Minister Ana Orlan came to Quito.", ["Ana Orlan"], "Quito"),
        ("The harbor delegation visited Quito.", ["The harbor delegation"], "Quito"),
    ],
)  # fmt: skip
def test_visits(facts_of, text, names, place):
    meeting = only(facts_of(text))
    assert ([p.name for p in meeting.participants], meeting.place, meeting.kind) == (names, place, "visit")


@pytest.mark.parametrize(
    "text",
    [
        "The harbor delegation was tired.",
        "Please visit our page.",
        "Trade Minister Ana Orlan left the room.",
        "He will visit the sins of the Minister on her.",
    ],
)
def test_no_visits(facts_of, text):
    assert facts_of(text).meetings == ()
