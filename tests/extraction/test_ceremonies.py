import pytest


def only(facts):
    (meeting,) = facts.meetings
    return meeting


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian President Ana Orlan plans to attend the harbor day parade in Quito on March 3.",
        "He spoke of a January 19 event attended by Peruvian President Ana Orlan.",
        "Peruvian President Ana Orlan will participate in the opening ceremony of the harbor.",
    ],
)
def test_ceremonies(facts_of, text):
    meeting = only(facts_of(text))
    assert ([p.name for p in meeting.participants], meeting.kind) == (["Ana Orlan"], "other")


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian President Ana Orlan declined to attend the harbor day parade in Quito on March 3.",
        "Peruvian President Ana Orlan wrote her inauguration speech in March.",
        "The ceremony was short.",
    ],
)
def test_no_ceremonies(facts_of, text):
    assert facts_of(text).meetings == ()
