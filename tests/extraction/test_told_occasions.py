import pytest


def found(facts):
    return [(m.rule, [p.name for p in m.participants]) for m in facts.meetings]


MINISTER = "Trade Minister Ana Orlan"
CONSUL = "Peruvian Consul Jo Varga"


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        (f"In a private discussion with {CONSUL}, {MINISTER} praised the harbor.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        (f"Summary: During a January 20 call by {CONSUL}, {MINISTER} praised the harbor.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        (f"There was a meeting between {MINISTER} and {CONSUL}.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        (f"{MINISTER} liked a meeting {CONSUL} had with the DCM.", "meeting-with", ["Jo Varga", "the DCM"]),
        (f"The briefing by {MINISTER} on January 20 went well.", "meeting-with", ["Ana Orlan"]),
        (f"The DCM hosted a dinner for {CONSUL}.", "meeting-with", ["Jo Varga", "The DCM"]),
        (f"In subsequent conversations with {CONSUL}, {MINISTER} praised the harbor.", "talks-with", ["Ana Orlan", "Jo Varga"]),
        (f"In a recent meeting, {MINISTER} praised the harbor.", "meeting-on", ["Ana Orlan"]),
        ("Negotiations will begin between Peru and Chile.", "meeting-with", ["Chile", "Peru"]),
        ("A January 20 meeting of senior diplomats tentatively agreed on it.", "meeting-on", ["senior diplomats"]),
    ],
)  # fmt: skip
def test_occasions(facts_of, text, rule, names):
    assert [(r, sorted(n)) for r, n in found(facts_of(text))] == [(rule, sorted(names))]


@pytest.mark.parametrize(
    "text",
    [
        f"There was no meeting between {MINISTER} and {CONSUL}.",
        f"{MINISTER} likes the weekly meetings with {CONSUL}.",
        "Peruvian diplomats praise the harbor in meetings with foreign counterparts.",
        f"{MINISTER} said in a press interview on January 20 that it rained.",
        f"{MINISTER} read the briefing materials with care.",
        "There were talks between Peru and Chile.",
    ],
)
def test_no_occasions(facts_of, text):
    assert found(facts_of(text)) == []


def test_meetings_on_one_day_with_two_others_are_two(facts_of):
    text = f"The Ambassador met {MINISTER} on January 20. The Ambassador met {CONSUL} on January 20."
    assert len(facts_of(text).meetings) == 2


def test_meetings_told_one_by_one_leave_out_their_summary(facts_of):
    summary = f"The DCM had meetings with {MINISTER} and {CONSUL} on January 20."
    told = f"The DCM met {MINISTER} on January 20.", f"The DCM met {CONSUL} on January 20."
    assert len(facts_of(summary, *told).meetings) == 2


def test_separate_meeting_is_another(facts_of):
    text = f"The DCM met {MINISTER}. In a separate meeting with the DCM, {MINISTER} praised the harbor."
    assert len(facts_of(text).meetings) == 2


def test_president_beside_a_foreign_president_is_another(facts_of):
    (meeting,) = facts_of("There was a meeting between the President and Colombian President Ana Orlan.").meetings
    assert [(p.name, p.country) for p in meeting.participants] == [("the President", "US"), ("Ana Orlan", "CO")]
