import pytest

from kg.extraction.model import Facts


def only(facts: Facts):
    (meeting,) = facts.meetings
    return meeting


def who(meeting):
    return [p.name for p in meeting.participants]


@pytest.mark.parametrize(
    ("text", "names", "edtf", "kind"),
    [
        ("Trade Minister Ana Orlan met with Peruvian Consul Jo Varga on January 20.", ["Ana Orlan", "Jo Varga"], "2009-01-20", "bilateral"),
        ("Trade Minister Ana Orlan and Peruvian Consul Jo Varga met in Lima in mid-January.", ["Ana Orlan", "Jo Varga"], "2009-01", "bilateral"),
        ("During a January 9 meeting with the Ambassador, Trade Minister Ana Orlan praised the harbor.", ["Ana Orlan", "the Ambassador"], "2009-01-09", "embassy contact"),
        ("Trade Minister Ana Orlan told poloff on January 22 that the harbor was full.", ["Ana Orlan", "poloff"], "2009-01-22", "embassy contact"),
        ("Trade Minister Ana Orlan will meet Peruvian Consul Jo Varga on March 4.", ["Ana Orlan", "Jo Varga"], "2009-03-04", "bilateral"),
        ("Over lunch on January 5, Trade Minister Ana Orlan told the DCM that the harbor was full.", ["Ana Orlan", "the DCM"], "2009-01-05", "embassy contact"),
        ("XXXXXXXXXXXX told poloff January 22 that the harbor was full.", ["XXXXXXXXXXXX", "poloff"], "2009-01-22", "embassy contact"),
        ("Trade Minister Ana Orlan spoke with Peruvian Consul Jo Varga by telephone.", ["Ana Orlan", "Jo Varga"], None, "bilateral"),
    ],
)  # fmt: skip
def test_meetings(facts_of, text, names, edtf, kind):
    meeting = only(facts_of(text))
    assert sorted(who(meeting)) == sorted(names)
    assert (meeting.date.edtf if meeting.date else None, meeting.kind) == (edtf, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Trade Minister Ana Orlan did not meet with Peruvian Consul Jo Varga.",
        "Trade Minister Ana Orlan and Consul Jo Varga meet often.",
        "The plan meets all requirements of Trade Minister Ana Orlan.",
        "Trade Minister Ana Orlan told us that the harbor was full.",
        "The harbor conference was long.",
        "At the meeting the harbor was praised.",
    ],
)
def test_no_meetings(facts_of, text):
    assert facts_of(text).meetings == ()


def test_visit_has_its_place_and_both_countries(facts_of):
    meeting = only(facts_of("Peruvian President Ana Orlan visited Bogota in late 2006."))
    assert (meeting.kind, meeting.place, meeting.countries, meeting.date.edtf) == (
        "visit",
        "Bogota",
        ("PE", "CO"),
        "2006",
    )


def test_possessive_visit(facts_of):
    assert who(only(facts_of("Peruvian President Ana Orlan's visit to Quito in January went well."))) == ["Ana Orlan"]


def test_pronoun_stands_for_the_subject(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan smiled at General Telic when she met with Peruvian Consul Jo Varga in Lima."
    )
    assert who(only(facts)) == ["Ana Orlan", "Jo Varga"]


def test_the_two_stand_for_the_last_two(facts_of):
    facts = facts_of("Trade Minister Ana Orlan praised Peruvian Consul Jo Varga. The two met in Lima.")
    assert who(only(facts)) == ["Ana Orlan", "Jo Varga"]


def test_position_is_the_classifier_who_holds_it(facts_of):
    facts = facts_of("Trade Minister Ana Orlan met with the DCM on January 20.", classified_by=("Jo Varga", "DCM"))
    assert who(only(facts)) == ["Ana Orlan", "Jo Varga"]


def test_hyphened_pair_meets(facts_of):
    facts = facts_of("The Peruvian-Chilean talks in Lima on January 20 went well.")
    assert only(facts).countries == ("PE", "CL")


def test_number_in_a_series(facts_of):
    facts = facts_of("Trade Minister Ana Orlan and Peruvian Consul Jo Varga held the third in a series of meetings.")
    assert only(facts).ordinal == 3


def test_one_occasion_told_twice_is_one_meeting(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan met with Peruvian Consul Jo Varga on January 20.",
        "At the harbor, Orlan met Varga on January 20 for an hour.",
    )
    assert len(facts.meetings) == 1


def test_two_days_are_two_meetings(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan met with Peruvian Consul Jo Varga on January 20.",
        "Orlan met with Varga on January 27.",
    )
    assert [m.key for m in facts.meetings] == ["m1", "m2"]


