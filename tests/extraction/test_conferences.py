import pytest


def only(facts):
    (meeting,) = facts.meetings
    return meeting


def who(meeting):
    return [p.name for p in meeting.participants]


@pytest.mark.parametrize(
    ("text", "names", "place", "kind"),
    [
        ("The OSCE summit in Lima on January 5 was short.", ["OSCE"], "Lima", "summit"),
        ("Peru will host the January 30 harbor conference.", ["Peru"], None, "conference"),
        ("The conference in Lima, hosted by Peru, was short.", ["Peru"], "Lima", "conference"),
        ("Trade Minister Ana Orlan attended the Lima Summit.", ["Ana Orlan"], "Lima", "summit"),
        ("At the Lima Harbor Forum, Trade Minister Ana Orlan praised the boats.", ["Ana Orlan"], "Lima", "conference"),
        ("The January 24 meeting of the Harbor Council was long.", ["Harbor Council"], None, "multilateral"),
        ("The EU Council meeting on Monday was long.", ["EU Council"], None, "multilateral"),
        ("They spoke of the 17th Party Congress in January.", ["Party Congress"], None, "conference"),
        ("The international contact group meeting in Lima was long.", ["international contact group"], "Lima", "multilateral"),
        ("The P5+1 meeting in Lima was long.", ["P5+1"], "Lima", "multilateral"),
    ],
)  # fmt: skip
def test_conferences(facts_of, text, names, place, kind):
    meeting = only(facts_of(text))
    assert (who(meeting), meeting.place, meeting.kind) == (names, place, kind)


@pytest.mark.parametrize(
    "text",
    [
        "The press conference in Lima on January 5 was short.",
        "The boats waited at the conference center in Lima.",
        "Peru signed the Harbor Convention.",
        "The Front for National Dialogue in Lima wants boats.",
        "The national Congress in Lima sits.",
    ],
)
def test_no_conferences(facts_of, text):
    assert facts_of(text).meetings == ()


def test_topic_is_no_party(facts_of):
    text = "Trade Minister Ana Orlan will attend the March 4-5 Harbor Security Summit in Lima."
    assert who(only(facts_of(text))) == ["Ana Orlan"]


def test_two_parties_by_a_hyphen(facts_of):
    meeting = only(facts_of("The Peru-Chile summit in Lima was short."))
    assert (who(meeting), meeting.countries) == (["Peru", "Chile"], ("PE", "CL"))


def test_conference_told_of_twice_is_one(facts_of):
    text = (
        "Trade Minister Ana Orlan attended the Lima Summit on January 5. "
        "Peruvian Consul Jo Varga spoke at the Lima Summit too."
    )
    meeting = only(facts_of(text))
    assert (who(meeting), meeting.date.edtf) == (["Ana Orlan", "Jo Varga"], "2009-01-05")


def test_past_day_is_not_that_of_a_conference_to_come(facts_of):
    text = "The Ambassador spoke on January 5 of the upcoming OSCE summit in Lima."
    assert only(facts_of(text)).date is None


def test_conference_only_spoken_of_is_less_sure(facts_of):
    assert only(facts_of("The boats came after the 2008 Lima Summit.")).confidence < 0.7


def test_conference_with_its_acronym_and_one_by_bare_name(facts_of):
    text = "Minister Ana Orlan spoke at the Organization of the Harbor Cities (OHC) Summit in Quito in January."
    (summit,) = facts_of(text).meetings
    assert {"OHC", "Ana Orlan"} <= {p.name for p in summit.participants}
    (gathering,) = facts_of("Minister Ana Orlan spoke at COP-16 in Quito.").meetings
    assert "COP-16" in {p.name for p in gathering.participants}
