def names(facts):
    return [agreement.name for agreement in facts.agreements]


def test_shorter_name_is_the_same_agreement(facts_of):
    facts = facts_of("Peru and Chile signed the Peru-Chile Fisheries Agreement.", "The Fisheries Agreement is good.")
    assert facts.agreements[0].forms == ("Peru-Chile Fisheries Agreement", "Fisheries Agreement")


def test_known_instrument_and_its_acronym_are_one(facts_of):
    facts = facts_of("Peru ratified the Nuclear Non-Proliferation Treaty.", "Chile stands by the NPT.")
    assert names(facts) == ["Nuclear Non-Proliferation Treaty"]


def test_acronym_before_the_kind(facts_of):
    facts = facts_of(
        "Peru and Chile signed the Harbor Light Transfer Agreement.", "The HLT agreement with Chile is signed."
    )
    assert len(facts.agreements) == 1


def test_kind_alone_is_a_form(facts_of):
    facts = facts_of("Peru and Chile signed a border treaty with Bolivia.", "The treaty is long.")
    assert facts.agreements[0].forms == ("border treaty with Bolivia", "border treaty", "treaty")


def test_date_alone_tells_of_one_named_before(facts_of):
    facts = facts_of(
        "Peru and Chile signed a gas memorandum with Bolivia on January 2.", "Chile broke the January 2 memorandum."
    )
    assert len(facts.agreements) == 1


def test_one_dealing_in_other_words(facts_of):
    facts = facts_of(
        "Peru signed a lighthouse boat contract with Chile.", "Peru likes the sale of lighthouse boats to Chile."
    )
    assert names(facts) == ["lighthouse boat contract with Chile"]


def test_dealings_of_other_countries_are_two(facts_of):
    facts = facts_of(
        "Peru signed a lighthouse boat contract with Chile.", "Peru signed a lighthouse boat contract with Bolivia."
    )
    assert len(facts.agreements) == 2
