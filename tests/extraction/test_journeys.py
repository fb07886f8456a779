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


@pytest.mark.parametrize(
    "text",
    [
        "Trade Minister Ana Orlan spoke of boats on her trips.",
        "Peruvian officials traveling to Quito carry two passports.",
        "He met them during one of Trade Minister Ana Orlan's upcoming trips to Quito.",
        "When it comes to Quito, Trade Minister Ana Orlan is silent.",
        "Trade Minister Ana Orlan's departure was a loss.",
        "Trade Minister Ana Orlan did not have a visit to Quito.",
    ],
)
def test_no_single_visits(facts_of, text):
    assert facts_of(text).meetings == ()


def test_visitor_is_named_after_the_opening(facts_of):
    text = "Before her March 16 departure for Quito, where she will speak, Trade Minister Ana Orlan was silent."
    assert [p.name for p in only(facts_of(text)).participants] == ["Ana Orlan"]
