import pytest


def names(facts):
    return [agreement.name for agreement in facts.agreements]


@pytest.mark.parametrize(
    ("text", "name", "kind", "rule"),
    [
        (
            "They praised the Peru-Chile Fisheries Agreement.",
            "Peru-Chile Fisheries Agreement",
            "agreement",
            "named-agreement",
        ),
        ("They praised the Kyoto Protocol.", "Kyoto Protocol", "treaty", "known-agreement"),
        ("They praised the Convention on Harbor Dues.", "Convention on Harbor Dues", "convention", "named-agreement"),
        (
            "Peru wants a fisheries agreement with Chile.",
            "fisheries agreement with Chile",
            "agreement",
            "kind-of-agreement",
        ),
        ("Peru signed a loan from Chile.", "loan from Chile", "agreement", "kind-of-agreement"),
        ("Peru and Chile signed Plan Orlanda.", "Plan Orlanda", "programme", "named-agreement"),
    ],
)
def test_instruments(facts_of, text, name, kind, rule):
    (agreement,) = facts_of(text).agreements
    assert (agreement.name, agreement.kind, agreement.rule) == (name, kind, rule)


@pytest.mark.parametrize(
    "text",
    [
        "They tested the Internet Protocol.",
        "They agreed that it rained.",
        "Peru and Chile did not agree on a list of ports.",
        "They have to deal with the port.",
        "They were in agreement.",
        "She gave a press statement.",
        "They made the agreement.",
    ],
)
def test_no_agreements(facts_of, text):
    assert names(facts_of(text)) == []


def test_two_parties_agree_on_something(facts_of):
    (agreement,) = facts_of("Peru and Chile agreed on a list of fishing ports.").agreements
    assert (agreement.name, agreement.countries, agreement.status) == ("list of fishing ports", ("PE", "CL"), "agreed")


def test_the_agreement_of_a_meeting_has_its_date(facts_of):
    facts = facts_of(
        "Peruvian President Ana Orlan and Chilean President Jo Varga met on January 20. The two agreed on a list of ports."
    )
    (agreement,) = facts.agreements
    assert (agreement.meeting, agreement.date.edtf) == ("m1", "2009-01-20")


def test_parties_from_the_name(facts_of):
    (agreement,) = facts_of("They praised the Peru-Chile Fisheries Agreement.").agreements
    assert agreement.countries == ("PE", "CL")


def test_acronym_in_parentheses_is_a_form(facts_of):
    (agreement,) = facts_of("The Peru-Chile Fisheries Agreement (PCFA) is old.", "The PCFA is signed.").agreements
    assert agreement.forms == ("Peru-Chile Fisheries Agreement", "PCFA")


def test_same_instrument_twice_is_one(facts_of):
    assert len(facts_of("The Kyoto Protocol is old.", "The Kyoto Protocol is long.").agreements) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("They signed the Peru-Chile Fisheries Agreement.", "signed"),
        ("They ratified the Peru-Chile Fisheries Agreement.", "ratified"),
        ("They suspended the Peru-Chile Fisheries Agreement.", "suspended"),
        ("They read the Peru-Chile Fisheries Agreement.", "in force"),
    ],
)
def test_status(facts_of, text, status):
    assert facts_of(text).agreements[0].status == status


@pytest.mark.parametrize(
    "text",
    [
        "They have seen larger agreements.",
        "It was a small agreement.",
        "They prefer agreements with moving parts.",
        "Peru and Chile agreed to set up.",
        "Peru and Chile agreed on whatever each wanted.",
        "Harbor rules should accord with common sense.",
    ],
)
def test_vague_words_and_cut_verbs_are_no_agreements(facts_of, text):
    assert names(facts_of(text)) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Peru-Chile Fisheries Agreement, under negotiation since 2007, is long.", "negotiating"),
        ("The Peru-Chile Fisheries Agreement had entered into force by then.", "in force"),
        ("Peru wants Chile to revive the Peru-Chile Fisheries Agreement.", "suspended"),
    ],
)
def test_status_of_several_words(facts_of, text, status):
    assert facts_of(text).agreements[0].status == status


def test_period_is_not_the_date_of_an_agreement(facts_of):
    (agreement,) = facts_of("Peru and Chile agreed to exchange six keepers from November to April.").agreements
    assert agreement.date is None


def test_month_before_a_purpose_dates_an_agreement(facts_of):
    (agreement,) = facts_of("In January to mend the quay they signed the Peru-Chile Fisheries Agreement.").agreements
    assert agreement.date is not None


def test_signed_agreement_is_not_dated_after_the_cable(facts_of):
    (agreement,) = facts_of("The Peru-Chile Fisheries Agreement will be signed on June 4.").agreements
    assert agreement.date is None


def test_known_instrument_has_its_parties_and_status(facts_of):
    (agreement,) = facts_of("They praised NAFTA.").agreements
    assert (agreement.known, agreement.countries, agreement.status) == ("NAFTA", ("CA", "MX", "US"), "in force")


def test_parties_from_the_sentence(facts_of):
    (agreement,) = facts_of("Peru signed a border treaty with Chile.").agreements
    assert agreement.countries == ("PE", "CL")


def test_grounds_are_what_was_weighed(facts_of):
    (agreement,) = facts_of("Peru signed a border treaty with Chile.").agreements
    assert {"partner-named", "topic", "two-countries-in-sentence"} <= set(agreement.grounds)


def test_whom_something_was_told_is_no_party(facts_of):
    (agreement,) = facts_of("MFA officials told us that they signed a fisheries agreement.").agreements
    assert agreement.countries == ("CO",)
    (agreement,) = facts_of("MFA officials said that we signed a fisheries agreement.").agreements
    assert agreement.countries == ("CO", "US")