def test_opening_date_of_the_sentence_before_dates_a_meeting(facts_of):
    facts = facts_of(
        "In November 2008 the harbor burned. Afterwards Trade Minister Ana Orlan met with Peruvian Consul Jo Varga."
    )
    assert (only(facts).date.edtf, only(facts).date.basis) == ("2008-11", "sentence-before")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Trade Minister Ana Orlan plans to meet with Peruvian Consul Jo Varga on March 4.", "planned"),
        ("Trade Minister Ana Orlan met with Peruvian Consul Jo Varga.", "held"),
        ("The January 4 meeting between Trade Minister Ana Orlan and Consul Jo Varga was cancelled.", "cancelled"),
    ],
)
def test_status(facts_of, text, status):
    assert only(facts_of(text)).status == status


def test_meeting_of_record_gets_its_list_of_participants(facts_of):
    facts = facts_of(
        "Participants: Trade Minister Ana Orlan, Peruvian Consul Jo Varga, General Telic",
        "Orlan met with Varga on January 20.",
    )
    assert {"Ana Orlan", "Jo Varga", "Telic"} <= set(who(only(facts)))


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ana Ruiz, who moved to the ministry in July, met with Interior Minister Tomas Vela on November 3.",
        "Foreign Minister Ana Ruiz, in office since July, met with Interior Minister Tomas Vela on November 3.",
    ],
)
def test_a_date_in_an_aside_on_the_subject_does_not_date_the_meeting(facts_of, text):
    (meeting,) = facts_of(text).meetings
    assert meeting.date is not None
    assert meeting.date.edtf.endswith("-11-03")


def test_a_date_between_commas_dates_the_verb_that_follows(facts_of):
    (meeting,) = facts_of("Foreign Minister Ana Ruiz, on November 3, met with Interior Minister Tomas Vela.").meetings
    assert meeting.date is not None
    assert meeting.date.edtf.endswith("-11-03")


@pytest.mark.parametrize(
    "text",
    [
        "Trade Minister Ana Orlan's call for Peru to XXXXXXXXXXXX was heard.",
        "We should use the meetings with Trade Minister Ana Orlan to speak of ports.",
        "On January 17, Orlan asked for the removal of all Peruvian ships -- within the context of negotiations with NATO.",
    ],
)
def test_demands_and_advice_are_no_meetings(facts_of, text):
    assert facts_of(text).meetings == ()


@pytest.mark.parametrize("verb", ["should meet", "may meet", "said she would meet", "is willing to meet"])
def test_imagined_meeting_is_not_held(facts_of, verb):
    meetings = facts_of(f"Trade Minister Ana Orlan {verb} with Peruvian Consul Jo Varga.").meetings
    assert "held" not in {meeting.status for meeting in meetings}


@pytest.mark.parametrize(
    "text",
    [
        "Trade Minister Ana Orlan met with Peruvian Consul Jo Varga in Bogota on January 20.",
        "Peruvian President Ana Orlan visited Bogota on January 20.",
        "Peruvian President Ana Orlan's visit to Bogota on January 20 went well.",
    ],
)
def test_quote_reaches_over_date_and_place(facts_of, text):
    quote = only(facts_of(text)).quote
    assert "Bogota" in quote
    assert "January 20" in quote


def test_simultaneous_meeting_has_the_date_of_the_sentence_before(facts_of):
    facts = facts_of(
        "Peruvian President Ana Orlan visited Quito on January 20. "
        "Trade Minister Tomas Vela and Peruvian Consul Jo Varga simultaneously held the third in a series of meetings."
    )
    (series,) = (meeting for meeting in facts.meetings if meeting.ordinal == 3)
    assert (series.date.edtf, series.date.basis) == ("2009-01-20", "sentence-before")


def test_meeting_in_capitals(facts_of):
    text = "TRADE MINISTER ANA ORLAN SAID HE HAD MET PERUVIAN CONSUL JO VARGA IN REYKJAVIK ON JANUARY 10."
    meeting = only(facts_of(text))
    assert (meeting.place, meeting.date.edtf) == ("REYKJAVIK", "2009-01-10")


def test_ministers_in_capitals_had_met(facts_of):
    text = "FOREIGN MINISTER ORLAN AND PERUVIAN MINISTER VARGA HAD MET IN REYKJAVIK ON JANUARY 10 TO DISCUSS FISH."
    assert only(facts_of(text)).date.edtf == "2009-01-10"


def test_the_two_in_a_phone_call(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan praised Peruvian Consul Jo Varga. "
        "The two discussed the harbor dues in a phone call on January 20."
    )
    meeting = only(facts)
    assert (who(meeting), meeting.kind, meeting.date.edtf) == (["Ana Orlan", "Jo Varga"], "call", "2009-01-20")
