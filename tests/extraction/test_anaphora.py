def who(facts):
    return [[p.name for p in m.participants] for m in facts.meetings]


def test_bare_title_means_the_one_named_with_it(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan praised the harbor.", "Mayor Jo Varga told the minister on January 20 that it rained."
    )
    assert who(facts) == [["Jo Varga", "Ana Orlan"]]


def test_bare_title_means_the_last_before_it(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan and Transport Minister Lo Berg slept. The minister told poloff on January 20."
    )
    assert who(facts) == [["Lo Berg", "poloff"]]


def test_title_of_two_persons_of_other_parts_means_neither(facts_of):
    facts = facts_of(
        "Trade Minister Ana Orlan and Transport Minister Lo Berg slept.", "The minister told poloff on January 20."
    )
    assert who(facts) == [["The minister", "poloff"]]


def test_title_with_a_complement_is_another(facts_of):
    facts = facts_of("General Ana Orlan slept.", "Poloff told the general of the guard on January 20 that it rained.")
    assert who(facts) == []
